"""Texts that people type, and numbers as people write them."""

import unicodedata

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


def interval(low: str, high: str, language: str = "id") -> str:
    """Return the numbers that count as right: "78,5", or "11 – 13"."""
    low, high = (in_language(end, language) for end in (low, high))
    return low if low == high else f"{low} – {high}"


def in_language(number: str, language: str = "id") -> str:
    """Return a stored number ("78.5") as the page's language writes it."""
    return number if language == "en" else number.replace(".", ",")
