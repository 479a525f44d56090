"""Killed while a survey is sent by its link, or while people are asked: once, whole."""

import pytest

from lms.db import db as _db
from lms.feedback.models import SurveyAnswer, SurveyBallot, SurveyCall, SurveyFilling
from lms.jobs.models import OutboxEntry
from tests.killing import AFTER, BEFORE, kill_during

from . import stage
from .test_asking import GOOD, link

ANONYMOUS = stage.ABOUT_RANI | {"anonymous": True}


def counts(app, *models) -> tuple[int, ...]:
    with app.app_context():
        found = [_db.session.query(model).count() for model in models]
        _db.session.rollback()
    return tuple(found)


@pytest.mark.parametrize(
    ("moment", "is_in"),
    [("INSERT INTO survey_fillings", 0), ("INSERT INTO survey_", 0), (BEFORE, 0),
     (AFTER, 1)],
)  # fmt: skip
@pytest.mark.parametrize(
    ("said", "where"), [(stage.ABOUT_RANI, SurveyAnswer), (ANONYMOUS, SurveyBallot)]
)
def test_a_survey_sent_by_its_link_is_taken_whole_or_not(
    app,
    finished,
    work,
    sign_in,
    moment,
    is_in,
    said,
    where,
):
    finished(stage.survey("perilaku-90", stage.ON_THE_JOB, **said))
    path, stranger = link(work()), sign_in(None)
    number = 2 if moment == "INSERT INTO survey_" else 1

    kill_during(app, lambda: stranger.post(path, data=GOOD), moment, number)

    assert counts(app, SurveyFilling, where) == (is_in, is_in)
    again = stranger.post(path, data=GOOD)
    assert again.status_code == (409 if is_in else 303)
    assert counts(app, SurveyFilling, where) == (1, 1)
    assert "Jawaban Anda sudah terkirim." in stranger.get(path).text


def test_a_worker_killed_while_it_asks_asks_once(
    app,
    finished,
    work,
    clock,
):
    finished(days=0)
    work()  # makes the certificate
    clock.skip(days=90)

    kill_during(app, work, "INSERT INTO survey_calls")

    assert counts(app, SurveyCall) == (0,)
    clock.skip(minutes=6)  # the entry of the dead one is given back
    assert len(work()) == 1
    assert work() == []
    assert counts(app, SurveyCall) == (1,)


def test_a_worker_killed_while_it_reminds_reminds_once(
    app,
    finished,
    work,
    clock,
):
    finished()
    work()
    clock.skip(days=7)

    kill_during(app, work, "UPDATE survey_calls")

    clock.skip(minutes=6)
    reminders = [mail for mail in work() if "Pengingat" in mail["subject"]]
    clock.skip(days=1)
    assert (len(reminders), work()) == (1, [])
    with app.app_context():
        keys = [entry.dedup_key for entry in _db.session.query(OutboxEntry)]
        assert len([key for key in keys if key.endswith(":remind")]) == 1
