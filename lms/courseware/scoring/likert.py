"""Likert, in surveys only: answer {"sesuai-tugas": 3}, from 1 for the first label."""

from collections.abc import Iterable
from typing import Any

from lms.courseware.sanitize import visible
from lms.courseware.schema import Question
from lms.courseware.scoring.essay import no_key
from lms.courseware.scoring.kind import (
    Body,
    Html,
    Key,
    Name,
    Scored,
    Typed,
    one_of,
    parts,
)


def _never(_key: Key, _answer: Any, _typed: Typed) -> int:
    raise TypeError("a survey has no right answers")


def _check(raw: Any, body: Body) -> dict[str, int] | None:
    codes = [statement["code"] for statement in body["statements"]]
    labels = range(1, len(body["scale"]) + 1)
    given = parts(raw, len(codes))
    if not given.keys() <= set(codes):
        raise ValueError("no such statement")
    # In the order of the page, so that equal answers are stored alike.
    return {
        code: one_of(given[code], labels) for code in codes if code in given
    } or None


def _texts(question: Question) -> Iterable[tuple[Name, str]]:
    for number, (_code, text) in enumerate(question.asks.statements, 1):
        yield ("statement", number), text


def _body(question: Question, html: Html) -> dict[str, Any]:
    return {
        "scale": [visible(label) for label in question.asks.labels],
        "statements": [
            {"code": code, "html": html["statement", number]}
            for number, (code, _text) in enumerate(question.asks.statements, 1)
        ],
    }


KIND = Scored("likert", no_key, _never, _check, _texts, _body)
