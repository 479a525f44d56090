"""What graders say together, and deadlines; worked out by hand."""

from datetime import UTC, datetime

import pytest

from lms.tasks import receipts, scoring, terms


@pytest.mark.parametrize(
    ("scores", "together"),
    [
        ({"instructor": [9_000]}, 9_000),
        ({"instructor": [9_000], "superior": [6_500]}, 7_750),
        ({"instructor": [10_000], "superior": [9_999]}, 9_999),
        ({"peer": [2_500, 6_500, 9_000]}, 6_500),
        ({"peer": [2_500, 6_501]}, 4_500),
        ({"superior": [9_000], "peer": [2_500, 6_500, 9_000]}, 7_750),
        ({"superior": [9_000], "peer": []}, 9_000),
    ],
)
def test_graders_together(scores, together):
    assert scoring.together(scores) == together


def test_a_second_opinion_only_raises():
    assert scoring.after_second(6_000, 9_000) == 9_000
    assert scoring.after_second(9_000, 0) == 9_000


def test_a_deadline_is_the_end_of_a_day_at_the_agency():
    begun = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # 23 November in Jayapura

    due = terms.due_at(1, begun, "Asia/Jayapura")

    assert due.isoformat() == "2026-11-24T23:59:59+09:00"
    assert terms.due_at(None, begun, "Asia/Jakarta") is None


def test_nobody_has_less_than_a_fortnight_to_rework():
    now = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
    near = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    far = datetime(2027, 3, 1, 0, 0, tzinfo=UTC)

    assert terms.due_again(near, now, "Asia/Jakarta").day == 6
    assert terms.due_again(far, now, "Asia/Jakarta") == far
    assert terms.due_again(None, now, "Asia/Jakarta") is None


def test_the_fingerprint_tells_text_and_files_apart():
    one = receipts.fingerprint("teks", ["a"])

    assert len(one) == 64
    assert one == receipts.fingerprint("teks", ["a"])
    assert one != receipts.fingerprint("teks", [])
    assert one != receipts.fingerprint("teks a", [])
