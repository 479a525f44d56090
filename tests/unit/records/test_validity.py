"""How long a completion counts, day by day."""

from datetime import date, timedelta

import pytest

from lms.records import renewal_letters, rounds, validity

EARNED = date(2026, 1, 31)


def state(months, today, lead=90):
    return validity.at(EARNED, months, today, lead).state


def test_without_a_length_it_counts_for_good():
    assert validity.at(EARNED, None, date(2199, 1, 1)) is None


@pytest.mark.parametrize(
    ("months", "until"),
    [
        (1, date(2026, 2, 28)),
        (25, date(2028, 2, 29)),
        (24, date(2028, 1, 31)),
        (3, date(2026, 4, 30)),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(months, until):
    assert validity.at(EARNED, months, EARNED).until == until


def test_it_counts_on_its_last_day_and_not_on_the_next():
    until = date(2028, 1, 31)

    assert state(24, until) == "ending"
    assert state(24, until + timedelta(days=1)) == "ended"


def test_renewing_opens_ninety_days_before():
    opens = date(2028, 1, 31) - timedelta(days=90)

    assert state(24, opens - timedelta(days=1)) == "valid"
    assert state(24, opens) == "ending"


def test_what_counts_shorter_than_the_lead_opens_the_day_after():
    assert state(1, EARNED) == "valid"
    assert state(1, EARNED + timedelta(days=1)) == "ending"


@pytest.mark.parametrize(
    ("left", "step"),
    [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)],
)
def test_a_missed_step_is_made_up_for_by_the_nearest_one(left, step):
    assert renewal_letters.step_at(left) == step


def test_rounds_sort_as_texts_also_after_the_ninth():
    periods = [""]
    while following := rounds.after(periods[-1]):
        periods.append(following)

    assert periods[:3] == ["", ".2", ".3"]
    assert periods[8:11] == [".9", ".a", ".b"]
    assert periods == sorted(periods)
    assert {rounds.year_of(period) for period in periods} == {""}
    assert rounds.after("2026.9") == "2026.a"
