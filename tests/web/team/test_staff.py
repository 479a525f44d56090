"""Whose superior somebody is: direct staff, units headed, deputies; by the day."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from lms.accounts.models import Person
from lms.db import db as _db
from lms.team import staff
from tests.cast import CAST

from .conftest import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def team_of(app):
    """team_of("yohanes") -> names of the team today."""

    def names(name: str, today: date = TODAY) -> set[str]:
        user = SimpleNamespace(id=CAST[name].id)
        with app.app_context():
            found = staff.staff_of(user, today)
            return {
                row.name.split()[0]
                for row in _db.session.query(Person.name).filter(Person.id.in_(found))
            }

    return names


def test_direct_staff_are_the_team(stage, team_of):
    stage.person("Bayu", is_active=False)

    assert team_of("yohanes") == {"Rani"}


def test_who_heads_a_unit_leads_those_without_a_superior_of_their_own(stage, team_of):
    stage.head(4, "yohanes")
    stage.person("Tiwi", supervisor_id=None)
    stage.person("Asih", supervisor_id=CAST["siti"].id)

    assert team_of("yohanes") == {"Rani", "Tiwi"}


def test_units_below_belong_to_the_nearest_head(stage, team_of):
    headed, bare = (stage.unit(3, "division", name) for name in ("Satu", "Dua"))
    below = stage.unit(bare, "section", "Dua A")
    stage.head(3, "yohanes")
    stage.head(headed, "hendra")
    for unit, name in ((headed, "Satria"), (bare, "Dewi"), (below, "Bela")):
        stage.person(name, unit, supervisor_id=None)

    assert team_of("yohanes") == {"Rani", "Dewi", "Bela"}
    assert team_of("hendra") == {"Satria"}


def test_a_unit_whose_number_begins_alike_is_another_unit(stage, team_of):
    units = [stage.unit(1, "office", f"Dinas {n}") for n in range(3)]
    stage.head(units[0], "siti")
    stage.person("Lain", units[1], supervisor_id=None)

    assert team_of("siti") == set()


def test_who_headed_a_unit_until_yesterday_leads_it_no_more(stage, team_of):
    stage.head(4, "siti", valid_to=TODAY - DAY)
    stage.person("Tiwi", supervisor_id=None)

    assert team_of("siti") == set()


@pytest.mark.parametrize(
    ("first", "last", "is_in"),
    [
        (TODAY, TODAY, True),
        (TODAY - DAY, None, True),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY - DAY, False),
    ],
)
def test_a_deputy_sees_the_team_on_the_days_of_the_mandate(
    stage, team_of, first, last, is_in
):
    stage.deputy("yohanes", "siti", first, last)

    assert team_of("siti") == ({"Rani"} if is_in else set())


def test_a_mandate_taken_away_ends_at_once(stage, team_of, clock):
    stage.deputy("yohanes", "siti", TODAY, None, revoked_at=clock.now())

    assert team_of("siti") == set()


def test_a_deputy_also_leads_the_units_the_superior_heads_but_not_the_superior(
    stage, team_of
):
    stage.head(3, "yohanes")
    stage.person("Tiwi", 3, supervisor_id=None)
    stage.deputy("yohanes", "siti", TODAY, None)

    assert team_of("siti") == {"Rani", "Tiwi"}
