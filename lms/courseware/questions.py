"""One question: from its sorted lines to a checked `Question`."""

from collections.abc import Callable
from typing import Any

from lms.courseware import competencies, marks
from lms.courseware.answers import BY_LABEL, Answer, choices, numeric
from lms.courseware.competencies import Dictionary
from lms.courseware.fields import YES
from lms.courseware.guess import code_from, is_code, meant
from lms.courseware.notes import Notes
from lms.courseware.question_scan import BodyLine, Entry, RawQuestion, scan
from lms.courseware.schema import Question

MAX_POINTS = 100
DIFFICULTIES = {"mudah": "easy", "sedang": "medium", "sulit": "hard"}
LATER = "belum dapat diterbitkan pada versi ini"


def heading(
    text: str, line: int, column: int, seen: dict[str, int], notes: Notes
) -> RawQuestion:
    """The head of a question from its title with `{#code}`; codes are kept in `seen`.

    column  where the title starts
    """
    match = marks.CODE_AT_END.search(text)
    title = (text[: match.start()] if match else text).strip()
    code = match.group("code").strip() if match else ""
    if match is None:
        notes.error(
            "C301",
            line,
            column,
            "soal ini belum punya kode tetap",
            f"tambahkan {{#{code_from(title)}}} di ujung baris",
        )
    else:
        at = column + match.start("code")
        _check_code(code, line, at, seen, notes)
    if not title:
        notes.error("C306", line, column, "judul soal kosong", "## Judul {#kode}")
    return RawQuestion(title, code, line, column)


def _check_code(
    code: str, line: int, column: int, seen: dict[str, int], notes: Notes
) -> None:
    if not is_code(code):
        notes.error(
            "C302",
            line,
            column,
            f'kode "{code}" hanya boleh huruf kecil, angka, dan tanda hubung',
            f"{{#{code_from(code)}}}",
        )
    elif code in seen:
        message = f'kode "{code}" sudah dipakai di baris {seen[code]}'
        notes.error("C303", line, column, message, "beri kode lain")
    seen.setdefault(code, line)


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
    _refuse_later(raw, notes)
    _check_parameters(raw, notes)
    answer = _read_answer(raw, stem, notes)
    settings = _Settings(raw, dictionary, notes).read()
    if answer is None or notes.errors != before:
        return None
    return Question(
        code=raw.code,
        title=raw.title,
        stem=stem,
        line=raw.line,
        **answer,
        **settings,
    )


def _refuse_later(raw: RawQuestion, notes: Notes) -> None:
    for entry in raw.entries:
        if entry.found.label.later:
            notes.error(
                "C390",
                entry.line,
                entry.found.column,
                f'"{entry.name}:" {LATER}',
                "pakai pilihan, Pernyataan ini, Jawaban, atau Jawaban angka",
            )


def _check_parameters(raw: RawQuestion, notes: Notes) -> None:
    lines = [(n, marks.without_code(text)) for n, text in raw.visible]
    given = None
    for entry in raw.entries:
        if entry.name == numeric.LABEL:
            shift = " " * (entry.found.value_column - 1)
            lines.append((entry.line, shift + entry.found.value))
        if entry.name == numeric.PARAMETERS:
            given = entry.found.value
    numeric.check_parameters(lines, given, notes)


def _read_answer(raw: RawQuestion, stem: str, notes: Notes) -> dict[str, Any] | None:
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
    found = [_read_form(raw, entry, stem, notes) for _, _, _, entry in ways]
    return found[0] if len(found) == 1 else None


def _read_form(
    raw: RawQuestion, entry: Entry | None, stem: str, notes: Notes
) -> dict[str, Any] | None:
    labels = {
        e.name: (e.found.value, e.line, e.found.value_column) for e in raw.entries
    }
    if entry is None:
        first = raw.options[0]
        answer = Answer(first.line, first.column, "", raw.options, labels, stem)
        return choices.read(answer, notes)
    form = BY_LABEL[entry.name]
    if form.read is None:
        return None
    place = (entry.line, entry.found.value_column)
    before = notes.errors
    fields = form.read(Answer(*place, entry.found.value, [], labels, stem), notes)
    if fields is None and notes.errors == before:
        _check_formula_is_refused(entry, notes)
    return fields


