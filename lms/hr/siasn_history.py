"""What became of one record on its way to SIASN: step by step, by whom."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.accounts.models import Person, Unit
from lms.db import db
from lms.kernel.i18n import N_
from lms.records import siasn
from lms.records.models import Completion

from . import siasn_records, siasn_rules
from .siasn_records import Item
from .wanted import Wanted

WHAT = N_("Riwayat kiriman ke SIASN: keadaan, paket, dan jawaban satu kursus")


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the state.

    by       full name of who made it; "" = the command line
    changed  put into a package again: (field, before, now) since the package before
    """

    at: datetime
    state: str
    by: str
    package: str
    rw_id: str
    message: str
    changed: tuple[tuple[str, str, str], ...] = ()


def of(completion: Completion) -> list[Step]:
    """Return the steps, the newest first; the first of all, "belum", is not one."""
    lines = siasn.history(completion.id)
    names = _names({line.actor_id for line in lines if line.actor_id})
    steps, before = [], ""
    for line in reversed(lines):
        changed = ()
        if line.payload:
            changed = _changed(before, line.payload)
            before = line.payload
        steps.append(
            Step(
                line.at,
                line.state,
                names.get(line.actor_id, ""),
                line.package,
                line.rw_kursus_id,
                line.message,
                changed,
            )
        )
    return steps[::-1]


def _changed(before: str, now: str) -> tuple[tuple[str, str, str], ...]:
    if not before:
        return ()
    return siasn_rules.difference(json.loads(before), json.loads(now))


def item(completion: Completion) -> Item:
    """Return the record as it stands in the list, with what is wrong with it."""
    unit = db.session.get_one(Unit, completion.unit_id)
    [found] = siasn_records.items(
        db.session.connection(),
        Wanted(unit=unit),
        [Completion.id == completion.id],
        limit=1,
    )
    return found


def _names(people: set[int]) -> dict[int, str]:
    rows = db.session.scalars(select(Person).where(Person.id.in_(people)))
    return {row.id: row.full_name for row in rows}
