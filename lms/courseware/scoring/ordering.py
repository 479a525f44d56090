"""Ordering: key {"order": [3, 1, 2, 4], "partial": true}, answer [1, 3, 2, 4].

Steps are sorted by their text and numbered in that order. Part credit is the longest
common subsequence, so one misplaced step does not cost all: (length - 1) / (n - 1).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

from lms.courseware.schema import Question
from lms.courseware.scoring.kind import (
    FULL,
    Body,
    Html,
    Key,
    Name,
    Scored,
    Typed,
    numbers,
    one_of,
)
from lms.courseware.scoring.telling import in_neutral_order


def _key(question: Question) -> dict[str, Any]:
    steps = question.asks.steps
    number = {text: n for n, text in enumerate(in_neutral_order(steps), 1)}
    return {"order": [number[text] for text in steps], "partial": question.partial}


def _score(key: Key, answer: Any, _typed: Typed) -> int:
    order = key["order"]
    if not _is_permutation(answer, order):
        return 0
    if not key["partial"]:
        return FULL if answer == order else 0
    place = {number: at for at, number in enumerate(order)}
    in_order = _longest_rise([place[number] for number in answer])
    return (in_order - 1) * FULL // (len(order) - 1)


def _is_permutation(answer: Any, order: Sequence[int]) -> bool:
    return (
        isinstance(answer, list)
        and len(answer) == len(order)
        and all(type(number) is int for number in answer)
        and set(answer) == set(order)
    )


def _longest_rise(places: Sequence[int]) -> int:
    """Length of the longest subsequence that rises."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)


def _check(raw: Any, body: Body) -> list[int] | None:
    if not isinstance(raw, list | tuple):
        raise ValueError("a list of steps wanted")
    steps = numbers(body["options"])
    if len(raw) > len(steps):
        raise ValueError("more steps than there are")
    order = [one_of(item, steps) for item in raw]
    if order and sorted(order) != sorted(steps):
        raise ValueError("each step once wanted")
    return order or None


def _texts(question: Question) -> Iterable[tuple[Name, str]]:
    for number, text in enumerate(in_neutral_order(question.asks.steps), 1):
        yield ("step", number), text


def _body(_question: Question, html: Html) -> dict[str, Any]:
    return {
        "options": [
            {"number": number, "html": text}
            for (name, number), text in html.items()
            if name == "step"
        ]
    }


KIND = Scored("ordering", _key, _score, _check, _texts, _body)
