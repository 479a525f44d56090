"""How answers become scores. Pure: no database, no clock, no request.

A key and an answer are JSON values, as they are stored; what they look like says the
module of each kind in `lms.courseware.scoring`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from lms.courseware.numbers import read_number
from lms.courseware.schema import Question
from lms.courseware.scoring import FULL, KINDS, Typed
from lms.courseware.scoring.short_text import MAX_TEXT, plain

__all__ = [
    "BY_PEOPLE",
    "FULL",
    "MAX_TEXT",
    "TOLD",
    "bounds",
    "check_answer",
    "decides",
    "grade",
    "make_key",
    "plain",
    "question_score",
    "read_number",
]

Key = Mapping[str, Any]
BY_PEOPLE = ("essay", "upload")  # kinds whose answers no key can score
# What a key tells after answering; the rest of it decides the score.
TOLD = ("feedback", "explanation_html", "if_right_html", "if_wrong_html")


def make_key(question: Question) -> dict[str, Any]:
    """The key of a question, for storing: everything needed to score an answer."""
    if not question.is_keyed:
        return {"kind": question.kind}
    return {"kind": question.kind} | KINDS[question.kind].key(question)


def decides(key: Key) -> bool:
    """Say whether a stored key scores answers; in a survey it only explains."""
    return bool(key.keys() - {"kind", *TOLD})


def question_score(
    key: Key,
    answer: Any,
    language: str = "id",
    values: Mapping[str, str] | None = None,
) -> int | None:
    """Score one answer.

    answer    as `check_answer` gives it; None and wrong types score 0
    language  in which numbers were typed: "id" or "en"
    values    of the parameters in this attempt, from its layout
    returns   whole basis points, rounded down; None = a person must grade it
    """
    if answer is None:
        return 0
    return KINDS[key["kind"]].score(key, answer, Typed(language, values or {}))


def grade(slots: Iterable[tuple[int, int | None]]) -> int | None:
    """Score a whole attempt: the mean of its questions, weighted by points.

    slots    (points, score in basis points) of every question, answered or not
    returns  whole basis points, rounded down, so 69,99 % never passes a 70 % bar;
             None while a question waits for a person
    """
    slots = tuple(slots)
    if any(score is None for _weight, score in slots):
        return None
    return bounds(slots)[0]


def bounds(slots: Iterable[tuple[int, int | None]]) -> tuple[int, int]:
    """The least and the most an attempt can have once all of it is graded.

    What waits for a person counts as nothing for the one, as full for the other, so a
    page can say what is known now without claiming pass or fail.
    """
    slots = tuple(slots)
    points = sum(weight for weight, _score in slots)
    if not points:
        return 0, 0
    known = sum(weight * score for weight, score in slots if score is not None)
    waiting = sum(weight * FULL for weight, score in slots if score is None)
    return known // points, (known + waiting) // points


def check_answer(
    kind: str, option_count: int, raw: Any, body: Mapping[str, Any] | None = None
) -> Any:
    """An answer in its stored form, from what a browser sent.

    raw      numbers may come as text; None or "" = no answer
    body     of the question; only choices and typed answers do without
    returns  None for no answer; else see the module of the kind
    raises   ValueError  when it cannot be an answer to this question
    """
    if raw is None or raw == "":
        return None
    found = KINDS.get(kind)
    if found is None:
        raise ValueError("unknown kind of question")
    return found.check(raw, body or {"options": [{}] * option_count})
