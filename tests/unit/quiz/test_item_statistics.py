"""Figures of questions, against numbers worked by hand and from the literature."""

from math import sqrt

import pytest

from lms.quiz import item_statistics as items
from lms.quiz.item_statistics import FULL, Given, figures, gain, seconds_spent, top

LANGUAGE_TEST = (50, 45, 45, 40, 35, 30, 30, 25)


def given(score=FULL, total=5_000, rest=5_000.0, **more) -> Given:
    return Given(score, total, rest, **more)


def ranked(scores: list[int]) -> list[Given]:
    """People from the best total to the worst, with these scores of a question."""
    n = len(scores)
    return [
        given(score, total=(n - at) * 100, rest=float(n - at))
        for at, score in enumerate(scores)
    ]


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ((1, 1, 1, 1, 0, 0, 0, 0), 0.9045),
        ((0, 0, 0, 0, 1, 1, 1, 1), -0.9045),
        ((1, 1, 1, 1, 1, 1, 1, 1), None),
    ],
)
def test_point_biserial_as_in_brown_2001(item, printed):
    """J. D. Brown, JALT Testing & Evaluation SIG Newsletter 5 (3), p. 13.

    Mp 45, Mq 30, St 8.29, p .50: (45 - 30) / 8.29 * sqrt(.5 * .5), there given as .91.
    """
    found = items.correlation(item, LANGUAGE_TEST)

    assert found == (None if printed is None else pytest.approx(printed, abs=1e-4))
    if printed:
        by_his_formula = 15 / sqrt(550 / 8) * 0.5
        assert abs(found) == pytest.approx(by_his_formula)


def test_difficulty_and_discrimination_as_in_santos_2007():
    """Upper group 60 % right, lower group 20 %: 0.40; 40 of 100 right: 0.40."""
    # 27 people each: 16.2 and 5.4 of them cannot be, so 100 people by halves of 27.
    upper, middle, lower = [FULL] * 16 + [0] * 11, [FULL] * 19 + [0] * 27, [FULL] * 5

    found = figures(ranked(upper + middle + lower + [0] * 22))

    assert found.n == 100
    assert found.mean_bp == 4_000
    assert (found.upper_bp, found.lower_bp) == (5_926, 1_852)  # 16/27 and 5/27
    assert found.discrimination_bp == 4_074  # 11/27


def test_difficulty_is_the_mean_score_where_parts_count():
    assert figures([given(s) for s in (FULL, 5_000, 2_500, 0, 0)]).mean_bp == 3_500


def test_the_question_is_taken_out_of_what_it_is_compared_with():
    # Rest 1..20; the ten best are right. Mp 15.5, Mq 5.5, S sqrt(33.25).
    found = figures(ranked([FULL] * 10 + [0] * 10))

    assert found.correlation == pytest.approx(10 / sqrt(33.25) * 0.5)
    assert found.discrimination_bp == FULL


def test_attempts_of_one_question_have_nothing_to_compare_with():
    alone = [Given(FULL if n % 2 else 0, n * 100.0, None) for n in range(30)]

    assert figures(alone).correlation is None


def test_fewer_than_twenty_give_a_mean_but_no_comparison():
    found = figures(ranked([FULL] * 10 + [0] * 9), numbers=(1, 2))

    assert found.n == 15
    assert found.mean_bp == 6_666
    assert (found.upper_bp, found.lower_bp, found.correlation) == (None, None, None)
    assert found.options[0].upper_bp is None


def test_fewer_than_five_give_nothing():
    assert figures([given()] * 4) == items.Figures(0)


def test_one_more_person_changes_nothing_until_there_are_five_more():
    five = [given(FULL)] * 5

    for more in range(1, 5):
        assert figures(five + [given(0)] * more) == figures(five)
    assert figures(five + [given(0)] * 5).mean_bp == 5_000


def test_equal_totals_share_the_places_of_a_group():
    # Three places among 9, 7, 7, 7, 5: the nine, and two thirds of each seven.
    share = pytest.approx(2 / 3)

    assert top([7, 9, 7, 5, 7], 3) == [share, 1, share, 0, share]


def test_the_order_of_equal_people_decides_nothing():
    people = [given(FULL, total=t * 1_000) for t in range(10)]
    people += [given(0, total=t * 1_000) for t in range(10)]

    assert figures(people) == figures(people[::-1])


def test_without_any_difference_nobody_is_better():
    found = figures([given(FULL), given(0)] * 15)

    assert (found.n, found.mean_bp) == (30, 5_000)
    assert (found.discrimination_bp, found.correlation) == (None, None)


