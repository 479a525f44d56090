"""JP (jam pelajaran): whose year, which target, what it adds up to. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

MINUTES = 45  # of learning in one JP


@dataclass(frozen=True, slots=True)
class Policy:
    """Target and cap of one ASN status from a year on.

    agency_id  None = all agencies that have no policy of their own
    cap        JP a year; informs, never blocks
    is_sure    False: sources differ, HR should check
    """

    agency_id: int | None
    asn_status: str
    from_year: int
    target: int | None
    cap: int | None
    source: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of a person's JP, as the ledger has it.

    year  that of the completion; a correction belongs to the year of the original
    jp    added; corrections and revocations may be below 0
    """

    kind: str  # jp, correction, revocation
    year: int
    jp: int
    at: datetime
    completion_uid: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's JP of one year against the policy."""

    year: int
    total: int
    policy: Policy | None

    @property
    def target(self) -> int | None:
        return self.policy.target if self.policy else None

    @property
    def missing(self) -> int:
        """JP still to go; 0 when the target is reached or there is none."""
        return max(0, (self.target or 0) - self.total)

    @property
    def above_cap(self) -> int:
        """JP above the cap; 0 when below or there is none."""
        cap = self.policy.cap if self.policy else None
        return max(0, self.total - cap) if cap is not None else 0


def day_of(when: datetime, zone: str) -> date:
    """Return the calendar day of an instant in an agency's time zone."""
    return when.astimezone(ZoneInfo(zone)).date()


def year_of(when: datetime, zone: str) -> int:
    """Return the year JP of a completion count for: that of the agency's calendar."""
    return day_of(when, zone).year


def policy_for(
    policies: Iterable[Policy], agency_id: int, asn_status: str, year: int
) -> Policy | None:
    """Return what holds for a status in a year.

    An agency's own policy wins over the general one, then the youngest that has
    begun. None = nothing is asked.

    source  PP 11/2017 art. 203 (4): PNS at least 20 JP a year;
            PP 49/2018 art. 40: PPPK at most 24 JP a contract year
    """
    holding = [
        p
        for p in policies
        if p.asn_status == asn_status
        and p.from_year <= year
        and p.agency_id in (None, agency_id)
    ]
    return max(
        holding, key=lambda p: (p.agency_id is not None, p.from_year), default=None
    )


def total(entries: Iterable[Entry], year: int) -> int:
    """Add up a year's entries."""
    return sum(entry.jp for entry in entries if entry.year == year)
