"""Many at once, over real connections: one attempt, one result, no answer lost."""

import threading
from collections import Counter

from lms.db import db as _db
from lms.quiz.models import AnswerSave, Attempt, SlotScore
from lms.records.models import Completion, ItemFact, LedgerEntry

from . import stage
from .stage import RIGHT, START, WRONG, question_url

MANY = 24


def at_once(sign_in, act):
    """Let 24 browsers of Rani do the same at the same moment; return the answers."""
    clients = [sign_in("rani") for _ in range(MANY)]
    gate, answers = threading.Barrier(MANY), [None] * MANY

    def run(n):
        gate.wait()
        answers[n] = act(clients[n], n)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_24_hand_ins_give_one_result(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    stage.answer_all(app, rani, attempt_id, RIGHT)
    address = f"/kuis/percobaan/{attempt_id}/kumpulkan"

    answers = at_once(sign_in, lambda client, _n: client.post(address))

    places = Counter((a.status_code, a.location) for a in answers)
    assert places == {(303, f"/kuis/percobaan/{attempt_id}/hasil"): MANY}
    with app.app_context():
        query = _db.session.query
        assert query(Attempt).one().version == 2
        assert query(SlotScore).count() == 7
        assert query(Completion).count() == 1
        assert query(ItemFact).filter_by(fact="passed").count() == 1
        assert query(LedgerEntry).filter_by(kind="completion").count() == 1


def test_24_starts_open_one_attempt(app, quiz, sign_in):
    quiz()

    answers = at_once(sign_in, lambda client, _n: client.post(START))

    assert len({(a.status_code, a.location) for a in answers}) == 1
    assert answers[0].status_code == 303
    with app.app_context():
        assert _db.session.query(Attempt).count() == 1


def test_the_limit_of_attempts_is_exact(app, quiz, sign_in):
    quiz(attempts=2)
    rani = sign_in("rani")
    stage.take(app, rani, WRONG)
    stage.take(app, rani, WRONG)

    answers = at_once(sign_in, lambda client, _n: client.post(START))

    assert Counter(a.status_code for a in answers) == {409: MANY}
    with app.app_context():
        assert _db.session.query(Attempt).count() == 2


def test_24_saves_at_once_keep_the_newest(app, quiz, sign_in):
    quiz()
    attempt_id = stage.begin(sign_in("rani"))
    right = stage.field_of(app, attempt_id, 1, RIGHT)
    wrong = stage.field_of(app, attempt_id, 1, WRONG)

    def save(client, n):
        values = right if n == MANY - 1 else wrong
        return client.post(
            question_url(attempt_id, 1),
            data={"jawaban": values, "seq": str(n + 1)},
            headers={"Accept": "application/json"},
        )

    answers = at_once(sign_in, save)

    assert Counter(a.status_code for a in answers) == {200: MANY}
    with app.app_context():
        newest = _db.session.query(AnswerSave).order_by(AnswerSave.seq.desc()).first()
        assert newest.seq == MANY
        assert newest.answer == RIGHT[_code(attempt_id)]


def _code(attempt_id: int) -> str:
    from lms.catalog import items

    version = _db.session.get(Attempt, attempt_id).layout[0]["q"]
    return items.question_versions([version])[version].code


def test_answers_and_hand_ins_never_cross(app, quiz, sign_in):
    """What was acknowledged before the hand-in is graded; the rest is refused."""
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    values = {n: stage.field_of(app, attempt_id, n, RIGHT) for n in range(1, 8)}

    def act(client, n):
        number = n % 8
        if number == 0:
            return client.post(f"/kuis/percobaan/{attempt_id}/kumpulkan")
        return client.post(
            question_url(attempt_id, number),
            data={"jawaban": values[number], "seq": "1"},
            headers={"Accept": "application/json"},
        )

    answers = at_once(sign_in, act)

    saved = {n % 8 for n, a in enumerate(answers) if n % 8 and a.status_code == 200}
    assert {a.status_code for a in answers} <= {200, 303, 409}
    with app.app_context():
        right = _db.session.query(SlotScore).filter_by(score_bp=10_000).all()
        assert {row.slot + 1 for row in right} == saved
