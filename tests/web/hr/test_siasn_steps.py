"""Packages, answers and officers at the same time: no state is lost or doubled."""

import io
import json
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from lms.accounts.models import Agency, Person, Unit
from lms.audit.models import DataAccess
from lms.db import db as _db
from lms.db import reading
from lms.hr import siasn_outcome, siasn_package, siasn_records
from lms.hr.siasn_return import Answers, Row
from lms.hr.wanted import Wanted
from lms.jobs.worker import run_once
from lms.records import amendments
from lms.records.siasn_models import SiasnChange, SiasnRecord
from tests.cast import CAST
from tests.unit.accounts import odd_files as odd
from tests.web.hr.test_siasn import PAGE, PNS_ID, give_back
from tests.web.records import samples


@pytest.fixture
def ready(app, done):
    """Rani's completion has all that SIASN wants: its uid."""
    with app.app_context():
        _db.session.get_one(Person, 4).pns_orang_id = PNS_ID
        _db.session.get_one(Agency, 1).siasn_id = "A5EB03E23B4EF6A0E040640A040252AD"
        _db.session.commit()
    run_once(app)  # makes the certificates' PDFs
    return done["rani"]


def take(client) -> tuple[str, int]:
    """Return the name of a new package, and the JP that stand in it."""
    told = json.loads(client.post(f"{PAGE}/paket").data)
    return told["paket"], told["rekaman"][0]["payload"]["jumlahJam"]


def steps(app) -> list[tuple[str, str]]:
    with app.app_context():
        rows = select(SiasnChange.state, SiasnChange.package).order_by(SiasnChange.id)
        return [tuple(row) for row in _db.session.execute(rows)]


def correct(app, uid: str, jp: int, now) -> None:
    with app.app_context():
        amendments.correct_jp(uid, jp, "Salah hitung menit", 2, now)
        _db.session.commit()


def answer(client, package: str, *line: str):
    head = ["id_rekaman", "rw_kursus_id", "pesan", "id_paket"]
    file = (io.BytesIO(odd.xlsx([head, [*line, package]])), "hasil.xlsx")
    return client.post(f"{PAGE}/hasil", data={"berkas": file})


def together(app, *acts) -> list[Exception]:
    """Do it all at the same time, each in a transaction of its own."""
    gate, broken = Barrier(len(acts)), []

    def run(act):
        reading.set(False)
        try:
            with app.app_context():
                gate.wait()
                act()
                _db.session.commit()
        except Exception as err:
            broken.append(err)

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broken


def test_a_workbook_with_the_package_closes_the_loop(app, sign_in, ready):
    siti = sign_in("siti")
    package, _jp = take(siti)

    assert answer(siti, package, ready, "RW-1", "").status_code == 303

    assert steps(app) == [("siap", package), ("terkirim", package)]


def test_an_answer_to_an_older_package_leaves_the_correction_to_be_sent(
    app, sign_in, ready, clock
):
    siti = sign_in("siti")
    first, _jp = take(siti)
    correct(app, ready, 3, clock.now())
    second, jp = take(siti)

    assert jp == 3
    assert answer(siti, first, ready, "RW-1", "").status_code == 303
    assert "Berubah, kirim ulang" in siti.get(PAGE).text
    assert answer(siti, second, ready, "RW-1", "").status_code == 303
    assert "Berubah, kirim ulang" not in siti.get(PAGE).text
    # The first answer once more is no news.
    assert answer(siti, first, ready, "RW-1", "").status_code == 303
    assert [state for state, _ in steps(app)] == [
        "siap",
        "siap",
        "terkirim",
        "terkirim",
    ]


def test_a_refusal_that_came_too_late_is_no_answer(app, sign_in, ready):
    siti = sign_in("siti")
    take(siti)
    give_back(siti, f"{ready},RW-1,")

    late = give_back(siti, f"{ready},,Layanan sibuk")

    assert late.status_code == 422
    assert "menjawab paket lama" in late.text
    assert f"Rekaman {ready}" in late.text
    assert [state for state, _ in steps(app)] == ["siap", "terkirim"]


def test_a_package_that_did_not_hold_the_record_is_refused(sign_in, ready):
    siti = sign_in("siti")
    take(siti)

    wrong = answer(siti, "20260101-0000-ABCD", ready, "RW-1", "")

    assert wrong.status_code == 422
    assert "Paket 20260101-0000-ABCD tidak memuat rekaman ini" in wrong.text
    assert "Baris 2, kolom “id_paket”:" in wrong.text


