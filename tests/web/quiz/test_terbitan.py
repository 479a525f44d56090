"""A new terbitan: better texts show at once, rules and keys bind only those after."""

import pytest

from lms.catalog import items
from lms.db import db as _db
from lms.quiz.models import Attempt

from . import stage
from .stage import KEYS, RIGHT, question_url


def republish(app, changed: dict | None = None, **rules):
    """Publish again; `changed` are questions by code."""
    with app.app_context():
        questions = [stage.question(code) for code in KEYS]
        questions = [(changed or {}).get(q.code, q) for q in questions]
        return stage.publish(questions, **rules)


def texts(app, attempt_id: int) -> str:
    with app.app_context():
        layout = _db.session.get(Attempt, attempt_id).layout
        found = items.question_versions(place["q"] for place in layout)
        return " ".join(version.body["stem_html"] for version in found.values())


BETTER = "<p>Tanya yang lebih baik?</p>"


def test_stricter_rules_bind_only_those_who_enrol_later(app, quiz, sign_in):
    quiz(pass_percent=60, attempts=3)
    republish(app, pass_percent=90, attempts=1)
    with app.app_context():
        stage.enrol("agus")
    answers = RIGHT | {"laci": True, "pengawas": "?"}  # 6 of 8 points

    _, rani = stage.take(app, sign_in("rani"), answers)
    _, agus = stage.take(app, sign_in("agus"), answers)

    assert "Anda lulus kuis ini." in rani
    assert "Nilai lulus 90." in agus
    assert "belum lulus" in agus


def test_a_better_text_shows_at_once(app, quiz, sign_in):
    quiz()
    republish(app, {"laci": stage.question("laci", stem=BETTER)})

    attempt_id = stage.begin(sign_in("rani"))

    assert "Tanya yang lebih baik?" in texts(app, attempt_id)


@pytest.mark.parametrize(
    "change",
    [
        {"key": {"kind": "true_false", "truth": True}},
        {"points": 5},
    ],
)
def test_a_changed_key_or_weight_waits_for_later_enrolments(app, quiz, sign_in, change):
    quiz()
    newer = stage.question("laci", change.get("key"), BETTER)
    if points := change.get("points"):
        body = newer.body | {"points": points}
        newer = type(newer)("laci", newer.kind, stage.sha(body), body, newer.key)
    republish(app, {"laci": newer})

    attempt_id = stage.begin(sign_in("rani"))

    assert "Tanya yang lebih baik?" not in texts(app, attempt_id)
    stage.answer_all(app, sign_in("rani"), attempt_id, RIGHT)
    page = sign_in("rani").post(
        f"/kuis/percobaan/{attempt_id}/kumpulkan", follow_redirects=True
    )
    assert "Nilai Anda 100" in page.text


def test_an_open_attempt_keeps_its_questions(app, quiz, sign_in):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    before = [rani.get(question_url(attempt_id, n)).status_code for n in range(1, 8)]
    republish(
        app,
        {c: stage.question(c, {"kind": "true_false", "truth": True}) for c in KEYS},
        pass_percent=100,
    )

    stage.answer_all(app, rani, attempt_id, RIGHT)
    page = rani.post(f"/kuis/percobaan/{attempt_id}/kumpulkan", follow_redirects=True)

    assert before == [200] * 7
    assert "Nilai Anda 100" in page.text
    assert "Nilai lulus 70." in page.text
