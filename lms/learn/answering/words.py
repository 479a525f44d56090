"""Texts that people type, and numbers as people write them."""

import unicodedata
from decimal import Decimal

from lms.courseware import parameters
from lms.courseware.numbers import written

from .mistakes import AnswerUnreadable


def one_line(text: str) -> str:
    """Return a short text with its spaces folded.

    raises  AnswerUnreadable  for signs that nobody types
    """
    _check_signs(text, allowed="")
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Return a long text with line ends as everywhere, without space at its end.

    raises  AnswerUnreadable  for signs that nobody types
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_signs(text, allowed="\n\t")
    return text.rstrip()


def _check_signs(text: str, allowed: str) -> None:
    if any(
        unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed
        for sign in text
    ):
        raise AnswerUnreadable


def interval(low: Decimal, high: Decimal, language: str = "id") -> str:
    """Return the numbers that count as right: "78,5", or "11 – 13"."""
    first, last = (in_language(end, language) for end in (low, high))
    return first if first == last else f"{first} – {last}"


def in_language(number: Decimal, language: str = "id") -> str:
    """Return a number as the page's language writes it: "12.500,5"."""
    text = written(round(number, parameters.SHOWN_PLACES))
    return parameters.show(text.replace(".", ","), language)
