"""What the dashboard says first: which units lag."""

from lms.hr.board import Board, UnitRow


def board(*rows: tuple[int, int]) -> Board:
    """Return a board of units with so many duties done and not begun."""
    units = [UnitRow(None, 9, done, 0, todo, 0) for done, todo in rows]
    return Board(
        people=9, rows=units, before=(0, 0), statuses=[], statuses_before=[],
        months=[], competencies=[], gaps=[],
    )  # fmt: skip


def test_the_three_that_lag_furthest_are_named_the_last_first():
    found = board((9, 1), (1, 9), (5, 5), (0, 10), (3, 7)).behind

    assert [row.done for row in found] == [0, 1, 3]


def test_the_best_unit_never_lags():
    assert [row.done for row in board((9, 1), (5, 5)).behind] == [5]


def test_nobody_lags_where_all_are_even_or_nothing_is_assigned():
    assert board((5, 5), (5, 5)).behind == []
    assert board((5, 5), (0, 0)).behind == []
    assert board().behind == []
