"""Ordering: `Urutkan:`, then a numbered list in the right order."""

import re
from typing import Any

from lms.courseware import marks
from lms.courseware.answers import lists
from lms.courseware.answers.form import KEYED, Answer, Form
from lms.courseware.notes import Notes
from lms.courseware.schema import Steps

LABEL = "Urutkan"
MAX_STEPS = 20
_LINE = re.compile(
    r"^\s*(?P<number>[0-9]{1,3})(?P<sign>[.)])\s+(?P<rest>\S(?:.*\S)?)\s*$"
)


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    before = notes.errors
    steps: list[str] = []
    numbers: list[int] = []
    seen: dict[str, int] = {}
    place = (answer.line, answer.column)
    rows = list(lists.written(answer))
    lists.check_count(len(rows), MAX_STEPS, "langkah", place, notes)
    for number, text, is_code in rows[: MAX_STEPS + 1]:
        line = None if is_code else _LINE.match(text)
        if line is None or line.group("sign") != ".":
            _refuse(number, text, len(numbers) + 1, notes)
            continue
        step, column = line.group("rest"), line.start("rest") + 1
        numbers.append(int(line.group("number")))
        _check_number(numbers, number, lists.place(text), step, notes)
        _check_joined(step, numbers[-1], number, column, notes)
        lists.check_length(step, number, column, notes)
        key = lists.check_same(step, "langkah", (number, column), seen, notes)
        seen.setdefault(key, number)
        steps.append(step)
    if len(steps) < 3 and notes.errors == before:
        message, fix = "urutan kurang dari tiga langkah", "1. langkah pertama"
        notes.error("C357", *place, message, fix)
    if notes.errors != before:
        return None
    return {"kind": "ordering", "asks": Steps(tuple(steps))}


def _refuse(number: int, text: str, wanted: int, notes: Notes) -> None:
    rest, _column = lists.bulleted(text)
    notes.error(
        "C364",
        number,
        lists.place(text),
        "baris ini bukan langkah bernomor",
        f"{wanted}. {rest or 'langkah'}",
    )


def _check_number(
    numbers: list[int], line: int, column: int, step: str, notes: Notes
) -> None:
    """Note the first number that says another order; "1." on all says none."""
    wanted, before = len(numbers), numbers[:-1]
    is_told = before != [1] * len(before) and before != [*range(1, wanted)]
    if numbers[-1] == wanted or numbers == [1] * wanted or is_told:
        return
    message = f"nomor langkah {numbers[-1]} tidak cocok; seharusnya {wanted}"
    notes.error("C364", line, column, message, f"{wanted}. {step}")


def _check_joined(step: str, number: int, line: int, column: int, notes: Notes) -> None:
    """Note the next number inside a line: two steps were joined."""
    joined = re.search(rf"(?<=\s){number + 1}[.)]\s+\S", marks.without_code(step))
    if joined:
        first, second = step[: joined.start()].strip(), step[joined.start() :]
        notes.error(
            "C365",
            line,
            column + joined.start(),
            "dua langkah tertulis dalam satu baris",
            f'pisahkan: "{number}. {first}" dan "{second}"',
        )


FORM = Form("mengurutkan", LABEL, read, lines="list", uses=KEYED)
