"""Counting a question of finished attempts again: what each attempt would score.

Reads only. An answer that nobody can be sure of is undecided and keeps its score.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Row, func, select

from lms.catalog.models import QuestionVersion
from lms.courseware import grading, renumbering
from lms.db import db

from . import queries, rescores
from .models import GRACE, AnswerSave, Attempt, SlotScore

Body = Mapping[str, Any]
SHARE = 500  # layouts read at a time

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
        if self.old[version_id]["kind"] in grading.BY_PEOPLE:
            return None  # what somebody gave, no key replaces
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
    by_key = db.session.scalars(
        select(SlotScore.attempt_id)
        .where(
            SlotScore.question_version_id.in_(versions), SlotScore.attempt_id > after
        )
        .distinct()
        .order_by(SlotScore.attempt_id)
        .limit(limit)
    )
    waited = islice((one for one, _version in _for_people(versions, after)), limit)
    return sorted({*by_key, *waited})[:limit]


def _for_people(versions: Collection[int], after: int = 0) -> Iterator[tuple[int, int]]:
    """Yield (attempt, version) of answers that waited for a person, by attempt.

    They have no row among the scores given at the hand-in: only the layout names them.
    """
    asked = db.session.execute(
        select(QuestionVersion.id, QuestionVersion.course_id).where(
            QuestionVersion.id.in_(versions),
            QuestionVersion.kind.in_(grading.BY_PEOPLE),
        )
    ).all()
    wanted, courses = {row.id for row in asked}, {row.course_id for row in asked}
    while wanted:
        rows = db.session.execute(
            select(Attempt.id, Attempt.layout)
            .where(
                Attempt.course_id.in_(courses),
                Attempt.waited > 0,
                Attempt.submitted_at.is_not(None),
                Attempt.id > after,
            )
            .order_by(Attempt.id)
            .limit(SHARE)
        ).all()
        for row in rows:
            for place in row.layout:
                if place["q"] in wanted:
                    yield row.id, place["q"]
        if len(rows) < SHARE:
            return
        after = rows[-1].id


def finished(versions: Collection[int]) -> dict[int, int]:
    """Return how many submitted attempts asked each question version."""
    rows = db.session.execute(
        select(SlotScore.question_version_id, func.count())
        .where(SlotScore.question_version_id.in_(versions))
        .group_by(SlotScore.question_version_id)
    )
    found = Counter({number: count for number, count in rows})
    known = _scored_for_people(versions)
    found.update(
        number for one, number in _for_people(versions) if (one, number) not in known
    )
    return dict(found)


def _scored_for_people(versions: Collection[int]) -> set[tuple[int, int]]:
    """Return (attempt, version) of those left open, which earned nothing at once."""
    rows = db.session.execute(
        select(SlotScore.attempt_id, SlotScore.question_version_id)
        .join(QuestionVersion, QuestionVersion.id == SlotScore.question_version_id)
        .where(
            SlotScore.question_version_id.in_(versions),
            QuestionVersion.kind.in_(grading.BY_PEOPLE),
        )
    )
    return {(row[0], row[1]) for row in rows}


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
    """Return the saves that count of the questions asked, by attempt and slot.

    Only of those that a key scored: nothing else is read to count again.
    """
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
