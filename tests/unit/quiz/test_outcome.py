"""How much a result tells."""

from lms.quiz.outcome import Share, has_part, is_right, shares

LAYOUT = [{"q": 1, "points": 2}, {"q": 2, "points": 1}, {"q": 3, "points": 1}]


def test_shares_are_weighted_and_rounded_down_weakest_first():
    found = shares(
        LAYOUT, {0: 10_000, 1: 5_000, 2: 0}, {1: ["PPB"], 2: ["PPB", "SKM"], 3: ["SKM"]}
    )

    assert found == [Share("SKM", 2_500, 2), Share("PPB", 8_333, 2)]


def test_a_part_of_the_points_is_neither_right_nor_wrong():
    key = {"kind": "single", "credit": {"1": 100, "2": 50, "3": 0}}

    assert [is_right(key, n) for n in (1, 2, 3)] == [True, False, False]
    assert [has_part(key, n) for n in (1, 2, 3)] == [False, True, False]


def test_all_right_options_of_a_multiple_question_are_right():
    key = {"kind": "multiple", "right": [1, 3], "count": 3, "partial": True}

    assert [is_right(key, n) for n in (1, 2, 3)] == [True, False, True]
