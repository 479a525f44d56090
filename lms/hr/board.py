"""Reads of the dashboard: everything from the maintained sums, in five statements."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import case, func, select

from lms.accounts.models import ASN_STATUSES, Unit
from lms.catalog.models import Competency
from lms.db import db
from lms.records import jp

from . import figure_parts, heat
from .figure_parts import BANDS, BEGUN, DONE, TODO
from .models import FigureSum
from .scope import Group, Scope, groups

TARGET_BP = 9_000  # of assigned courses finished: the office's own aim
FEWEST = 5  # an average of fewer people would tell of one of them
COLUMNS = 6  # competencies in the table of gaps: the largest gaps
MOST_BEHIND = 3  # units named above the figures
STATES = ("done", "running", "todo", "late")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's people and duties by state."""

    group: Group
    people: int
    done: int
    running: int
    todo: int
    late: int

    @property
    def duties(self) -> int:
        return self.done + self.running + self.todo + self.late

    @property
    def done_bp(self) -> int:
        return share(self.done, self.duties)

    @property
    def parts(self) -> list[tuple[str, int, str, str]]:
        """Return (state, count, start, width) in percent, for a bar; pixels apart."""
        found, at = [], 0
        for state in STATES:
            count = getattr(self, state)
            width = share(count, self.duties)
            if count:
                found.append((state, count, _percent(at), _percent(max(width, 60))))
            at += width
        return found


@dataclass(frozen=True, slots=True)
class StatusRow:
    """JP of the people of one status against their target.

    bands  how many people by quarter of the target; () without a target
    jp     of all of them together
    """

    status: str
    target: int | None
    people: int
    bands: tuple[int, ...]
    jp: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The average gap in one competency; None = nobody there, or too few to tell.

    tenths  of a level, rounded down
    """

    code: str
    people: int
    tenths: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """All figures of one page.

    before    of the duties of the year before: done, all
    statuses  people by what is asked of them this year, and the year before
    months    (month, courses finished this year, the year before)
    """

    people: int
    rows: list[UnitRow]
    before: tuple[int, int]
    statuses: list[StatusRow]
    statuses_before: list[StatusRow]
    months: list[tuple[int, int, int]]
    competencies: list[tuple[str, str]]
    gaps: list[tuple[Group, list[Cell]]]

    def sum(self, state: str) -> int:
        return sum(getattr(row, state) for row in self.rows)

    @property
    def duties(self) -> int:
        return sum(row.duties for row in self.rows)

    @property
    def done_bp(self) -> int:
        return share(self.sum("done"), self.duties)

    @property
    def before_bp(self) -> int | None:
        """Return the share done of the year before; None = nothing was assigned."""
        done, every = self.before
        return share(done, every) if every else None

    @property
    def progress(self) -> "Progress":
        return Progress.of(self.statuses)

    @property
    def progress_before(self) -> "Progress":
        return Progress.of(self.statuses_before)

    @property
    def has_averages(self) -> bool:
        """Say whether any group is large enough to show its average gap."""
        return any(c.tenths is not None for _group, cells in self.gaps for c in cells)

    @property
    def scale(self) -> heat.Scale:
        """Return the colours of the gaps."""
        cells = (cell for _group, cells in self.gaps for cell in cells)
        return heat.of(cell.tenths for cell in cells if cell.tenths is not None)

    @property
    def behind(self) -> list[UnitRow]:
        """Return the units that lag furthest, at most three; [] when all are even."""
        shares = sorted(row.done_bp for row in self.rows if row.duties)
        if len(shares) < 2 or shares[0] == shares[-1]:
            return []
        rows = [r for r in self.rows if r.duties and r.done_bp < shares[-1]]
        return sorted(rows, key=lambda row: row.done_bp)[:MOST_BEHIND]

    @property
    def units_late(self) -> int:
        return sum(1 for row in self.rows if row.late)

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was ever assigned or finished here."""
        return not self.duties and not any(a or b for _month, a, b in self.months)


