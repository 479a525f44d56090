"""What every kind of item has in common: the file cut in two, and how it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lms.courseware import competencies, data, marks, prose
from lms.courseware.competencies import Dictionary
from lms.courseware.fields import Fields
from lms.courseware.notes import Notes
from lms.courseware.question_scan import BodyLine
from lms.courseware.schema import Bank, CompetencyRef, Item, Requirement
from lms.courseware.source import Source


@dataclass(frozen=True, slots=True)
class Draft:
    """An item file with its data part read, before its body is.

    path   in the course folder, as in "kuis/akhir.md"
    body   (line number, text, stands in fenced code)
    """

    path: str
    fields: Fields
    body: tuple[BodyLine, ...]
    dictionary: Dictionary
    notes: Notes


Reader = Callable[[Draft], Item | Bank | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item file.

    is_shown     stands in `urutan`, and learners see it
    requirement  what `kelulusan` may ask of it
    is_proof     its pass is evidence of the competencies it names
    may_be_required  a learner can do it before the course is finished
    minutes      how long it takes a learner, by the item and the banks by path
    """

    name: str
    keys: tuple[str, ...]
    read: Reader
    is_shown: bool = True
    requirement: Requirement = "finished"
    is_proof: bool = False
    may_be_required: Callable[[Any], bool] = lambda _item: True
    minutes: Callable[[Any, Mapping[str, Bank]], float] = lambda _item, _banks: 0.0


def cut(source: Source, notes: Notes) -> tuple[data.Table, tuple[BodyLine, ...]] | None:
    """Data part and body of a file, or None when there is no readable data part."""
    lines = source.lines
    if not lines or lines[0].rstrip() != "---":
        notes.error(
            "A101",
            1,
            1,
            'berkas harus diawali bagian data di antara dua baris "---"',
            'tulis "---" di baris pertama, isi "jenis:", "id:", "judul:", '
            'lalu tutup dengan "---"',
        )
        return None
    ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    end = next(ends, None)
    if end is None:
        notes.error(
            "A102",
            1,
            1,
            'bagian data dibuka dengan "---" tetapi tidak pernah ditutup',
            'tambahkan baris "---" sesudah data terakhir',
        )
        return None
    table = data.read(lines[1:end], 2, notes)
    body = _body(lines, end + 1, notes)
    return None if table is None else (table, body)


def _body(lines: tuple[str, ...], start: int, notes: Notes) -> tuple[BodyLine, ...]:
    inside, opened = marks.in_code(lines[start:])
    if opened is not None:
        line = lines[start + opened]
        column = len(line) - len(line.lstrip()) + 1
        prose.code_never_closed(start + opened + 1, column, notes)
    body = zip(lines[start:], inside, strict=True)
    return tuple((n, text, code) for n, (text, code) in enumerate(body, start + 1))


def references(draft: Draft) -> tuple[CompetencyRef, ...]:
    """The competencies an item names in its data part."""
    found = (
        competencies.reference(
            text.text, (text.line, text.column), draft.dictionary, draft.notes
        )
        for text in draft.fields.texts("kompetensi")
    )
    return tuple(ref for ref in found if ref)
