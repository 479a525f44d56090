"""A number; the answer is what was typed: "78,5".

key  {"low": "78", "high": "79"}, or where it depends on drawn numbers
     {"low_formula": "n * 25", "high_formula": "n * 25", "tolerance": "0.1",
     "percent": false}
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lms.courseware import expressions, parameters
from lms.courseware.numbers import read_number
from lms.courseware.schema import Question
from lms.courseware.scoring import short_text
from lms.courseware.scoring.kind import FULL, Body, Html, Key, Scored, Typed


def is_between(low: Decimal, high: Decimal, answer: Any, language: str) -> bool:
    """Say whether a typed number lies in an interval, ends included."""
    number = read_number(answer, language) if isinstance(answer, str) else None
    return number is not None and low <= number <= high


def ends(key: Key, values: Mapping[str, str]) -> tuple[Decimal, Decimal]:
    """The interval that counts as right for the numbers drawn in an attempt."""
    if "low_formula" not in key:
        return Decimal(key["low"]), Decimal(key["high"])
    drawn = parameters.read(values)
    low, high = (
        expressions.read(key[end]).count(drawn)
        for end in ("low_formula", "high_formula")
    )
    width = Decimal(key["tolerance"])
    if key["percent"]:
        return low - abs(low) * width / 100, high + abs(high) * width / 100
    return low - width, high + width


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
    if question.asks is not None:
        return {
            "low_formula": question.asks.low,
            "high_formula": question.asks.high,
            "tolerance": str(question.asks.tolerance),
            "percent": question.asks.percent,
        }
    assert question.number is not None
    return {"low": str(question.number.low), "high": str(question.number.high)}


def _score(key: Key, answer: Any, typed: Typed) -> int:
    low, high = ends(key, typed.values)
    return FULL if is_between(low, high, answer, typed.language) else 0


def _check(raw: Any, _body: Body) -> str | None:
    return number(raw)


def _body(question: Question, _html: Html) -> dict[str, Any]:
    if question.asks is None:
        return {}
    return {"parameters": parameters.body(question.asks.parameters)}


KIND = Scored("numeric", _key, _score, _check, body=_body)
