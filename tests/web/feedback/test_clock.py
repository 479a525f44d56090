"""A clock that is set back or jumps ahead asks and reminds nobody twice."""

from lms.db import db as _db
from lms.feedback.models import SurveyCall, SurveyFilling

from . import stage
from .stage import COURSE
from .test_asking import GOOD, link

PAGE = f"/survei/{COURSE}/reaksi"


def test_asked_a_day_early_by_a_wrong_clock_nobody_is_asked_again(
    app,
    finished,
    work,
    clock,
    sign_in,
):
    finished(days=89)
    clock.skip(days=1)
    mails = work()
    clock.skip(days=-1)
    rest = work()
    for _day in range(3):
        clock.skip(days=1)
        rest += work()

    assert (len(mails), rest) == (1, [])
    with app.app_context():
        assert _db.session.query(SurveyCall).count() == 1
    assert sign_in(None).post(link(mails), data=GOOD).status_code == 303


def test_a_reminder_goes_out_once_whatever_the_clock_does(
    finished,
    work,
    clock,
):
    finished()
    work()
    clock.skip(days=7)

    sent = []
    for hours in (0, -1, 25, -24, 24 * 7, -24, 24):
        clock.skip(hours=hours)
        sent += work()

    assert [("Pengingat" in one["subject"]) for one in sent] == [True]


def test_a_link_opened_before_it_was_sent_is_open(
    finished,
    work,
    clock,
    sign_in,
):
    finished()
    path = link(work())

    clock.skip(days=-1)

    assert sign_in(None).get(path).status_code == 200


def test_a_survey_at_the_end_stays_open_when_the_clock_is_set_back(
    app, course, sign_in, clock
):
    clock.skip(hours=10, minutes=1)  # a minute past midnight
    course(stage.survey(when="after", after_days=0), has_read=True)
    rani = sign_in("rani")
    assert rani.get(PAGE).status_code == 200

    clock.skip(hours=-1)

    assert rani.get(PAGE).status_code == 200
    assert rani.post(PAGE, data=stage.GOOD).status_code == 303
    with app.app_context():
        assert _db.session.query(SurveyFilling).count() == 1
