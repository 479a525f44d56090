"""Essay: a longer text that a person reads and grades.

answer  the text, at most LONGEST letters
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lms.courseware.scoring.essay import MAX_TEXT as LONGEST
from lms.courseware.scoring.essay import words as count

from . import words
from .mistakes import AnswerUnreadable, TextTooLong

if TYPE_CHECKING:
    from . import Asked


@dataclass(frozen=True, slots=True)
class Essay:
    """least, most  words asked for, None = free; `words` is how many there are"""

    typed: str
    words: int
    least: int | None
    most: int | None
    rubric: tuple[Mapping[str, Any], ...]
    longest: int = LONGEST

    @property
    def fits(self) -> bool:
        """Say whether it is as long as it was asked to be."""
        return (self.least or 0) <= self.words <= (self.most or self.words)


def show(asked: "Asked", answer: Any, sent: Sequence[str] | None) -> Essay:
    text = answer if isinstance(answer, str) else ""
    if sent:
        text = sent[0][:LONGEST]
    body = asked.body
    return Essay(
        text,
        count(text),
        body["min_words"],
        body["max_words"],
        tuple(body["rubric"]),
    )


def read(asked: "Asked", sent: Sequence[str]) -> str | None:
    if len(sent) > 1:
        raise AnswerUnreadable
    text = words.paragraphs(sent[0]) if sent else ""
    if not text.strip():
        return None
    if len(text) > LONGEST:
        raise TextTooLong(letters=LONGEST)
    return text


def tell(asked: "Asked", key: Mapping[str, Any], answer: Any) -> Essay:
    return show(asked, answer, None)
