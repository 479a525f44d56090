"""What is asked for: which kind of export, of which units, days, year and course."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from lms.accounts.models import Unit

HISTORY, PEOPLE, OFFICES = "riwayat_kursus", "rekap_jp", "rekap_opd"


@dataclass(frozen=True, slots=True)
class Since:
    """The last taking that this one goes on from.

    seq  last number of the ledger that it had seen
    at   when it was asked for
    """

    seq: int
    at: datetime


@dataclass(frozen=True)
class Wanted:
    """Which rows are exported.

    held    condition on Unit: the units the asker may see; None = all (command line)
    rights  the same as texts, so that a wider right does not look like the old one
    unit    only this unit and what is below it
    first   only completions from this day on, by the agency's calendar
    last    and up to this day
    course  only of the course with this code
    year    of the sums; 0 = not asked
    since   only what is new or changed since then; None = everything
    """

    kind: str = HISTORY
    held: ColumnElement[bool] | None = None
    rights: tuple[str, ...] = ()
    unit: Unit | None = None
    first: date | None = None
    last: date | None = None
    course: str = ""
    year: int = 0
    since: Since | None = None

    def after(self, since: Since | None) -> "Wanted":
        """Return the same, but only what is new or changed since then."""
        return replace(self, since=since)

    def units(self) -> list[ColumnElement[bool]]:
        """Return conditions on Unit: none = all units."""
        within = [self.held] if self.held is not None else []
        if self.unit is not None:
            within.append(Unit.path.startswith(self.unit.path))
        return within

    def units_chosen(self):
        """Return a select of unit ids, or None for all units."""
        within = self.units()
        return select(Unit.id).where(*within) if within else None

    def described(self) -> dict[str, Any]:
        """Return the filter for the log, the manifest and the sheet "Baca Saya"."""
        shared = {"unit": self.unit.id if self.unit else None}
        if self.kind != HISTORY:
            return shared | {"tahun": self.year}
        return shared | {
            "dari": self.first.isoformat() if self.first else None,
            "sampai": self.last.isoformat() if self.last else None,
            "kursus": self.course or None,
        }

    @property
    def key(self) -> str:
        """Return what is the same for the same kind, filter and rights."""
        told = [self.kind, self.described(), sorted(self.rights)]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def rights_of(grants: tuple[tuple[str, int, str, bool], ...]) -> tuple[str, ...]:
    """Return the units that a person is HR of, as texts: "/1/3/*", "/1/3/"."""
    return tuple(
        sorted({path + "*" * deep for role, _id, path, deep in grants if role == "hr"})
    )
