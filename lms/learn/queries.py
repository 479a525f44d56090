"""Reads of the lesson page and of home."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Integer,
    and_,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.types import JSON

from lms.catalog.models import LiveRelease, QuestionKey
from lms.db import BigInt, db
from lms.db.prepared import Prepared
from lms.records.models import Certificate, Completion, Enrolled, Enrolment, ItemFact

from .models import (
    Bookmark,
    CheckAnswer,
    LessonChange,
    LessonNote,
    LessonVerdict,
    ReadingPlace,
)
from .outline import Facts


@dataclass(frozen=True, slots=True)
class Answered:
    """The newest answer to a check, with the key that speaks about it.

    id  rises with each answer
    """

    id: int
    question_version_id: int
    answer: Any
    score_bp: int
    key: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A note at a place of the lesson; anchor "" = the lesson as a whole."""

    id: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of a lesson: does it help, and in which words."""

    is_helpful: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in a lesson after its readers' verdicts."""

    sentence: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Traces:
    """What a person left in a course: facts of all items, the rest of one.

    notes     in the order they were written
    bookmarks anchors of the places marked
    read_to   where it was last read: id of a heading or check, "" = the top
    change    of the lesson itself: the newest one
    """

    facts: Facts = field(default_factory=dict)
    answers: dict[str, Answered] = field(default_factory=dict)  # by check code
    notes: tuple[Written, ...] = ()
    bookmarks: frozenset[str] = frozenset()
    verdict: Verdict | None = None
    read_to: str = ""
    change: Change | None = None

    @property
    def stamp(self) -> tuple:
        """What changes when the traces do; for the name of a kept page."""
        facts = sorted((item, sorted(noted)) for item, noted in self.facts.items())
        answers = sorted(answered.id for answered in self.answers.values())
        own = (self.notes, sorted(self.bookmarks), self.verdict, self.read_to)
        return (facts, answers, *own, self.change)


def _traces_statement():
    """All facts of an enrolment and the newest answers in one of its items.

    Keys come through an answer only: what has not been answered brings no key.
    """
    mine = CheckAnswer.enrolment_id == bindparam("enrolment")
    newest = (
        select(func.max(CheckAnswer.id))
        .where(mine, CheckAnswer.item_code == bindparam("item"))
        .group_by(CheckAnswer.check_code)
    )
    answered = (
        select(
            CheckAnswer.check_code.label("code"),
            literal("").label("fact"),
            literal("").label("subject"),
            CheckAnswer.id.label("id"),
            CheckAnswer.question_version_id.label("question"),
            CheckAnswer.answer.label("answer"),
            CheckAnswer.score_bp.label("score_bp"),
            QuestionKey.key.label("key"),
        )
        .join(
            QuestionKey,
            QuestionKey.question_version_id == CheckAnswer.question_version_id,
        )
        .where(CheckAnswer.id.in_(newest))
    )
    noted = select(
        ItemFact.item_code,
        ItemFact.fact,
        ItemFact.subject,
        cast(null(), BigInt),
        cast(null(), BigInt),
        cast(null(), JSON),
        cast(null(), Integer),
        cast(null(), JSON),
    ).where(ItemFact.enrolment_id == bindparam("enrolment"))
    return union_all(answered, noted, *_own_words())


# Stand where the other rows have a fact, to tell whose rows these are.
NOTE, MARK, VERDICT, PLACE = "@note", "@mark", "@verdict", "@place"
CHANGE = "@change"


def _own_words():
    """What the enrolled person noted of the item; and the item's newest change."""
    blank_id, blank_json = cast(null(), BigInt), cast(null(), JSON)
    blank_bp = cast(null(), Integer)

    def mine(model: type[LessonNote] | type[Bookmark]):
        return and_(
            model.person_id == bindparam("person"),
            model.course_id == bindparam("course"),
            model.item_code == bindparam("item"),
        )

    newest = select(func.max(LessonVerdict.id)).where(
        LessonVerdict.enrolment_id == bindparam("enrolment"),
        LessonVerdict.item_code == bindparam("item"),
    )
    last_change = select(func.max(LessonChange.id)).where(
        LessonChange.course_id == bindparam("course"),
        LessonChange.item_code == bindparam("item"),
    )
    return (
        select(
            *(LessonNote.anchor, literal(NOTE), LessonNote.text, LessonNote.id),
            *(blank_id, blank_json, blank_bp, blank_json),
        ).where(mine(LessonNote), LessonNote.deleted_at.is_(None)),
        select(
            *(Bookmark.anchor, literal(MARK), literal(""), blank_id),
            *(blank_id, blank_json, blank_bp, blank_json),
        ).where(mine(Bookmark), Bookmark.is_on),
        select(
            *(literal(""), literal(VERDICT), LessonVerdict.comment, blank_id),
            *(blank_id, blank_json, cast(LessonVerdict.is_helpful, Integer)),
            blank_json,
        ).where(LessonVerdict.id == newest.scalar_subquery()),
        select(
            *(ReadingPlace.anchor, literal(PLACE), literal(""), blank_id),
            *(blank_id, blank_json, blank_bp, blank_json),
        ).where(
            ReadingPlace.enrolment_id == bindparam("enrolment"),
            ReadingPlace.item_code == bindparam("item"),
        ),
        select(
            *(literal(""), literal(CHANGE), LessonChange.sentence),
            cast(extract("epoch", LessonChange.at), BigInt),
            *(blank_id, blank_json, blank_bp, blank_json),
        ).where(LessonChange.id == last_change.scalar_subquery()),
    )


