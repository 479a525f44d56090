"""Reads `en/…`: files that say in another language what the files beside them say.

A translation has the keys that are texts; every other value is the base's, so its body
is read with the base's rules. Codes T801 to T812; what kursus.yml says in another
language is read in `translated_course`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lms.courseware import kinds, translations, untranslated
from lms.courseware.competencies import Dictionary
from lms.courseware.course_file import LANGUAGES, CourseFile
from lms.courseware.data import Table
from lms.courseware.fields import Fields
from lms.courseware.guess import closest, meant
from lms.courseware.keys import TRANSLATION_KEYS
from lms.courseware.kinds.kind import Draft, cut
from lms.courseware.notes import Notes
from lms.courseware.schema import (
    Bank,
    Item,
    Module,
    Question,
    Spoken,
    Translation,
)
from lms.courseware.source import Source
from lms.courseware.translations import Comparison

# What the rules of the base ask of a file of its own, not of its translation.
UNASKED = frozenset({"C379", "K724", "K725"})
FORMS = {
    "single": "tunggal",
    "multiple": "jamak",
    "true_false": "benar-salah",
    "short_text": "isian singkat",
    "numeric": "angka",
    "matching": "pasangan",
    "ordering": "urutan",
    "cloze": "isian rumpang",
    "essay": "uraian",
    "upload": "unggahan",
    "likert": "skala",
}
PARTS = {
    "stem": "pertanyaan",
    "text": "teks pilihan",
    "feedback": "umpan balik pilihan",
    "hints": "petunjuk",
    "explanation": "pembahasan",
    "if_right": '"Jika tepat:"',
    "if_wrong": '"Jika keliru:"',
    "unit": "satuan",
    "title": "judul",
    "intro": "pengantar",
    "objectives": "tujuan",
    "prose": "isi",
    "formulas": "rumus {{ }}, yang urutannya harus sama",
}


@dataclass(slots=True)
class Base:
    """The files of a course that translations say anew. Keys are paths.

    sources  also of `kursus.yml`
    """

    course: CourseFile
    readings: dict[str, kinds.Reading]
    sources: dict[str, Source]


@dataclass(slots=True)
class Language:
    """What was found in the folder of one language."""

    code: str
    items: dict[str, Spoken] = field(default_factory=dict)
    questions: dict[str, Spoken] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)
    course: dict[str, object] = field(default_factory=dict)

    @property
    def made(self) -> Translation:
        return Translation(
            self.code,
            items=self.items,
            questions=self.questions,
            stale=tuple(sorted(self.stale)),
            **self.course,
        )


def language_of(path: str, own: str) -> str:
    """Return the language in whose folder a file stands; "" = it is of the base."""
    folder, slash, _rest = path.partition("/")
    return folder if slash and folder in LANGUAGES and folder != own else ""


def base_path(path: str) -> str:
    """Return the file that a translation translates: en/kuis/x.md -> kuis/x.md."""
    return path.partition("/")[2]


def read(
    source: Source, path: str, base: Base, dictionary: Dictionary, into: Language
) -> Notes:
    """Read one translated file into its language; return what is to be noted of it."""
    notes = Notes(source.path)
    original = base.readings.get(base_path(path))
    if original is None:
        names = {f"{into.code}/{name}" for name in base.readings}
        message = f'terjemahan ini tidak punya berkas asal "{base_path(path)}"'
        fix = meant(path, names) or "samakan nama berkasnya"
        notes.error("T801", 1, 1, message, fix)
        return notes
    parts = cut(source, notes)
    if parts is None:
        return notes
    table, body = parts
    fields = Fields(table, notes, "terjemahan")
    _check_head(fields, original, into.code)
    check_source(fields, base_path(path), base, into)
    if notes.has_errors or original.item is None or original.fields is None:
        return notes
    merged = Fields(_merged(original.fields.table, table), notes, original.kind)
    inner = Notes(source.path)
    merged.notes = inner
    kind = kinds.KINDS[original.kind]
    item = kind.read(Draft(base_path(path), merged, body, dictionary, inner))
    _copy(inner, notes)
    if item is not None and not notes.has_errors:
        _compare_item(original.item, item, path, notes, into)
        _compare_questions(original.item, item, source, notes, into)
        _note_untranslated(item, notes, into)
    return notes


def _note_untranslated(item: Item | Bank, notes: Notes, into: Language) -> None:
    spoken = [into.items.get(item.code)]
    spoken += [into.questions.get(question.code) for question in item.own_questions]
    texts = (pair for one in spoken if one for pair in one.texts.items())
    untranslated.note(texts, notes)


def _check_head(fields: Fields, original: kinds.Reading, language: str) -> None:
    for name, (key, _value) in fields.table.rows.items():
        if name in TRANSLATION_KEYS:
            continue
        is_known = original.fields is not None and name in original.fields.table.rows
        near = "" if is_known else closest(name, TRANSLATION_KEYS)
        fields.notes.error(
            "T809",
            key.line,
            key.column,
            f'data "{name}" tidak ditulis di terjemahan; yang berlaku yang di berkas'
            " asal",
            f'maksud Anda "{near}"?' if near else "hapus baris ini",
        )
    must_be(fields, "jenis", original.kind, "T805")
    fields.text("judul", required=True)
    must_be(fields, "id", original.code, "T802")
    must_be(fields, "bahasa", language, "T808")


MUST_BE = {
    "T802": 'id terjemahan "{said}" harus sama dengan id asal "{wanted}"',
    "T805": 'jenis berkas asal "{wanted}"; di sini "{said}"',
    "T808": 'bahasa "{said}" harus sama dengan nama foldernya, "{wanted}"',
}


def must_be(fields: Fields, name: str, wanted: str, code: str) -> None:
    said = fields.text(name, required=True)
    if said and wanted and said != wanted:
        message = MUST_BE[code].format(said=said, wanted=wanted)
        fields.error(code, fields.node(name), message, f"{name}: {wanted}")


def check_source(fields: Fields, path: str, base: Base, into: Language) -> None:
    """Note that the base has changed since; remember it for the staff's mark."""
    if path not in base.sources:
        return
    now, said = translations.fingerprint(base.sources[path].text), fields.text("sumber")
    if said == now:
        return
    into.stale.add(path)
    line, column = fields.place("sumber")
    fields.notes.warn(
        "T807",
        line,
        column,
        "berkas asal sudah berubah sejak diterjemahkan"
        if said
        else 'data "sumber" belum ada, jadi perubahan berkas asal tidak terlihat',
        f'periksa terjemahan, lalu tulis "sumber: {now}" (atau jalankan: lms content'
        " tidy --terjemahan)",
    )


