"""Instructors grant another attempt: in their courses, to people of their units."""

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.audit.models import AuditEntry, DataAccess
from lms.db import db as _db
from lms.quiz import teaching
from lms.quiz.models import AttemptGrant
from tests.cast import CAST

from . import stage
from .stage import COVER, QUIZ, RIGHT, WRONG

PAGE = "/tulis/percobaan"
WHY = "Jaringan kantor putus saat percobaan terakhir"
FORM = {"alasan": WHY}


@pytest.fixture
def used_up(app, quiz, sign_in):
    """Agus, of Hendra's agency, and Rani, of another, have failed twice of twice."""
    enrolled = {"rani": quiz(attempts=2)}
    with app.app_context():
        enrolled["agus"] = stage.enrol("agus")
    for name in enrolled:
        client = sign_in(name)
        stage.take(app, client, WRONG)
        stage.take(app, client, WRONG)
    return enrolled


def address(enrolment, number=3, code=QUIZ):
    return f"{PAGE}/{enrolment}/{code}/{number}"


def granted(app) -> list[AttemptGrant]:
    with app.app_context():
        return list(_db.session.scalars(select(AttemptGrant)))


def test_only_instructors_see_it(sign_in, db):
    for name in ("rani", "yohanes", "siti", "made"):
        assert sign_in(name).get(PAGE).status_code == 403
    assert "Mengajar" in sign_in("hendra").get("/").text
    assert "Mengajar" not in sign_in("siti").get("/").text


def test_it_lists_who_used_all_attempts_in_ones_units_alone(used_up, sign_in):
    page = sign_in("hendra").get(PAGE).text

    assert "Agus Pranoto" in page
    assert "2 percobaan dipakai" in page
    assert address(used_up["agus"]) in page
    assert "Rani" not in page


def test_who_is_seen_can_read_it(app, used_up, sign_in, clock):
    hendra = sign_in("hendra")

    hendra.get(PAGE)
    hendra.get(PAGE)
    clock.skip(minutes=61)
    hendra.get(PAGE)

    with app.app_context():
        looks = _db.session.scalars(select(DataAccess.what)).all()
    assert looks == [teaching.WHAT] * 2
    assert "Daftar percobaan kuis yang habis" in sign_in("agus").get("/data-saya").text


def test_a_grant_counts_once_is_audited_and_told(app, used_up, sign_in):
    hendra, agus = sign_in("hendra"), sign_in("agus")

    for _ in range(2):
        assert hendra.post(address(used_up["agus"]), data=FORM).status_code == 303

    [grant] = granted(app)
    assert (grant.granted_by, grant.reason) == (CAST["hendra"].id, WHY)
    with app.app_context():
        acts = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "quiz.attempt_granted")
        ).all()
    assert [act.actor_id for act in acts] == [CAST["hendra"].id]
    assert "Agus" not in hendra.get(PAGE).text
    assert "Anda mendapat 1 percobaan tambahan" in agus.get("/").text
    assert "1 percobaan tambahan dari Hendra Saputra." in agus.get(COVER).text
    assert "Anda lulus kuis ini." in stage.take(app, agus, RIGHT)[1]
    assert "Anda mendapat 1 percobaan tambahan" not in agus.get("/").text


def test_a_failed_extra_attempt_asks_again(app, used_up, sign_in):
    hendra, agus = sign_in("hendra"), sign_in("agus")
    hendra.post(address(used_up["agus"]), data=FORM)

    stage.take(app, agus, WRONG)

    assert address(used_up["agus"], 4) in hendra.get(PAGE).text


def test_the_form_says_whom_and_what_it_is_about(used_up, sign_in):
    page = sign_in("hendra").get(address(used_up["agus"])).text

    assert "Agus Pranoto, Badan Pengembangan SDM" in page
    assert "Layanan: Kuis akhir. 2 percobaan sudah dipakai" in page


@pytest.mark.parametrize("reason", ["", "abc", "NIP 199008172015031901", "a" * 501])
def test_a_reason_is_wanted(app, used_up, sign_in, reason):
    answer = sign_in("hendra").post(address(used_up["agus"]), data={"alasan": reason})

    assert answer.status_code == 422
    assert "Tulis alasan 5 sampai 500 karakter" in answer.text
    assert granted(app) == []


def test_people_of_other_units_are_not_there(app, used_up, sign_in):
    hendra = sign_in("hendra")

    assert hendra.get(address(used_up["rani"])).status_code == 404
    assert hendra.post(address(used_up["rani"]), data=FORM).status_code == 404
    assert hendra.post(address(10**9), data=FORM).status_code == 404
    assert granted(app) == []


def test_courses_of_other_authors_are_not_there(app, used_up, sign_in):
    with app.app_context():
        _db.session.get(Person, CAST["hendra"].id).name = "Hendra Wijaya"
        _db.session.commit()
    hendra = sign_in("hendra")

    page = hendra.get(PAGE).text
    answer = hendra.post(address(used_up["agus"]), data=FORM)

    assert "Nama Anda belum tercantum sebagai penulis" in page
    assert answer.status_code == 404
    assert granted(app) == []


@pytest.mark.parametrize("number", [2, 4])
def test_another_number_is_no_need(app, used_up, sign_in, number):
    hendra = sign_in("hendra")

    assert hendra.get(address(used_up["agus"], number)).status_code == 409
    assert hendra.post(address(used_up["agus"], number), data=FORM).status_code == 409


def test_attempts_left_running_or_passed_are_not_listed(app, quiz, sign_in):
    quiz(attempts=2)
    with app.app_context():
        enrolment = stage.enrol("agus")
    agus, hendra = sign_in("agus"), sign_in("hendra")
    stage.take(app, agus, WRONG)
    first = hendra.get(PAGE).text
    stage.begin(agus)
    second = hendra.get(PAGE).text

    assert "Tidak ada yang menunggu" in first
    assert "Tidak ada yang menunggu" in second
    assert hendra.post(address(enrolment), data=FORM).status_code == 409


def test_nobody_grants_to_themselves(app, quiz, sign_in):
    quiz(attempts=1)
    with app.app_context():
        enrolment = stage.enrol("hendra")
    hendra = sign_in("hendra")
    stage.take(app, hendra, WRONG)

    assert "Tidak ada yang menunggu" in hendra.get(PAGE).text
    assert hendra.post(address(enrolment, 2), data=FORM).status_code == 404


@pytest.mark.parametrize(
    ("written", "person", "is_same"),
    [
        ("Dr. Hendra Saputra, M.Pd.", "Hendra Saputra", True),
        ("Prof. Dr. HENDRA  Saputra", "Hendra Saputra", True),
        ("Hendra", "Hendra Saputra", False),
        ("M. Hendra Saputra", "Hendra Saputra", True),
        ("Saputra Hendra", "Hendra Saputra", False),
        ("M.", "M.", True),
    ],
)
def test_authors_are_known_without_their_titles(written, person, is_same):
    assert (teaching._bare(written) == teaching._bare(person)) is is_same
