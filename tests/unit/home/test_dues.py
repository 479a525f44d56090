"""How near a deadline is."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.home import dues
from lms.learn.duties import Duty

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)  # 14.00 WIB


def due(at):
    duty = Duty("course", "Kursus", "learn.course", (("kursus", "x"),), due_at=at)
    found = dues.of(duty, NOW, "Asia/Jakarta")
    return found.state, found.days


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (None, ("open", 0)),
        (NOW - timedelta(days=2), ("late", 2)),
        (NOW - timedelta(minutes=1), ("late", 1)),
        (NOW + timedelta(hours=9), ("today", 0)),
        (NOW + timedelta(hours=10), ("soon", 1)),  # midnight in Jakarta
        (NOW + timedelta(days=14), ("soon", 14)),
        (NOW + timedelta(days=15), ("later", 15)),
    ],
)
def test_a_deadline_is_said_by_the_readers_calendar(at, said):
    assert due(at) == said
