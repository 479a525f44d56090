"""Only what is new or changed since my last taking of the same kind and filter."""

import json

import pytest
from sqlalchemy import delete, select

from lms.accounts import unit_changes
from lms.accounts.models import Person, RoleGrant, Unit
from lms.db import db as _db
from lms.hr.models import Taking
from lms.records import amendments
from tests.cast import START
from tests.web.hr.test_export import hr_of
from tests.web.records import samples

PAGE = "/sdm/ekspor"


def take(client, **fields) -> list[dict]:
    answer = client.post(
        PAGE, data={"format": "ndjson", "sejak_terakhir": "y"} | fields
    )
    if answer.mimetype == "text/html":
        assert "sejak pengambilan terakhir" in answer.text
        return []
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.fixture
def siti(sign_in, done):
    """Siti, who has taken everything there was."""
    client = sign_in("siti")
    assert [row["nip"] for row in take(client)] == ["199508252022212902"]
    return client


def test_nothing_new_is_said_and_is_no_taking(app, siti):
    assert take(siti) == []

    with app.app_context():
        assert len(_db.session.scalars(select(Taking)).all()) == 1


def test_a_new_completion_comes_alone_and_once(app, siti, live, clock):
    with app.app_context():
        samples.finish(3, live, clock.now())

    assert [row["nama"] for row in take(siti)] == ["Yohanes Tambing"]
    assert take(siti) == []


def test_a_corrected_one_comes_again_with_its_new_jp(app, siti, done, clock):
    with app.app_context():
        amendments.correct_jp(done["rani"], 3, "Salah hitung menit", 2, clock.now())
        _db.session.commit()

    [row] = take(siti)

    assert (row["id_rekaman"], row["jp"]) == (done["rani"], 3)


def test_a_revoked_one_comes_again_as_cancelled(app, siti, done, clock):
    with app.app_context():
        amendments.revoke(done["rani"], "Diikuti oleh orang lain", 2, clock.now())
        _db.session.commit()

    [row] = take(siti)

    assert (row["id_rekaman"], row["status_kirim"]) == (done["rani"], "batal")
    assert take(siti) == []


def test_another_filter_has_its_own_last_taking(siti):
    assert len(take(siti, kursus="layanan-prima")) == 1
    assert take(siti, kursus="layanan-prima") == []
    assert take(siti) == []


def test_another_person_has_their_own_last_taking(app, siti, sign_in, clock):
    hr_of(app, clock, 1)

    assert len(take(sign_in("hendra"))) == 1


def test_a_wider_right_is_not_the_old_filter(app, siti, clock):
    """Else the completions of the new units would never come."""
    hr_of(app, clock, 5, person_id=2)

    assert {row["instansi_kode"] for row in take(siti)} == {"6771", "5500"}


def test_everything_is_still_to_be_had(siti):
    answer = siti.post(PAGE, data={"format": "ndjson"})

    assert len(answer.text.splitlines()) == 1


def test_the_sums_of_those_with_news_come_again(app, sign_in, live, clock):
    siti, form = sign_in("siti"), {"jenis": "rekap_jp", "tahun": "2026"}
    clock.skip(minutes=2)
    assert len(take(siti, **form)) == 4
    clock.skip(minutes=2)
    with app.app_context():
        samples.finish(4, live, clock.now())

    rows = take(siti, **form)

    assert [(row["nama"], row["jp_total"]) for row in rows] == [
        ("Rani Kusumawardhani", 4)
    ]


def test_somebody_who_moved_comes_again(app, sign_in, live, clock):
    siti, form = sign_in("siti"), {"jenis": "rekap_jp", "tahun": "2026"}
    clock.skip(minutes=2)
    take(siti, **form)
    clock.skip(minutes=2)
    with app.app_context():
        rani = _db.session.get_one(Person, 4)
        rani.unit_id, rani.updated_at = 2, clock.now()
        _db.session.commit()

    rows = take(siti, **form)

    assert [row["perangkat_daerah"] for row in rows] == [
        "Badan Kepegawaian dan Pengembangan SDM"
    ]


# --- Nothing missed, nothing twice


@pytest.fixture
def officers(app, live, done, clock):
    """Siti is HR of one office, Yohanes of another; in both somebody has finished."""
    with app.app_context():
        samples.finish(1, live, clock.now())
        _db.session.execute(delete(RoleGrant).where(RoleGrant.role == "hr"))
        for person, unit in ((2, 2), (3, 3)):
            _db.session.add(
                RoleGrant(
                    person_id=person, role="hr", unit_id=unit, valid_from=START,
                    granted_at=clock.now(),
                )
            )  # fmt: skip
        _db.session.commit()


def move(app, clock, unit: int, to: int) -> None:
    with app.app_context():
        child, parent = (_db.session.get(Unit, number) for number in (unit, to))
        now = clock.now()
        unit_changes.move(child, parent, now.date(), now, None)
        _db.session.commit()


@pytest.mark.parametrize("kind", ["riwayat_kursus", "rekap_jp"])
def test_a_unit_that_was_moved_brings_what_it_had_once(
    app, sign_in, officers, clock, kind
):
    asked = {"jenis": kind, "tahun": "2026"}
    siti, yohanes = sign_in("siti"), sign_in("yohanes")
    take(siti, **asked)
    take(yohanes, **asked)
    clock.skip(minutes=4)

    move(app, clock, unit=4, to=2)

    clock.skip(minutes=2)
    assert "Rani Kusumawardhani" in [row["nama"] for row in take(siti, **asked)]
    clock.skip(minutes=2)
    assert take(siti, **asked) == []
    form = {"format": "ndjson", "sejak_terakhir": "y"} | asked
    assert "Rani Kusumawardhani" not in yohanes.post(PAGE, data=form).text


@pytest.fixture
def news(app, live, clock, monkeypatch):
    """Two more have finished since; a piece of a file holds one row."""
    monkeypatch.setattr("lms.hr.objects.CHUNK", 1)
    with app.app_context():
        for person in (2, 3):
            samples.finish(person, live, clock.now())


def test_a_file_that_never_arrived_whole_is_taken_again_with_what_came_after(
    app, siti, done, news, clock
):
    form = {"format": "ndjson", "sejak_terakhir": "y"}
    siti.post(PAGE, data=form, buffered=False).close()  # the receiver goes away
    with app.app_context():
        amendments.revoke(done["rani"], "Diikuti oleh orang lain", 2, clock.now())
        _db.session.commit()

    first, again = take(siti), take(siti)

    assert sorted(row["nama"] for row in first) == [
        "Rani Kusumawardhani", "Siti Marlina", "Yohanes Tambing",
    ]  # fmt: skip
    assert again == []


def test_a_correction_then_a_revocation_between_two_takings_is_one_row(
    app, siti, done, clock
):
    with app.app_context():
        amendments.correct_jp(done["rani"], 3, "Salah hitung menit", 2, clock.now())
        amendments.correct_jp(done["rani"], 2, "Salah hitung lagi", 2, clock.now())
        amendments.revoke(done["rani"], "Diikuti oleh orang lain", 2, clock.now())
        _db.session.commit()

    [row] = take(siti)

    assert (row["jp"], row["status_kirim"]) == (2, "batal")
    assert take(siti) == []
