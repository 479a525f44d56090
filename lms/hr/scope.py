"""What a page of the dashboard counts: year, units, kind of job, course."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.engine import Row

from lms.accounts import roles, units
from lms.accounts.models import JOB_TYPES, Agency, Job, Person, Unit
from lms.catalog.models import Course, LiveRelease, Release
from lms.db import db
from lms.kernel.errors import BadRequest
from lms.kernel.i18n import N_
from lms.records import jp

FIRST_YEAR = 2017  # when JP began to be asked


class FilterBad(BadRequest):
    message = N_("Saringan “%(name)s” pada alamat ini tidak dikenal. Pilihlah lagi.")


@dataclass(frozen=True, slots=True)
class Group:
    """Units that one row of the page speaks of: a unit with or without all below."""

    unit_id: int
    name: str
    is_only: bool
    unit_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted. Only units that the reader holds are ever in it.

    unit      chosen; None = all that are held
    is_only   of the chosen unit, without those below
    todays    agency -> its calendar day
    choices   all units held, from the top down
    """

    user: object
    year: int
    units: Mapping[int, Row]
    todays: Mapping[int, date]
    unit: Row | None = None
    is_only: bool = False
    job_type: str = ""
    course: Row | None = None
    choices: tuple[Row, ...] = ()
    courses: tuple[Row, ...] = field(default=())

    @property
    def today(self) -> date:
        return max(self.todays.values())

    @property
    def is_this_year(self) -> bool:
        return self.year == self.today.year

    def values(self) -> dict[str, object]:
        """Return the filters as they stand in an address."""
        said = {
            "tahun": self.year,
            "unit": self.unit.id if self.unit else None,
            "hanya": 1 if self.is_only else None,
            "jenis": self.job_type or None,
            "kursus": self.course.code if self.course else None,
        }
        return {name: value for name, value in said.items() if value is not None}

    def unit_condition(self) -> ColumnElement[bool]:
        """Return the condition on Unit: held, and in what was chosen."""
        held = roles.units_held(self.user, "hr")
        if self.unit is None:
            return held
        if self.is_only:
            return and_(held, Unit.id == self.unit.id)
        return and_(held, Unit.path.startswith(self.unit.path))

    def people_condition(self) -> ColumnElement[bool]:
        """Return the condition on Person, Unit and Job: active, and counted here."""
        kind = Job.type == self.job_type if self.job_type else True
        return and_(Person.is_active, self.unit_condition(), kind)

    def by_day(self, condition) -> ColumnElement[bool]:
        """Return `condition(today)` for each agency's own day; wants Unit joined."""
        days: dict[date, list[int]] = {}
        for agency, day in self.todays.items():
            days.setdefault(day, []).append(agency)
        if len(days) == 1:
            return condition(next(iter(days)))
        return or_(
            false(),
            *(and_(Unit.agency_id.in_(a), condition(d)) for d, a in days.items()),
        )


def read(user, args: Mapping[str, str], now: datetime) -> Scope:
    """Return what an address asks to see of what `user` holds.

    raises  UnitMissing  not theirs, or none;  FilterBad
    """
    held = db.session.execute(
        select(Unit.id, Unit.parent_id, Unit.agency_id, Unit.path, Unit.kind, Unit.name)
        .where(roles.units_held(user, "hr"))
        .order_by(Unit.path)
    ).all()
    todays = _todays({row.agency_id for row in held}, now)
    year = _year(args, max(todays.values()).year)
    unit = _unit(args, held)
    job_type = args.get("jenis", "")
    if job_type and job_type not in JOB_TYPES:
        raise FilterBad(name="jenis")
    courses = tuple(_courses())
    code = args.get("kursus", "")
    course = next((c for c in courses if c.code == code), None)
    if code and course is None:
        raise FilterBad(name="kursus")
    is_only = unit is not None and args.get("hanya") == "1"
    return Scope(
        user=user,
        year=year,
        units=_chosen(held, unit, is_only),
        todays=todays,
        unit=unit,
        is_only=is_only,
        job_type=job_type,
        course=course,
        choices=tuple(held),
        courses=courses,
    )


def narrowed(scope: Scope, unit_id: int, is_only: bool = False) -> Scope:
    """Return the same for one unit, with or without all below it."""
    unit = next((u for u in scope.choices if u.id == unit_id), None)
    if unit is None:
        raise units.UnitMissing
    chosen = _chosen(scope.choices, unit, is_only)
    return replace(scope, unit=unit, is_only=is_only, units=chosen)


def _chosen(held: Iterable[Row], unit: Row | None, is_only: bool) -> dict[int, Row]:
    if unit is None:
        return {row.id: row for row in held}
    if is_only:
        return {unit.id: unit}
    return {row.id: row for row in held if row.path.startswith(unit.path)}


def _todays(agencies: set[int], now: datetime) -> dict[int, date]:
    rows = db.session.execute(
        select(Agency.unit_id, Agency.timezone).where(Agency.unit_id.in_(agencies))
    )
    found = {agency: jp.day_of(now, zone) for agency, zone in rows}
    return found or {0: jp.day_of(now, "Asia/Jakarta")}


def _year(args: Mapping[str, str], this_year: int) -> int:
    asked = args.get("tahun", "") or str(this_year)
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        raise FilterBad(name="tahun")
    if not FIRST_YEAR <= int(asked) <= this_year:
        raise FilterBad(name="tahun")
    return int(asked)


def _unit(args: Mapping[str, str], held: Iterable[Row]) -> Row | None:
    asked = args.get("unit", "")
    if not asked:
        return None
    found = next((row for row in held if str(row.id) == asked), None)
    if found is None:
        raise units.UnitMissing
    return found


def _courses() -> list[Row]:
    """Return (id, code, title) of the courses people see, by title."""
    return db.session.execute(
        select(Course.id, Course.code, Release.title)
        .join(LiveRelease, LiveRelease.course_id == Course.id)
        .join(Release, Release.id == LiveRelease.release_id)
        .order_by(Release.title)
    ).all()


def groups(scope: Scope) -> list[Group]:
    """Part the units into rows: offices of an agency, or what is below one unit.

    Each unit is in exactly one. The top of what is shown is opened until there are
    several rows to compare; its own people stay a row of their own.
    """
    tops = _tops(scope.units)
    alone: list[Row] = []
    while True:
        opened = [u for u in tops if u.kind == "agency" or len(tops) + len(alone) == 1]
        below = [
            u for u in scope.units.values() if u.parent_id in {o.id for o in opened}
        ]
        if not below:
            break
        alone += opened
        tops = [u for u in tops if u not in opened] + below
    found = [Group(u.id, u.name, True, frozenset({u.id})) for u in alone]
    for top in tops:
        inside = frozenset(
            u.id for u in scope.units.values() if u.path.startswith(top.path)
        )
        found.append(Group(top.id, top.name, scope.is_only, inside))
    return found


def _tops(found: Mapping[int, Row]) -> list[Row]:
    """Return the units with none of the others above them."""
    tops = []
    for unit in found.values():
        above = unit.path.strip("/").split("/")[:-1]
        if not any(int(number) in found for number in above):
            tops.append(unit)
    return tops
