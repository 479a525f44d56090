"""More time for one person: granted with a reason, pinned when an attempt begins."""

from datetime import timedelta

import pytest

from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.quiz.cli import quiz as command
from lms.quiz.models import Attempt, TimeAllowance
from tests.cast import CAST

from . import stage
from .stage import COVER

NIP = CAST["rani"].nip


@pytest.fixture
def run(app, db):
    def invoke(*words: str):
        with app.app_context():
            return app.test_cli_runner().invoke(command, ["extra-time", *words])

    return invoke


def attempt_of(app, attempt_id):
    with app.app_context():
        return _db.session.get(Attempt, attempt_id)


def test_time_is_longer_and_the_cover_says_so(app, quiz, sign_in, run):
    quiz(limit_minutes=20)
    done = run(NIP, "--percent", "50", "--reason", "SK 12/2026")
    assert done.exit_code == 0, done.output
    rani = sign_in("rani")

    page = rani.get(COVER).text
    attempt = attempt_of(app, stage.begin(rani))

    assert "Waktu Anda 30 menit (termasuk tambahan 50%)" in page
    assert attempt.extra_percent == 50
    assert attempt.closes_at - attempt.opened_at == timedelta(minutes=30)


def test_a_running_attempt_keeps_the_time_it_began_with(app, quiz, sign_in, run):
    quiz(limit_minutes=20)
    rani = sign_in("rani")
    attempt_id = stage.begin(rani)

    run(NIP, "--percent", "50", "--reason", "SK 12/2026")

    attempt = attempt_of(app, attempt_id)
    assert (attempt.extra_percent, stage.begin(rani)) == (0, attempt_id)
    assert attempt.closes_at - attempt.opened_at == timedelta(minutes=20)
    assert "Waktu 20 menit" in rani.get(COVER).text


def test_nothing_is_longer_where_there_is_no_limit(app, quiz, sign_in, run):
    quiz()
    run(NIP, "--percent", "50", "--reason", "SK 12/2026")
    rani = sign_in("rani")

    assert attempt_of(app, stage.begin(rani)).closes_at is None
    assert "Tanpa batas waktu." in rani.get(COVER).text


def test_granting_again_replaces_and_ending_ends(app, quiz, sign_in, run, clock):
    quiz(limit_minutes=20)
    run(NIP, "--percent", "50", "--reason", "SK 12/2026")
    clock.skip(days=1)
    run(NIP, "--percent", "25", "--reason", "SK 13/2026")
    assert "25 menit (termasuk tambahan 25%)" in sign_in("rani").get(COVER).text

    ended = run(NIP, "--end")

    assert ended.exit_code == 0
    assert "termasuk tambahan" not in sign_in("rani").get(COVER).text
    with app.app_context():
        rows = _db.session.query(TimeAllowance).order_by(TimeAllowance.id).all()
        assert [row.percent for row in rows] == [50, 25]
        assert all(row.ended_at for row in rows)
        told = _db.session.query(AuditEntry).filter(
            AuditEntry.action.like("quiz.extra_time%")
        )
        assert [entry.facts for entry in told] == [
            {"percent": 50}, {"percent": 25}, {"percent": 25},
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--percent", "0", "--reason", "x"), 1),
        (("--percent", "301", "--reason", "x"), 1),
        (("--percent", "50", "--reason", " "), 1),
        (("--percent", "50"), 2),
        (("--end", "--percent", "50", "--reason", "x"), 2),
        ((), 2),
        (("--end",), 1),  # nothing to end
    ],
)
def test_what_the_command_refuses(app, run, words, code):
    assert run(NIP, *words).exit_code == code
    with app.app_context():
        assert _db.session.query(TimeAllowance).count() == 0


def test_nobody_of_that_name(run):
    done = run("000000000000000000", "--percent", "50", "--reason", "x")

    assert done.exit_code == 1
    assert "tidak ada orang" in done.output