@dataclass(frozen=True, slots=True)
class Progress:
    """All people with a target together, by quarter of it reached.

    target  when it is the same for all; None = there are several
    """

    people: int
    bands: tuple[int, ...]
    jp: int
    target: int | None

    @classmethod
    def of(cls, rows: list[StatusRow]) -> "Progress":
        asked = [row for row in rows if row.target is not None]
        bands = [sum(counts) for counts in zip(*(r.bands for r in asked), strict=True)]
        targets = {row.target for row in asked}
        return cls(
            people=sum(row.people for row in asked),
            bands=tuple(bands or [0] * BANDS),
            jp=sum(row.jp for row in asked),
            target=targets.pop() if len(targets) == 1 else None,
        )

    @property
    def reached(self) -> int:
        return self.bands[-1]

    @property
    def reached_bp(self) -> int:
        return share(self.reached, self.people)

    @property
    def mean(self) -> int:
        """Return hundredths of a JP per person, rounded down."""
        return self.jp * 100 // self.people if self.people else 0


def share(part: int, whole: int) -> int:
    """Return a share in basis points, rounded down; 0 of nothing."""
    return part * 10_000 // whole if whole else 0


def _percent(bp: int) -> str:
    return f"{bp / 100:.2f}"


def read(scope: Scope) -> Board:
    """Return the figures of the page."""
    found = groups(scope)
    people = _people(scope)
    states, before = _duties(scope)
    in_unit: Counter[int] = Counter()
    for (unit_id, _status), count in people.items():
        in_unit[unit_id] += count
    rows = [_row(group, in_unit, states) for group in found]
    rows = [row for row in rows if row.people or row.duties]
    rows.sort(key=lambda row: (not row.duties, -row.done_bp, row.group.name))
    earned = _jp(scope)
    competencies, gaps = _gaps(scope, found)
    return Board(
        people=in_unit.total(),
        rows=rows,
        before=before,
        statuses=_statuses(scope, people, earned, scope.year),
        statuses_before=_statuses(scope, people, earned, scope.year - 1),
        months=_months(scope),
        competencies=competencies,
        gaps=gaps,
    )


def _sums(scope: Scope, kind: str, *columns):
    """Select sums of one kind in the scope, grouped by columns."""
    statement = (
        select(*columns, func.sum(FigureSum.count), func.sum(FigureSum.total))
        .join(Unit, Unit.id == FigureSum.unit_id)
        .where(FigureSum.kind == kind, scope.unit_condition())
        .group_by(*columns)
    )
    if scope.job_type:
        statement = statement.where(FigureSum.job_type == scope.job_type)
    return statement


def _people(scope: Scope) -> Counter:
    """Count people by unit and status."""
    rows = db.session.execute(
        _sums(scope, "people", FigureSum.unit_id, FigureSum.asn_status)
    )
    return Counter({(unit, status): int(n) for unit, status, n, _ in rows})


def _row(group: Group, people: Counter, states: Counter) -> UnitRow:
    def of(state: str) -> int:
        return sum(states[unit, state] for unit in group.unit_ids)

    return UnitRow(
        group, sum(people[unit] for unit in group.unit_ids), *map(of, STATES)
    )


def _duties(scope: Scope) -> tuple[Counter, tuple[int, int]]:
    """Count duties by unit and state; and done and all of the year before.

    Of this year also what was due earlier and is not done yet.
    """
    is_late = case(
        (FigureSum.mark == DONE, 0),
        (scope.by_day(lambda day: FigureSum.key < day.isoformat()), 1),
        else_=0,
    )
    statement = _sums(
        scope, "duty", FigureSum.unit_id, FigureSum.year, FigureSum.mark, is_late
    ).where(FigureSum.year <= scope.year)
    if scope.course:
        statement = statement.where(FigureSum.course_id == scope.course.id)
    states: Counter[tuple[int, str]] = Counter()
    done, every = 0, 0
    for unit, year, mark, late, count, _total in db.session.execute(statement):
        if year == scope.year - 1:
            every += int(count)
            done += int(count) if mark == DONE else 0
        is_left = scope.is_this_year and mark != DONE
        if year == scope.year or is_left:
            name = {DONE: "done", BEGUN: "running", TODO: "todo"}[mark]
            states[unit, "late" if late else name] += int(count)
    return states, (done, every)


