"""Many send a survey at the same moment, over real connections: once it is taken."""

from collections import Counter

import pytest

from lms.db import db as _db
from lms.feedback.models import SurveyAnswer, SurveyBallot, SurveyFilling
from tests.web.tasks.test_races import MANY, at_once

from . import stage
from .test_asking import GOOD, link
from .test_filling import PAGE


def count(app, model) -> int:
    with app.app_context():
        return _db.session.query(model).count()


@pytest.mark.parametrize(
    ("is_anonymous", "where"), [(False, SurveyAnswer), (True, SurveyBallot)]
)
def test_one_link_opened_by_many_is_taken_once(
    app,
    finished,
    work,
    sign_in,
    is_anonymous,
    where,
):
    said = stage.ABOUT_RANI | {"anonymous": is_anonymous}
    finished(stage.survey("perilaku-90", stage.ON_THE_JOB, **said))
    path = link(work())
    clients = [sign_in(None) for _ in range(MANY)]

    answers = at_once(clients, lambda c, _n: c.post(path, data=GOOD))

    assert {a.status_code for a in answers} <= {303, 409}
    assert (count(app, SurveyFilling), count(app, where)) == (1, 1)


@pytest.mark.parametrize(
    ("is_anonymous", "where"), [(False, SurveyAnswer), (True, SurveyBallot)]
)
def test_many_tabs_fill_in_once(app, course, sign_in, is_anonymous, where):
    course(stage.survey(anonymous=is_anonymous))
    clients = [sign_in("rani") for _ in range(MANY)]

    answers = at_once(clients, lambda c, _n: c.post(PAGE, data=stage.GOOD))

    assert Counter(a.status_code for a in answers) == {303: MANY}
    assert count(app, SurveyFilling) == 1
    assert count(app, where) == len(stage.QUESTIONS)
