"""The labels of a question that are not its answer, as fields of `Question`."""

from collections.abc import Callable
from typing import Any

from lms.courseware import competencies
from lms.courseware.competencies import Dictionary
from lms.courseware.fields import YES
from lms.courseware.guess import code_from, is_code, meant
from lms.courseware.notes import Notes
from lms.courseware.question_scan import Entry, RawQuestion

MAX_POINTS = 100
DIFFICULTIES = {"mudah": "easy", "sedang": "medium", "sulit": "hard"}


class Settings:
    """Reads the labels that are not the answer into fields of `Question`."""

    def __init__(self, raw: RawQuestion, dictionary: Dictionary, notes: Notes) -> None:
        self.raw = raw
        self.dictionary = dictionary
        self.notes = notes

    def read(self) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for entry in self.raw.entries:
            if not entry.text and entry.found.label.shape not in ("form", "table"):
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


READERS: dict[str, Callable[[Settings, Entry], dict[str, Any]]] = {
    "Petunjuk": Settings.hint,
    "Pembahasan": lambda s, e: s.text(e, "explanation"),
    "Jika tepat": lambda s, e: s.text(e, "if_right"),
    "Jika keliru": lambda s, e: s.text(e, "if_wrong"),
    "Poin": Settings.points,
    "Nilai sebagian": lambda s, e: s.yes(e, "partial"),
    "Acak pilihan": lambda s, e: s.yes(e, "shuffle_options"),
    "Kompetensi": Settings.competencies,
    "Kesulitan": Settings.difficulty,
    "Dulu": Settings.previous,
    "Wajib": lambda s, e: s.yes(e, "required"),
}
