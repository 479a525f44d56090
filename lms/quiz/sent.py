"""Answers as they arrive, one by one or together with the hand-in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lms.catalog import items

from . import answers, attempts, forms, queries
from .models import Attempt


def given(attempt: Attempt, slot: int, values: Sequence[str], language: str) -> Any:
    """Read an answer as its question wants it. Raises forms.AnswerUnreadable.

    A file comes by an address of its own: here its answer stays what it is.
    """
    place = attempt.layout[slot]
    version = items.question_versions([place["q"]])[place["q"]]
    if version.kind == "upload":
        save = queries.newest_answers(attempt.id).get(slot)
        return save.answer if save else None
    return forms.read_answer(version.body, place["options"], values, language)


def take_copies(
    attempt: Attempt, copies: Sequence[forms.Copy], language: str, now: datetime
) -> None:
    """Save what came with the hand-in; what cannot be read stays as it was."""
    if not copies:
        return
    attempts.check_open(attempt, now)
    for copy in copies:
        slot = copy.number - 1
        try:
            answer = given(attempt, slot, copy.values, language)
            answers.take(attempt, slot, copy.count.of(answer), now)
        except (forms.AnswerUnreadable, answers.BadSequence):
            continue
