"""Kinds of items by the word after `jenis:`. A new kind is a new module and a line."""

from dataclasses import dataclass

from lms.courseware import data
from lms.courseware.competencies import Dictionary
from lms.courseware.fields import Fields
from lms.courseware.guess import closest
from lms.courseware.kinds import bank, lesson, quiz, simulation, survey, task
from lms.courseware.kinds.kind import Draft, Kind, cut
from lms.courseware.notes import Notes
from lms.courseware.schema import Bank, Item
from lms.courseware.source import Source

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        lesson.KIND,
        quiz.KIND,
        bank.KIND,
        simulation.KIND,
        task.KIND,
        survey.KIND,
    )
}

CHOICES = ", ".join(KINDS)


@dataclass(frozen=True, slots=True)
class Reading:
    """An item file as far as it could be read, so that other files can refer to it.

    item    None when the file has a mistake
    kind    word after `jenis:`; "" when unknown
    code    its `id`; "" when unreadable
    """

    item: Item | Bank | None = None
    kind: str = ""
    code: str = ""
    fields: Fields | None = None


def read(source: Source, path: str, dictionary: Dictionary, notes: Notes) -> Reading:
    """Read the item in a Markdown file; its mistakes are noted.

    path  in the course folder
    """
    parts = cut(source, notes)
    if parts is None:
        return Reading()
    table, body = parts
    kind = _kind(Fields(table, notes, "berkas"), notes)
    if kind is None:
        return Reading()
    fields = Fields(table, notes, kind.name)
    code = fields.code()
    if _is_translation(fields):
        return Reading(None, kind.name, code, fields)
    fields.refuse_unknown(kind.keys, "A134")
    item = kind.read(Draft(path, fields, body, dictionary, notes))
    return Reading(None if notes.has_errors else item, kind.name, code, fields)


def _kind(fields: Fields, notes: Notes) -> Kind | None:
    if not fields.has("jenis"):
        row = fields.table.rows.get("jenis")
        line, column = (row[0].line, row[0].column) if row else (1, 1)
        message = 'data "jenis" belum ada'
        notes.error("A130", line, column, message, 'tambahkan misalnya "jenis: modul"')
        return None
    node = fields.node("jenis")
    word = node.text.strip() if isinstance(node, data.Text) else "…"
    kind = KINDS.get(word)
    if kind is None:
        near = closest(word, KINDS)
        fix = f'maksud Anda "{near}"?' if near else f"pilihan: {CHOICES}"
        fields.error("A131", node, f'jenis "{word}" tidak dikenal', fix)
    return kind


def _is_translation(fields: Fields) -> bool:
    node = fields.table.rows.get("bahasa")
    if node is None:
        return False
    fields.error(
        "A191",
        node[0],
        '"bahasa" hanya ditulis di berkas terjemahan, di dalam folder bahasanya',
        "pindahkan ke folder en/ dengan nama yang sama, atau hapus baris ini",
    )
    return True
