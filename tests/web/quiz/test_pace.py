"""More answers than anybody gives: told to wait, and for how long."""

import pytest

from lms.web import limits

from . import stage
from .stage import RIGHT, WRONG, question_url

JSON = {"Accept": "application/json"}


@pytest.fixture
def bounded(app, monkeypatch):
    """Ten answers a minute; what is returned lets so many seconds go by."""
    ours, passed = limits.Pace(), [0.0]
    monkeypatch.setattr(limits, "pace", ours)
    monkeypatch.setattr(limits, "monotonic", lambda: passed[0])
    monkeypatch.setattr(limits.limiter, "enabled", True)
    monkeypatch.setitem(app.config, "ANSWER_LIMIT", "10 per minute")

    def let_go_by(seconds: float) -> None:
        passed[0] += seconds

    return let_go_by


def test_a_flood_is_told_to_wait_and_the_last_answer_still_wins(
    app, quiz, sign_in, bounded
):
    quiz()
    rani, agus = sign_in("rani"), sign_in("agus")
    attempt_id = stage.begin(rani)
    given = [stage.field_of(app, attempt_id, 1, g) for g in (RIGHT, WRONG)]

    def save(seq):
        data = {"jawaban": given[seq % 2], "seq": str(seq)}
        return rani.post(question_url(attempt_id, 1), data=data, headers=JSON)

    answers = [save(seq) for seq in range(1, 13)]

    assert [a.status_code for a in answers] == [200] * 10 + [429] * 2
    assert answers[-1].json["error"] == "AnswersTooFast"
    assert answers[-1].headers["Retry-After"] == "6"
    # Others are not held up by it.
    assert agus.post(question_url(attempt_id, 1), data={"seq": "1"}).status_code == 404
    bounded(6)
    assert save(13).json["seq"] == 13
    assert save(14).status_code == 429
    bounded(60)
    assert [save(seq).status_code for seq in range(14, 25)] == [200] * 10 + [429]


def test_without_scripts_it_is_said_in_words(app, quiz, sign_in, bounded):
    quiz()
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)
    for seq in range(1, 12):
        answer = rani.post(question_url(attempt_id, 1), data={"seq": str(seq)})

    assert answer.status_code == 429
    assert "Jawaban dikirim terlalu sering. Tunggu" in answer.text
