"""One question: from its sorted lines to a checked `Question`."""

from collections.abc import Sequence
from typing import Any

from lms.courseware import fixed_codes, marks, question_parameters, unexplained
from lms.courseware.answers import BY_LABEL, Answer, BodyLine, Use, choices
from lms.courseware.competencies import Dictionary
from lms.courseware.guess import code_from
from lms.courseware.notes import Notes
from lms.courseware.question_scan import GAP, Entry, RawQuestion, scan
from lms.courseware.question_settings import DIFFICULTIES, Settings
from lms.courseware.schema import Parameter, Question

__all__ = ["DIFFICULTIES", "heading", "read"]

# How authors know the three places where questions stand.
PLACES: dict[Use, str] = {
    "quiz": "kuis dan bank soal",
    "check": "cek di dalam modul",
    "survey": "survei",
}


def heading(
    text: str,
    line: int,
    column: int,
    seen: dict[str, int],
    notes: Notes,
    *,
    use: Use = "quiz",
) -> RawQuestion:
    """The head of a question from its title with `{#code}`; codes are kept in `seen`.

    column  where the title starts
    use     where the question stands: a survey knows no right answers
    """
    found = fixed_codes.cut(text, column)
    if found.code is None:
        notes.error(
            "C301",
            line,
            column,
            "soal ini belum punya kode tetap",
            f"tambahkan {{#{code_from(found.title)}}} di ujung baris",
        )
    else:
        fixed_codes.check(found.code, line, found.column, seen, notes)
    if not found.title:
        notes.error("C306", line, column, "judul soal kosong", "## Judul {#kode}")
    return RawQuestion(found.title, found.code or "", line, column, use)


def read(
    head: RawQuestion, body: list[BodyLine], dictionary: Dictionary, notes: Notes
) -> Question | None:
    """The question under `head`, or None after noting its mistakes.

    `head` is filled on the way; its `claimed` says which lines were understood.
    """
    before = notes.errors
    raw = scan(head, body, notes)
    stem = "\n".join(raw.stem).strip("\n")
    if not stem.strip():
        notes.error(
            "C332",
            raw.line,
            raw.column,
            "pertanyaannya kosong",
            "tulis pertanyaan di bawah judul soal",
        )
    drawn = question_parameters.read(raw, notes)
    _check_gaps(raw, notes)
    answer = _read_answer(raw, stem, drawn, notes)
    settings = Settings(raw, dictionary, notes).read()
    if answer is None or notes.errors != before:
        return None
    question = Question(
        code=raw.code,
        title=raw.title,
        stem=stem,
        line=raw.line,
        is_keyed=raw.use != "survey",
        **answer,
        **settings,
    )
    unexplained.note_choice(question, raw.options, notes)
    return question


def _check_gaps(raw: RawQuestion, notes: Notes) -> None:
    """Note gaps that stand where they would be read as they are, answer included."""
    lines = list(raw.visible)
    for entry in raw.entries:
        if entry.found.label.lines != "text":
            lines += entry.all_rows
    for number, text, in_fence in lines:
        if in_fence or "[[" not in text:
            continue
        gap = GAP.search(marks.without_code(text))
        if gap and text[gap.end() :][:1] not in ("(", ":"):
            notes.error(
                "C367",
                number,
                gap.start() + 1,
                'tanda [[ ]] hanya dipakai di bawah "Isian:"; '
                "di sini jawabannya terbaca peserta",
                'pindahkan kalimatnya ke bawah baris "Isian:"',
            )


def _read_answer(
    raw: RawQuestion, stem: str, drawn: Sequence[Parameter] | None, notes: Notes
) -> dict[str, Any] | None:
    """Fields of the one answer form there must be."""
    opened = [e for e in raw.entries if e.found.label.shape == "form"]
    ways: list[tuple[int, int, str, Entry | None]] = [
        (e.line, e.found.column, BY_LABEL[e.name].name, e) for e in opened
    ]
    if raw.options:
        first = raw.options[0]
        name = "ganda" if first.mark[0] == "[" else "tunggal"
        ways.append((first.line, first.column, name, None))
    ways.sort(key=lambda way: way[0])
    if not ways:
        notes.error(
            "C331",
            raw.line,
            raw.column,
            "soal ini tidak punya jawaban",
            'tambahkan pilihan "- (x) ..." atau baris "Jawaban: ..."',
        )
        return None
    if len(ways) > 1:
        names = ", ".join(way[2] for way in ways)
        notes.error(
            "C330",
            ways[1][0],
            ways[1][1],
            f"soal ini punya lebih dari satu cara menjawab ({names})",
            "pecah menjadi beberapa soal",
        )
    _check_labels_fit(raw, {way[2] for way in ways}, notes)
    found = [_read_form(raw, entry, stem, drawn, notes) for _, _, _, entry in ways]
    return found[0] if len(found) == 1 else None


def _read_form(
    raw: RawQuestion,
    entry: Entry | None,
    stem: str,
    drawn: Sequence[Parameter] | None,
    notes: Notes,
) -> dict[str, Any] | None:
    labels = {
        e.name: (e.found.value, e.line, e.found.value_column) for e in raw.entries
    }
    answer = Answer(0, 0, stem=stem, parameters=drawn, labels=labels, use=raw.use)
    if entry is None:
        first = raw.options[0]
        answer.line, answer.column = first.line, first.column
        answer.options = raw.options
        return choices.read(answer, notes)
    answer.line, answer.column = entry.line, entry.found.value_column
    answer.value, answer.rows = entry.found.value, entry.all_rows
    answer.rubric = _rubric(raw)
    return BY_LABEL[entry.name].read(answer, notes)


def _rubric(raw: RawQuestion) -> tuple[list[BodyLine], tuple[int, int]] | None:
    for entry in raw.entries:
        if entry.found.label.shape == "table":
            return entry.all_rows, (entry.line, entry.found.column)
    return None


def _check_labels_fit(raw: RawQuestion, forms: set[str], notes: Notes) -> None:
    for entry in raw.entries:
        label, place = entry.found.label, (entry.line, entry.found.column)
        if raw.use not in label.uses:
            where = " dan ".join(PLACES[use] for use in PLACES if use in label.uses)
            notes.error(
                "C375" if label.shape == "form" else "C324",
                *place,
                f'"{entry.name}:" hanya untuk {where}',
                "pakai cara menjawab yang lain"
                if label.shape == "form"
                else "hapus baris ini",
            )
        elif label.forms and not label.forms & forms:
            notes.error(
                "C324",
                *place,
                f'"{entry.name}:" hanya untuk soal '
                + " atau ".join(sorted(label.forms)),
                "hapus baris ini",
            )
