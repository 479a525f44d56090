"""Essay: a text that a person grades. The key says nothing; answer "teks"."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from lms.courseware import rubrics
from lms.courseware.schema import Criterion, Question
from lms.courseware.scoring.kind import Body, Html, Key, Name, Scored, Typed

MAX_TEXT = 20_000
_LINES = re.compile(r"[\n\t]")


def words(text: str) -> int:
    """How many words a text has, as pages count them: runs between spaces."""
    return len(text.split())


def by_a_person(_key: Key, _answer: Any, _typed: Typed) -> None:
    """Say that no rule can score this: None, until a person has."""


def no_key(_question: Question) -> dict[str, Any]:
    return {}


def rubric_texts(criteria: Sequence[Criterion]) -> Iterable[tuple[Name, str]]:
    for number, text in enumerate(rubrics.texts(criteria), 1):
        yield ("rubric", number), text


def rubric_body(criteria: Sequence[Criterion], html: Html) -> list[dict[str, Any]]:
    texts = [text for (what, _number), text in html.items() if what == "rubric"]
    return rubrics.body(criteria, texts)


def _check(raw: Any, _body: Body) -> str | None:
    """A text with its lines; however short, for it is kept while it is written."""
    if not isinstance(raw, str) or len(raw) > MAX_TEXT:
        raise ValueError("not a text of this length")
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in _LINES.sub("", text)):
        raise ValueError("a text with control signs")
    return text or None


def _texts(question: Question) -> Iterable[tuple[Name, str]]:
    return rubric_texts(question.asks.rubric)


def _body(question: Question, html: Html) -> dict[str, Any]:
    asks = question.asks
    return {
        "min_words": asks.min_words,
        "max_words": asks.max_words,
        "rubric": rubric_body(asks.rubric, html),
    }


KIND = Scored("essay", no_key, by_a_person, _check, _texts, _body)
