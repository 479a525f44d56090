"""What is stored about a person: every feature says it here, for "Data saya".

A feature that stores something about people has a module own_data.py that registers
its sections; a test wants every table that points at a person in one of them.

source  UU 27/2022 art. 7 and 32: a person may see and have a copy of all of it
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select

from lms.kernel.i18n import N_
from lms.kernel.text import slug

# In the order of the page.
GROUPS = {
    "self": N_("Diri dan jabatan"),
    "account": N_("Akun dan perangkat"),
    "learning": N_("Belajar"),
    "results": N_("Hasil"),
    "trail": N_("Jejak"),
}
Rows = Generator[tuple[Any, ...]]


@dataclass(frozen=True)
class Section:
    """One kind of what is stored about a person.

    key      name of the section in files: "riwayat_penempatan"
    group    one of GROUPS
    title    marked with N_
    columns  headings, marked with N_, in the order of the values
    tables   whose rows it shows
    read     (connection, person id) -> generator of rows, the newest first
    words    value as stored -> what people read, marked with N_
    remark   what is left out, and why; marked with N_
    file_only  headings of columns that the page leaves to the download
    """

    key: str
    group: str
    title: str
    columns: tuple[str, ...]
    tables: tuple[str, ...]
    read: Callable[[Connection, int], Rows]
    words: Mapping[Any, str] = field(default_factory=dict)
    remark: str = ""
    file_only: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the headings as names for programs: "tanggal_mulai"."""
        return tuple(slug(column).replace("-", "_") for column in self.columns)


_sections: list[Section] = []


def register(*sections: Section) -> None:
    """Add sections; one with a known key takes the place of the old one."""
    keys = {section.key for section in sections}
    _sections[:] = [s for s in _sections if s.key not in keys]
    _sections.extend(sections)


def every() -> list[Section]:
    """Return all sections, group by group, else as registered."""
    order = list(GROUPS)
    return sorted(_sections, key=lambda section: order.index(section.group))


def reading(statement: Select) -> Callable[[Connection, int], Rows]:
    """Return a reader of rows; the statement has a place `person` for the id."""

    def read(connection: Connection, person_id: int) -> Rows:
        # Closed also when the caller wants no more rows.
        options = {"yield_per": 500}
        asked = {"person": person_id}
        with connection.execute(statement, asked, execution_options=options) as found:
            for row in found:
                yield tuple(row)

    return read
