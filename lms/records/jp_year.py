"""A year of JP: its sums, each with the entries it is the sum of. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from . import jp
from .jp import Figure, FormSum, Line, Policy, Standing

TECHNICAL_WANTED = 20  # JP of technical training that IP ASN asks of pelaksana
KNOWN = {"jalur": ("klasikal", "nonklasikal"), "jenis": jp.GROUPS}
BACK = 2  # years before this one that are always offered


@dataclass(frozen=True, slots=True)
class Year:
    """A person's JP of one year. Each of the three partings holds every entry once.

    seminars  entries of seminars and workshops
    """

    standing: Standing
    total: Figure
    by_track: list[Figure]
    by_form: list[Figure]
    by_group: list[Figure]
    technical: Figure
    seminars: Figure

    @property
    def has_technical(self) -> bool:
        return self.technical.jp >= TECHNICAL_WANTED

    @property
    def has_seminar(self) -> bool:
        return self.seminars.jp > 0

    def find(self, kind: str, key: str) -> Figure | None:
        """Return the figure of an address: jalur, bentuk, jenis or seminar.

        None for a key that nothing ever has; 0 JP for one that has no entry yet.
        """
        if kind == "seminar":
            return self.seminars
        parting = {
            "jalur": self.by_track,
            "bentuk": self.by_form,
            "jenis": self.by_group,
        }[kind]
        found = next((figure for figure in parting if figure.key == key), None)
        is_known = key in KNOWN.get(kind, ())
        return Figure(key, key, ()) if found is None and is_known else found


def of(lines: Iterable[Line], year: int, policy: Policy | None) -> Year:
    """Add up one year of all the entries of a person; corrections and all."""
    mine = tuple(line for line in lines if line.year == year)
    total = Figure("total", "", mine)
    by_form = jp.figures(mine, lambda line: str(line.form), lambda line: line.form_name)
    forms = tuple(FormSum(int(f.key), f.name, f.jp) for f in by_form if f.jp)
    return Year(
        standing=Standing(year, total.jp, policy, forms),
        total=total,
        by_track=jp.figures(mine, lambda line: line.track, lambda line: line.track),
        by_form=by_form,
        by_group=jp.figures(mine, lambda line: line.group, lambda line: line.group),
        technical=_part("teknis", mine, lambda line: line.group == jp.TECHNICAL),
        seminars=_part("seminar", mine, lambda line: line.form in jp.SEMINARS),
    )


def _part(key: str, lines: tuple[Line, ...], wanted) -> Figure:
    return Figure(key, key, tuple(line for line in lines if wanted(line)))


def offered(lines: Iterable[Line], this_year: int) -> list[int]:
    """Return the years to choose from, newest first: with entries, and the last few.

    HR looks back two years, so these are there even when nothing was done in them.
    """
    recent = range(this_year - BACK, this_year + 1)
    return sorted({*recent, *(line.year for line in lines)}, reverse=True)