def _jp(scope: Scope) -> dict[tuple, tuple[int, int]]:
    """Return (year, agency, status, band) -> people, JP; of two years."""
    statement = _sums(
        scope, "jp",
        FigureSum.year, Unit.agency_id, FigureSum.asn_status, FigureSum.mark,
    ).where(FigureSum.year.in_([scope.year, scope.year - 1]))  # fmt: skip
    return {
        tuple(key): (int(n), int(t)) for *key, n, t in db.session.execute(statement)
    }


def targets(scope: Scope, statuses, year: int) -> dict[tuple[int, str], int | None]:
    """Return (agency, status) -> JP asked in a year; None = nothing is asked."""
    rules = figure_parts.policies()
    found: dict[tuple[int, str], int | None] = {}
    for agency in {unit.agency_id for unit in scope.units.values()}:
        for status in statuses:
            policy = jp.policy_for(rules, agency, status, year)
            found[agency, status] = policy.target if policy else None
    return found


def _statuses(scope: Scope, people: Counter, earned: dict, year: int):
    """Return a row for each status and target; who has none stands last."""
    asked = targets(scope, {status for _unit, status in people}, year)
    counts: Counter[tuple[str, int | None]] = Counter()
    for (unit, status), count in people.items():
        agency = scope.units[unit].agency_id
        counts[status, asked[agency, status]] += count
    rows = []
    for (status, target), count in counts.items():
        agencies = [a for (a, s), t in asked.items() if s == status and t == target]

        def total(band: int, place: int, agencies=agencies, status=status) -> int:
            found = (earned.get((year, a, status, band), (0, 0)) for a in agencies)
            return sum(pair[place] for pair in found)

        is_asked = target is not None
        of_bands = range(BANDS) if is_asked else [figure_parts.NO_TARGET]
        bands = [total(band, 0) for band in of_bands]
        # Who finished nothing has no sum: they are the rest.
        rest = BANDS - 1 if target == 0 else 0
        bands[rest] += count - sum(bands)
        jp_total = sum(total(band, 1) for band in of_bands)
        shown = tuple(bands) if is_asked else ()
        rows.append(StatusRow(status, target, count, shown, jp_total))
    order = {status: place for place, status in enumerate(ASN_STATUSES)}
    return sorted(
        rows, key=lambda r: (r.target is None, order[r.status], r.target or 0)
    )


def _months(scope: Scope) -> list[tuple[int, int, int]]:
    """Return each month with the courses finished in it, this year and the last."""
    statement = _sums(scope, "done", FigureSum.year, FigureSum.mark).where(
        FigureSum.year.in_([scope.year, scope.year - 1]),
        FigureSum.course_id == (scope.course.id if scope.course else 0),
    )
    found = {
        (year, month): int(n) for year, month, n, _ in db.session.execute(statement)
    }
    return [
        (m, found.get((scope.year, m), 0), found.get((scope.year - 1, m), 0))
        for m in range(1, 13)
    ]


def _gaps(scope: Scope, found: list[Group]):
    """Return the competencies with the largest gaps, and each group's averages."""
    names = dict(db.session.execute(select(Competency.code, Competency.name)).all())
    of_unit: dict[tuple[int, str], tuple[int, int]] = {}
    missing: Counter[str] = Counter()
    rows = db.session.execute(_sums(scope, "gap", FigureSum.unit_id, FigureSum.key))
    for unit, code, count, total in rows:
        of_unit[unit, code] = (int(count), int(total))
        missing[code] += int(total)
    shown = sorted(missing, key=lambda code: (-missing[code], code))[:COLUMNS]
    table = []
    for group in found:
        cells = [_cell(code, group, of_unit) for code in shown]
        if any(cell.people for cell in cells):
            table.append((group, cells))
    table.sort(key=lambda row: row[0].name)
    return [(code, names.get(code, code)) for code in shown], table


def _cell(code: str, group: Group, of_unit: dict) -> Cell:
    pairs = [of_unit.get((unit, code), (0, 0)) for unit in group.unit_ids]
    people, total = sum(p for p, _t in pairs), sum(t for _p, t in pairs)
    if people < FEWEST:
        return Cell(code, people, None)
    return Cell(code, people, total * 10 // people)
