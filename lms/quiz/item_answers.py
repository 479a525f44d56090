"""Read first attempts at a quiz, question by question, in bounded memory.

Read in one pass each over the scores given at the hand-in, the newest scores of what
was counted again, and the saved answers, kept as plain numbers: 10,000 attempts of 20
questions take some 4 MB. The score that counts now is the one that is read.
"""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    CursorResult,
    Integer,
    Select,
    Text,
    case,
    cast,
    extract,
    func,
    null,
    select,
)
from sqlalchemy.orm import aliased

from lms.catalog import items
from lms.catalog.items import Version
from lms.catalog.models import QuestionVersion
from lms.courseware.grading import BY_PEOPLE
from lms.db import db

from .item_statistics import Given, seconds_spent
from .models import AnswerSave, Attempt, Rescore, SlotScore

MOST = 20_000  # first attempts read, the newest ones: a few seconds' work
LONGEST = 300  # signs of a saved answer that are read; a longer one is only "answered"
PIECE = 5_000  # rows fetched at a time
UNKNOWN = 2**16 - 1  # stands for a time that is not known
NOTHING = "null"  # an answer taken back, as it is stored
ANSWERED = "…"  # stands for a text or a file that people grade


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
    """Return what changes when a first attempt is handed in, or counted again.

    returns  how many attempts, when the last came, how often one was counted again
    """
    row = db.session.execute(
        select(func.count(), func.max(Attempt.submitted_at)).where(
            Attempt.id.in_(first_ids(course_id, item_code)),
            Attempt.submitted_at.is_not(None),
        )
    ).one()
    again = db.session.scalar(
        select(func.count(Rescore.id))
        .join(Attempt, Attempt.id == Rescore.attempt_id)
        .where(Attempt.course_id == course_id, Attempt.item_code == item_code)
    )
    return row[0], row[1], again or 0


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
    versions = items.question_versions(_asked(chosen, course_id))
    empty = [0] * len(rows)
    read_all = Answers(
        [_result(row) for row in rows],
        array("L", empty), array("Q", empty),
        {number: Column() for number in versions}, versions,
    )  # fmt: skip
    with (
        _stream(_scores(chosen)) as scored,
        _stream(_again(chosen)) as counted,
        _stream(_saves(chosen)) as saved,
    ):
        scores, again, saves = _Groups(scored), _Groups(counted), _Groups(saved)
        for attempt_id in sorted(order):
            rank, opened = order[attempt_id]
            slots = _counting(scores.of(attempt_id), again.of(attempt_id))
            _add(read_all, rank, opened, slots, _answered(saves.of(attempt_id)))
    for number in [n for n, column in read_all.columns.items() if not column.ranks]:
        del read_all.columns[number]
    return read_all


def _asked(chosen, course_id: int) -> list[int]:
    """Return ids of the question versions that may have a score in these attempts."""
    by_key = (
        select(SlotScore.question_version_id)
        .join(chosen, chosen.c.id == SlotScore.attempt_id)
        .distinct()
    )
    # Graded by people, they are in no score of a hand-in.
    by_people = select(QuestionVersion.id).where(
        QuestionVersion.course_id == course_id, QuestionVersion.kind.in_(BY_PEOPLE)
    )
    return list({*db.session.scalars(by_key), *db.session.scalars(by_people)})


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


def _again(chosen) -> Select:
    """Select what was counted again; the layout where some of it has no first score."""
    return (
        select(
            Rescore.attempt_id,
            Rescore.slots,
            case((Attempt.waited > 0, Attempt.layout), else_=null()),
        )
        .join(chosen, chosen.c.id == Rescore.attempt_id)
        .join(Attempt, Attempt.id == Rescore.attempt_id)
        .order_by(Rescore.attempt_id, Rescore.number)
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


class _Groups:
    """Rows of attempts, named first, that are asked for in rising order."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._groups = groupby(rows, lambda row: row[0])
        self._next: tuple[int, list[Sequence[Any]]] | None = None

    def of(self, attempt_id: int) -> list[Sequence[Any]]:
        """Return the rows of one attempt, [] for none."""
        while self._next is None or self._next[0] < attempt_id:
            group = next(self._groups, None)
            if group is None:
                return []
            self._next = (group[0], list(group[1]))
        return self._next[1] if self._next[0] == attempt_id else []


def _answered(rows: list[Sequence[Any]]) -> dict[int, tuple[str, int]]:
    """Return slot -> (newest answer, instant of the first one)."""
    found: dict[int, tuple[str, int]] = {}
    for _attempt, slot, text, at in rows:
        found[slot] = (text, found[slot][1] if slot in found else at)
    return found


def _counting(
    first: list[Sequence[Any]], again: list[Sequence[Any]]
) -> list[tuple[int, int, int]]:
    """Return (slot, question version, score) as they count; without what waits."""
    found = {slot: (version, score) for _a, slot, version, score in first}
    if again:
        _attempt, slots, layout = again[-1]
        for name, score in slots.items():
            slot = int(name)
            version = found[slot][0] if slot in found else layout[slot]["q"]
            found[slot] = (version, score)
    return [(slot, *found[slot]) for slot in sorted(found)]


def _add(
    read_all: Answers,
    rank: int,
    opened: int,
    slots: list[tuple[int, int, int]],
    saves: dict[int, tuple[str, int]],
) -> None:
    """Add one attempt; what has no score yet does not count."""
    spent = seconds_spent(opened, ((at, slot) for slot, (_t, at) in saves.items()))
    points = earned = 0
    for slot, version_id, score_bp in slots:
        version = read_all.versions[version_id]
        weight = version.body["points"]
        points += weight
        earned += weight * score_bp
        text = saves[slot][0] if slot in saves else NOTHING
        if text != NOTHING and version.kind in BY_PEOPLE:
            text = ANSWERED  # nobody's words are kept
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
