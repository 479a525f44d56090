"""What should be finished, and by when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lms.learn import duties
from lms.learn.duties import Duty

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """No feature has registered anything."""
    monkeypatch.setattr(duties, "_sources", [])


def duty(title, due_at=None):
    return Duty("task", title, "home.index", (), due_at=due_at)


def test_the_nearest_deadline_comes_first_and_none_comes_last():
    soon, late = NOW + timedelta(days=3), NOW - timedelta(days=3)
    duties.register(lambda person_id, now: [duty("soon", soon), duty("late", late)])

    found = duties.of(4, NOW, [duty("open")])

    assert [one.title for one in found] == ["late", "soon", "open"]


def test_registering_twice_is_once():
    def source(person_id, now):
        return [duty(f"for {person_id}")]

    duties.register(source)
    duties.register(source)

    assert [one.title for one in duties.of(4, NOW)] == ["for 4"]


def test_what_two_demand_is_listed_once_and_a_deadline_wins_over_none():
    due = NOW + timedelta(days=3)
    begun = Duty("course", "Loket", "learn.course", (("kursus", "loket"),), minutes=9)
    asked = replace(begun, minutes=40, due_at=due, is_begun=False, is_required=True)
    duties.register(lambda person_id, now: [asked, replace(asked, due_at=None)])

    found = duties.of(4, NOW, [begun])

    assert found == [replace(begun, due_at=due, is_required=True)]
