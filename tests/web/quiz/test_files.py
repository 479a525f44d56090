"""Rani answers a question with a file, with scripts off; Hendra grades it."""

import io
import re

import pytest
from sqlalchemy import select

from lms.db import db as _db
from lms.kernel import clock
from lms.quiz.models import AnswerFile, Attempt
from lms.uploads import files
from lms.uploads.models import Upload
from tests.unit.uploads import samples

from . import kinds, stage
from .stage import question_url
from .test_grading import LIST, grade, state, teach


@pytest.fixture
def asked(app, db, sign_in):
    """Rani's client and a running attempt: a file, then pairs."""
    with app.app_context():
        kinds.publish("berkas", "jodoh")
        stage.enrol("rani")
        teach()
    rani = sign_in("rani")
    return rani, stage.begin(rani)


def put(client, attempt: int, data: bytes | None = None, name="rencana.pdf", **more):
    """Send a file as a browser without scripts does."""
    page = client.get(question_url(attempt, 1)).text
    fields = {"seq": re.search(r'name="seq" value="(\d+)"', page)[1]} | more
    if data is not None:
        fields["berkas"] = (io.BytesIO(data), name)
    address = f"{question_url(attempt, 1)}/berkas"
    return client.post(address, data=fields, content_type="multipart/form-data")


def test_a_file_is_put_shown_replaced_and_taken_back(app, asked):
    rani, attempt = asked
    fresh = rani.get(question_url(attempt, 1)).text

    first = put(rani, attempt, samples.pdf(), simpan="ya")
    held = rani.get(question_url(attempt, 1)).text
    second = put(rani, attempt, samples.pdf(text="Lain"), "lain.pdf", simpan="ya")
    replaced = rani.get(question_url(attempt, 1)).text
    put(rani, attempt, hapus="ya")

    assert "PDF, paling besar" in fresh
    assert first.location == second.location == question_url(attempt, 1)
    assert "rencana.pdf" in held
    assert "lain.pdf" in replaced
    assert "rencana.pdf" not in replaced
    assert "lain.pdf" not in rani.get(question_url(attempt, 1)).text
    assert kinds.saved(app, attempt) == {0: None}
    with app.app_context():
        assert _db.session.scalars(select(AnswerFile)).all() == []


def test_going_on_takes_a_chosen_file_along_and_keeps_a_held_one(app, asked):
    rani, attempt = asked

    onward = put(rani, attempt, samples.pdf(), ke="berikut")
    again = put(rani, attempt, ke="tinjau")
    plain = rani.post(question_url(attempt, 1), data={"seq": "2", "ke": "berikut"})

    assert onward.location == question_url(attempt, 2)
    assert again.location.endswith("/tinjau")
    assert plain.status_code == 303
    with app.app_context():
        uid = _db.session.scalars(select(Upload.uid)).one()
    assert kinds.saved(app, attempt) == {0: {"file": uid}}


@pytest.mark.parametrize(
    ("data", "name", "status", "words"),
    [
        (b"", "kosong.pdf", 422, "Berkas ini kosong"),
        (b"<html>", "bukan.pdf", 422, "bukan PDF yang utuh"),
        (samples.office(), "surat.docx", 422, "bukan PDF yang utuh"),
        (samples.pdf() + b"x" * 10**5, "besar.pdf", 413, "Berkas lebih besar dari"),
    ],
)
def test_what_is_not_the_file_asked_for_is_refused_beside_its_field(
    app, asked, data, name, status, words
):
    rani, attempt = asked

    page = put(rani, attempt, data, name)

    assert page.status_code == status
    assert words in page.text
    assert 'aria-invalid="true"' in page.text
    assert kinds.saved(app, attempt) == {}


def test_only_rani_and_those_who_grade_can_fetch_it(app, asked, sign_in):
    rani, attempt = asked
    put(rani, attempt, samples.pdf())
    with app.app_context():
        address = f"/berkas/{_db.session.scalars(select(Upload.uid)).one()}"
    early = sign_in("hendra").get(address).status_code

    kinds.hand_in(rani, attempt)

    assert early == 404
    assert sign_in("rani").get(address).data == samples.pdf()
    assert sign_in("hendra").get(address).data == samples.pdf()
    for name in ("agus", "yohanes", "siti", "made"):
        assert sign_in(name).get(address).status_code == 404, name


def test_a_file_waits_and_is_graded_with_points(app, asked, sign_in):
    rani, attempt = asked
    put(rani, attempt, samples.pdf())
    kinds.send(app, rani, attempt, 2, kinds.RIGHT["jodoh"])
    kinds.hand_in(rani, attempt)
    hendra = sign_in("hendra")
    page = hendra.get(f"{LIST}/{attempt}").text
    before = state(app, attempt)

    grade(hendra, attempt, nilai_1="80", komentar_1="Rapi.")

    assert "rencana.pdf" in page
    assert before == (5_000, 1, False, False)
    assert state(app, attempt) == (9_000, 0, True, True)
    result = rani.get(f"/kuis/percobaan/{attempt}/hasil").text
    assert "Rapi." in result
    assert "rencana.pdf" in result


def test_a_file_that_is_an_answer_is_kept_and_one_taken_back_goes(app, asked):
    rani, attempt = asked
    put(rani, attempt, samples.pdf())
    put(rani, attempt, samples.pdf(text="Lain"), "lain.pdf")

    with app.app_context():
        _db.session.query(Upload).update({"at": clock.now() - 2 * files.UNUSED})
        gone = files.throw_away(clock.now())
        left = _db.session.scalars(select(Upload.name)).all()
        _db.session.rollback()

    assert (gone, left) == (1, ["lain.pdf"])


def test_a_file_comes_neither_late_nor_to_other_questions_or_people(
    app, asked, sign_in
):
    rani, attempt = asked
    seen = put(rani, attempt, samples.pdf())
    other = rani.post(f"{question_url(attempt, 2)}/berkas", data={"seq": "1"})
    stranger = sign_in("agus").post(
        f"{question_url(attempt, 1)}/berkas", data={"seq": "1"}
    )
    broken = rani.post(f"{question_url(attempt, 1)}/berkas", data={"seq": "x"})
    kinds.hand_in(rani, attempt)
    data = {"seq": "3", "berkas": (io.BytesIO(samples.pdf(text="x")), "x.pdf")}
    late = rani.post(f"{question_url(attempt, 1)}/berkas", data=data)

    assert seen.status_code == 303
    assert (other.status_code, stranger.status_code) == (404, 404)
    assert broken.status_code == 422
    assert late.status_code == 409
    with app.app_context():
        assert _db.session.get(Attempt, attempt).waiting == 1
        assert len(_db.session.scalars(select(Upload)).all()) == 1


def test_a_file_of_another_cannot_be_named_as_an_answer(app, asked):
    rani, attempt = asked

    rani.post(
        question_url(attempt, 1), data={"seq": "1", "jawaban": "berkas-orang-lain"}
    )

    assert kinds.saved(app, attempt) == {}
