"""What no page of ours sends to a survey: refused with a sentence, nothing kept."""

import pytest

from lms.db import db as _db
from lms.feedback.models import SurveyAnswer, SurveyBallot, SurveyFilling

from . import stage
from .stage import COURSE, GOOD

FORM = f"/survei/{COURSE}/reaksi"
WORDS = ["a\x00b", "<script>alert(1)</script>", "=1+1", "\u202e", "{{7*7}}"]
WRONG = [
    {"j0-0": ["9"]}, {"j0-0": ["-1"]}, {"j0-0": ["0", "1"]}, {"j0-0": ["\u0663"]},
    {"j0-0": ["9" * 5000]}, {"j1": ["x"]}, {"j2": ["1e3"]},
    {"j3": ["NaN"]}, {"j3": ["Infinity"]}, {"j3": ["1e999999999"]},
    {"j3": ["9" * 5000]}, {"j4": ["x" * 100_001]}, {"j4": ["kata " * 30_000]},
]  # fmt: skip


def counts(app) -> list[int]:
    with app.app_context():
        return [
            _db.session.query(model).count()
            for model in (SurveyFilling, SurveyAnswer, SurveyBallot)
        ]


@pytest.mark.parametrize("said", WRONG, ids=lambda said: str(said)[:30])
def test_an_answer_that_no_page_offers_is_refused_whole(app, course, sign_in, said):
    course(stage.survey(anonymous=True))
    with app.app_context():
        stage.enrol()

    answer = sign_in("rani").post(FORM, data=GOOD | said)

    assert answer.status_code in (400, 413, 422)
    assert counts(app) == [0, 0, 0]


@pytest.mark.parametrize("words", WORDS, ids=ascii)
def test_hostile_words_are_taken_as_words_or_refused(app, course, sign_in, words):
    course(stage.survey(anonymous=True))
    with app.app_context():
        stage.enrol()

    answer = sign_in("rani").post(FORM, data=GOOD | {"j4": words})

    assert answer.status_code in (303, 400, 422)
    assert counts(app)[0] == (answer.status_code == 303)
