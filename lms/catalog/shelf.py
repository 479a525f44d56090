"""All courses people may take, as sets to filter and count by, kept by the process.

A set of courses is one whole number: bit n stands for the nth course by title. To
filter is `&`, to count is `bit_count`: 2,000 courses and 100 values take microseconds.
The index names its state; while the name is the same, the shelf is not read again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from lms.db import db
from lms.kernel.i18n import N_

from . import families, index
from .models import Competency, Course, CourseFacet, LiveRelease, Release, SearchTerm

# JP from, to (None = no end), what people read. The key is in addresses.
BANDS = {
    "1": (0, 1, N_("1 JP")),
    "2": (2, 2, N_("2 JP")),
    "3-5": (3, 5, N_("3–5 JP")),
    "6-10": (6, 10, N_("6–10 JP")),
    "11": (11, None, N_("11 JP atau lebih")),
}
GROUPS = {
    "manajerial": N_("Manajerial"),
    "sosial_kultural": N_("Sosial kultural"),
    "teknis": N_("Teknis"),
}
HIGHEST = 9  # level of a competency
LANGUAGES = {"id": N_("Bahasa Indonesia"), "en": N_("Bahasa Inggris")}


# Where a stem stands: what it says about a course -> the courses.
Posting = Mapping[int, int]


KINDS = ("topic", "competency", "raises", "group", "family", "language")


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """The catalogue in one state of the index.

    name      of this state of the index; "" = it has none
    releases  live release ids by title; a course's place in it is its number here
    places    course id -> number
    values    kind -> value, in the order people read -> courses; KINDS and "jp".
              "raises" holds "PPB/2": competency and level promised
    labels    kind -> value -> what people read; ours (to be translated) for jp, group
              and language
    ranks     "newest", "jp" -> by number: place in that order
    spoken    every word of the index, sorted
    """

    name: str
    releases: tuple[int, ...]
    places: Mapping[int, int]
    values: Mapping[str, Mapping[str, int]]
    labels: Mapping[str, Mapping[str, str]]
    ranks: Mapping[str, list[int]]
    spoken: tuple[str, ...]
    postings: dict[str, Posting] = field(default_factory=dict)

    @property
    def everything(self) -> int:
        return (1 << len(self.releases)) - 1

    def having(self, kind: str, value: str) -> int:
        """Return the courses with a facet's value; none for an unknown one."""
        return self.values[kind].get(value, 0)

    def having_any(self, kind: str, wanted: Iterable[str]) -> int:
        found = 0
        for value in wanted:
            found |= self.having(kind, value)
        return found

    def raising(self, reached: Mapping[str, int]) -> int:
        """Return the courses that promise more than one of these levels."""
        found = 0
        for code, level in reached.items():
            if code in self.values["competency"]:
                for higher in range(level + 1, HIGHEST + 1):
                    found |= self.having("raises", f"{code}/{higher}")
        return found

    def of_ids(self, course_ids: Iterable[int]) -> int:
        """Return courses as a set; ids that are not in the catalogue do not count."""
        found = 0
        for course_id in course_ids:
            if course_id in self.places:
                found |= 1 << self.places[course_id]
        return found

    def look_up(self, stems: Iterable[str]) -> dict[str, Posting]:
        """Return where stems stand; one statement for those not yet asked for."""
        wanted = set(stems)
        missing = wanted - self.postings.keys()
        if missing:
            self.postings.update(self._read(missing))
        return {stem: self.postings[stem] for stem in wanted if stem in self.postings}

    def _read(self, stems: set[str]) -> dict[str, Posting]:
        found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        rows = db.session.connection().execute(_POSTINGS, {"terms": sorted(stems)})
        for term, course_id, weight in rows:
            if course_id in self.places:
                found[term][weight] |= 1 << self.places[course_id]
        return {term: dict(posting) for term, posting in found.items()}


FEW = 30


def members(courses: int) -> Iterator[int]:
    """Yield the numbers of a set's courses, ascending."""
    if courses.bit_count() < FEW:
        while courses:
            lowest = courses & -courses
            yield lowest.bit_length() - 1
            courses ^= lowest
        return
    bits = f"{courses:b}"[::-1]
    at = bits.find("1")
    while at >= 0:
        yield at
        at = bits.find("1", at + 1)


