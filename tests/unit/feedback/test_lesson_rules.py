"""R07: of ten readers or more, three in ten whom a lesson does not help."""

import pytest

from lms.feedback.lesson_rules import asks_for_change, share_bp


@pytest.mark.parametrize(
    ("n", "unhelpful", "asks"),
    [(0, 0, False), (9, 9, False), (10, 2, False), (10, 3, True), (11, 3, False),
     (100, 29, False), (100, 30, True)],
)  # fmt: skip
def test_when_a_lesson_asks_for_a_change(n, unhelpful, asks):
    assert asks_for_change(n, unhelpful) is asks


def test_no_share_is_told_of_fewer_than_five():
    assert share_bp(4, 4) is None
    assert share_bp(5, 2) == 4_000
