"""Stored values as people read them on "Data saya"; files keep the codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lms.audit.own_data import Section
from lms.catalog import competencies, courses
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_

SCORES = {
    "Nilai (per sepuluh ribu)": N_("Nilai"),
    "Nilai lulus (per sepuluh ribu)": N_("Nilai lulus"),
}
COURSE, ITEMS, COMPETENCY, OURS = "Kursus", ("Pelajaran", "Kuis"), "Kompetensi", "Apa"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the page.

    heading  a text of ours
    kind     "" or how values are written: score, ours (a text of ours)
    """

    heading: str
    kind: str = ""


@dataclass(slots=True)
class Reader:
    """Knows the titles it was asked for once."""

    _courses: dict[str, courses.Live | None] = field(default_factory=dict)

    def columns(self, section: Section) -> list[Column]:
        """Return the columns of a section that people can read."""
        return [
            Column(SCORES.get(heading, heading), _kind(heading))
            for heading in section.columns
            if heading not in section.file_only
        ]

    def rows(self, section: Section, found: Iterable[Sequence]) -> list[list[Any]]:
        """Return the rows in those columns, titles in place of codes."""
        return [self._row(section, row) for row in found]

    def _row(self, section: Section, row: Sequence) -> list[Any]:
        stored = dict(zip(section.columns, row, strict=True))
        return [
            self._value(heading, stored)
            for heading in section.columns
            if heading not in section.file_only
        ]

    def _value(self, heading: str, stored: dict[str, Any]) -> Any:
        value = stored[heading]
        if not isinstance(value, str) or not value:
            return value
        if heading == COMPETENCY:
            codes = value.split(";")
            names = competencies.names(codes)
            return ", ".join(names[code] for code in codes)
        course = self._course(stored.get(COURSE, ""))
        if course and heading == COURSE:
            return course.title
        if course and heading in ITEMS and (item := course.item(value)):
            return item["title"]
        return value

    def _course(self, code: str) -> courses.Live | None:
        """Return a course as it is now; None when it is not there any more."""
        if code and code not in self._courses:
            try:
                self._courses[code] = courses.live(code)
            except NotFound:
                self._courses[code] = None
        return self._courses.get(code)


def _kind(heading: str) -> str:
    if heading in SCORES:
        return "score"
    return "ours" if heading == OURS else ""
