"""The competency dictionary, and references into it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lms.courseware import data
from lms.courseware.fields import Fields
from lms.courseware.guess import meant
from lms.courseware.keys import DICTIONARY_KEYS, ENTRY_KEYS
from lms.courseware.notes import Notes
from lms.courseware.schema import CompetencyRef
from lms.courseware.source import Source

_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
_REFERENCE = re.compile(r"(?P<code>[^/\s]+)\s*/\s*(?P<level>[0-9]{1,2})")
MAX_LEVEL = 9
Place = tuple[int, int]  # line and column, from 1


@dataclass(frozen=True, slots=True)
class Competency:
    """One entry. `levels`: level number -> its name, ascending."""

    code: str
    name: str
    group: str
    levels: dict[int, str]


@dataclass(frozen=True, slots=True)
class Dictionary(Mapping[str, Competency]):
    """All competencies by code; `is_broken` when the file could not be read whole."""

    entries: dict[str, Competency] = field(default_factory=dict)
    is_broken: bool = False

    def __getitem__(self, code: str) -> Competency:
        return self.entries[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def read(source: Source, notes: Notes) -> Dictionary:
    """The dictionary of `kompetensi.yml`; what is wrong in it is noted."""
    table = data.read(source.lines, 1, notes)
    if table is None:
        return Dictionary(is_broken=True)
    fields = Fields(table, notes, "kompetensi.yml")
    fields.refuse_unknown(DICTIONARY_KEYS, "A134")
    entries: dict[str, Competency] = {}
    for row in fields.tables("butir", required=True):
        entry = _entry(Fields(row, notes, "butir kompetensi"), notes)
        if entry is None:
            continue
        if entry.code in entries:
            place = row.rows["kode"][1]
            notes.error(
                "A120",
                place.line,
                place.column,
                f'kompetensi "{entry.code}" ditulis dua kali',
                "hapus salah satu",
            )
        entries.setdefault(entry.code, entry)
    return Dictionary(entries, is_broken=notes.has_errors)


def _entry(fields: Fields, notes: Notes) -> Competency | None:
    fields.refuse_unknown(ENTRY_KEYS, "A134")
    code = fields.text("kode", required=True)
    name = fields.text("nama", required=True)
    levels = _levels(fields, notes)
    if code and not _CODE.fullmatch(code):
        place = fields.place("kode")
        notes.error(
            "A133",
            *place,
            f'kode kompetensi "{code}" hanya boleh huruf besar, angka, tanda hubung',
            "contoh: MAN-PP",
        )
        return None
    if not code or not name or not levels:
        return None
    return Competency(code, name, fields.text("jenis"), levels)


def _levels(fields: Fields, notes: Notes) -> dict[int, str]:
    table = fields.mapping("tingkat", required=True)
    levels: dict[int, str] = {}
    for name, (key, value) in table.rows.items() if table else ():
        if not (name.isascii() and name.isdigit() and 1 <= int(name) <= MAX_LEVEL):
            notes.error(
                "A135",
                key.line,
                key.column,
                f'"tingkat" harus bilangan bulat 1–{MAX_LEVEL}, bukan "{name}"',
            )
        elif isinstance(value, data.Text) and value.text:
            levels[int(name)] = value.text
        else:
            notes.error("A132", key.line, key.column, f'data "{name}" wajib diisi')
    return dict(sorted(levels.items()))


def check(
    code: str, level: int, place: Place, dictionary: Dictionary, notes: Notes
) -> bool:
    """Say whether the dictionary knows this level of this code; else note it.

    A dictionary that is broken itself says nothing about the courses.
    """
    if dictionary.is_broken:
        return True
    entry = dictionary.get(code)
    if entry is None:
        notes.error(
            "K703",
            *place,
            f'kompetensi "{code}" tidak ada di kompetensi.yml',
            meant(code, dictionary.entries),
        )
        return False
    if level not in entry.levels:
        notes.error(
            "K704",
            *place,
            f"tingkat {level} tidak ada untuk {code}",
            "pilihan: " + ", ".join(map(str, entry.levels)),
        )
        return False
    return True


def reference(
    text: str, place: Place, dictionary: Dictionary, notes: Notes
) -> CompetencyRef | None:
    """A competency written as CODE/level, or None after noting what is wrong."""
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        notes.error(
            "A139",
            *place,
            f'kompetensi "{text.strip()}" tidak terbaca',
            "tulis KODE/tingkat, misalnya MAN-PP/2",
        )
        return None
    code, level = match.group("code"), int(match.group("level"))
    if not check(code, level, place, dictionary, notes):
        return None
    return CompetencyRef(code, level)
