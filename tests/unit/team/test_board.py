"""Who needs a superior most, and which one thing matters of each."""

from datetime import date, timedelta

import pytest

from lms.assignments.standing import Owed
from lms.records.jp import Policy, Standing
from lms.team import board, weeks
from lms.team.board import Facts, Finished, Learning, Member

TODAY = date(2026, 11, 26)  # a Thursday


def owed(person: int, days: int, state: str = "todo", starts: int = -7) -> Owed:
    return Owed(
        duty_id=person * 10, assignment_id=1, assignment_uid="u", person_id=person,
        course_id=7, period=1, wave=1, starts_on=TODAY + timedelta(days=starts),
        due_on=TODAY + timedelta(days=days), reason="", state=state,
        finished_on=None, is_begun=False,
    )  # fmt: skip


def one(duties=(), running=(), finished=(), total=0, target: int | None = 20):
    """Return the card of somebody about whom these facts are known."""
    policy = Policy(None, "PNS", 2024, target, None, "uji", True) if target else None
    facts = Facts(
        {1: list(duties)}, {1: list(running)}, {1: list(finished)},
        {1: Standing(2026, total, policy)},
    )  # fmt: skip
    return board.of([Member(1, "u", "Bayu", "", "")], facts, TODAY).cards[0]


@pytest.mark.parametrize(
    ("days", "group"), [(0, "soon"), (6, "soon"), (7, "safe"), (40, "safe")]
)
def test_a_week_is_soon(days, group):
    card = one([owed(1, days)])

    assert (card.group, card.days) == (group, days)


def test_late_wins_over_everything():
    card = one([owed(1, -3, "late"), owed(1, 0)], [Learning(7, "x", "X", 1, 4)])

    assert (card.group, card.thing, card.days) == ("late", "late", 3)
    assert card.progress == Learning(7, "x", "X", 1, 4)


def test_a_duty_that_is_done_is_no_need():
    assert one([owed(1, 2, "done")]).thing == "jp"


@pytest.mark.parametrize(
    ("ago", "thing"), [(0, "finished"), (29, "finished"), (30, "jp")]
)
def test_what_was_finished_is_news_for_thirty_days(ago, thing):
    done = Finished("X", TODAY - timedelta(days=ago), 2, 2026)

    assert one(finished=[done]).thing == thing


def test_without_a_target_there_is_nothing_to_reach():
    assert one(target=None).thing == "idle"


def test_weeks_run_from_this_monday_to_the_last_deadline():
    names = {1: "Bayu", 2: "Citra", 3: "Dodi"}
    late, found = weeks.of(
        names,
        {
            1: [owed(1, 4), owed(1, 2)],
            2: [owed(2, 20, starts=12)],
            3: [owed(3, -1, "late"), owed(3, 9, "done")],
        },
        TODAY,
    )

    assert [study.name for study in late] == ["Dodi"]
    assert [week.monday.day for week in found] == [23, 30, 7, 14]
    assert [[s.name for s in w.studies] for w in found] == [
        ["Bayu"], ["Bayu"], ["Citra"], ["Citra"],
    ]  # fmt: skip
    assert [s.is_last for w in found for s in w.studies] == [True, True, False, True]
    assert not any(week.is_full for week in found)


def test_more_than_half_at_once_is_too_many():
    _late, found = weeks.of({1: "A", 2: "B"}, {1: [owed(1, 1)], 2: [owed(2, 1)]}, TODAY)

    assert found[0].is_full
