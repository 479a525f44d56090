"""Reading what a learner sends from a question's page.

Options travel as places in the order shown (0, 1, …), never as their numbers in the
file: the file's order may betray the key.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from flask import request

from lms.courseware import grading
from lms.courseware.numbers import read_number, written
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_
from lms.learn import answering
from lms.learn.answering import AnswerUnreadable, NotANumber, TextTooLong, places

from .answers import Sent

ANSWER, SEQ, GO, FLAG = "jawaban", "seq", "ke", "tandai"
MOVED = "geser"  # a row of an ordering, moved without scripts
BASE, DEVICE, COPY, COUNT = "dasar", "perangkat", "salinan", "jumlah"
NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
NAME = re.compile(r"[0-9a-zA-Z-]{0,36}", re.ASCII)
MANY_FIELDS = 100  # of one copy; a question has far fewer options and gaps


class FormUnreadable(Invalid):
    message = N_("Isian halaman ini tidak dikenal. Muat ulang halaman, lalu coba lagi.")


def sent_values() -> list[str]:
    """Return the answer fields as sent; none when nothing was chosen.

    A button that moves a row says what the whole answer is once it has.
    """
    return request.form.getlist(MOVED) or request.form.getlist(ANSWER)


def is_moved() -> bool:
    """Say whether a row was moved without scripts."""
    return MOVED in request.form


def read_answer(
    body: Mapping[str, Any],
    shown: Sequence[int],
    values: Sequence[str],
    language: str = "id",
) -> Any:
    """Turn sent values into an answer as lms.courseware.grading reads it.

    body     of the question
    shown    option numbers in the order shown
    language of the page; a number typed on an English one is kept as Indonesian
    returns  None when nothing was chosen or written
    raises   AnswerUnreadable
    """
    kind = body["kind"]
    if kind in answering.KINDS:
        return answering.read(answering.Asked(body, shown, language), values)
    if kind in ("short_text", "numeric"):
        return _read_text(kind, values, language)
    count = 2 if kind == "true_false" else len(shown)
    chosen = [places.read(value, count) for value in values]
    if not chosen:
        return None
    if kind == "true_false":
        raw: Any = chosen[0] == 0 if len(chosen) == 1 else None
    elif kind == "single":
        raw = shown[chosen[0]] if len(chosen) == 1 else None
    else:
        raw = [shown[place] for place in chosen]
    return _check(kind, len(shown), raw)


def _read_text(kind: str, values: Sequence[str], language: str) -> Any:
    if len(values) > 1:
        raise AnswerUnreadable
    text = values[0] if values else ""
    if not text.strip():
        return None
    if len(text) > grading.MAX_TEXT:
        raise TextTooLong(letters=grading.MAX_TEXT)
    if kind == "short_text":
        return _check(kind, 0, text)
    number = read_number(text, language)
    if number is None:
        raise NotANumber
    return text.strip() if language == "id" else written(number).replace(".", ",")


def _check(kind: str, option_count: int, raw: Any) -> Any:
    if raw is None:
        raise AnswerUnreadable
    try:
        return grading.check_answer(kind, option_count, raw)
    except ValueError:
        raise AnswerUnreadable from None


@dataclass(frozen=True, slots=True)
class Count:
    """How a page counts the changes of an answer; see answers.Sent."""

    seq: int
    base: int
    device: str

    def of(self, answer: Any) -> Sent:
        return Sent(answer, self.seq, self.base, self.device)


def read_count() -> Count:
    """Return what the page says about its answer. Raises FormUnreadable."""
    return _count({name: request.form.get(name, "") for name in (SEQ, BASE, DEVICE)})


def _count(fields: Mapping[str, str]) -> Count:
    seq = _number(fields.get(SEQ, ""))
    base = fields.get(BASE, "")
    device = fields.get(DEVICE, "")
    if not NAME.fullmatch(device):
        raise FormUnreadable
    return Count(seq, _number(base) if base else max(0, seq - 1), device)


def _number(value: str) -> int:
    if not NUMBER.fullmatch(value):
        raise FormUnreadable
    return int(value)


@dataclass(frozen=True, slots=True)
class Copy:
    """An answer sent once more with the hand-in; `values` as its page would send."""

    number: int
    count: Count
    values: list[str]


def read_copies(last: int) -> list[Copy]:
    """Return the answers that come with a hand-in; none without scripts.

    last    how many questions there are
    raises  FormUnreadable  also when fewer arrived than the page counted
    """
    sent = request.form.getlist(COPY)
    if len(sent) != _number(request.form.get(COUNT, "0")) or len(sent) > last:
        raise FormUnreadable
    return [_copy(text, last) for text in sent]


def _copy(text: str, last: int) -> Copy:
    try:
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=MANY_FIELDS)
    except ValueError:
        raise FormUnreadable from None
    one = {name: values[0] for name, values in fields.items()}
    number = _number(one.get("soal", ""))
    if not 1 <= number <= last:
        raise FormUnreadable
    return Copy(number, _count(one), fields.get(ANSWER, []))


def read_flag() -> bool | None:
    """Return True to mark, False to take the mark off, None when not asked."""
    return _one_of(FLAG, {"": None, "ya": True, "tidak": False})


def read_move(number: int, last: int) -> int | None:
    """Return the question to open next; None for the review page.

    number, last  the question answered now, and how many there are
    A button that only flags, or moves a row, says no place to go: the page stays.
    """
    stays = FLAG in request.form or is_moved()
    value = request.form.get(GO, "tetap" if stays else "berikut")
    if NUMBER.fullmatch(value):
        if not 1 <= int(value) <= last:
            raise FormUnreadable
        return int(value)
    if value == "berikut" and number == last:
        return None
    steps = {"tetap": 0, "sebelum": -1, "berikut": 1, "tinjau": None}
    step = _one_of(GO, steps, value)
    return None if step is None else max(1, number + step)


def _one_of(name: str, known: Mapping[str, Any], value: str | None = None) -> Any:
    value = request.form.get(name, "") if value is None else value
    if value not in known:
        raise FormUnreadable
    return known[value]
