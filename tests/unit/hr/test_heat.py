"""Steps of colour: the largest gap is the darkest, and others can be told from it."""

from lms.hr import heat


def test_where_nobody_has_shown_anything_gaps_still_differ():
    gaps = [10, 16, 19, 25, 30]  # all above a level

    scale = heat.of(gaps)

    assert [scale.step(gap) for gap in gaps] == [1, 2, 2, 3, 4]


def test_small_gaps_are_not_blown_up():
    scale = heat.of([0, 1, 2])

    assert [scale.step(gap) for gap in (0, 1, 2)] == [0, 0, 1]


def test_the_legend_leaves_no_gap_between_steps():
    ranges = heat.of([30]).ranges

    assert ranges == [(0, 6), (7, 13), (14, 20), (21, 27), (28, 34)]


def test_the_largest_gap_there_can_be_is_in_the_legend():
    scale = heat.of([50])

    assert scale.step(50) == 4
    assert scale.ranges[-1][0] <= 50 <= scale.ranges[-1][1]


def test_without_gaps_there_is_a_scale_all_the_same():
    assert heat.of([]).width == heat.NARROWEST
