"""Quizzes that belong together (`pasangan`): one before the lessons, one after. Pure.

Either may name the other; the one that comes first in the course is the pre-test. It
measures what people know already, so it is done when it was handed in, whatever its
score, unless `kelulusan` asks for its pass.
"""

from collections.abc import Iterable, Mapping
from typing import Any

SUBMITTED = "submitted"  # the completion rule of a pre-test, in an outline


def partner(entries: Iterable[Mapping[str, Any]], code: str) -> str:
    """Return the quiz that belongs to another one; "" = none.

    entries  of an outline, with "code" and "pair"
    """
    named = {entry["code"]: entry["pair"] or "" for entry in entries}
    if named.get(code) in named:
        return named[code]
    return next((other for other, pair in named.items() if pair == code), "")


def pre_and_post(
    entries: Iterable[Mapping[str, Any]], code: str
) -> tuple[str, str] | None:
    """Return (pre-test, post-test) of the pair a quiz belongs to, None without one."""
    every = list(entries)
    other = partner(every, code)
    if not other or other == code:
        return None
    order = [entry["code"] for entry in every]
    first, second = sorted((code, other), key=order.index)
    return first, second


def note_pretests(
    chapters: Iterable[Mapping[str, Any]], passing: Iterable[Iterable[str]]
) -> None:
    """Write into an outline which quizzes are done when they were handed in."""
    entries = [entry for chapter in chapters for entry in chapter["items"]]
    asked = {code for code, requirement in passing if requirement == "passed"}
    for entry in entries:
        pair = pre_and_post(entries, entry["code"]) if entry["kind"] == "quiz" else None
        if pair and pair[0] == entry["code"] and entry["code"] not in asked:
            entry["completion"] = SUBMITTED
