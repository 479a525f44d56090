"""Waves, deadlines, renewal, reminders: rules without a database."""

from datetime import date

import pytest

from lms.assignments import renewal, schedule, waves
from lms.assignments.waves import Days

FIRST = Days(date(2026, 12, 1), date(2026, 12, 14))


@pytest.mark.parametrize("people", range(12))
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_waves_differ_by_at_most_one_person(people, count):
    sizes = waves.sizes(people, count)

    assert sum(sizes) == people
    assert max(sizes) - min(sizes) <= 1
    assert sizes == sorted(sizes, reverse=True)


def test_what_is_shown_before_is_what_people_get():
    placed = waves.spread(range(1, 8), {}, 3)

    got = [list(placed.values()).count(number) for number in (1, 2, 3)]
    assert got == waves.sizes(7, 3)


def test_people_are_spread_in_the_same_way_each_time():
    assert waves.spread([9, 4, 7], {}, 2) == waves.spread([7, 9, 4], {}, 2)
    assert waves.spread([9, 4, 7], {}, 2) == {4: 1, 7: 2, 9: 1}


def test_a_newcomer_goes_to_the_smallest_wave():
    assert waves.spread([50], {1: 4, 2: 3, 3: 4}, 3) == {50: 2}


def test_a_wave_begins_and_is_due_later_than_the_one_before():
    assert waves.days(FIRST, 1, 14) == FIRST
    assert waves.days(FIRST, 3, 14) == Days(date(2026, 12, 29), date(2027, 1, 11))


def test_who_comes_late_has_days_to_do_it():
    joined = waves.joining(FIRST, date(2026, 12, 10), 14)

    assert joined == Days(date(2026, 12, 10), date(2026, 12, 24))


def test_who_comes_early_has_the_days_of_the_others():
    assert waves.joining(FIRST, date(2026, 11, 22), 7) == FIRST


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
    ],
)
def test_months_are_counted_as_people_do(day, months, wanted):
    assert renewal.add_months(day, months) == wanted


def test_it_is_due_again_after_its_months_and_said_a_month_before():
    following = renewal.after(date(2026, 11, 22), 12)

    assert following.due_on == date(2027, 11, 22)
    assert following.made_on == date(2027, 10, 23)
    assert following.counts_from == date(2026, 11, 23)


def test_nobody_is_asked_before_the_next_year_can_be_taken():
    following = renewal.after(date(2026, 1, 5), 12)

    assert following.made_on == date(2027, 1, 1)
    assert following.due_on == date(2027, 1, 31)


@pytest.mark.parametrize("months", [1, 6, 12, 24, 36])
def test_rows_are_chosen_widely_enough(months):
    for finished_on in (date(2026, 1, 31), date(2024, 2, 29), date(2025, 12, 31)):
        following = renewal.after(finished_on, months)
        assert finished_on <= renewal.oldest_kept(following.made_on, months)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (1, None), (6, None), (7, -7), (9, -7), (12, -7), (13, -1), (14, -1),
        (15, 1), (21, 1), (22, 8), (28, 8), (29, 15),
    ],
)  # fmt: skip
def test_people_are_reminded_7_and_1_days_before_then_weekly(day, wanted):
    assert schedule.step(date(2026, 12, 14), date(2026, 12, day)) == wanted


def test_an_assignment_may_remind_only_of_what_is_late_or_never():
    due = date(2026, 12, 14)

    assert schedule.step(due, date(2026, 12, 13), "late") is None
    assert schedule.step(due, date(2026, 12, 15), "late") == 1
    assert schedule.step(due, date(2026, 12, 15), "off") is None
