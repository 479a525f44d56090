"""The export rekap_jp: one row per active person of a year, with 0 JP as well."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    func,
    or_,
    select,
)

from lms.accounts.models import Job, Person, Unit
from lms.catalog.models import Competency
from lms.records import jp
from lms.records.models import Completion, JpPolicy, JpRule

from . import changes, recap_rules
from .recap_rules import Sum, Year
from .tables import Shape, columns
from .wanted import PEOPLE, Wanted

SHAPE = Shape(
    PEOPLE,
    columns(
        """
        nip nama perangkat_daerah unit_kerja status_asn jabatan tahun target_min
        target_maks jp_total jp_klasikal jp_nonklasikal jp_teknis jp_manajerial
        jp_sosial_kultural jumlah_seminar_workshop kekurangan_jp status jp_tahun_lalu
        jp_dua_tahun_lalu
        """,
        free="nip nama perangkat_daerah unit_kerja jabatan",
        numbers="""
        tahun target_min target_maks jp_total jp_klasikal jp_nonklasikal jp_teknis
        jp_manajerial jp_sosial_kultural jumlah_seminar_workshop kekurangan_jp
        jp_tahun_lalu jp_dua_tahun_lalu
        """,
        widths={"nip": 21, "nama": 28, "perangkat_daerah": 36, "unit_kerja": 36,
                "jabatan": 34},
    ),
)  # fmt: skip
OPTIONS = {"yield_per": 2000}  # rows in memory at a time
BACK = 2  # years before the one asked for


@dataclass(frozen=True, slots=True)
class Counted:
    """A person with where they work now and their year."""

    person: Row
    office_id: int
    office: str
    year: Year


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return conditions on Person: active, and in a wanted unit now."""
    found: list[ColumnElement[bool]] = [Person.is_active]
    within = wanted.units_chosen()
    if within is not None:
        found.append(Person.unit_id.in_(within))
    return found


def changed(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the condition that something of the person's is new since then."""
    if wanted.since is None:
        return []
    return [
        or_(
            Person.id.in_(changes.people(wanted.since.seq)),
            Person.updated_at >= wanted.since.at,
            Person.unit_id.in_(changes.moved_units(wanted.since.at)),
        )
    ]


def count(connection: Connection, wanted: Wanted) -> int:
    """Return how many rows the export has."""
    statement = select(func.count()).select_from(Person)
    every = (*conditions(wanted), *changed(wanted))
    return connection.scalar(statement.where(*every)) or 0


def rows(
    connection: Connection, wanted: Wanted, _check_url: str, people: set[int]
) -> Generator[tuple[Any, ...]]:
    """Yield the rows by unit and name, without keeping them; ids go into `people`."""
    with closing(counted(connection, wanted, changed(wanted))) as found:
        for each in found:
            person, year = each.person, each.year
            people.add(person.id)
            track, group = year.by_track.get, year.by_group.get
            yield (
                person.nip, person.name, each.office, person.unit, person.asn_status,
                person.job, wanted.year, year.target, year.cap, year.total,
                track("klasikal", 0), track("nonklasikal", 0), group("teknis", 0),
                group("manajerial", 0), group("sosial_kultural", 0), year.seminars,
                year.missing, year.state, *year.before,
            )  # fmt: skip


def counted(
    connection: Connection, wanted: Wanted, more: list[ColumnElement[bool]]
) -> Generator[Counted]:
    """Yield everybody who is wanted, in the order of the unit tree."""
    policies, offices = _policies(connection), _offices(connection)
    known = connection.execute(select(Competency.code, Competency.group))
    groups = {code: group for code, group in known}
    statement = _statement(wanted, more)
    with connection.execute(statement, execution_options=OPTIONS) as found:
        for _id, lines in groupby(found, key=lambda row: row.id):
            first = next(lines)
            sums = [
                _sum(row, groups) for row in (first, *lines) if row.year is not None
            ]
            policy = jp.policy_for(
                policies, first.agency_id, first.asn_status, wanted.year
            )
            office_id, office = offices[first.unit_id]
            year = recap_rules.of_year(sums, wanted.year, policy)
            yield Counted(first, office_id, office, year)


def _sum(row: Row, groups: dict[str, str]) -> Sum:
    codes = row.competencies.split(";") if row.competencies else []
    group = jp.group_of(groups[code] for code in codes if code in groups)
    return Sum(row.year, row.form, row.track or "", group, row.jp, row.number)


def _statement(wanted: Wanted, more: list[ColumnElement[bool]]) -> Select:
    """One row per person and sort of completion; a person without any has one."""
    c = Completion
    sums = (
        select(
            c.person_id, c.year, c.training_form, c.competencies,
            func.sum(c.jp).label("jp"), func.count().label("number"),
        )
        .where(
            c.state == "valid", c.year.between(wanted.year - BACK, wanted.year)
        )
        .group_by(c.person_id, c.year, c.training_form, c.competencies)
        .subquery()
    )  # fmt: skip
    return (
        select(
            Person.id, Person.nip, Person.name, Person.asn_status, Person.unit_id,
            Unit.name.label("unit"), Unit.agency_id, Job.title.label("job"),
            sums.c.year, sums.c.training_form.label("form"), sums.c.competencies,
            sums.c.jp, sums.c.number, JpRule.track,
        )
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Job, Job.id == Person.job_id)
        .outerjoin(sums, sums.c.person_id == Person.id)
        .outerjoin(JpRule, and_(JpRule.form == sums.c.training_form))
        .where(*conditions(wanted), *more)
        .order_by(Unit.path, Person.name, Person.id)
    )  # fmt: skip


def _policies(connection: Connection) -> list[jp.Policy]:
    names = jp.Policy.__slots__
    found = connection.execute(select(*(getattr(JpPolicy, name) for name in names)))
    return [jp.Policy(*row) for row in found]


def _offices(connection: Connection) -> dict[int, tuple[int, str]]:
    """Return unit id -> (id, name) of the office above or at it; else the agency."""
    found = connection.execute(select(Unit.id, Unit.path, Unit.kind, Unit.name)).all()
    known = {row.id: row for row in found}
    offices = {}
    for row in found:
        line = [known[int(n)] for n in row.path.strip("/").split("/")]
        office = next((unit for unit in line if unit.kind == "office"), line[0])
        offices[row.id] = (office.id, office.name)
    return offices
