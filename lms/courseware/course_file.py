"""`kursus.yml`: what a course says about itself, with the places for later checks."""

import re
from dataclasses import dataclass, field
from typing import Any

from lms.courseware import data
from lms.courseware.data import Node, Table, Text
from lms.courseware.fields import Fields
from lms.courseware.guess import is_code, meant
from lms.courseware.keys import CHAPTER_KEYS, COURSE_KEYS, PROMISE_KEYS, SOURCE_KEYS
from lms.courseware.notes import Notes
from lms.courseware.schema import Requirement
from lms.courseware.source import Source

FILE = "kursus.yml"
STATUS = {"draf": "draft", "tayang": "live", "arsip": "archived"}
ACTION_PLAN = {"wajib": "required", "pilihan": "optional", "tidak": "none"}
LANGUAGES = {"id": "id", "en": "en"}
REQUIREMENTS: dict[str, Requirement] = {
    "lulus": "passed",
    "selesai": "finished",
    "terisi": "filled",
}
E_LEARNING = 16  # SIASN jenisDiklat
_DATE = re.compile(
    r"20[0-9]{2}-[01][0-9]-[0-3][0-9]|[0-3]?[0-9] (?:Januari|Februari|Maret|April|Mei|"
    r"Juni|Juli|Agustus|September|Oktober|November|Desember) 20[0-9]{2}"
)


@dataclass(slots=True)
class PromiseText:
    """A promised competency as written; level 0 = unreadable."""

    code: str
    level: int
    proof: tuple[Text, ...]
    place: Node
    level_place: Node


