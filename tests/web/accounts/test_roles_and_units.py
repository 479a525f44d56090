"""Giving and taking roles; the unit tree and what it was."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.accounts import people, roles, sessions, units
from lms.accounts.models import Agency, RoleGrant, Unit, UnitHistory
from lms.audit.models import AuditEntry
from lms.db import db as _db
from tests.cast import CAST

TODAY = date(2026, 11, 22)


@pytest.fixture
def stage(app, db):
    """An open application context whose changes are thrown away."""
    with app.app_context():
        yield
        _db.session.rollback()


@pytest.fixture
def given(stage, clock):
    """given("agus", "hr", 5, by="made") -> the grant."""

    def give(name: str, role: str, unit: int, by: str | None = None, **more):
        return roles.grant(
            people.find(CAST[name].id),
            role,
            units.find(unit),
            today=TODAY,
            now=clock.now(),
            by=as_signed_in(by, clock) if by else None,
            **more,
        )

    return give


def as_signed_in(name: str, clock) -> sessions.SignedIn:
    return sessions.load(sessions.open_for(CAST[name].id, clock.now()), clock.now())


def acts() -> list[str]:
    return list(_db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_the_system_gives_any_role_and_it_is_written_down(given, clock):
    given("agus", "hr", 5)

    assert as_signed_in("agus", clock).roles == {"hr"}
    assert acts() == ["role.granted"]


def test_the_same_role_given_twice_is_one_grant(given):
    first, second = given("agus", "hr", 5), given("agus", "hr", 5)

    assert first is second
    assert acts() == ["role.granted"]


def test_another_last_day_is_another_grant(given, clock):
    first = given("agus", "hr", 5, valid_to=TODAY)
    given("agus", "hr", 5, valid_to=TODAY + timedelta(days=30))

    assert first.revoked_at == clock.now()
    assert len(as_signed_in("agus", clock).grants) == 1


def test_an_unknown_role_is_refused(given):
    with pytest.raises(roles.RoleUnknown):
        given("agus", "learner", 5)


@pytest.mark.parametrize(
    ("by", "role", "unit", "deep", "is_fine"),
    [
        ("made", "admin", 1, True, True),
        ("made", "hr", 4, True, True),  # an administrator gives any role, in there
        ("made", "hr", 5, True, False),
        ("made", "instructor", 6, False, False),
        ("siti", "hr", 3, True, True),
        ("siti", "hr", 5, True, False),
        ("siti", "admin", 1, True, False),
        ("siti", "instructor", 1, True, False),
        ("hendra", "instructor", 6, True, True),
        ("hendra", "hr", 6, True, False),
        ("rani", "hr", 4, False, False),
        ("yohanes", "instructor", 3, False, False),
    ],
)
def test_nobody_gives_what_they_do_not_hold(given, *, by, role, unit, deep, is_fine):
    def give():
        return given("agus", role, unit, by=by, with_subunits=deep)

    if is_fine:
        assert give().granted_by == CAST[by].id
    else:
        with pytest.raises(roles.NotYoursToGrant):
            give()


def test_a_role_without_subunits_gives_none_with_them(given, clock):
    given("rani", "hr", 3, with_subunits=False)

    given("agus", "hr", 3, by="rani", with_subunits=False)
    for unit, deep in ((3, True), (4, False)):
        with pytest.raises(roles.NotYoursToGrant):
            given("agus", "hr", unit, by="rani", with_subunits=deep)


def test_a_role_taken_twice_is_taken_once(given, clock):
    grant = given("agus", "hr", 5)

    for _ in range(2):
        roles.revoke(grant, today=TODAY, now=clock.now())

    assert as_signed_in("agus", clock).roles == set()
    assert acts() == ["role.granted", "role.revoked"]
    with pytest.raises(roles.GrantMissing):
        roles.find(CAST["agus"].id, "hr", None, TODAY)


def test_what_one_does_not_hold_one_does_not_take(given, clock):
    grant = given("agus", "hr", 5)

    with pytest.raises(roles.NotYoursToGrant):
        roles.revoke(
            grant, today=TODAY, now=clock.now(), by=as_signed_in("siti", clock)
        )


def test_the_last_administrator_stays(given, clock):
    made = roles.find(CAST["made"].id, "admin", None, TODAY)
    with pytest.raises(roles.LastAdministrator):
        roles.revoke(made, today=TODAY, now=clock.now())
    with pytest.raises(roles.LastAdministrator):
        people.deactivate(people.find(CAST["made"].id), today=TODAY, now=clock.now())

    given("agus", "admin", 5)
    roles.revoke(made, today=TODAY, now=clock.now())

    agus = roles.find(CAST["agus"].id, "admin", None, TODAY)
    with pytest.raises(roles.LastAdministrator):
        roles.revoke(agus, today=TODAY, now=clock.now())


@pytest.mark.parametrize("why", ["suspended", "not yet", "no longer"])
def test_an_administrator_who_cannot_act_does_not_count(given, clock, why):
    other = given("agus", "admin", 5)
    if why == "suspended":
        people.find(CAST["agus"].id).is_active = False
    elif why == "not yet":
        other.valid_from = TODAY + timedelta(days=1)
    else:
        other.valid_from = other.valid_to = TODAY - timedelta(days=1)
    _db.session.flush()

    made = roles.find(CAST["made"].id, "admin", None, TODAY)
    with pytest.raises(roles.LastAdministrator):
        roles.revoke(made, today=TODAY, now=clock.now())


# --- Units


def history() -> list[tuple]:
    rows = _db.session.scalars(select(UnitHistory).order_by(UnitHistory.id))
    return [(r.unit_id, r.name, r.parent_id, r.valid_from, r.valid_to) for r in rows]


def test_office_and_agency_are_found_from_below(stage):
    assert units.office_of(units.find(4)).id == 3
    assert units.office_of(units.find(3)).id == 3
    assert units.office_of(units.find(1)).id == 1
    assert [units.agency_of(n).code for n in (1, 4, 6)] == ["6771", "6771", "5500"]
    assert [u.id for u in units.ancestors(units.find(4))] == [1, 3, 4]


@pytest.mark.parametrize("ask", [units.find, units.agency_of])
def test_an_unknown_unit_is_missing(stage, ask):
    with pytest.raises(units.UnitMissing):
        ask(999)


def test_a_new_unit_hangs_below_its_parent(stage):
    unit = units.make(units.find(4), "section", "  Seksi   Loket ", TODAY)

    assert (unit.name, unit.agency_id) == ("Seksi Loket", 1)
    assert unit.path == f"/1/3/4/{unit.id}/"


def test_a_new_agency_is_the_root_of_its_own_tree(stage):
    agency = units.make_agency("6274", "Kota Tangerang Selatan", "BKPSDM", TODAY)

    root = units.find(agency.unit_id)
    assert (root.agency_id, root.parent_id, root.path) == (
        root.id,
        None,
        f"/{root.id}/",
    )
    assert _db.session.get(Agency, root.id).timezone == "Asia/Jakarta"


@pytest.mark.parametrize("name", ["", "   ", "a" * 256, "a\u202eb", "a\0b"])
def test_a_bad_name_is_refused(stage, name):
    with pytest.raises(units.UnitNameBad):
        units.make(units.find(1), "office", name, TODAY)


def test_a_renamed_unit_keeps_what_it_was_called(stage):
    unit = units.find(2)
    units.rename(unit, "BKPSDM", TODAY)
    units.rename(unit, "BKPSDM", TODAY)
    units.rename(unit, "BKPSDMD", TODAY)  # mended on the same day
    units.rename(unit, "Badan Kepegawaian", TODAY + timedelta(days=10))

    yesterday = TODAY - timedelta(days=1)
    assert history() == [
        (2, "Badan Kepegawaian dan Pengembangan SDM", 1, date(2024, 1, 1), yesterday),
        (2, "BKPSDMD", 1, TODAY, TODAY + timedelta(days=9)),
    ]


def test_a_moved_unit_takes_along_all_below_it(stage):
    section = units.make(units.find(4), "section", "Seksi Loket", TODAY)

    units.move(units.find(4), units.find(6), TODAY)

    assert units.find(4).path == "/5/6/4/"
    assert section.path == f"/5/6/4/{section.id}/"
    assert section.agency_id == units.find(4).agency_id == 5
    assert [row[:3] for row in history()] == [(4, "Bidang Pelayanan Perizinan", 3)]


@pytest.mark.parametrize(
    ("unit", "parent", "error"),
    [
        (3, 3, units.UnitInItself),
        (3, 4, units.UnitInItself),
        (1, 5, units.AgencyStays),
    ],
)
def test_a_unit_that_cannot_move_stays(stage, unit, parent, error):
    with pytest.raises(error):
        units.move(units.find(unit), units.find(parent), TODAY)


def test_a_tree_is_only_so_deep(stage):
    def dig():
        unit = units.find(4)
        for n in range(100):
            unit = units.make(unit, "section", f"Seksi {n}", TODAY)

    with pytest.raises(units.UnitTooDeep):
        dig()


def test_a_sibling_with_a_longer_number_is_not_below(stage, clock):
    _db.session.add(
        Unit(id=31, parent_id=1, agency_id=1, path="/1/31/", kind="office", name="x",
             valid_from=TODAY)
    )  # fmt: skip
    _db.session.add(
        RoleGrant(person_id=CAST["rani"].id, role="hr", unit_id=3, valid_from=TODAY,
                  granted_at=clock.now())
    )  # fmt: skip
    _db.session.flush()

    condition = roles.units_held(as_signed_in("rani", clock), "hr")

    assert set(_db.session.scalars(select(Unit.id).where(condition))) == {3, 4}
