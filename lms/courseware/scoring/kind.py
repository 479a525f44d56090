"""What every kind of question says of its key, its answers and its score."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.courseware.schema import Question

FULL = 10_000  # basis points

Key = Mapping[str, Any]
Body = Mapping[str, Any]
Name = tuple[str, int]  # of a text of a question: (what, number from 1)
Html = Mapping[Name, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """How an answer was given.

    language  in which numbers were typed: "id" or "en"
    values    of the parameters in this attempt, as `parameters.draw` made them
    """

    language: str = "id"
    values: Mapping[str, str] = field(default_factory=dict)


def no_texts(_question: Question) -> Iterable[tuple[Name, str]]:
    return ()


def no_body(_question: Question, _html: Html) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Scored:
    """One kind of question, from its stored form to its score. All of it is pure.

    key    what decides the score of an answer; only JSON values
    score  basis points of an answer that is not None; None = a person grades
    check  an answer in its stored form from what a browser sent, None for none;
           raises ValueError when it cannot be an answer to a question of this body
    texts  texts of its own to render, beside those that every question has
    body   what is stored of its own for learners; never anything that tells the key
    """

    kind: str
    key: Callable[[Question], dict[str, Any]]
    score: Callable[[Key, Any, Typed], int | None]
    check: Callable[[Any, Body], Any]
    texts: Callable[[Question], Iterable[tuple[Name, str]]] = no_texts
    body: Callable[[Question, Html], dict[str, Any]] = no_body


def whole(raw: Any, wanted: str = "a number") -> int:
    """A small whole number, sent as one or as text. Raises ValueError."""
    if isinstance(raw, str) and raw.isascii() and raw.isdigit() and len(raw) <= 3:
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise ValueError(f"{wanted} wanted")
    return raw


def one_of(raw: Any, numbers: Iterable[int]) -> int:
    """One of the numbers of a body. Raises ValueError."""
    number = whole(raw)
    if number not in numbers:
        raise ValueError("no such number")
    return number


def numbers(rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """The numbers of options, left sides or gaps of a body."""
    return [row["number"] for row in rows]


def parts(raw: Any, most: int) -> dict[str, Any]:
    """What was sent part by part: part -> value; empty ones left out.

    raises  ValueError  for what is no mapping, or has more parts than there are
    """
    if not isinstance(raw, Mapping) or len(raw) > most:
        raise ValueError("parts of an answer wanted")
    return {str(part): value for part, value in raw.items() if value not in (None, "")}
