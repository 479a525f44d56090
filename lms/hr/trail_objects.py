"""What audit entries are about: which are of one's units, what that is called.

A feature above this one registers its own kinds of objects.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    literal,
    or_,
    select,
    true,
)

from lms.accounts import roles
from lms.accounts.models import CorrectionRequest, Job, Person, Unit
from lms.assignments.models import Assignment, Exemption
from lms.audit.models import AuditEntry
from lms.catalog.models import Competency, Course, LiveRelease, Release
from lms.db import db
from lms.records.models import Completion

Places = dict[str, Any]
BY_ACTOR = ("job", "people", "people_import", "export")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object in the audit log.

    name    object_kind of the entries
    within  select of the units one holds -> condition on AuditEntry
    called  the object ids of a page -> rows (object id, "object" and other places)
    """

    name: str
    within: Callable[[Select], ColumnElement[bool]]
    called: Callable[[list[str]], Iterable[tuple[str, Places]]]


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds of objects; one with a known name takes the place of the old one."""
    _kinds.update({kind.name: kind for kind in kinds})


def concerns(user, role: str) -> ColumnElement[bool]:
    """Return a condition on AuditEntry: of the units that `user` holds, or their own.

    What has no place in the tree of units is of those who did it, and of their office.
    """
    inside = select(Unit.id).where(roles.units_held(user, role))
    people = select(Person.id).where(Person.unit_id.in_(inside))
    kind = AuditEntry.object_kind
    return or_(
        AuditEntry.actor_id == user.id,
        *(and_(kind == one.name, one.within(inside)) for one in _kinds.values()),
        and_(kind.in_(BY_ACTOR), AuditEntry.actor_id.in_(people)),
    )


def named(entries: Iterable[AuditEntry]) -> dict[tuple[str, str], Places]:
    """Return what the objects of these entries are called, by kind and id."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        wanted.setdefault(entry.object_kind, set()).add(entry.object_id)
    return {
        (kind, number): places
        for kind, numbers in wanted.items()
        if kind in _kinds
        for number, places in _kinds[kind].called(sorted(numbers))
    }


def full_names(ids: Iterable[int]) -> dict[int, str]:
    """Return the names of people as the pages write them."""
    found = db.session.scalars(select(Person).where(Person.id.in_(ids)))
    return {person.id: person.full_name for person in found}


def uids_of(people: Iterable[int]) -> Select:
    """Select the uids of what these people completed."""
    return select(Completion.uid).where(Completion.person_id.in_(people))


def by_number(column, numbers: Select) -> ColumnElement[bool]:
    """Return whether the object's id is among these numbers."""
    return AuditEntry.object_id.in_(numbers.with_only_columns(cast(column, String)))


def _unit_within(inside: Select) -> ColumnElement[bool]:
    return by_number(Unit.id, inside)


def _person_within(inside: Select) -> ColumnElement[bool]:
    return by_number(Person.id, select(Person.id).where(Person.unit_id.in_(inside)))


def _completion_within(inside: Select) -> ColumnElement[bool]:
    # One look by the unique uid: a ledger is longer than the log of what was mended.
    return (
        select(literal(1))
        .select_from(Completion)
        .join(Person, Person.id == Completion.person_id)
        .where(Completion.uid == AuditEntry.object_id, Person.unit_id.in_(inside))
        .exists()
    )


def _correction_within(inside: Select) -> ColumnElement[bool]:
    asked = select(CorrectionRequest.id).join(
        Person, Person.id == CorrectionRequest.person_id
    )
    return by_number(CorrectionRequest.id, asked.where(Person.unit_id.in_(inside)))


def _assignment_within(inside: Select) -> ColumnElement[bool]:
    return by_number(
        Assignment.id, select(Assignment.id).where(Assignment.unit_id.in_(inside))
    )


def _everywhere(_inside: Select) -> ColumnElement[bool]:
    return true()


def _simple(number, name):
    def called(numbers: list[str]):
        rows = select(number, name).where(number.in_(map(int, numbers)))
        return [(str(n), {"object": text}) for n, text in db.session.execute(rows)]

    return called


def _people(numbers: list[str]):
    names = full_names(map(int, numbers))
    return [(str(number), {"object": name}) for number, name in names.items()]


def _completions(uids: list[str]):
    rows = db.session.execute(
        select(Completion.uid, Completion.course_title, Person)
        .join(Person, Person.id == Completion.person_id)
        .where(Completion.uid.in_(uids))
    )
    return [
        (uid, {"object": title, "owner": person.full_name})
        for uid, title, person in rows
    ]


def _corrections(numbers: list[str]):
    rows = db.session.execute(
        select(CorrectionRequest.id, Person)
        .join(Person, Person.id == CorrectionRequest.person_id)
        .where(CorrectionRequest.id.in_(map(int, numbers)))
    )
    return [(str(number), {"object": person.full_name}) for number, person in rows]


def _titles() -> Select:
    return select(Course.id, Release.title).select_from(Course).join(
        LiveRelease, LiveRelease.course_id == Course.id
    ).join(Release, Release.id == LiveRelease.release_id)  # fmt: skip


def _courses(numbers: list[str]):
    rows = db.session.execute(_titles().where(Course.id.in_(map(int, numbers))))
    return [(str(number), {"object": title}) for number, title in rows]


def _assignments(numbers: list[str]):
    rows = db.session.execute(
        _titles()
        .add_columns(Assignment.id, Unit.name)
        .join(Assignment, Assignment.course_id == Course.id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.id.in_(map(int, numbers)))
    )
    return [
        (str(number), {"object": title, "place": unit})
        for _course, title, number, unit in rows
    ]


def _nothing(_numbers: list[str]):
    return ()


register(
    Kind("unit", _unit_within, _simple(Unit.id, Unit.name)),
    Kind("agency", _unit_within, _simple(Unit.id, Unit.name)),
    Kind("person", _person_within, _people),
    Kind("job", lambda _inside: literal(False), _simple(Job.id, Job.title)),
    Kind("completion", _completion_within, _completions),
    Kind("correction", _correction_within, _corrections),
    Kind("assignment", _assignment_within, _assignments),
    # What everybody has in common is everybody's business.
    Kind("course", _everywhere, _courses),
    Kind("standards", _everywhere, _nothing),
)


def referred(kind: str, values: set) -> dict[Any, str]:
    """Return what the facts of entries point at, by its number or code.

    kind  unit, person, job, course_code, competency, exemption (its reason)
    """
    if kind == "person":
        return full_names(values)
    column, text = {
        "unit": (Unit.id, Unit.name),
        "job": (Job.id, Job.title),
        "course_code": (Course.code, Release.title),
        "competency": (Competency.code, Competency.name),
        "exemption": (Exemption.id, Exemption.reason),
    }[kind]
    rows = select(column, text).where(column.in_(values))
    if kind == "course_code":
        rows = rows.join(LiveRelease, LiveRelease.course_id == Course.id).join(
            Release, Release.id == LiveRelease.release_id
        )
    return dict(map(tuple, db.session.execute(rows)))
