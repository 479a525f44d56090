"""Whose superior somebody is today: direct staff, units headed, and as a deputy."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select

from lms.accounts import superiors
from lms.accounts.models import Deputy, Person, full_name
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
    Whoever has them as superior (see accounts.superiors), and the same of superiors
    one stands in for today.
    """
    return superiors.acting_staff(user.id, today)


def find(user, uid: str, today: date) -> Person:
    """Return a member of the team. Raises NotInTeam for anybody else."""
    person = db.session.scalar(
        select(Person).where(Person.uid == uid, Person.id.in_(staff_of(user, today)))
    )
    if person is None:
        raise NotInTeam
    return person
