"""Read first attempts at a quiz, question by question, in bounded memory.

Read in one pass over the scores and one over the saved answers, kept as plain numbers:
10,000 attempts of 20 questions take some 4 MB.
"""

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import CursorResult, Integer, Select, Text, cast, extract, func, select
from sqlalchemy.orm import aliased

from lms.catalog import items
from lms.catalog.items import Version
from lms.db import db

from .item_statistics import Given, seconds_spent
from .models import AnswerGrade, AnswerSave, Attempt, SlotScore

MOST = 20_000  # first attempts read, the newest ones: a few seconds' work
LONGEST = 300  # signs of a saved answer that are read; a longer one is only "answered"
PIECE = 5_000  # rows fetched at a time
UNKNOWN = 2**16 - 1  # stands for a time that is not known
NOTHING = "null"  # an answer taken back, as it is stored


@dataclass(slots=True)
class Column:
    """The answers to one question version, as numbers.

    ranks    which attempt, in the order they were handed in
    answers  numbers of `texts`
    texts    each answer as it is stored, once
    """

    ranks: array = field(default_factory=lambda: array("L"))
    scores: array = field(default_factory=lambda: array("H"))
    answers: array = field(default_factory=lambda: array("L"))
    seconds: array = field(default_factory=lambda: array("H"))
    texts: dict[str, int] = field(default_factory=dict)

    def add(self, rank: int, score_bp: int, text: str, seconds: int) -> None:
        self.ranks.append(rank)
        self.scores.append(score_bp)
        self.answers.append(self.texts.setdefault(text, len(self.texts)))
        self.seconds.append(seconds)


@dataclass(frozen=True, slots=True)
class Answers:
    """First attempts of a quiz.

    results   (score, passed) of each attempt by rank; None = not known yet
    points    of each attempt by rank: what all its questions could earn
    earned    the same: what they earned, points times basis points
    columns   by question version id
    """

    results: list[tuple[int | None, bool]]
    points: array
    earned: array
    columns: dict[int, Column]
    versions: Mapping[int, Version]

    def given(self, version_id: int) -> list[Given]:
        """Return the answers to one question version, in the order handed in."""
        column, version = self.columns[version_id], self.versions[version_id]
        weight = version.body["points"]
        told = [read(version.kind, text) for text in column.texts]
        found = []
        for at in sorted(range(len(column.ranks)), key=column.ranks.__getitem__):
            rank, score_bp = column.ranks[at], column.scores[at]
            options, typed, is_empty = told[column.answers[at]]
            points, earned = self.points[rank], self.earned[rank]
            others, seconds = points - weight, column.seconds[at]
            found.append(
                Given(
                    score_bp=score_bp,
                    total=earned / points if points else 0.0,
                    rest=(earned - weight * score_bp) / others if others else None,
                    options=options,
                    text=typed,
                    is_empty=is_empty,
                    seconds=None if seconds == UNKNOWN else seconds,
                )
            )
        return found


def first_ids(course_id: int, item_code: str) -> Select:
    """Select the first attempt of each person; it counts once it is handed in."""
    return (
        select(func.min(Attempt.id))
        .where(Attempt.course_id == course_id, Attempt.item_code == item_code)
        .group_by(Attempt.person_id)
    )


def stamp(course_id: int, item_code: str) -> tuple[int, datetime | None, int]:
    """Return what changes when a first attempt is handed in, or an answer graded.

    returns  how many attempts, when the last came, how many grades people gave
    """
    row = db.session.execute(
        select(func.count(), func.max(Attempt.submitted_at)).where(
            Attempt.id.in_(first_ids(course_id, item_code)),
            Attempt.submitted_at.is_not(None),
        )
    ).one()
    graded = db.session.scalar(
        select(func.count(AnswerGrade.id))
        .join(Attempt, Attempt.id == AnswerGrade.attempt_id)
        .where(Attempt.course_id == course_id, Attempt.item_code == item_code)
    )
    return row[0], row[1], graded or 0


def of(course_id: int, item_code: str) -> Answers:
    """Read the newest MOST first attempts at a quiz."""
    firsts = (
        select(
            Attempt.id,
            _epoch(Attempt.opened_at).label("opened"),
            Attempt.score_bp,
            Attempt.pass_bp,
            Attempt.waiting,
        )
        .where(
            Attempt.id.in_(first_ids(course_id, item_code)),
            Attempt.submitted_at.is_not(None),
        )
        .order_by(Attempt.submitted_at.desc(), Attempt.id.desc())
        .limit(MOST)
    )
    rows = db.session.execute(firsts).all()[::-1]  # the newest came first
    order = {row.id: (rank, row.opened) for rank, row in enumerate(rows)}
    chosen = firsts.subquery()
    ids = db.session.scalars(
        select(SlotScore.question_version_id)
        .join(chosen, chosen.c.id == SlotScore.attempt_id)
        .distinct()
    ).all()
    versions = items.question_versions(ids)
    empty = [0] * len(rows)
    read_all = Answers(
        [_result(row) for row in rows],
        array("L", empty), array("Q", empty),
        {number: Column() for number in ids}, versions,
    )  # fmt: skip
    with _stream(_scores(chosen)) as scores, _stream(_saves(chosen)) as saved:
        saves = _Saves(iter(saved))
        for attempt_id, slots in groupby(scores, lambda row: row[0]):
            rank, opened = order[attempt_id]
            _add(read_all, rank, opened, list(slots), saves.of(attempt_id))
    return read_all


