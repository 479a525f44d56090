"""Who is asked about a learner besides themselves: named by the system, not by them.

The superior is whoever is it now. Peers are people of the same unit with the same
superior, subordinates those whose superior the learner is; of many, a few are drawn by
a hash that is the same each time, so that nobody picks friends and no second look
picks others.
"""

import hashlib
from collections.abc import Collection, Iterable

from sqlalchemy import select

from lms.accounts import superiors
from lms.accounts.models import Person
from lms.db import db

MOST = 3  # peers, and subordinates, asked about one learner


def of(person_id: int, roles: Iterable[str], seed: str) -> dict[str, list[int]]:
    """Return role -> ids of the active people to be asked.

    roles  of models.ROLES; the learner is asked about themselves
    seed   what the draw depends on: of this enrolment and survey alone
    """
    wanted = set(roles)
    superior = superiors.of_person(person_id)
    found = {}
    if "learner" in wanted:
        found["learner"] = [person_id]
    if "superior" in wanted and superior is not None:
        found["superior"] = [superior]
    if not wanted & {"peer", "subordinate"}:
        return found
    staff = superiors.staff_of(person_id)
    if "subordinate" in wanted:
        found["subordinate"] = drawn(staff, seed)
    if "peer" in wanted:
        found["peer"] = drawn(_peers(person_id, superior) - staff, seed)
    return found


def _peers(person_id: int, superior: int | None) -> set[int]:
    unit = select(Person.unit_id).where(Person.id == person_id).scalar_subquery()
    near = set(
        db.session.scalars(
            select(Person.id).where(Person.unit_id == unit, Person.is_active)
        )
    )
    others = near - {person_id, superior}
    return {one for one, above in superiors.of(others).items() if above == superior}


def drawn(candidates: Collection[int], seed: str) -> list[int]:
    """Return at most MOST of the candidates, always the same ones; pure."""

    def lot(candidate: int) -> bytes:
        return hashlib.sha256(f"{seed} {candidate}".encode()).digest()

    return sorted(sorted(candidates, key=lot)[:MOST])
