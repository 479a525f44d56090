"""JP (jam pelajaran): whose year, which target, what it adds up to. Pure."""

from collections.abc import Callable, Iterable
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
class FormSum:
    """JP of one form of training (SIASN jenisDiklat)."""

    form: int
    name: str
    jp: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's JP of one year against the policy.

    forms  what the total is made of, the largest first; [] when nobody asked
    """

    year: int
    total: int
    policy: Policy | None
    forms: tuple[FormSum, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Line:
    """One JP entry of the ledger as a page shows it, with what it is about.

    seq        its number in the ledger
    kind       jp, correction, revocation
    jp         added; corrections and revocations may be below 0
    year       it counts for
    at         when it was entered
    uid        of the completion; course and finished_on are its own
    form       SIASN jenisDiklat; its name, track, rule and source of the rule
    group      competency type, one of GROUPS
    number     of the certificate, code its check code; "" without one
    is_valid   False: the completion was revoked, now or by another entry
    is_corrected  another entry set the completion's JP right
    reason     of a correction or revocation; "" when it is not known any more
    siasn      state on the way to SIASN, as siasn_models names it; "" = belum
    """

    seq: int
    kind: str
    jp: int
    year: int
    at: datetime
    uid: str
    title: str
    course_code: str
    finished_on: date
    form: int
    form_name: str
    track: str
    rule: str
    source: str
    is_sure: bool
    group: str
    number: str = ""
    code: str = ""
    is_valid: bool = True
    is_corrected: bool = False
    reason: str = ""
    siasn: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum a page shows, with exactly the entries it is the sum of."""

    key: str
    name: str
    lines: tuple[Line, ...]

    @property
    def jp(self) -> int:
        return sum(line.jp for line in self.lines)


TECHNICAL, SEVERAL, NONE = "teknis", "beberapa", "tanpa"
GROUPS = (TECHNICAL, "manajerial", "sosial_kultural", SEVERAL, NONE)
SEMINARS = (4, 9)  # jenisDiklat: Workshop, Seminar


def group_of(groups: Iterable[str]) -> str:
    """Return the competency type of a course whose competencies are of `groups`.

    JP are counted once, so a course of several types counts for none of them.
    """
    known = set(groups)
    if not known:
        return NONE
    only = next(iter(known))
    return only if len(known) == 1 and only in GROUPS else SEVERAL


def figures(
    lines: Iterable[Line], key: Callable[[Line], str], name: Callable[[Line], str]
) -> list[Figure]:
    """Part the entries by a key; together the figures have each entry once.

    Ordered by JP, the largest first.
    """
    parts: dict[str, list[Line]] = {}
    for line in lines:
        parts.setdefault(key(line), []).append(line)
    found = [Figure(k, name(part[0]), tuple(part)) for k, part in parts.items()]
    return sorted(found, key=lambda figure: (-figure.jp, figure.name))


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