@dataclass(slots=True)
class CourseFile:
    """All of `kursus.yml`.

    simple     fields of `Course` that need no other file
    languages  it is translated into, beside its own
    """

    notes: Notes
    fields: Fields
    simple: dict[str, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    chapters: list[tuple[str, tuple[Text, ...]]] = field(default_factory=list)
    passing: list[tuple[Text, Requirement | None]] = field(default_factory=list)
    prerequisites: tuple[Text, ...] = ()
    promises: list[PromiseText] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.simple["code"]


def read(source: Source, notes: Notes) -> CourseFile | None:
    """The course file, or None when it cannot be read at all; mistakes are noted."""
    table = data.read(source.lines, 1, notes)
    if table is None:
        return None
    fields = Fields(table, notes, FILE, missing="K702")
    fields.refuse_unknown(COURSE_KEYS, "K701")
    course = CourseFile(notes, fields)
    course.simple = _simple(fields)
    course.languages = _languages(fields, course.simple["language"])
    course.chapters = _chapters(fields, notes)
    course.passing = _passing(fields, notes)
    course.prerequisites = fields.texts("prasyarat")
    course.promises = _promises(fields, notes)
    return course


def _simple(fields: Fields) -> dict[str, Any]:
    return {
        "code": fields.code(),
        "title": fields.text("judul", required=True),
        "summary": fields.text("ringkasan", required=True),
        "edition": fields.whole("edisi", 1, 9_999, 1),
        "jp": fields.whole("jp", 1, 999, 0, required=True),
        "status": fields.choice("status", STATUS, "draft"),
        "language": fields.choice("bahasa", LANGUAGES, "id"),
        "owner": fields.text("pemilik"),
        "authors": fields.words("penulis"),
        "organiser": fields.text("penyelenggara"),
        "objectives": fields.words("tujuan"),
        "tags": fields.words("tag"),
        "for_jobs": _codes(fields, "untuk_jabatan"),
        "training_form": fields.whole("jenis_diklat", 1, 99, E_LEARNING),
        "yearly": fields.yes("tahunan", False),
        "validity_months": fields.months("masa_berlaku"),
        "action_plan": fields.choice("rtl", ACTION_PLAN, "none"),
        "sources": _sources(fields),
    }


def _languages(fields: Fields, own: str) -> tuple[str, ...]:
    """Return the languages of `terjemahan`, each once."""
    found: list[str] = []
    for text in fields.texts("terjemahan"):
        word = text.text.strip()
        others = ", ".join(code for code in LANGUAGES if code != own)
        if word not in LANGUAGES:
            message = f'bahasa "{word}" tidak dikenal untuk "terjemahan"'
            fields.error("A138", text, message, f"pilihan: {others}")
        elif word == own:
            message = f'"{word}" sudah menjadi bahasa kursus ini'
            fields.error("A138", text, message, f"pilihan: {others}")
        elif word not in found:
            found.append(LANGUAGES[word])
    return tuple(found)


def _codes(fields: Fields, name: str) -> tuple[str, ...]:
    found = []
    for text in fields.texts(name):
        if is_code(text.text):
            found.append(text.text)
            continue
        fields.error(
            "A133",
            text,
            f'kode "{text.text}" hanya boleh huruf kecil, angka, dan tanda hubung',
        )
    return tuple(found)


def _sources(fields: Fields) -> tuple[tuple[str, str], ...]:
    found = []
    for row in fields.tables("sumber"):
        entry = Fields(row, fields.notes, "sumber")
        entry.refuse_unknown(SOURCE_KEYS, "K701")
        text = entry.text("teks", required=True)
        checked = entry.text("diperiksa", required=True)
        if checked and not _DATE.fullmatch(checked):
            entry.error(
                "A139",
                entry.node("diperiksa"),
                f'"diperiksa" tidak terbaca sebagai tanggal: "{checked}"',
                "contoh: 22 November 2026 atau 2026-11-22",
            )
        found.append((text, checked))
    return tuple(found)


def _chapters(fields: Fields, notes: Notes) -> list[tuple[str, tuple[Text, ...]]]:
    found = []
    for row in fields.tables("urutan", required=True):
        chapter = Fields(row, notes, "bab", missing="K702")
        chapter.refuse_unknown(CHAPTER_KEYS, "K701")
        title = chapter.text("bab", required=True)
        if not chapter.has("isi"):
            chapter.text("isi", required=True)
        found.append((title, chapter.texts("isi")))
    return found


def _passing(fields: Fields, notes: Notes) -> list[tuple[Text, Requirement | None]]:
    found: list[tuple[Text, Requirement | None]] = []
    node = fields.node("kelulusan")
    if isinstance(node, Table):
        rows: tuple[Node, ...] = (node,)
    elif isinstance(node, data.Rows):
        rows = node.items
    else:
        rows = (node,) if node is not None and fields.has("kelulusan") else ()
    for row in rows:
        if isinstance(row, Table):
            found += [_rule(key, value, notes) for key, value in row.rows.values()]
        elif isinstance(row, Text) and ":" in row.text:
            code, rule = row.text.split(":", 1)
            column = row.column + len(code)
            message = "sesudah titik dua harus ada spasi"
            notes.error("A112", row.line, column, message, f"- {code}: {rule.strip()}")
        else:
            fields.error(
                "A139",
                row,
                '"kelulusan" harus berupa baris "id: syarat"',
                "contoh: - kuis-akhir: lulus",
            )
    return found


def _rule(key: Text, value: Node, notes: Notes) -> tuple[Text, Requirement | None]:
    word = value.text.strip() if isinstance(value, Text) else "…"
    rule = REQUIREMENTS.get(word)
    if rule is None:
        notes.error(
            "K713",
            value.line,
            value.column,
            f'syarat "{word}" tidak dikenal',
            meant(word, REQUIREMENTS) or "pilihan: " + ", ".join(REQUIREMENTS),
        )
    return key, rule


def _promises(fields: Fields, notes: Notes) -> list[PromiseText]:
    found = []
    for row in fields.tables("kompetensi"):
        entry = Fields(row, notes, "kompetensi", missing="K702")
        entry.refuse_unknown(PROMISE_KEYS, "K701")
        code = entry.text("kode", required=True)
        level = entry.whole("tingkat", 1, 9, 0, required=True)
        if not code:
            continue
        place = entry.node("kode") or row
        level_place = entry.node("tingkat") or row
        found.append(PromiseText(code, level, entry.texts("bukti"), place, level_place))
    return found