_first = aliased(Release)
_COURSES = (
    select(
        LiveRelease.course_id,
        LiveRelease.release_id,
        Release.title,
        Release.jp,
        _first.published_at.label("first_at"),
    )
    .join(Course, Course.id == LiveRelease.course_id)
    .join(Release, Release.id == LiveRelease.release_id)
    .join(_first, (_first.course_id == LiveRelease.course_id) & (_first.number == 1))
    .where(Course.is_listed)
)
_FACETS = select(CourseFacet.course_id, CourseFacet.kind, CourseFacet.value)
_NAMES = select(Competency.code, Competency.name)
_POSTINGS = select(SearchTerm.term, SearchTerm.course_id, SearchTerm.weight).where(
    SearchTerm.term.in_(bindparam("terms", expanding=True))
)

_kept: Shelf | None = None


def current() -> Shelf:
    """Return the shelf as the database has it now; two statements fewer when kept."""
    global _kept  # noqa: PLW0603  (one per process, replaced whole)
    name = index.revision()  # before the rest: what is newer is then read again
    kept = _kept
    if not (kept and name and kept.name == name):
        kept = _kept = _read(name)
    return kept


def forget() -> None:
    """Empty this process's memory; tests call it between databases."""
    global _kept  # noqa: PLW0603  (one per process, as above)
    _kept = None


def _read(name: str) -> Shelf:
    connection = db.session.connection()
    rows = sorted(
        connection.execute(_COURSES),
        key=lambda row: (row.title.casefold(), row.course_id),
    )
    places = {row.course_id: place for place, row in enumerate(rows)}
    values: dict[str, dict[str, int]] = {
        kind: defaultdict(int) for kind in (*KINDS, "jp")
    }
    topics: dict[str, str] = {}
    for course_id, kind, value in connection.execute(_FACETS):
        if course_id in places and kind in values:
            key = value
            if kind == "topic":
                key = value.casefold()
                topics.setdefault(key, value)
            values[kind][key] |= 1 << places[course_id]
    for place, row in enumerate(rows):
        values["jp"][band_of(row.jp)] |= 1 << place
    known = {row.code: row.name for row in connection.execute(_NAMES)}
    labels = _labels(values, topics, known)
    return Shelf(
        name=name,
        releases=tuple(row.release_id for row in rows),
        places=places,
        values={
            kind: _in_order(found, labels.get(kind, {}))
            for kind, found in values.items()
        },
        labels=labels,
        ranks={
            "newest": _ranks(rows, lambda row: (-row.first_at.timestamp(), row.title)),
            "jp": _ranks(rows, lambda row: (row.jp, row.title.casefold())),
        },
        spoken=tuple(sorted(index.spoken())),
    )


def band_of(jp: int) -> str:
    """Return the key of the band a number of JP falls into."""
    return next(key for key, (_, to, _text) in BANDS.items() if to is None or jp <= to)


def _labels(
    values: Mapping[str, Mapping[str, int]],
    topics: Mapping[str, str],
    known: Mapping[str, str],
) -> dict[str, dict[str, str]]:
    """Return what people read for each value, in the order they read it."""
    named = families.names()
    written = {
        "topic": {key: text[:1].upper() + text[1:] for key, text in topics.items()},
        "competency": {code: known.get(code, code) for code in values["competency"]},
        "family": {
            code: named.get(code) or families.words(code) for code in values["family"]
        },
    }
    by_letter = {
        kind: dict(sorted(found.items(), key=lambda one: one[1].casefold()))
        for kind, found in written.items()
    }
    ours = {key: text for key, (_from, _to, text) in BANDS.items()}
    return by_letter | {"group": GROUPS, "language": LANGUAGES, "jp": ours}


def _in_order(values: Mapping[str, int], labels: Mapping[str, str]) -> dict[str, int]:
    """Return values in the order of their labels, those without one last."""
    named = [value for value in labels if value in values]
    return {value: values[value] for value in (*named, *(values.keys() - labels))}


def _ranks(rows: list, order) -> list[int]:
    ranks = [0] * len(rows)
    for rank, place in enumerate(
        sorted(range(len(rows)), key=lambda n: order(rows[n]))
    ):
        ranks[place] = rank
    return ranks
