"""Lines of lists under a label: what stands on each, and limits they share."""

import re
from collections.abc import Iterator, Mapping

from lms.courseware.answers.form import Answer, BodyLine
from lms.courseware.notes import Notes

MAX_TEXT = 500
_BULLET = re.compile(
    r"^(?P<lead>\s*(?:[-*+–—•]|[0-9]{1,3}[.)])\s*)(?P<rest>(?:\S(?:.*\S)?)?)\s*$"
)


def written(answer: Answer) -> Iterator[BodyLine]:
    """The lines that are not blank."""
    return (row for row in answer.rows if row[1].strip())


def place(text: str) -> int:
    """Column where a line begins, from 1."""
    return len(text) - len(text.lstrip()) + 1


def bulleted(text: str) -> tuple[str, int]:
    """A line without its bullet or number, and the column where it begins."""
    match = _BULLET.match(text)
    if match is None:
        return text.strip(), place(text)
    return match.group("rest"), match.start("rest") + 1


def check_length(text: str, line: int, column: int, notes: Notes) -> None:
    if len(text) > MAX_TEXT:
        message = f"teks lebih panjang dari {MAX_TEXT} huruf"
        notes.error("C366", line, column, message, "ringkas, atau tulis di atas")


def check_count(
    many: int, most: int, what: str, place: tuple[int, int], notes: Notes
) -> None:
    """Note when there are more than may be. `what` as in "pasangan"."""
    if many > most:
        message = f"soal ini punya lebih dari {most} {what}"
        notes.error("C366", *place, message, "pecah menjadi beberapa soal")


def folded(text: str) -> str:
    """A text as it is compared: signs count, so that "< 5" and "> 5" differ."""
    return " ".join(text.casefold().split())


def check_same(
    text: str, what: str, place: tuple[int, int], seen: Mapping[str, int], notes: Notes
) -> str:
    """Note a text that stood before, but for its case; returns it folded.

    seen  folded text -> line
    """
    key = folded(text)
    if key in seen:
        message = f"{what} ini sama dengan baris {seen[key]}"
        notes.error("C344", *place, message, "hapus atau ubah salah satu")
    return key
