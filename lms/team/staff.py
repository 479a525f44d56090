"""Whose superior somebody is today: direct staff, units headed, and as a deputy."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from lms.accounts.models import Deputy, Person, Unit, UnitHead, full_name
from lms.db import db
from lms.kernel.errors import Forbidden, NotFound
from lms.kernel.i18n import N_


class NotSuperior(Forbidden):
    message = N_(
        "Halaman ini untuk atasan. Anda belum tercatat mempunyai staf, mengepalai"
        " unit, atau menggantikan atasan pada hari ini. Bila itu keliru, hubungi"
        " pengelola SDM."
    )


class NotInTeam(NotFound):
    message = N_("Orang itu tidak ada, atau bukan anggota tim Anda.")


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody for whom one acts; `until` is the last day, None = no end is set."""

    superior_id: int
    superior: str
    since: date
    until: date | None

    def is_on(self, day: date) -> bool:
        return self.since <= day <= (self.until or day)


def stand_ins(person_id: int, today: date) -> list[StandIn]:
    """Return for whom a person stands in today or will later; those on first."""
    rows = db.session.execute(
        select(
            Deputy.superior_id,
            Person.title_front,
            Person.name,
            Person.title_back,
            Deputy.valid_from,
            Deputy.valid_to,
        )
        .join(Person, Person.id == Deputy.superior_id)
        .where(
            Deputy.deputy_id == person_id,
            Deputy.revoked_at.is_(None),
            or_(Deputy.valid_to.is_(None), Deputy.valid_to >= today),
        )
        .order_by(Deputy.valid_from, Deputy.id)
    )
    return [
        StandIn(superior_id, full_name(front, name, back), since, until)
        for superior_id, front, name, back, since, until in rows
    ]


def staff_of(user, today: date) -> Select[tuple[int]]:
    """Select the ids of active people whose superior `user` is today, never `user`.

    user   anyone with id
    today  by the calendar of the agency
    Direct staff; people without a superior of their own in units that one heads, and
    in units below as far down as nobody else heads one; and the same of superiors
    one stands in for today.
    """
    superiors = union(
        select(literal(user.id).label("id")),
        select(Deputy.superior_id).where(
            Deputy.deputy_id == user.id,
            Deputy.revoked_at.is_(None),
            _holds(Deputy, today),
        ),
    ).subquery()
    mine = select(superiors.c.id)
    return select(Person.id).where(
        Person.is_active,
        Person.id != user.id,
        or_(
            Person.supervisor_id.in_(mine),
            and_(
                Person.supervisor_id.is_(None),
                Person.id.not_in(mine),
                Person.unit_id.in_(_units_of(mine, today)),
            ),
        ),
    )


def _units_of(superiors: Select[tuple[int]], today: date) -> Select[tuple[int]]:
    """Select units headed by one of these, and those below that nobody else heads."""
    head, headed = aliased(UnitHead), aliased(Unit)
    nearer, between = aliased(UnitHead), aliased(Unit)
    return (
        select(Unit.id)
        .join(headed, _is_at_or_below(Unit.path, headed.path))
        .join(head, head.unit_id == headed.id)
        .where(
            head.person_id.in_(superiors),
            _holds(head, today),
            ~exists()
            .where(
                nearer.unit_id == between.id,
                _holds(nearer, today),
                _is_at_or_below(Unit.path, between.path),
                func.length(between.path) > func.length(headed.path),
            )
            .correlate(Unit, headed),
        )
    )


def _is_at_or_below(path, above) -> ColumnElement[bool]:
    """Paths are numbers between slashes: whole steps, no wildcards."""
    return func.substr(path, 1, func.length(above)) == above


def _holds(row, day: date) -> ColumnElement[bool]:
    return and_(row.valid_from <= day, or_(row.valid_to.is_(None), row.valid_to >= day))


def find(user, uid: str, today: date) -> Person:
    """Return a member of the team. Raises NotInTeam for anybody else."""
    person = db.session.scalar(
        select(Person).where(Person.uid == uid, Person.id.in_(staff_of(user, today)))
    )
    if person is None:
        raise NotInTeam
    return person
