"""Who is asked about a learner besides themselves: named by the system, not by them.

The superior is whoever is it now. Peers are people of the same unit with the same
superior, subordinates those whose superior the learner is; of many, a few are drawn by
a hash that is the same each time, so that nobody picks friends and no second look
picks others.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select

from lms.accounts import superiors
from lms.accounts.models import Person
from lms.db import db

MOST = 3  # peers, and subordinates, asked about one learner


class Circle:
    """The people around some learners, looked up together: not one by one.

    roles  those that will be asked for
    """

    def __init__(self, person_ids: Collection[int], roles: Collection[str]) -> None:
        wanted = set(roles)
        self._superiors = superiors.of(person_ids) if wanted - {"learner"} else {}
        self._staff: dict[int, set[int]] = {}
        self._near: dict[int, set[int]] = {}
        if wanted & {"peer", "subordinate"}:
            self._staff = _staff(person_ids)
        if "peer" in wanted:
            self._near = _near(person_ids, self._superiors)

    def of(
        self, person_id: int, roles: Iterable[str], seed: str
    ) -> dict[str, list[int]]:
        """Return role -> ids of the active people to be asked about a learner.

        roles  of models.ROLES; the learner is asked about themselves
        seed   what the draw depends on: of this enrolment and survey alone
        """
        superior = self._superiors.get(person_id)
        staff = self._staff.get(person_id, set())
        found: dict[str, list[int]] = {}
        for role in roles:
            if role == "learner":
                found[role] = [person_id]
            elif role == "superior" and superior is not None:
                found[role] = [superior]
            elif role == "subordinate":
                found[role] = drawn(staff, seed)
            elif role == "peer":
                found[role] = drawn(self._near.get(person_id, set()) - staff, seed)
        return found


def _staff(person_ids: Collection[int]) -> dict[int, set[int]]:
    """Return whose superior each of these people is."""
    learners = select(Person.id).where(Person.id.in_(person_ids))
    staff = set(db.session.scalars(superiors.staff(learners)))
    found: dict[int, set[int]] = {}
    for one, above in superiors.of(staff).items():
        if above is not None:
            found.setdefault(above, set()).add(one)
    return found


def _near(
    person_ids: Collection[int], above: Mapping[int, int | None]
) -> dict[int, set[int]]:
    """Return who works in the same unit under the same superior."""
    units = dict(
        db.session.execute(
            select(Person.id, Person.unit_id).where(Person.id.in_(person_ids))
        ).all()
    )
    people: dict[int, set[int]] = {}
    rows = db.session.execute(
        select(Person.id, Person.unit_id).where(
            Person.unit_id.in_(set(units.values())), Person.is_active
        )
    )
    for one, unit_id in rows:
        people.setdefault(unit_id, set()).add(one)
    heads = superiors.of({one for some in people.values() for one in some})
    return {
        person_id: {
            one
            for one in people.get(unit_id, set()) - {person_id, above.get(person_id)}
            if heads.get(one) == above.get(person_id)
        }
        for person_id, unit_id in units.items()
    }


def drawn(candidates: Collection[int], seed: str) -> list[int]:
    """Return at most MOST of the candidates, always the same ones; pure."""

    def lot(candidate: int) -> bytes:
        return hashlib.sha256(f"{seed} {candidate}".encode()).digest()

    return sorted(sorted(candidates, key=lot)[:MOST])
