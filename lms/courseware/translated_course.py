"""Reads `en/kursus.yml`, and says what of a course is not translated at all."""

from typing import Any

from lms.courseware import data, untranslated
from lms.courseware.fields import Fields
from lms.courseware.guess import meant
from lms.courseware.keys import COURSE_TEXT_KEYS
from lms.courseware.notes import Notes
from lms.courseware.schema import Said
from lms.courseware.source import Source
from lms.courseware.translation_files import Base, Language, check_source, must_be

# What kursus.yml says in every language, by its name in the schema.
COURSE_TEXTS = {
    "title": "judul",
    "summary": "ringkasan",
    "objectives": "tujuan",
    "chapters": "bab",
}


def read_course(source: Source, base: Base, into: Language) -> Notes:
    """Read `en/kursus.yml`: title, summary, objectives and chapters of the course."""
    notes = Notes(source.path)
    table = data.read(source.lines, 1, notes)
    if table is None:
        return notes
    fields = Fields(table, notes, "terjemahan", missing="K702")
    for name, (key, _value) in table.rows.items():
        if name not in COURSE_TEXT_KEYS:
            message = f'data "{name}" tidak ditulis di terjemahan; yang berlaku yang di'
            fix = meant(name, COURSE_TEXT_KEYS) or "hapus baris ini"
            notes.error("T809", key.line, key.column, f"{message} kursus.yml", fix)
    must_be(fields, "bahasa", into.code, "T808")
    check_source(fields, "kursus.yml", base, into)
    simple, chapters = base.course.simple, base.course.chapters
    into.course = {
        "title": fields.text("judul", required=True),
        "summary": fields.text("ringkasan", required=True),
        "objectives": _as_many(fields, "tujuan", len(simple["objectives"])),
        "chapters": _as_many(fields, "bab", len(chapters)),
    }
    mine = {**simple, "chapters": tuple(title for title, _texts in chapters)}
    _note_same_course(mine, into, fields, notes)
    return notes


def _note_same_course(
    mine: dict[str, Any], into: Language, fields: Fields, notes: Notes
) -> None:
    """Note a `kursus.yml` that says what its base says."""
    texts = []
    for name, key in COURSE_TEXTS.items():
        line, _column = fields.place(key)
        ours, theirs = (_many(one[name]) for one in (mine, into.course))
        pairs = zip(ours, theirs, strict=False)
        texts += [(base, Said(said, line)) for base, said in pairs]
    untranslated.note(texts, notes)


def _many(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _as_many(fields: Fields, name: str, wanted: int) -> tuple[str, ...]:
    """Return a list of texts, as many as in kursus.yml; () = not translated."""
    found = fields.words(name)
    if not found and wanted:
        message = f'"{name}" belum diterjemahkan; peserta akan melihat bahasa asal'
        line, column = fields.place(name)
        fields.notes.warn("T803", line, column, message, f"tambahkan {wanted} butir")
    elif len(found) != wanted:
        message = f'"{name}" punya {len(found)} butir; di kursus.yml ada {wanted}'
        fix = "samakan jumlah dan urutannya"
        fields.error("T805", fields.node(name), message, fix)
    return found


def check_whole(
    base: Base, found: dict[str, Language], sizes: dict[str, int], notes: Notes
) -> None:
    """Note files not translated, and folders of languages that nobody asked for.

    notes  of kursus.yml
    """
    fields = base.course.fields
    line, column = fields.place("terjemahan")
    for code in found:
        if code not in base.course.languages:
            message = (
                f"folder {code}/ berisi terjemahan, tetapi kursus.yml tidak"
                " menyebutnya, jadi tidak diterbitkan"
            )
            known = ", ".join([*base.course.languages, code])
            notes.warn("T811", line, column, message, f"terjemahan: [{known}]")
            continue
        paths = [
            p for p in ("kursus.yml", *base.readings) if f"{code}/{p}" not in sizes
        ]
        if paths:
            several = f"{len(paths)} berkas ({untranslated.listed(paths)})"
            what = several if len(paths) > 1 else f'berkas "{paths[0]}"'
            message = f"{what} belum diterjemahkan; peserta akan melihat bahasa asal"
            fix = f"salin ke {code}/{paths[0]}, lalu terjemahkan"
            notes.warn("T803", line, column, message, fix)