def _merged(base: Table, own: Table) -> Table:
    """Return the translation's texts among the rules of its base."""
    rows = {k: row for k, row in base.rows.items() if k not in TRANSLATION_KEYS}
    mine = {k: own.rows[k] for k in ("jenis", "id", "judul", "tujuan") if k in own.rows}
    return Table(rows | mine, own.line, own.column)


def _copy(inner: Notes, notes: Notes) -> None:
    for found in inner.found:
        if found.code in UNASKED:
            continue
        add = notes.error if found.is_error else notes.warn
        add(found.code, found.line, found.column, found.message, found.fix)


def _compare_item(
    base: Item | Bank, other: Item | Bank, path: str, notes: Notes, into: Language
) -> None:
    found = translations.compare(base, other)
    if found.uneven:
        where = ", ".join(_names(found.uneven))
        message = f"susunan berkas ini berbeda dari berkas asal: {where}"
        notes.error("T805", 1, 1, message, "samakan jumlah dan urutan bagiannya")
    elif found.keys:
        message = "nilai, bobot, atau tujuan pilihan berbeda dari berkas asal"
        notes.error("T806", 1, 1, message, "samakan dengan berkas asal")
    elif found.missing:
        where = ", ".join(_names(found.missing))
        message = (
            f"belum diterjemahkan: {where}; peserta akan melihat bahasa asal berkas ini"
        )
        notes.warn("T803", 1, 1, message, "tambahkan terjemahannya")
    elif not isinstance(base, Bank):
        into.items[base.code] = Spoken(path, found.texts)
    if isinstance(base, Module) and isinstance(other, Module):
        _compare_headings(base, other, notes)


