"""HR answers requests for correction before the law's time is over."""

from datetime import date

import pytest
from sqlalchemy import select

from lms.accounts import corrections, moves
from lms.accounts.letters import Office
from lms.accounts.models import CorrectionRequest, Job, Person, Placement
from lms.db import db as _db
from tests.cast import CAST

LIST = "/sdm/permintaan"
RANI = CAST["rani"].id
ANSWER = {"jawaban": "done", "penjelasan": "Sudah kami perbaiki menurut SK."}


@pytest.fixture
def ask(app, db, clock):
    """ask("nama", "Rani K.") -> the number of the request, asked by Rani."""

    def ask(field="golongan", wanted="III/b", name="rani"):
        with app.app_context():
            wish = corrections.Wish(field, wanted, "Menurut SK terakhir")
            office = Office("Kelas ASN", "", is_open=False)
            row, _ = corrections.ask(CAST[name].id, wish, office, clock.now())
            _db.session.commit()
            return row.id

    return ask


def rani(app) -> Person:
    with app.app_context():
        return _db.session.get(Person, RANI)


@pytest.mark.parametrize("name", ["rani", "yohanes", "hendra", "made"])
def test_only_hr_may_answer(sign_in, ask, name):
    number, client = ask(), sign_in(name)

    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}/{number}", data=ANSWER).status_code == 403


def test_requests_of_elsewhere_and_ones_own_do_not_exist(sign_in, ask):
    siti = sign_in("siti")

    for number in (ask(name="agus"), ask(name="siti"), 999):
        assert siti.get(f"{LIST}/{number}").status_code == 404
        assert siti.post(f"{LIST}/{number}", data=ANSWER).status_code == 404
    assert "Tidak ada permintaan yang menunggu" in siti.get(LIST).text


def test_the_first_due_comes_first_with_the_time_left(sign_in, ask, clock):
    ask("golongan")
    clock.skip(hours=30)
    ask("nama", "Yohanes T.", name="yohanes")
    clock.skip(hours=1)

    page = sign_in("siti").get(LIST).text
    clock.skip(hours=42)
    later = sign_in("siti").get(LIST).text
    listed = sign_in("siti").get("/sdm/pegawai").text

    assert page.index("Rani Kusumawardhani") < page.index("Yohanes Tambing")
    assert "2 menunggu" in page
    assert "Sisa 1 hari 17 jam" in page
    assert "Sisa 2 hari 23 jam" in page
    assert "Terlambat 1 jam" in later
    assert "menunggu jawaban" in listed


def test_a_text_is_changed_with_the_answer(app, sign_in, ask, clock):
    number, siti = ask("golongan", "III/b"), sign_in("siti")
    assert 'value="III/b"' in siti.get(f"{LIST}/{number}").text

    form = ANSWER | {"nilai": "III/b"}
    answers = [siti.post(f"{LIST}/{number}", data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert rani(app).rank == "III/b"
    with app.app_context():
        row = _db.session.get(CorrectionRequest, number)
        assert (row.state, row.is_applied) == ("done", True)
        placements = _db.session.scalars(
            select(Placement).where(Placement.person_id == RANI).order_by(Placement.id)
        ).all()
        assert [(p.rank, p.valid_to) for p in placements] == [
            ("", date(2026, 11, 21)), ("III/b", None),
        ]  # fmt: skip
    told = sign_in("rani").get("/akun/data-diri").text
    assert ANSWER["penjelasan"] in told
    assert "Data di atas sudah diubah." in told


def test_a_new_unit_is_told_to_whoever_listens(app, sign_in, ask, monkeypatch):
    told = []
    monkeypatch.setattr(moves, "_listeners", [lambda ids, now: told.append(list(ids))])
    number = ask("unit", "Dinas Penanaman Modal dan PTSP")
    siti = sign_in("siti")
    assert '<option value="3" selected>' in siti.get(f"{LIST}/{number}").text

    siti.post(f"{LIST}/{number}", data=ANSWER | {"nilai": "3"})

    assert rani(app).unit_id == 3
    assert told == [[RANI]]


def test_a_job_out_of_the_list(app, sign_in, ask):
    with app.app_context():
        _db.session.add(Job(id=77, title="Analis Anggaran", type="fungsional"))
        _db.session.commit()
    number = ask("jabatan", "Analis anggaran")

    sign_in("siti").post(f"{LIST}/{number}", data=ANSWER | {"nilai": "77"})

    assert rani(app).job_id == 77


@pytest.mark.parametrize(
    ("field", "wanted", "value"),
    [("unit", "BPSDM", "6"), ("unit", "x", "٣"), ("status", "PNS", "RAJA"),
     ("nama", "x", ""), ("nama", "x", "a" * 161), ("gelar-depan", "x", "a" * 61)],
)  # fmt: skip
def test_what_cannot_be_stored_is_refused_with_nothing_answered(
    app, sign_in, ask, field, wanted, value
):
    number = ask(field, wanted)

    answer = sign_in("siti").post(f"{LIST}/{number}", data=ANSWER | {"nilai": value})

    assert answer.status_code == 422
    assert (rani(app).unit_id, rani(app).name) == (4, CAST["rani"].name)
    with app.app_context():
        assert _db.session.get(CorrectionRequest, number).state == "open"


def test_a_number_is_answered_in_words_alone(app, sign_in, ask):
    number = ask("nip", "199508252022212999")
    siti = sign_in("siti")

    page = siti.get(f"{LIST}/{number}").text
    siti.post(f"{LIST}/{number}", data=ANSWER | {"nilai": "199508252022212999"})

    assert "perbaiki di sana, lalu impor" in page
    assert rani(app).nip == CAST["rani"].nip
    told = sign_in("rani").get("/akun/data-diri").text
    assert "tidak ikut diubah bersama jawaban ini" in told


def test_a_refusal_changes_nothing_and_says_why(app, sign_in, ask):
    number = ask("golongan", "IV/e")
    form = {"jawaban": "refused", "penjelasan": "SK menyebut III/a.", "nilai": "IV/e"}

    answer = sign_in("siti").post(f"{LIST}/{number}", data=form)

    assert answer.status_code == 303
    assert rani(app).rank == ""
    assert "SK menyebut III/a." in sign_in("rani").get("/akun/data-diri").text


@pytest.mark.parametrize(
    "wrong", [{"jawaban": ""}, {"jawaban": "open"}, {"penjelasan": " "}]
)
def test_a_form_error_is_told(sign_in, ask, wrong):
    number = ask()

    answer = sign_in("siti").post(f"{LIST}/{number}", data=ANSWER | wrong)

    assert answer.status_code == 422
    assert "Galat: " in answer.text


def test_another_answer_to_what_is_answered_is_a_conflict(sign_in, ask):
    number, siti = ask(), sign_in("siti")
    siti.post(f"{LIST}/{number}", data=ANSWER | {"nilai": "III/b"})

    other = siti.post(
        f"{LIST}/{number}", data={"jawaban": "refused", "penjelasan": "Tidak."}
    )

    assert other.status_code == 409
    assert "Sudah kami perbaiki" in siti.get(f"{LIST}/{number}").text


def test_withdrawn_ones_are_gone_from_the_list(app, sign_in, ask, clock):
    number = ask()
    sign_in("rani").post(f"/akun/perbaikan/{number}/tarik")

    assert "Tidak ada permintaan yang menunggu" in sign_in("siti").get(LIST).text