_TRACES = Prepared(_traces_statement())


def traces(enrolment: Enrolled, item_code: str) -> Traces:
    """Return what a person left in a course, in one statement."""
    facts: dict[str, set[tuple[str, str]]] = {}
    answers: dict[str, Answered] = {}
    notes, bookmarks, verdict, read_to = [], set(), None, ""
    change = None
    rows = _TRACES.rows(
        enrolment=enrolment.id,
        person=enrolment.person_id,
        course=enrolment.course_id,
        item=item_code,
    )
    for row in rows:
        if not row.fact:
            answers[row.code] = Answered(
                row.id, row.question, row.answer, row.score_bp, row.key
            )
        elif row.fact == NOTE:
            notes.append(Written(row.id, row.code, row.subject))
        elif row.fact == MARK:
            bookmarks.add(row.code)
        elif row.fact == VERDICT:
            verdict = Verdict(bool(row.score_bp), row.subject)
        elif row.fact == PLACE:
            read_to = row.code
        elif row.fact == CHANGE:
            change = Change(row.subject, datetime.fromtimestamp(row.id, UTC))
        else:
            facts.setdefault(row.code, set()).add((row.fact, row.subject))
    notes.sort(key=lambda note: note.id)
    own = (tuple(notes), frozenset(bookmarks), verdict, read_to)
    return Traces(facts, answers, *own, change)


def certificate_code(completion: Completion) -> str:
    """Return the check code of the completion's certificate, "" when none."""
    code = select(Certificate.code).where(Certificate.completion_id == completion.id)
    return db.session.scalar(code) or ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A course a person takes part in, and whether it is finished.

    finished_on  None while it is not, and when the completion was revoked
    """

    enrolment: Enrolled
    live_release_id: int
    is_finished: bool
    finished_on: date | None = None


_TAKEN = Prepared(
    select(
        LiveRelease.release_id,
        Completion.id,
        case((Completion.state == "valid", Completion.finished_on)),
        *Enrolment.__table__.c[tuple(field.name for field in fields(Enrolled))],
    )
    .join(LiveRelease, LiveRelease.course_id == Enrolment.course_id)
    .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
    .where(Enrolment.person_id == bindparam("person"), Enrolment.withdrawn_at.is_(None))
    .order_by(Enrolment.started_at.desc(), Enrolment.id.desc())
)
_FACTS_OF = Prepared(
    select(
        ItemFact.enrolment_id,
        ItemFact.item_code,
        ItemFact.fact,
        ItemFact.subject,
        ItemFact.at,
    ).where(ItemFact.enrolment_id.in_(bindparam("enrolments", expanding=True))),
    many="enrolments",
)


def taken(person_id: int) -> list[Taken]:
    """Return the courses a person takes now, the newest enrolment first."""
    return [
        Taken(Enrolled(*values), release_id, done is not None, finished_on)
        for release_id, done, finished_on, *values in _TAKEN.rows(person=person_id)
    ]


@dataclass(frozen=True, slots=True)
class Noted:
    """Facts by enrolment, and when the last of each was noted."""

    facts: dict[int, dict[str, set[tuple[str, str]]]] = field(default_factory=dict)
    at: dict[int, datetime] = field(default_factory=dict)


def facts_of(enrolment_ids: Iterable[int]) -> Noted:
    """Return the facts of several enrolments, in one statement."""
    wanted, noted = list(enrolment_ids), Noted()
    if not wanted:
        return noted
    rows = _FACTS_OF.rows(enrolments=wanted)
    for enrolment_id, item, fact, subject, at in rows:
        mine = noted.facts.setdefault(enrolment_id, {})
        mine.setdefault(item, set()).add((fact, subject))
        noted.at[enrolment_id] = max(at, noted.at.get(enrolment_id, at))
    return noted