def test_the_history_tells_each_step_and_is_noted(app, sign_in, ready, clock):
    siti = sign_in("siti")
    first, _jp = take(siti)
    give_back(siti, f"{ready},RW-1,")
    correct(app, ready, 3, clock.now())
    take(siti)

    page = siti.get(f"{PAGE}/{ready}").text

    assert first in page
    assert "Siti Marlina" in page
    assert "rw_kursus_id RW-1" in page
    assert "jumlahJam: 4 menjadi 3" in page
    assert f"{PAGE}/{ready}" in siti.get(PAGE).text
    person = "/sdm/pegawai/00000000-0000-4000-8000-000000000004"
    assert f"{PAGE}/{ready}" in siti.get(person).text
    with app.app_context():
        looks = _db.session.scalars(
            select(DataAccess.what).where(DataAccess.kind == "viewed")
        ).all()
    assert [what for what in looks if "SIASN" in what] == [
        "Riwayat kiriman ke SIASN: keadaan, paket, dan jawaban satu kursus"
    ]


def test_the_history_of_a_record_that_was_never_sent(sign_in, ready):
    page = sign_in("siti").get(f"{PAGE}/{ready}")

    assert page.status_code == 200
    assert "Kursus selesai dan dicatat." in page.text


@pytest.mark.parametrize("name", ["rani", "yohanes", "made"])
def test_the_history_is_for_hr(sign_in, ready, name):
    assert sign_in(name).get(f"{PAGE}/{ready}").status_code == 403
    assert sign_in(name).get(f"{PAGE}/paket").status_code == 403


def test_two_officers_taking_a_package_at_once(app, ready, clock):
    def taking(package):
        def act():
            found = siasn_package.chosen(Wanted(unit=None))
            _db.session.rollback()
            gate.wait()
            siasn_package.take(found, package, Wanted(unit=None), 2, clock.now())

        return act

    gate = Barrier(2)

    broken = together(app, taking("A"), taking("B"))

    assert broken == []
    told = steps(app)
    assert len(told) == 1  # the second finds that the first has it
    with app.app_context():
        record = _db.session.scalars(select(SiasnRecord)).one()
        assert [(record.state, record.package)] == told


def test_an_answer_and_a_package_at_once_lose_nothing(app, sign_in, ready, clock):
    siti = sign_in("siti")
    take(siti)
    gate = Barrier(2)

    def take_again():
        found = siasn_package.chosen(Wanted(unit=None))
        _db.session.rollback()
        gate.wait()
        siasn_package.take(found, "B", Wanted(unit=None), 2, clock.now())

    def give():
        gate.wait()
        answers = Answers([Row(2, ready, "RW-1", "")], [])
        news, faults = siasn_outcome.check(answers, select(Unit.id))
        assert faults == []
        siasn_outcome.write(news, 2, clock.now())

    broken = together(app, take_again, give)

    assert broken == []
    told = steps(app)
    with app.app_context():
        record = _db.session.scalars(select(SiasnRecord)).one()
        assert (record.state, record.rw_kursus_id) == ("terkirim", "RW-1")
        assert told[-1][0] == "terkirim"


def test_two_officers_giving_the_same_answer_at_once(app, sign_in, ready, clock):
    take(sign_in("siti"))

    def give():
        answers = Answers([Row(2, ready, "RW-1", "")], [])
        news, _faults = siasn_outcome.check(answers, select(Unit.id))
        siasn_outcome.write(news, 2, clock.now())

    broken = together(app, give, give)

    assert broken == []
    assert [state for state, _ in steps(app)] == ["siap", "terkirim"]


def test_what_is_new_goes_however_much_before_it_is_settled_or_not_ready(
    app, sign_in, ready, live, clock, monkeypatch
):
    monkeypatch.setattr(siasn_records, "SCANNED", 1)
    siti = sign_in("siti")
    take(siti)
    give_back(siti, f"{ready},RW-0001,")
    with app.app_context():
        for name in ("siti", "yohanes"):
            samples.finish(CAST[name].id, live, clock.now())
        yohanes = _db.session.get_one(Person, CAST["yohanes"].id)
        yohanes.pns_orang_id = PNS_ID[::-1]
        _db.session.commit()
    run_once(app)

    told = json.loads(siti.post(f"{PAGE}/paket").data)

    assert [record["nip"] for record in told["rekaman"]] == [CAST["yohanes"].nip]
    assert "Siti" in siti.get(f"{PAGE}?keadaan=masalah").text
