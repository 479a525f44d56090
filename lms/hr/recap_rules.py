"""The figures of rekap_jp and rekap_opd, from sums of JP. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median

from lms.records import jp

REACHED, MISSED, ABOVE = "terpenuhi", "belum", "melebihi_batas"


@dataclass(frozen=True, slots=True)
class Sum:
    """JP of valid completions of one year, form and set of competencies.

    track  klasikal, nonklasikal; "" for a form without a rule
    group  one of lms.records.jp.GROUPS
    """

    year: int
    form: int
    track: str
    group: str
    jp: int
    count: int


@dataclass(frozen=True, slots=True)
class Year:
    """A person's JP of one year, with the totals of the two years before.

    target, cap  by status now; None = none
    """

    total: int
    by_track: dict[str, int]
    by_group: dict[str, int]
    seminars: int
    completed: int
    before: tuple[int, int]
    target: int | None
    cap: int | None

    @property
    def missing(self) -> int | None:
        return None if self.target is None else max(0, self.target - self.total)

    @property
    def state(self) -> str:
        """Return one of the three states; "" where nothing is asked."""
        if self.cap is not None and self.total > self.cap:
            return ABOVE
        if self.target is None:
            return ""
        return REACHED if self.total >= self.target else MISSED


def of_year(sums: Iterable[Sum], year: int, policy: jp.Policy | None) -> Year:
    """Add up a person's sums.

    source  PP 11/2017 art. 203 (4); PP 49/2018 art. 40: see lms.records.jp.policy_for
    """
    every = list(sums)
    mine = [s for s in every if s.year == year]
    return Year(
        total=sum(s.jp for s in mine),
        by_track=_parted(mine, "track"),
        by_group=_parted(mine, "group"),
        seminars=sum(s.count for s in mine if s.form in jp.SEMINARS),
        completed=sum(s.count for s in mine),
        before=tuple(sum(s.jp for s in every if s.year == y)
                     for y in (year - 1, year - 2)),
        target=policy.target if policy else None,
        cap=policy.cap if policy else None,
    )  # fmt: skip


def _parted(sums: list[Sum], name: str) -> dict[str, int]:
    parts: dict[str, int] = {}
    for each in sums:
        key = getattr(each, name)
        parts[key] = parts.get(key, 0) + each.jp
    return parts


@dataclass
class Office:
    """The people of one office while they are being counted; ASN only."""

    totals: list[int] = field(default_factory=list)
    reached: int = 0
    completed: int = 0

    def add(self, year: Year) -> None:
        self.totals.append(year.total)
        self.reached += year.state in (REACHED, ABOVE)
        self.completed += year.completed

    @property
    def none(self) -> int:
        """People with 0 JP."""
        return self.totals.count(0)

    @property
    def percent_bp(self) -> int:
        """Share that reached the target, in basis points, rounded down."""
        return self.reached * 10_000 // len(self.totals) if self.totals else 0

    @property
    def mean_hundredths(self) -> int:
        """Mean JP in hundredths, rounded down."""
        return sum(self.totals) * 100 // len(self.totals) if self.totals else 0

    @property
    def median_hundredths(self) -> int:
        """Median JP in hundredths: exact, for it ends in .0 or .5."""
        if not self.totals:
            return 0
        return int(median(Fraction(total) for total in self.totals) * 100)
