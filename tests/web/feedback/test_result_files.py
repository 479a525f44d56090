"""The answers to a survey as a file: of whom it tells, and of whom it must not."""

import csv
import io

from lms.audit.models import DataAccess, DataAccessPerson
from lms.db import db as session
from lms.db import reading
from lms.feedback import ballots, files
from tests.cast import CAST

from . import stage
from .answering import PAGE, fill


def test_the_file_of_named_answers_names_people_and_they_can_read_it(
    app, answered, sign_in, clock
):
    answered(5)
    siti = sign_in("siti")
    clock.skip(minutes=40)
    asked = siti.post(f"{PAGE}/berkas")
    prove(app, clock)

    answer = siti.post(f"{PAGE}/berkas")

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert asked.status_code == 403
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows) == 5 * 6  # a scale of two statements and four other questions
    assert {"Rani Kusumawardhani"} < {row["tentang"] for row in rows}
    assert CAST["rani"].nip not in answer.text
    with app.app_context():
        access = session.session.query(DataAccess).one()
        told = session.session.query(DataAccessPerson.person_id).all()
    assert access.kind == "exported"
    assert len(told) == 5


def test_the_file_of_anonymous_answers_names_nobody(app, answered, sign_in):
    answered(6, anonymous=True)

    answer = sign_in("siti").post(f"{PAGE}/berkas")

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert "tentang" not in rows[0]
    assert "Rani" not in answer.text
    assert {row["terbitan"] for row in rows} == {""}
    assert [row["soal"] for row in rows] == sorted(row["soal"] for row in rows)
    with app.app_context():
        assert session.session.query(DataAccess).count() == 0


def test_a_cell_is_never_a_formula(app, course, sign_in, clock):
    course(stage.survey(anonymous=True))
    with app.app_context():
        for person in stage.colleagues(5):
            stage.enrol_person(person)
            fill(person, **{"j4": "=1+1"})
        ballots.shake(5)
        session.session.commit()

    answer = sign_in("siti").post(f"{PAGE}/berkas")

    texts = {row["jawaban"] for row in csv.DictReader(io.StringIO(answer.text))}
    assert "'=1+1" in texts
    assert "=1+1" not in texts


def prove(app, clock) -> None:
    """Let every session have given its password just now."""
    from lms.accounts.models import LoginSession

    with app.app_context():
        for one in session.session.query(LoginSession):
            one.proved_at = clock.now()
        session.session.commit()


def test_texts_that_few_wrote_are_not_in_the_file_either(app, course, sign_in):
    course(stage.survey(anonymous=True))
    with app.app_context():
        for number, person in enumerate(stage.colleagues(5)):
            stage.enrol_person(person)
            fill(person, **{"j4": "Hanya saya." if number == 0 else ""})
        ballots.shake(5)
        session.session.commit()
    siti = sign_in("siti")

    page, file = siti.get(PAGE).text, siti.post(f"{PAGE}/berkas").text

    assert "Hanya saya." not in page
    assert "Hanya saya." not in file
    assert "Tanya materi?" in file


def test_who_waits_for_the_next_piece_may_write(answered, sign_in, monkeypatch):
    monkeypatch.setattr(files, "PIECE", 2)
    answered(6, anonymous=True)
    siti = sign_in("siti")

    pieces = siti.post(f"{PAGE}/berkas").iter_encoded()

    assert [reading.get() for _piece in pieces] == [False] * 16
    assert not reading.get()
