"""Answers in words, as their question puts it: for files and "Data saya". Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware.sanitize import plain

__all__ = ("in_words", "parts", "plain")


def in_words(kind: str, body: Mapping[str, Any], answer: Any) -> str:
    """Return an answer as one text; "" = left open."""
    if answer is None:
        return ""
    return "; ".join(
        f"{what}: {said}" if what else said for what, said in parts(kind, body, answer)
    )


def parts(kind: str, body: Mapping[str, Any], answer: Any) -> Iterator[tuple[str, str]]:
    """Yield (statement or "", what was answered), one for each statement of a scale."""
    if kind == "likert":
        for statement in body["statements"]:
            level = answer.get(statement["code"])
            if level is not None:
                yield plain(statement["html"]), body["scale"][level - 1]
    elif kind in ("single", "multiple"):
        texts = {option["number"]: plain(option["html"]) for option in body["options"]}
        numbers = [answer] if kind == "single" else answer
        yield "", "; ".join(texts.get(number, "?") for number in numbers)
    else:
        yield "", str(answer)
