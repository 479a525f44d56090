"""Killed while answers are counted again or graded: it goes on, and counts once."""

import pytest
from sqlalchemy import select

from lms.db import db as _db
from lms.jobs import worker
from lms.jobs.models import OutboxEntry
from lms.quiz import queries, regrade_rounds, regrades
from lms.quiz.models import AnswerGrade, Attempt, Regrade, Rescore
from lms.records import ledger
from lms.records.models import Certificate, Completion, ItemFact
from tests.killing import AFTER, BEFORE, kill_during

from . import crowd, stage
from .test_grading import LIST, fields
from .test_regrade import GAINS, KEEPS, mend, order, scores

GIVEN = [KEEPS, GAINS, GAINS, KEEPS, GAINS, KEEPS, GAINS]


@pytest.fixture
def many(app, course, monkeypatch):
    """Seven have finished; the key is corrected; two are counted at a time."""
    ids = [
        crowd.finish(person, given)
        for person, given in zip(crowd.people(len(GIVEN)), GIVEN, strict=True)
    ]
    monkeypatch.setattr(regrades, "PIECE", 2)
    order(mend())
    return ids


def count_on(app) -> None:
    """Count as the worker does."""
    with app.app_context():
        regrade_rounds.go_on(_db.session.commit, 60)


def counted(ids: list[int]) -> list[int]:
    """How often each attempt was counted again."""
    rescores = queries.rescores(ids)
    return [sum(r.attempt_id == number for r in rescores) for number in ids]


# The session commits once for what came before, once when nobody is handing in any
# more, then after each piece of two; the database has nothing to commit at first.
@pytest.mark.parametrize(
    ("moment", "number", "done"),
    [
        ("INSERT INTO rescores", 1, 0),
        ("INSERT INTO rescores", 2, 2),
        ("INSERT INTO certificates", 2, 2),
        ("UPDATE regrades", 3, 4),
        (BEFORE, 3, 2),
        (AFTER, 1, 0),
        (AFTER, 2, 0),
        (AFTER, 4, 4),
        (AFTER, 6, 7),  # all is counted, nobody has written down that it is
    ],
)
def test_counting_again_goes_on_where_the_worker_was_killed(
    app, many, moment, number, done
):
    kill_during(app, lambda: count_on(app), moment, number)

    assert counted(many) == [1] * done + [0] * (len(many) - done)
    assert _db.session.query(Regrade).one().finished_at is None
    _db.session.rollback()
    worker.run_once(app)
    worker.run_once(app)
    assert counted(many) == [1] * len(many)
    assert scores(*many) == [7_500] * len(many)
    assert _db.session.query(Regrade).one().finished_at is not None
    passed = select(ItemFact.enrolment_id).where(ItemFact.fact == "passed")
    for found in (_db.session.scalars(passed).all(), _db.session.query(Completion),
                  _db.session.query(Certificate)):  # fmt: skip
        assert len(list(found)) == len(many)
    assert ledger.verify(ledger.stream()).fault is None


@pytest.mark.parametrize(
    ("moment", "is_there"),
    [
        ("INSERT INTO answer_grades", False),
        ("INSERT INTO rescores", False),
        ("INSERT INTO item_facts", False),
        (BEFORE, False),
        (AFTER, True),
    ],
)
def test_a_grade_of_an_essay_is_there_whole_or_not(
    app,
    handed_in,
    sign_in,
    moment,
    is_there,
):
    _rani, attempt = handed_in("cerita")
    hendra = sign_in("hendra")
    page = hendra.get(f"{LIST}/{attempt}").text
    data = fields(page, tingkat_1_masalah="4")

    def give():
        return hendra.post(f"{LIST}/{attempt}", data=data)

    kill_during(app, give, moment)

    with app.app_context():
        query = _db.session.query
        models = (AnswerGrade, Rescore, Completion)
        assert {query(model).count() for model in models} == {int(is_there)}
    assert give().status_code == 303
    with app.app_context():
        query = _db.session.query
        assert {query(model).count() for model in models} == {1}
        assert query(ItemFact).filter_by(fact="passed").count() == 1
        assert _db.session.get(Attempt, attempt).score_bp == 10_000
        told = OutboxEntry.dedup_key.like("graded:%")
        assert query(OutboxEntry).filter(told).count() == 1


@pytest.mark.parametrize(
    ("moment", "is_in"),
    [("INSERT INTO slot_scores", False), ("INSERT INTO rescores", False),
     (BEFORE, False), (AFTER, True)],
)  # fmt: skip
def test_a_hand_in_after_a_correction_counts_by_it_or_is_open(
    app, quiz, sign_in, moment, is_in
):
    quiz()
    rani = sign_in("rani")
    number = stage.begin(rani)
    stage.answer_all(app, rani, number, GAINS)
    with app.app_context():
        target = mend()
        crowd.finish(crowd.people(1)[0], KEEPS)
        order(target)

    def hand_in():
        return rani.post(f"/kuis/percobaan/{number}/kumpulkan")

    kill_during(app, hand_in, moment)

    with app.app_context():
        assert (_db.session.get(Attempt, number).submitted_at is not None) == is_in
    assert hand_in().status_code == 303
    worker.run_once(app)
    with app.app_context():
        assert counted([number]) == [1]
        attempt = _db.session.get(Attempt, number)
        assert (attempt.graded_bp, attempt.score_bp) == (5_000, 7_500)
