"""Counting a question of finished attempts again: what each attempt would score.

Reads only. An answer that nobody can be sure of is undecided and keeps its score.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select

from lms.courseware import grading, renumbering
from lms.db import db

from . import queries, rescores
from .models import GRACE, AnswerSave, Attempt, SlotScore

Body = Mapping[str, Any]

_COLUMNS = (
    Attempt.id,
    Attempt.person_id,
    Attempt.enrolment_id,
    Attempt.item_code,
    Attempt.layout,
    Attempt.closes_at,
    Attempt.pass_bp,
    Attempt.score_bp.label("score_bp"),
    Attempt.waiting.label("waiting"),
)


@dataclass(frozen=True)
class Recount:
    """How a question counts from now on.

    old     bodies of the versions it is about, by id
    target  body and key of the version that counts; None = right for everybody
    """

    old: Mapping[int, Body]
    target: tuple[Body, Body] | None = None
    _known: dict[tuple[int, str], int | None] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        return "again" if self.target else "right"

    def score(
        self, version_id: int, given: Any, values: Body | None = None
    ) -> int | None:
        """Return what an answer earns, in basis points; None = undecided."""
        if self.target is None:
            return grading.FULL
        place = (version_id, json.dumps([given, values], sort_keys=True))
        if place not in self._known:  # thousands give the same few answers
            body, key = self.target
            self._known[place] = renumbering.rescore(
                self.old[version_id], body, key, given, values
            )
        return self._known[place]


@dataclass(frozen=True, slots=True)
class Counted:
    """An attempt as it counts and as it would.

    changed       slot -> basis points, only those that differ
    slots         slot -> basis points of all questions, as they would count
    is_undecided  an answer to the question could not be carried over
    """

    row: Row
    changed: Mapping[int, int]
    slots: Mapping[int, int]
    score_bp: int
    is_undecided: bool

    @property
    def waiting(self) -> int:
        """How many questions a person would still have to grade."""
        return rescores.waiting(self.row.layout, self.slots)

    @property
    def passed(self) -> bool:
        return not self.row.waiting and self.row.score_bp >= self.row.pass_bp

    @property
    def will_pass(self) -> bool:
        return not self.waiting and self.score_bp >= self.row.pass_bp


def attempts_with(versions: Collection[int], after: int, limit: int) -> list[int]:
    """Return ids of the next submitted attempts that asked one of these versions."""
    return list(
        db.session.scalars(
            select(SlotScore.attempt_id)
            .where(
                SlotScore.question_version_id.in_(versions),
                SlotScore.attempt_id > after,
            )
            .distinct()
            .order_by(SlotScore.attempt_id)
            .limit(limit)
        )
    )


def all_with(versions: Collection[int], limit: int = 800) -> Iterator[list[int]]:
    """Yield the ids of all such attempts, some at a time."""
    last = 0
    while ids := attempts_with(versions, last, limit):
        yield ids
        last = ids[-1]


def count(attempt_ids: Sequence[int], recount: Recount) -> list[Counted]:
    """Return what these attempts count, and what they would, in the order of ids."""
    rows = db.session.execute(
        select(*_COLUMNS).where(Attempt.id.in_(attempt_ids)).order_by(Attempt.id)
    ).all()
    scores = queries.all_slot_scores(attempt_ids)
    answers = _answers(attempt_ids, recount.old)
    return [_counted(row, scores[row.id], answers, recount) for row in rows]


def _counted(row: Row, scores: Mapping[int, int], answers, recount) -> Counted:
    changed, is_undecided = {}, False
    for slot, place in enumerate(row.layout):
        if place["q"] not in recount.old:
            continue
        given = _in_time(answers.get((row.id, slot)), row)
        score = recount.score(place["q"], given, place.get("values"))
        if score is None:
            is_undecided = True
        elif score != scores.get(slot):
            changed[slot] = score
    slots = {**scores, **changed}
    after = rescores.score(row.layout, slots) if changed else row.score_bp
    return Counted(row, changed, slots, after, is_undecided)


def _answers(attempt_ids: Sequence[int], versions: Collection[int]):
    """Return the saves that count of the questions asked, by attempt and slot."""
    rows = db.session.execute(
        select(
            AnswerSave.attempt_id, AnswerSave.slot, AnswerSave.answer,
            AnswerSave.saved_at,
        )
        .join(
            SlotScore,
            (SlotScore.attempt_id == AnswerSave.attempt_id)
            & (SlotScore.slot == AnswerSave.slot),
        )
        .where(
            AnswerSave.attempt_id.in_(attempt_ids),
            AnswerSave.seq >= 1,
            SlotScore.question_version_id.in_(versions),
        )
        .order_by(AnswerSave.attempt_id, AnswerSave.slot, AnswerSave.seq)
    )  # fmt: skip
    return {(row.attempt_id, row.slot): row for row in rows}  # the last one counts


def _in_time(save: Row | None, attempt: Row) -> Any:
    if save is None:
        return None
    closes = attempt.closes_at
    return None if closes and save.saved_at > closes + GRACE else save.answer
