"""An answer is one short durable transaction."""

import pytest

from lms.db import db as _db
from tests.statements import sent

from . import stage
from .stage import RIGHT, WRONG, question_url


@pytest.fixture
def statements(app):
    """SQL statements and commits while the list is watched."""
    with app.app_context():
        engine = _db.engine
    with sent(engine) as seen:
        yield seen


def test_saving_an_answer_costs_at_most_six_statements(app, quiz, sign_in, statements):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    for given, seq in ((RIGHT, 1), (WRONG, 2)):
        data = {
            "jawaban": stage.field_of(app, attempt_id, 1, given),
            "seq": str(seq),
        }
        statements.clear()

        answer = rani.post(
            question_url(attempt_id, 1),
            data=data,
            headers={"Accept": "application/json"},
        )

        assert answer.status_code == 200
        asked = [s for s in statements if s != "COMMIT" and not s.startswith("BEGIN")]
        assert len(asked) <= 6, asked
        assert statements.count("COMMIT") == 1
        assert not any("question_keys" in s for s in asked)


def test_no_page_of_a_running_attempt_reads_a_key(app, quiz, sign_in, statements):
    quiz()
    rani = sign_in("rani")
    statements.clear()
    attempt_id = stage.begin(rani)
    for page in ("soal/1", "soal/7", "tinjau"):
        rani.get(f"/kuis/percobaan/{attempt_id}/{page}")
    rani.get(stage.COVER)

    assert not any("question_keys" in s for s in statements)
    statements.clear()
    rani.get(question_url(attempt_id, 2))
    assert len([s for s in statements if not s.startswith(("BEGIN", "COMMIT"))]) <= 7
