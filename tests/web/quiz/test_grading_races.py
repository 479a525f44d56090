"""The same grade of an essay from many pages at once is given once."""

from collections import Counter

from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.quiz.models import AnswerGrade, Attempt, Rescore
from lms.records.models import Completion
from tests.web.tasks.test_races import MANY, at_once

from .test_grading import LIST, fields


def test_many_grades_of_one_page_are_one(app, handed_in, sign_in):
    _rani, attempt = handed_in("cerita")
    page = sign_in("hendra").get(f"{LIST}/{attempt}").text
    data = fields(page, tingkat_1_masalah="4")
    clients = [sign_in("hendra") for _ in range(MANY // 2)]

    answers = at_once(clients, lambda c, _n: c.post(f"{LIST}/{attempt}", data=data))

    assert Counter(a.status_code for a in answers) == {303: MANY // 2}
    with app.app_context():
        query = _db.session.query
        models = (AnswerGrade, Rescore, Completion)
        assert {query(model).count() for model in models} == {1}
        assert _db.session.get(Attempt, attempt).score_bp == 10_000
        told = OutboxEntry.dedup_key.like("graded:%")
        assert query(OutboxEntry).filter(told).count() == 1
