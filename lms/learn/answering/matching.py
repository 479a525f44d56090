"""Matching: one choice beside each left side.

answer  {"1": 3, "2": 1}  left number -> option number; left out = still open
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lms.courseware.sanitize import plain

from . import places
from .mistakes import AnswerUnreadable

if TYPE_CHECKING:
    from . import Asked

LONG = 60  # letters that still fit a menu on a phone


@dataclass(frozen=True, slots=True)
class Right:
    """One right side; `text` is its words, for the menu."""

    place: int
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Left:
    """One left side and the place of what was chosen for it, None = open."""

    html: str
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Matching:
    """is_listed  the right sides are shown in full above: a menu could not say them."""

    lefts: tuple[Left, ...]
    rights: tuple[Right, ...]
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """One left side as answered. `mark` is right, wrong or open."""

    left_html: str
    given_html: str
    right_html: str
    mark: str


def show(asked: "Asked", answer: Any, sent: Sequence[str] | None) -> Matching:
    texts = _options(asked.body)
    rights = tuple(
        Right(place, texts[number], plain(texts[number]))
        for place, number in enumerate(asked.shown)
    )
    given = answer if isinstance(answer, dict) else {}
    placed = {number: place for place, number in enumerate(asked.shown)}
    lefts = tuple(
        Left(left["html"], placed.get(given.get(str(left["number"]))))
        for left in asked.body["left"]
    )
    is_listed = any("<" in one.html or len(one.text) > LONG for one in rights)
    return Matching(lefts, rights, is_listed)


def read(asked: "Asked", sent: Sequence[str]) -> dict[str, int] | None:
    lefts = asked.body["left"]
    if not sent:
        return None
    if len(sent) != len(lefts):
        raise AnswerUnreadable
    found = {
        str(left["number"]): asked.shown[places.read(value, len(asked.shown))]
        for left, value in zip(lefts, sent, strict=True)
        if value
    }
    return found or None


def tell(asked: "Asked", key: Mapping[str, Any], answer: Any) -> tuple[Pair, ...]:
    texts = _options(asked.body)
    given = answer if isinstance(answer, dict) else {}
    return tuple(
        _pair(left["html"], given.get(str(left["number"])), right, texts)
        for left in asked.body["left"]
        for right in (key["pairs"][str(left["number"])],)
    )


def _pair(html: str, given: Any, right: int, texts: Mapping[int, str]) -> Pair:
    mark = "open" if given is None else "right" if given == right else "wrong"
    return Pair(html, texts.get(given, ""), texts[right], mark)


def _options(body: Mapping[str, Any]) -> dict[int, str]:
    return {option["number"]: option["html"] for option in body["options"]}
