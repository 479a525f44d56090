"""Matching: `Pasangkan:`, then `- kiri -> kanan`; `- -> pengecoh` fits nothing."""

import re
from typing import Any

from lms.courseware import marks
from lms.courseware.answers import lists
from lms.courseware.answers.form import KEYED, Answer, Form
from lms.courseware.notes import Notes
from lms.courseware.schema import Pairs

LABEL = "Pasangkan"
EXAMPLE = "- Persyaratan -> Apa yang harus dibawa?"
WANTED = 'baris pasangan harus "- kiri -> kanan"'
MAX_PAIRS = 20
MAX_RIGHTS = 30
_LINE = re.compile(r"^\s*-\s+(?P<rest>\S(?:.*\S)?)\s*$")
_ARROW = re.compile(r"(?:^|(?<=\s))->(?=\s|$)")
_OTHER_ARROWS = re.compile(r"-->|==>|=>|→|⇒|➔|➜|–>|—>|->")


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    before = notes.errors
    found = _Pairs(notes)
    place = (answer.line, answer.column)
    rows = list(lists.written(answer))
    lists.check_count(len(rows), MAX_PAIRS + MAX_RIGHTS, "baris pasangan", place, notes)
    for number, text, is_code in rows[: MAX_PAIRS + MAX_RIGHTS]:
        found.add(number, text, is_code)
    if len(found.pairs) < 2 and notes.errors == before:
        notes.error("C356", *place, "pasangan kurang dari dua", EXAMPLE)
    lists.check_count(len(found.pairs), MAX_PAIRS, "pasangan", place, notes)
    lists.check_count(len(found.rights), MAX_RIGHTS, "sisi kanan", place, notes)
    if notes.errors != before:
        return None
    asks = Pairs(tuple(found.pairs), tuple(found.extra))
    return {"kind": "matching", "asks": asks}


class _Pairs:
    """Gathers pairs line by line; whatever is none is noted."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.pairs: list[tuple[str, str]] = []
        self.extra: list[str] = []
        self.lefts: dict[str, int] = {}  # folded text -> line
        self.rights: dict[str, int] = {}
        self.as_written: dict[str, str] = {}  # folded right side -> the first

    def add(self, number: int, text: str, is_code: bool) -> None:
        line = None if is_code else _LINE.match(text)
        rest = line.group("rest") if line else ""
        arrows = list(_ARROW.finditer(marks.without_code(rest)))
        if line is None or len(arrows) != 1:
            self._refuse(number, text, len(arrows))
            return
        at = line.start("rest") + 1
        left, right = rest[: arrows[0].start()].strip(), rest[arrows[0].end() :]
        column = at + arrows[0].end() + len(right) - len(right.lstrip())
        self._take(number, (left, at), (right.strip(), column))

    def _take(self, number: int, left: tuple[str, int], right: tuple[str, int]) -> None:
        notes, before = self.notes, self.notes.errors
        for text, column in (left, right):
            lists.check_length(text, number, column, notes)
        if not right[0]:
            fix = f"- {left[0]} -> …"
            notes.error("C355", number, right[1], "sisi kanan pasangan kosong", fix)
            return
        if left[0]:
            key = lists.check_same(
                left[0], "sisi kiri", (number, left[1]), self.lefts, notes
            )
            self.lefts.setdefault(key, number)
        self._check_right(number, right, is_extra=not left[0])
        if notes.errors != before:
            return
        if left[0]:
            self.pairs.append((left[0], right[0]))
        else:
            self.extra.append(right[0])

    def _check_right(
        self, number: int, right: tuple[str, int], *, is_extra: bool
    ) -> None:
        """Two left sides may share a right one; nothing else may be the same."""
        text, column = right
        key = lists.folded(text)
        first = self.as_written.setdefault(key, text)
        if key in self.rights and (is_extra or first != text or text in self.extra):
            what = "sisi kanan"
            lists.check_same(text, what, (number, column), self.rights, self.notes)
        self.rights.setdefault(key, number)

    def _refuse(self, number: int, text: str, arrows: int) -> None:
        rest, column = lists.bulleted(text)
        other = _OTHER_ARROWS.search(rest)
        message, fix = WANTED, EXAMPLE
        if arrows > 1:
            message = 'baris pasangan hanya boleh punya satu "->"'
            fix = "tulis setiap pasangan pada baris sendiri"
        elif other:
            left = rest[: other.start()].rstrip()
            right = rest[other.end() :].lstrip()
            fix = f"- {left} -> {right}" if left else f"- -> {right}"
        elif rest:
            fix = f"- {rest} -> …"
        at = lists.place(text)
        self.notes.error("C355", number, at if arrows <= 1 else column, message, fix)


FORM = Form("menjodohkan", LABEL, read, lines="list", uses=KEYED)