def _compare_headings(base: Module, other: Module, notes: Notes) -> None:
    mine, theirs = (translations.heading_levels(one) for one in (base, other))
    if mine != theirs:
        notes.warn(
            "T810",
            1,
            1,
            f"judul bagian: {len(mine)} di berkas asal, {len(theirs)} di sini, atau"
            " tingkatnya berbeda; catatan dan letak baca tidak ikut pindah bahasa",
            "samakan jumlah, urutan, dan tingkat judul bagian (##, ###)",
        )


def _compare_questions(
    base: Item | Bank,
    other: Item | Bank,
    source: Source,
    notes: Notes,
    into: Language,
) -> None:
    path = f"{into.code}/{other.path}"
    known = {question.code: question for question in base.own_questions}
    for question in other.own_questions:
        line = source.lines[question.line - 1]
        place = (question.line, max(1, line.rfind("{#") + 3))
        original = known.pop(question.code, None)
        if original is None:
            codes = [one.code for one in base.own_questions]
            message = f'kode "{question.code}" tidak ada di berkas asal'
            fix = meant(question.code, codes) or "hapus soal ini"
            notes.error("T804", *place, message, fix)
            continue
        found = translations.compare(original, question)
        if _note_question(original, question, found, place, notes):
            into.questions[question.code] = Spoken(path, found.texts)
    if known:
        several = f"{len(known)} soal ({untranslated.listed(known)})"
        what = several if len(known) > 1 else f"soal {untranslated.listed(known)}"
        message = f"{what} belum diterjemahkan; peserta akan melihat bahasa asal"
        fix = f"salin soalnya dari {base_path(path)}, lalu terjemahkan"
        notes.warn("T803", 1, 1, message, fix)


def _note_question(
    original: Question,
    question: Question,
    found: Comparison,
    place: tuple[int, int],
    notes: Notes,
) -> bool:
    """Note what differs; say whether the translation can be shown."""
    code = question.code
    if found.uneven:
        mine, its = _form(original), _form(question)
        other = ", ".join(_names(found.uneven)) if mine == its else its
        message = f'soal "{code}" di berkas asal berjenis {mine}; di sini {other}'
        fix = "samakan jumlah dan urutan pilihannya"
        notes.error("T805", *place, message, fix)
    elif "accepted" in found.keys:
        message = f'jawaban soal "{code}" di sini tidak semua ada di berkas asal'
        accepted = dict.fromkeys([*original.accepted, *question.accepted])
        fix = "Jawaban: " + " | ".join(accepted) if question.accepted else ""
        fix = f"di berkas asal: {fix}" if fix else "tambahkan di berkas asal"
        notes.error("T806", *place, message, fix)
    elif found.keys:
        message = f'tanda jawaban soal "{code}" berbeda dari berkas asal'
        fix = "urutan pilihan terjemahan harus sama dengan asal"
        notes.error("T806", *place, message, fix)
    elif found.missing:
        where = ", ".join(_names(found.missing))
        message = (
            f'soal "{code}" belum diterjemahkan seluruhnya ({where}); peserta akan'
            " melihat bahasa asal"
        )
        notes.warn("T803", *place, message, "tambahkan terjemahannya")
    return not (found.uneven or found.keys or found.missing)


def _form(question: Question) -> str:
    form = FORMS.get(question.kind, question.kind)
    count = len(question.options)
    return f"{form} dengan {count} pilihan" if count else form


def _names(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(PARTS.get(part, part) for part in parts))