def _result(row) -> tuple[int | None, bool]:
    """Return what came out; unknown while a person has still to grade some of it."""
    if row.waiting:
        return None, False
    return row.score_bp, (row.score_bp or 0) >= row.pass_bp


def _scores(chosen) -> Select:
    return (
        select(
            SlotScore.attempt_id,
            SlotScore.slot,
            SlotScore.question_version_id,
            SlotScore.score_bp,
        )
        .join(chosen, chosen.c.id == SlotScore.attempt_id)
        .order_by(SlotScore.attempt_id, SlotScore.slot)
    )


def _saves(chosen) -> Select:
    return (
        select(
            AnswerSave.attempt_id,
            AnswerSave.slot,
            func.substr(cast(AnswerSave.answer, Text), 1, LONGEST),
            _epoch(AnswerSave.saved_at),
        )
        .join(chosen, chosen.c.id == AnswerSave.attempt_id)
        .where(AnswerSave.seq >= 1)
        .order_by(AnswerSave.attempt_id, AnswerSave.slot, AnswerSave.seq)
    )


def _epoch(column):
    return cast(extract("epoch", column), Integer)


def _stream(wanted: Select) -> CursorResult:
    # Straight on the connection: the session's way takes half as long again.
    return db.session.connection().execute(
        wanted, execution_options={"yield_per": PIECE}
    )


class _Saves:
    """The saved answers of attempts that are asked for in rising order."""

    def __init__(self, rows: Iterator[Sequence[Any]]) -> None:
        self._groups = groupby(rows, lambda row: row[0])
        self._next: tuple[int, dict[int, tuple[str, int]]] | None = None

    def of(self, attempt_id: int) -> dict[int, tuple[str, int]]:
        """Return slot -> (newest answer, instant of the first one)."""
        while self._next is None or self._next[0] < attempt_id:
            group = next(self._groups, None)
            if group is None:
                return {}
            found: dict[int, tuple[str, int]] = {}
            for _attempt, slot, text, at in group[1]:
                found[slot] = (text, found[slot][1] if slot in found else at)
            self._next = (group[0], found)
        return self._next[1] if self._next[0] == attempt_id else {}


def _add(
    read_all: Answers,
    rank: int,
    opened: int,
    slots: list[Sequence[Any]],
    saves: dict[int, tuple[str, int]],
) -> None:
    """Add one attempt; what has no score yet does not count."""
    spent = seconds_spent(opened, ((at, slot) for slot, (_t, at) in saves.items()))
    points = earned = 0
    for _attempt, slot, version_id, score_bp in slots:
        if score_bp is None:
            continue
        weight = read_all.versions[version_id].body["points"]
        points += weight
        earned += weight * score_bp
        text = saves[slot][0] if slot in saves else NOTHING
        read_all.columns[version_id].add(
            rank, score_bp, text, min(spent.get(slot, UNKNOWN), UNKNOWN)
        )
    read_all.points[rank], read_all.earned[rank] = points, earned


def read(kind: str, text: str) -> tuple[tuple[int, ...], str, bool]:
    """Read a stored answer: (options chosen, text typed, nothing answered). Pure.

    Of true and false the first "option" is true.
    """
    if text == NOTHING:
        return (), "", True
    try:
        answer = json.loads(text)
    except ValueError:  # longer than what is read
        return (), "", False
    if kind == "true_false":
        return ((1 if answer is True else 2,), "", False)
    if kind == "single" and isinstance(answer, int):
        return (answer,), "", False
    if kind == "multiple" and isinstance(answer, list):
        return tuple(n for n in answer if isinstance(n, int)), "", False
    if kind in ("short_text", "numeric") and isinstance(answer, str):
        return (), answer, False
    return (), "", False


def pairs(course_id: int, before: str, after: str) -> list[tuple[int, int]]:
    """Return (score before, score after) of each person's first attempts at both.

    In the order the second was handed in, the newest MOST.
    """
    first, second = aliased(Attempt), aliased(Attempt)
    rows = db.session.execute(
        select(first.score_bp, second.score_bp)
        .join(second, second.person_id == first.person_id)
        .where(
            first.id.in_(first_ids(course_id, before)),
            second.id.in_(first_ids(course_id, after)),
            first.waiting == 0,
            second.waiting == 0,
            # Who did the second first has nothing to compare.
            first.submitted_at <= second.opened_at,
            second.submitted_at.is_not(None),
        )
        .order_by(second.submitted_at.desc(), second.id.desc())
        .limit(MOST)
    )
    return [(row[0], row[1]) for row in rows][::-1]
