"""A number: key {"low": "78", "high": "79"}, answer "78,5" as it was typed."""

from decimal import Decimal
from typing import Any

from lms.courseware.numbers import read_number
from lms.courseware.schema import Question
from lms.courseware.scoring import short_text
from lms.courseware.scoring.kind import FULL, Body, Key, Scored, Typed


def is_between(low: str, high: str, answer: Any, language: str) -> bool:
    """Say whether a typed number lies in an interval, ends included."""
    number = read_number(answer, language) if isinstance(answer, str) else None
    return number is not None and Decimal(low) <= number <= Decimal(high)


def number(raw: Any) -> str | None:
    """A number as typed, in either language; None when empty. Raises ValueError."""
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**15:
        raw = str(raw)
    text = short_text.line(raw)
    if text is None:
        return None
    if read_number(text) is None and read_number(text, "en") is None:
        raise ValueError("not a number")
    return text


def _key(question: Question) -> dict[str, Any]:
    assert question.number is not None
    return {"low": str(question.number.low), "high": str(question.number.high)}


def _score(key: Key, answer: Any, typed: Typed) -> int:
    is_right = is_between(key["low"], key["high"], answer, typed.language)
    return FULL if is_right else 0


def _check(raw: Any, _body: Body) -> str | None:
    return number(raw)


KIND = Scored("numeric", _key, _score, _check)
