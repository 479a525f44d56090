"""Numbers as authors write them, read where they stand."""

from dataclasses import dataclass
from decimal import Decimal

from lms.courseware.notes import Notes
from lms.courseware.numbers import is_foreign, read_strict

MAX_SHOWN = 60  # letters of a wrong number in a message


@dataclass(frozen=True, slots=True)
class Written:
    """A number, or some of them, as an author wrote it, and where.

    mending  how a corrected one is shown: "Jawaban angka: {}"
    sample   what stands in an example of it
    """

    text: str
    line: int
    column: int
    mending: str
    sample: str = "78,5 ± 0,5"

    def mended(self, text: str) -> str:
        return self.mending.format(text)

    @property
    def example(self) -> str:
        return "contoh: " + self.mended(self.sample)


def read_one(text: str, written: Written, notes: Notes) -> Decimal | None:
    """One number of what was written, or None after noting that it is none."""
    value = read_strict(text)
    if value is not None:
        return value
    if not is_foreign(text):
        return not_a_number(text.strip(), written, notes)
    right = text.strip().replace(".", ",")
    notes.error(
        "C352",
        written.line,
        written.column + max(written.text.find(text.strip()), 0),
        f'"{text.strip()}" bukan angka Indonesia; tanda desimal adalah koma',
        written.mended(written.text.replace(text.strip(), right)),
    )
    return None


def not_a_number(text: str, written: Written, notes: Notes) -> None:
    at = written.text.find(text) if text else 0
    column = written.column + max(at, 0)
    shown = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
    message = f'"{shown}" bukan angka'
    notes.error("C350", written.line, column, message, written.example)