def test_how_options_are_used_by_the_best_and_the_others():
    # 20 people: the upper five choose 1, the lower five 2 and 3, the others 1.
    people = [given(total=100 * (20 - n), options=(1,)) for n in range(15)]
    people += [given(0, total=100 * (5 - n), options=(2,)) for n in range(3)]
    people += [given(0, total=10 * (2 - n), options=(3,)) for n in range(2)]

    right, second, third, unused = figures(people, numbers=(1, 2, 3, 4)).options

    assert (right.count, right.share_bp) == (15, 7_500)
    assert (right.upper_bp, right.lower_bp) == (FULL, 0)
    assert (second.count, second.upper_bp, second.lower_bp) == (3, 0, 6_000)
    assert (third.count, third.lower_bp) == (2, 4_000)
    assert (unused.count, unused.share_bp, unused.upper_bp) == (0, 0, 0)


def test_who_ticks_several_options_counts_at_each():
    both = figures([given(options=(1, 3))] * 5, numbers=(1, 2, 3))

    assert [use.count for use in both.options] == [5, 0, 5]


def test_wrong_texts_are_told_only_when_many_typed_them():
    typed = ["Polisi", "polisi", " POLISI ", "polisi", "polisi ", *["jaksa"] * 4]
    people = [given(0, text=text) for text in typed] + [given(text="ombudsman")] * 6

    assert figures(people).typed == (("polisi", 5),)


def test_the_empty_ones_are_counted():
    people = [given(0, is_empty=True)] * 2 + [given()] * 3

    assert figures(people).empty == 2


def test_time_is_the_middle_one_of_those_known():
    people = [given(seconds=s) for s in (10, 20, 30, 40, 900)] + [given()] * 5

    assert (figures(people).seconds, figures(people).seconds_n) == (30, 5)
    assert figures([*people[1:], given()]).seconds is None  # four are too few


def test_time_runs_from_the_save_before_to_the_first_answer():
    opened, saves = 1_000, [(1_300, 2), (1_040, 0), (1_100, 1)]

    assert seconds_spent(opened, saves) == {0: 40, 1: 60, 2: 200}


def test_answers_that_came_in_together_or_after_a_pause_tell_no_time():
    together = [(1_040, 0), (1_040, 1), (1_041, 2)]

    assert seconds_spent(1_000, together) == {0: 40}
    assert seconds_spent(1_000, [(1_000 + 1_801, 0)]) == {}
    assert seconds_spent(1_000, [(990, 0), (1_030, 1)]) == {1: 30}


@pytest.mark.parametrize(
    ("r", "n", "is_below"),
    # z = atanh(r) * sqrt(n - 3): -0.3095 * 4.1231 = -1.28; * 9.85 = -3.05
    [(-0.3, 20, False), (-0.3, 100, True), (-0.1, 100, False), (-1, 20, True),
     (0.3, 1_000, False), (-0.5, 3, False)],
)  # fmt: skip
def test_what_chance_may_explain_is_not_below(r, n, is_below):
    assert items.is_surely_below(r, 0, n) is is_below


def test_gain_by_hand():
    """Before 40, 50, 60, 50, 50 (mean 50), after 70, 80, 60, 80, 60 (mean 70)."""
    before, after = (4, 5, 6, 5, 5), (7, 8, 6, 8, 6)
    pairs = [(b * 1_000, a * 1_000) for b, a in zip(before, after, strict=True)]

    found = gain(pairs)

    assert (found.n, found.before_bp, found.after_bp) == (5, 5_000, 7_000)
    assert found.normalised == 4_000  # 20 of the 50 that could be gained
    # Changes 30, 30, 0, 30, 10: mean 20, squares 100, 100, 400, 100, 100.
    assert found.spread_bp == round(sqrt(800 / 5) * 100)
    assert (found.better, found.worse) == (4, 0)


def test_gain_as_hake_1998_defines_it():
    """A class that goes from 45 % to 64 % has gained 0.35 of what it could."""
    found = gain([(4_500, 6_425)] * 10)

    assert found.normalised == 3_500
    assert found.spread_bp == 0


def test_gain_may_be_a_loss_and_may_have_no_room():
    assert gain([(5_000, 4_000)] * 5).normalised == -2_000
    assert gain([(FULL, FULL)] * 5).normalised is None
    assert gain([(5_000, 6_000)] * 4) is None
    assert gain([(5_000, 6_000)] * 9).n == 5
