"""Cloze: `Isian:`, then text with `[[a | b]]`, `[[angka: 14]]`, `[[pilih: a | b]]`."""

import re
from typing import Any

from lms.courseware import marks
from lms.courseware.answers import lists, numeric, short_text
from lms.courseware.answers.form import KEYED, Answer, BodyLine, Form
from lms.courseware.answers.numbers import Written
from lms.courseware.guess import closest
from lms.courseware.notes import Notes
from lms.courseware.schema import Gap, GapText

LABEL = "Isian"
MAX_GAPS = 30
MAX_CHOICES = 20
MAX_TEXT = 20_000
NO_GAP = "tulis jawaban di antara [[ dan ]]"
_SIGN = re.compile(r"\[\[|\]\]")
_BAR = re.compile(r"(?<!\\)\|")
_BRACKET = re.compile(r"[\[\]]")
_SHAPED = re.compile(r"\s*(?P<word>[^\W\d_]{2,12})\s*:\s*")
_WORDS = ("angka", "pilih")


def read(answer: Answer, notes: Notes) -> dict[str, Any] | None:
    before = notes.errors
    text = _Text(notes)
    for row in answer.rows:
        text.add(row)
    place = (answer.line, answer.column)
    if not text.gaps and notes.errors == before:
        notes.error("C358", *place, "tidak ada rumpang", NO_GAP)
    lists.check_count(len(text.gaps), MAX_GAPS, "rumpang", place, notes)
    pieces = text.finished()
    if sum(map(len, pieces)) > MAX_TEXT:
        message = f"teks lebih panjang dari {MAX_TEXT} huruf"
        notes.error("C366", *place, message, "pecah menjadi beberapa soal")
    exact = short_text.exact_case(answer, notes)
    if notes.errors != before or exact is None:
        return None
    asks = GapText(pieces, tuple(text.gaps))
    return {"kind": "cloze", "asks": asks, "exact_case": exact}


class _Text:
    """Gathers the pieces between gaps line by line, and reads each gap."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.pieces: list[str] = []
        self.gaps: list[Gap] = []
        self.open: list[str] = []  # of the piece being read

    def add(self, row: BodyLine) -> None:
        number, text, is_code = row
        if not self.open and not self.pieces:
            text = text if is_code else text.lstrip()
            shift = len(row[1]) - len(text)
        else:
            shift = 0
        start = 0
        for begin, end in [] if is_code else self._spans(number, text, shift):
            self.open.append(text[start:begin])
            self._gap(text[begin + 2 : end], number, shift + begin + 3)
            start = end + 2
        self.open.append(text[start:] + "\n")

    def finished(self) -> tuple[str, ...]:
        first, *others = [*self.pieces, "".join(self.open).rstrip()]
        return first.lstrip("\n"), *others

    def _spans(self, line: int, text: str, shift: int) -> list[tuple[int, int]]:
        """Where gaps begin and end; signs without their other half are noted."""
        spans: list[tuple[int, int]] = []
        broken: list[int] = []
        opened: int | None = None
        for sign in _SIGN.finditer(marks.without_code(text)):
            if sign.group() == "[[":
                if opened is not None:
                    broken.append(opened)
                opened = sign.start()
            elif opened is not None:
                spans.append((opened, sign.start()))
                opened = None
            else:
                broken.append(sign.start())
        if opened is not None:
            broken.append(opened)
        broken += [
            begin
            for begin, end in spans
            if _BRACKET.search(text[begin + 2 : end]) or text[end + 2 :][:1] == "]"
        ]
        if broken:
            self._unpaired(line, shift + min(broken) + 1)
        return [] if broken else spans

    def _unpaired(self, line: int, column: int) -> None:
        message = "tanda [[ dan ]] tidak berpasangan"
        fix = "tulis [[ dan ]] pada baris yang sama, misalnya [[maklumat]]"
        self.notes.error("C360", line, column, message, fix)

    def _gap(self, inside: str, line: int, column: int) -> None:
        self.pieces.append("".join(self.open))
        self.open = []
        shaped = _SHAPED.match(inside)
        word = shaped.group("word").casefold() if shaped else ""
        at = column + (shaped.end() if shaped else 0)
        rest = inside[shaped.end() :] if shaped else inside
        if word == "angka":
            gap = _number(rest, line, at, self.notes)
        elif word == "pilih":
            gap = _choice(rest, line, at, self.notes)
        elif word and (near := closest(word, _WORDS)):
            message = f'"{shaped.group().strip()}" tidak dikenal di dalam rumpang'
            fix = f'maksud Anda "[[{near}: …]]"?'
            self.notes.error("C321", line, column, message, fix)
            gap = None
        else:
            gap = _typed(inside, line, column, self.notes)
        self.gaps.append(gap or Gap("text"))


def _number(text: str, line: int, column: int, notes: Notes) -> Gap | None:
    written = Written(text.strip(), line, column, "[[angka: {}]]")
    ends = numeric.interval(written, notes)
    return Gap("number", low=ends[0], high=ends[1]) if ends else None


def _choice(text: str, line: int, column: int, notes: Notes) -> Gap | None:
    before = notes.errors
    found: list[str] = []
    seen: dict[str, int] = {}
    for piece in _BAR.split(text):
        at = column + len(piece) - len(piece.lstrip())
        column += len(piece) + 1
        choice = " ".join(piece.replace("\\|", "|").split())
        if not choice:
            message = "teks pilihan kosong"
            notes.error("C315", line, at, message, "[[pilih: benar | salah]]")
            continue
        lists.check_length(choice, line, at, notes)
        key = lists.check_same(choice, "pilihan", (line, at), seen, notes)
        seen.setdefault(key, line)
        found.append(choice)
    if len(found) < 2 and notes.errors == before:
        notes.error(
            "C359",
            line,
            column - len(text) - 1,
            "[[pilih: ...]] perlu paling sedikit dua pilihan; "
            "yang pertama adalah jawaban benar",
            f"[[pilih: {found[0] if found else 'benar'} | salah]]",
        )
    lists.check_count(len(found), MAX_CHOICES, "pilihan", (line, column), notes)
    return Gap("choice", choices=tuple(found)) if notes.errors == before else None


def _typed(text: str, line: int, column: int, notes: Notes) -> Gap | None:
    place = short_text.Place(line, column, "[[{}]]", "[[angka: {}]]")
    accepted = short_text.accepted(text, place, notes)
    return Gap("text", accepted=accepted) if accepted else None


FORM = Form("rumpang", LABEL, read, lines="text", uses=KEYED)
