"""Questions answered in more than one field, wherever they are asked.

A quiz and the checks of lessons ask the same kinds of questions. Each module here is
one kind and has the same three functions, all of them pure:

show  what a page draws, made of a stored body and the answer held
read  an answer as lms.courseware stores and scores it, from what a browser sent
tell  what was right, once the rules allow it: the only one that sees a key

What travels is always a place in the order shown, never a number of the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lms.courseware import parameters
from lms.courseware.scoring import numeric

from . import cloze, essay, matching, ordering, upload, words
from .essay import Essay
from .mistakes import AnswerUnreadable, NotANumber, TextTooLong, UploadsLater

__all__ = [
    "KINDS",
    "AnswerUnreadable",
    "Asked",
    "Essay",
    "NotANumber",
    "TextTooLong",
    "UploadsLater",
    "expected",
    "parts",
    "read",
    "show",
    "tell",
]

KINDS = {
    "matching": matching,
    "ordering": ordering,
    "cloze": cloze,
    "essay": essay,
    "upload": upload,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as one person meets it.

    shown     numbers of its options in the order shown
    language  of the page: an English one writes 78.5
    values    numbers drawn for this person, as lms.courseware.parameters keeps them
    """

    body: Mapping[str, Any]
    shown: Sequence[int]
    language: str = "id"
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.body["kind"]

    def fill(self, html: str) -> str:
        """Put the drawn numbers into one of the question's texts."""
        return parameters.fill(html, self.values, self.language)


def show(asked: Asked, answer: Any, sent: Sequence[str] | None = None) -> Any:
    """Return what the page draws; None for a kind that is not of this package.

    answer  what is held, None for nothing
    sent    fields as they came, when they could not be read
    """
    kind = KINDS.get(asked.kind)
    return kind.show(asked, answer, sent) if kind else None


def read(asked: Asked, sent: Sequence[str]) -> Any:
    """Return the answer in its stored form; None when nothing was given.

    raises  AnswerUnreadable
    """
    return KINDS[asked.kind].read(asked, sent)


def parts(told: Any) -> tuple[int, int]:
    """Return how many pairs or gaps are right, of how many; (0, 0) = one thing."""
    of = getattr(told, "gaps", told)
    if not isinstance(of, tuple):
        return 0, 0
    return sum(part.mark == "right" for part in of), len(of)


def expected(asked: Asked, key: Mapping[str, Any]) -> str:
    """Return the right answer of a typed question as people write it, else ""."""
    if asked.kind == "short_text":
        return key["accepted"][0]
    if asked.kind == "numeric":
        return words.interval(*numeric.ends(key, asked.values), asked.language)
    return ""


def tell(asked: Asked, key: Mapping[str, Any], answer: Any) -> Any:
    """Return what was right of it; None for a kind that is not of this package."""
    kind = KINDS.get(asked.kind)
    return kind.tell(asked, key, answer) if kind else None