def _check_formula_is_refused(entry: Entry, notes: Notes) -> None:
    if not any(f.code in ("C353", "C354", "C390") for f in notes.found):
        notes.error(
            "C350",
            entry.line,
            entry.found.value_column,
            f'"{entry.found.value}" bukan angka',
            numeric.EXAMPLE,
        )


def _check_labels_fit(raw: RawQuestion, forms: set[str], notes: Notes) -> None:
    for entry in raw.entries:
        wanted = entry.found.label.forms
        if wanted and not wanted & forms:
            notes.error(
                "C324",
                entry.line,
                entry.found.column,
                f'"{entry.name}:" hanya untuk soal {" atau ".join(sorted(wanted))}',
                "hapus baris ini",
            )


class _Settings:
    """Reads the labels that are not the answer into fields of `Question`."""

    def __init__(self, raw: RawQuestion, dictionary: Dictionary, notes: Notes) -> None:
        self.raw = raw
        self.dictionary = dictionary
        self.notes = notes

    def read(self) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for entry in self.raw.entries:
            if not entry.text and entry.found.label.shape != "form":
                self.note(
                    entry, "C323", f'"{entry.name}:" belum diisi', "hapus atau isi"
                )
                continue
            reader = READERS.get(entry.name)
            if reader is None:
                continue
            for name, value in reader(self, entry).items():
                together = name in fields and isinstance(value, tuple)
                fields[name] = fields[name] + value if together else value
        return fields

    def note(self, entry: Entry, code: str, message: str, fix: str = "") -> None:
        self.notes.error(code, entry.line, entry.found.value_column, message, fix)

    def text(self, entry: Entry, field: str) -> dict[str, Any]:
        return {field: entry.text}

    def hint(self, entry: Entry) -> dict[str, Any]:
        return {"hints": (entry.text,)}

    def points(self, entry: Entry) -> dict[str, Any]:
        text = entry.text
        if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MAX_POINTS:
            return {"points": int(text)}
        is_number = text.replace(",", "").replace(".", "").lstrip("-").isdigit()
        wanted = f"angka bulat 1–{MAX_POINTS}" if is_number else "angka"
        message = f'poin harus {wanted}, bukan "{text}"'
        self.note(entry, "C363", message, "Poin: 1")
        return {}

    def yes(self, entry: Entry, field: str) -> dict[str, Any]:
        value = YES.get(entry.text.casefold())
        if value is not None:
            return {field: value}
        message = f'"{entry.name}" hanya "ya" atau "tidak", bukan "{entry.text}"'
        self.note(entry, "A137", message, f"{entry.name}: ya")
        return {}

    def difficulty(self, entry: Entry) -> dict[str, Any]:
        value = DIFFICULTIES.get(entry.text.casefold())
        if value is not None:
            return {"difficulty": value}
        message = f'isi "{entry.text}" tidak dikenal untuk "Kesulitan"'
        fix = meant(entry.text, DIFFICULTIES) or "pilihan: " + ", ".join(DIFFICULTIES)
        self.note(entry, "A138", message, fix)
        return {}

    def competencies(self, entry: Entry) -> dict[str, Any]:
        column, found = entry.found.value_column, []
        for piece in entry.found.value.split(","):
            at = column + len(piece) - len(piece.lstrip())
            column += len(piece) + 1
            found.append(
                competencies.reference(
                    piece, (entry.line, at), self.dictionary, self.notes
                )
            )
        return {"competencies": tuple(ref for ref in found if ref)}

    def previous(self, entry: Entry) -> dict[str, Any]:
        code = entry.text.removeprefix("{#").removesuffix("}")
        if is_code(code):
            return {"previous_code": code}
        message = f'kode "{code}" hanya boleh huruf kecil, angka, dan tanda hubung'
        self.note(entry, "C302", message, f"Dulu: {code_from(code)}")
        return {}


READERS: dict[str, Callable[[_Settings, Entry], dict[str, Any]]] = {
    "Petunjuk": _Settings.hint,
    "Pembahasan": lambda s, e: s.text(e, "explanation"),
    "Jika tepat": lambda s, e: s.text(e, "if_right"),
    "Jika keliru": lambda s, e: s.text(e, "if_wrong"),
    "Poin": _Settings.points,
    "Nilai sebagian": lambda s, e: s.yes(e, "partial"),
    "Acak pilihan": lambda s, e: s.yes(e, "shuffle_options"),
    "Kompetensi": _Settings.competencies,
    "Kesulitan": _Settings.difficulty,
    "Dulu": _Settings.previous,
}
