"""Corrections that meet: two of one question, one and a hand-in, one and a new start.

SQLite lets one write at a time. On PostgreSQL it is the locks of `regrades` that hold:
without them these tests fail.
"""

import threading
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from sqlalchemy import event, text

from lms.catalog import courses
from lms.db import db as _db
from lms.kernel import clock
from lms.quiz import attempts, queries, regrade_rounds, regrades
from lms.quiz.models import Attempt, Regrade
from lms.records import enrolments, facts, ledger
from lms.records.models import Certificate, Completion, Enrolment, ItemFact
from tests.cast import CAST

from . import crowd, stage
from .stage import RIGHT
from .test_regrade import GAINS, KEEPS, mend, order, scores

PEOPLE = 9
NEARLY = RIGHT | {"sapaan": 2}  # 75, which passes


class Others:
    """Threads that do something, each in a context of its own; what went wrong."""

    def __init__(self, app) -> None:
        _db.session.rollback()  # what is held here, the others would wait for
        self.app, self.threads, self.wrong = app, [], []

    def start(self, act) -> None:
        self.threads.append(threading.Thread(target=self._run, args=(act,)))
        self.threads[-1].start()

    def _run(self, act) -> None:
        with self.app.app_context():
            try:
                act()
            except Exception as err:
                self.wrong.append(err)
            finally:
                _db.session.rollback()

    def wait(self) -> None:
        for thread in self.threads:
            thread.join(60)
            assert not thread.is_alive()
        assert self.wrong == []


@contextmanager
def slow_to(statement: str, seconds: float = 0.1):
    """Rest before each such statement, so that others come in between."""

    def rest(_connection, _cursor, words, *_more) -> None:
        if words.startswith(statement):
            time.sleep(seconds)

    engine = _db.engine
    event.listen(engine, "before_cursor_execute", rest)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", rest)


def count(number: int) -> None:
    """Count one correction to its end, as the worker does."""
    while regrades.do_piece(number, clock.now()):
        _db.session.commit()
    _db.session.commit()


@pytest.fixture
def finished(app, course, monkeypatch):
    """Nine have passed with one wrong answer; three are counted at a time."""
    monkeypatch.setattr(regrades, "PIECE", 3)
    return [crowd.finish(person, NEARLY) for person in crowd.people(PEOPLE)]


def test_two_corrections_of_one_question_at_once_each_count_once(app, finished):
    half = {"kind": "single", "credit": {"1": 0, "2": 50, "3": 0}}
    both = order(mend(half)), order(None)
    others, gate = Others(app), threading.Barrier(4)

    def run(number):
        gate.wait()
        count(number)

    with slow_to("INSERT INTO rescores"):
        for number in both * 2:
            others.start(lambda number=number: run(number))
        others.wait()

    rescores = queries.rescores(finished)
    for attempt_id in finished:
        mine = [r for r in rescores if r.attempt_id == attempt_id]
        assert [r.number for r in mine] == [1, 2]
        assert len({r.act for r in mine}) == 2
        assert sorted(r.score_bp for r in mine) == [8_750, 10_000]
        assert scores(attempt_id) == [mine[-1].score_bp], "the newest counts"
    assert all(_db.session.get(Regrade, number).finished_at for number in both)
    assert _db.session.query(Completion).count() == PEOPLE
    assert ledger.verify(ledger.stream()).fault is None


def test_hand_ins_while_it_is_counted_are_all_counted_by_it(
    app,
    course,
):
    people = crowd.people(PEOPLE)
    running = [_begin(person) for person in people]
    finished = [crowd.finish(person, NEARLY) for person in crowd.people(PEOPLE)]
    target = mend()
    others, gate = Others(app), threading.Barrier(PEOPLE + 1)

    def correct():
        gate.wait()
        number = order(target)
        regrade_rounds.go_on(_db.session.commit, 60)
        assert _db.session.get(Regrade, number).finished_at

    def hand_in(person, attempt_id):
        """Half of them have looked for corrections before there is one."""
        is_early = attempt_id % 2 and _db.engine.dialect.name == "postgresql"
        if not is_early:
            gate.wait()
        attempts.submit(attempts.find(person, attempt_id, lock=True), clock.now())
        if is_early:
            gate.wait()
            time.sleep(1)
        _db.session.commit()

    others.start(correct)
    for person, attempt_id in zip(people, running, strict=True):
        others.start(lambda p=person, a=attempt_id: hand_in(p, a))
    others.wait()

    assert set(scores(*finished)) == {10_000}
    assert set(scores(*running)) == {7_500}
    numbers = [r.attempt_id for r in queries.rescores([*finished, *running])]
    assert sorted(numbers) == sorted([*finished, *running]), "each once"
    for model in (Completion, Certificate):
        assert _db.session.query(model).count() == 2 * PEOPLE
    assert _db.session.query(ItemFact).filter_by(fact="passed").count() == 2 * PEOPLE
    assert ledger.verify(ledger.stream()).fault is None


def _begin(person: int) -> int:
    """Let somebody begin the quiz and answer it; return the attempt."""
    who = SimpleNamespace(id=person, unit_id=crowd.UNIT)
    enrolment = enrolments.enrol(who, courses.live(stage.COURSE), clock.now())
    facts.add(enrolment, "menyapa", "read", clock.now())
    attempt = attempts.start(person, stage.COURSE, stage.QUIZ, clock.now())
    crowd.answer(attempt, GAINS)
    _db.session.commit()
    return attempt.id


def test_a_start_never_crosses_the_first_piece(app, course):
    """Beginning a quiz holds all attempts of a person; counting must not hold one
    that is open while it asks for one that is not."""
    [person] = crowd.people(1)
    done = crowd.finish(person, KEEPS)
    attempts.start(person, stage.COURSE, stage.QUIZ, clock.now())
    _db.session.commit()
    number = order(mend())
    others = Others(app)
    asks = "SELECT DISTINCT slot_scores.attempt_id"

    def begin_again():
        attempts.start(person, stage.COURSE, stage.QUIZ, clock.now())
        _db.session.commit()

    with slow_to(asks, 0.5):
        others.start(lambda: regrade_rounds.go_on(_db.session.commit, 60))
        time.sleep(0.2)
        others.start(begin_again)
        others.wait()

    assert scores(done) == [7_500]
    assert _db.session.get(Regrade, number).finished_at


def test_whom_the_database_picks_to_give_way_is_served_all_the_same(app, quiz, sign_in):
    """Two that wait for each other: PostgreSQL ends one of them, and it begins anew."""
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    stage.answer_all(app, rani, attempt_id, KEEPS)
    answers = []
    with app.app_context():
        others = Others(app)
        if _db.engine.dialect.name == "sqlite":
            return  # one writes at a time: nobody waits for another
        enrolment = _db.session.query(Enrolment).one().id
        _db.session.rollback()
        ledger.lock()
        others.start(
            lambda: answers.append(rani.post(f"/kuis/percobaan/{attempt_id}/kumpulkan"))
        )
        time.sleep(0.4)  # they hold the enrolment, and wait for the ledger
        _db.session.execute(
            text("SELECT id FROM enrolments WHERE id = :id FOR UPDATE"),
            {"id": enrolment},
        )
        _db.session.commit()
        others.wait()

    assert [answer.status_code for answer in answers] == [303]
    with app.app_context():
        done = _db.session.query(Completion).one()
        assert done.person_id == CAST["rani"].id
        assert _db.session.get(Attempt, attempt_id).score_bp == 10_000
