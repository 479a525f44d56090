"""How answers become scores. Pure: no database, no clock, no request.

A key and an answer are JSON values, as they are stored. By kind:

single      key {"credit": {"1": 0, "2": 100}}              answer 2
multiple    key {"right": [1, 3], "count": 4, "partial": b}  answer [1, 3]
true_false  key {"truth": true}                              answer true
short_text  key {"accepted": [...], "exact_case": false}     answer "teks"
numeric     key {"low": "78", "high": "79"}                  answer "78,5"
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from lms.courseware.numbers import read_number, written
from lms.courseware.schema import Question

__all__ = ["check_answer", "grade", "make_key", "question_score", "read_number"]

FULL = 10_000  # basis points
MAX_TEXT = 500
_ENDS = re.compile(r"^[\W_]+|[\W_]+$")

Key = dict[str, Any]


def make_key(question: Question) -> Key:
    """The key of a question, for storing: everything needed to score an answer."""
    options = question.options
    if question.kind == "single":
        return {"kind": "single", "credit": {str(o.number): o.credit for o in options}}
    if question.kind == "multiple":
        return {
            "kind": "multiple",
            "right": [o.number for o in options if o.credit == 100],
            "count": len(options),
            "partial": question.partial,
        }
    if question.kind == "true_false":
        return {"kind": "true_false", "truth": question.truth}
    if question.kind == "short_text":
        return {
            "kind": "short_text",
            "accepted": list(question.accepted),
            "exact_case": question.exact_case,
        }
    low, high = question.number.low, question.number.high
    return {"kind": "numeric", "low": written(low), "high": written(high)}


def question_score(key: Key, answer: Any, language: str = "id") -> int:
    """Score one answer.

    answer    as `check_answer` gives it; None and wrong types score 0
    language  in which numbers were typed: "id" or "en"
    returns   whole basis points, rounded down
    """
    if answer is None:
        return 0
    if key["kind"] == "numeric":
        return _numeric(key, answer, language)
    return SCORERS[key["kind"]](key, answer)


def grade(slots: Iterable[tuple[int, int]]) -> int:
    """Score a whole attempt: the mean of its questions, weighted by points.

    slots    (points, score in basis points) of every question, answered or not
    returns  whole basis points, rounded down, so 69,99 % never passes a 70 % bar
    """
    slots = tuple(slots)
    points = sum(weight for weight, _score in slots)
    return sum(weight * score for weight, score in slots) // points if points else 0


def check_answer(kind: str, option_count: int, raw: Any) -> Any:
    """An answer in its stored form, from what a browser sent.

    raw      numbers may come as text; None or "" = no answer
    returns  None for no answer; else see the module
    raises   ValueError  when it cannot be an answer to this kind of question
    """
    if raw is None or raw == "":
        return None
    check = CHECKS.get(kind)
    if check is None:
        raise ValueError("unknown kind of question")
    return check(raw, option_count)


def plain(text: str, *, exact_case: bool = False) -> str:
    """A short answer as it is compared: spaces folded; else also case and ends."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    return text if exact_case else _ENDS.sub("", text.casefold())


def _single(key: Key, answer: Any) -> int:
    if isinstance(answer, bool) or not isinstance(answer, int):
        return 0
    return key["credit"].get(str(answer), 0) * 100


def _multiple(key: Key, answer: Any) -> int:
    if not isinstance(answer, list):
        return 0
    right = set(key["right"])
    chosen = {n for n in answer if isinstance(n, int) and not isinstance(n, bool)}
    if not key["partial"]:
        return FULL if chosen == right else 0
    return max(0, len(chosen & right) - len(chosen - right)) * FULL // len(right)


def _true_false(key: Key, answer: Any) -> int:
    return FULL if isinstance(answer, bool) and answer == key["truth"] else 0


def _short_text(key: Key, answer: Any) -> int:
    if not isinstance(answer, str):
        return 0
    exact = key["exact_case"]
    given = plain(answer, exact_case=exact)
    accepted = {plain(text, exact_case=exact) for text in key["accepted"]}
    return FULL if given and given in accepted else 0


def _numeric(key: Key, answer: Any, language: str) -> int:
    number = read_number(answer, language) if isinstance(answer, str) else None
    if number is None:
        return 0
    return FULL if Decimal(key["low"]) <= number <= Decimal(key["high"]) else 0


def _option(raw: Any, count: int) -> int:
    if isinstance(raw, str) and raw.isascii() and raw.isdigit() and len(raw) <= 3:
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= count:
        raise ValueError("no such option")
    return raw


def _options(raw: Any, count: int) -> list[int]:
    if isinstance(raw, str | int):
        raw = [raw]
    if not isinstance(raw, list | tuple) or len(raw) > count:
        raise ValueError("not a list of options")
    return sorted({_option(item, count) for item in raw})


def _truth(raw: Any, _count: int) -> bool:
    words = {"benar": True, "salah": False, "true": True, "false": False}
    if isinstance(raw, str):
        raw = words.get(raw.strip().casefold())
    if not isinstance(raw, bool):
        raise ValueError("neither true nor false")
    return raw


def _text(raw: Any, _count: int) -> str | None:
    if not isinstance(raw, str) or len(raw) > MAX_TEXT:
        raise ValueError("not a short text")
    text = " ".join(raw.split())
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise ValueError("a text with control signs")
    return text or None


def _number(raw: Any, count: int) -> str | None:
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**15:
        raw = str(raw)
    text = _text(raw, count)
    if text is None:
        return None
    if read_number(text) is None and read_number(text, "en") is None:
        raise ValueError("not a number")
    return text


SCORERS: dict[str, Callable[[Key, Any], int]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "short_text": _short_text,
}
CHECKS: dict[str, Callable[[Any, int], Any]] = {
    "single": _option,
    "multiple": _options,
    "true_false": _truth,
    "short_text": _text,
    "numeric": _number,
}
