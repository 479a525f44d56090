"""Duties of the home page: quizzes begun, granted once more, graded, and to grade."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import (
    and_,
    bindparam,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from lms.accounts import people
from lms.accounts.models import Person, RoleGrant, Unit
from lms.catalog import courses
from lms.catalog.models import LiveRelease
from lms.db.prepared import Prepared
from lms.kernel.i18n import N_
from lms.learn.duties import Duty, Remark
from lms.records.models import Enrolment

from . import teaching
from .models import AnswerGrade, Attempt, AttemptGrant

_best, _next, _over = aliased(Attempt), aliased(Attempt), aliased(Unit)
NEW = timedelta(days=7)  # a grade is told this long, or until the quiz is begun again


def _is_passed(table):
    return exists().where(
        _best.enrolment_id == table.enrolment_id,
        _best.item_code == table.item_code,
        _best.score_bp >= _best.pass_bp,
        _best.waiting == 0,
    )


_BEGUN = (
    select(
        literal("begun").label("what"),
        Attempt.id,
        Attempt.item_code,
        Attempt.number,
        Attempt.closes_at,
        Enrolment.release_id.label("bound_id"),
        LiveRelease.release_id.label("live_id"),
    )
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .join(LiveRelease, LiveRelease.course_id == Attempt.course_id)
    .where(
        Attempt.person_id == bindparam("person"),
        Attempt.submitted_at.is_(None),
        Enrolment.withdrawn_at.is_(None),
        ~_is_passed(Attempt),
        or_(Attempt.closes_at.is_(None), Attempt.closes_at > bindparam("now")),
    )
)
_GRANTED = (
    select(
        literal("granted").label("what"),
        null().label("id"),
        AttemptGrant.item_code,
        AttemptGrant.number,
        null().label("closes_at"),
        Enrolment.release_id.label("bound_id"),
        LiveRelease.release_id.label("live_id"),
    )
    .join(Enrolment, Enrolment.id == AttemptGrant.enrolment_id)
    .join(LiveRelease, LiveRelease.course_id == Enrolment.course_id)
    .where(
        AttemptGrant.person_id == bindparam("person"),
        Enrolment.withdrawn_at.is_(None),
        ~_is_passed(AttemptGrant),
        ~exists().where(
            _next.enrolment_id == AttemptGrant.enrolment_id,
            _next.item_code == AttemptGrant.item_code,
            _next.number >= AttemptGrant.number,
        ),
    )
)
_GRADED = (
    select(
        literal("graded").label("what"),
        Attempt.id,
        Attempt.item_code,
        Attempt.number,
        null().label("closes_at"),
        Enrolment.release_id.label("bound_id"),
        LiveRelease.release_id.label("live_id"),
    )
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .join(LiveRelease, LiveRelease.course_id == Attempt.course_id)
    .where(
        Attempt.person_id == bindparam("person"),
        Attempt.waited > 0,
        Attempt.waiting == 0,
        Enrolment.withdrawn_at.is_(None),
        exists().where(
            AnswerGrade.attempt_id == Attempt.id, AnswerGrade.at > bindparam("since")
        ),
        ~exists().where(
            _next.enrolment_id == Attempt.enrolment_id,
            _next.item_code == Attempt.item_code,
            _next.number > Attempt.number,
        ),
    )
)
# Of the units alone: which courses somebody teaches is asked of the few that are found.
_TO_GRADE = (
    select(
        literal("grade").label("what"),
        null().label("id"),
        Attempt.item_code,
        func.count().label("number"),
        null().label("closes_at"),
        func.min(Enrolment.release_id).label("bound_id"),
        LiveRelease.release_id.label("live_id"),
    )
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .join(LiveRelease, LiveRelease.course_id == Attempt.course_id)
    .join(Person, Person.id == Attempt.person_id)
    .join(Unit, Unit.id == Person.unit_id)
    .where(
        Attempt.waited > 0,
        Attempt.waiting > 0,
        Attempt.submitted_at.is_not(None),
        Attempt.person_id != bindparam("person"),
        Enrolment.withdrawn_at.is_(None),
        Person.is_active,
        exists()
        .where(
            RoleGrant.person_id == bindparam("person"),
            RoleGrant.role == "instructor",
            RoleGrant.revoked_at.is_(None),
            RoleGrant.valid_from <= bindparam("today"),
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= bindparam("today")),
            _over.id == RoleGrant.unit_id,
            or_(
                _over.id == Unit.id,
                and_(RoleGrant.with_subunits, Unit.path.startswith(_over.path)),
            ),
        )
        .correlate(Unit),
    )
    .group_by(Attempt.item_code, LiveRelease.release_id)
)
# Built once: making a statement costs more than running it. One for all: so does
# asking again.
_BOTH = union_all(_BEGUN, _GRANTED, _GRADED, _TO_GRADE)
_OPEN = Prepared(
    _BOTH.order_by(_BOTH.selected_columns.closes_at, _BOTH.selected_columns.id)
)


def duties(person_id: int, now: datetime) -> Iterator[Duty]:
    """Yield the open attempts whose time has not run out, those granted, and grades.

    Not those of a quiz passed before: going on there is nothing one has to do. Those
    who teach are told how many attempts wait for a grade.
    """
    rows = _OPEN.rows(person=person_id, now=now, since=now - NEW, today=now.date())
    known = courses.releases({i for row in rows for i in (row.bound_id, row.live_id)})
    for row in rows:
        live, bound = known[row.live_id], known[row.bound_id]
        item = live.item(row.item_code) or bound.item(row.item_code)
        if item is None:
            continue
        if row.what == "granted":
            yield _granted(live, item)
            continue
        if row.what == "graded":
            yield _graded(live, item, row.id)
            continue
        if row.what == "grade":
            if teaching.is_author(people.find(person_id), live.manifest["authors"]):
                yield _to_grade(live, item, row.number)
            continue
        yield Duty(
            kind="quiz",
            title=f"{item['title']}: {live.title}",
            endpoint="quiz.question",
            values=(("attempt_id", row.id), ("number", 1)),
            due_at=row.closes_at,
            remarks=_remarks(item, row.number),
        )


def _granted(live: courses.Live, item: dict) -> Duty:
    return Duty(
        kind="quiz",
        title=f"{item['title']}: {live.title}",
        endpoint="learn.item",
        values=(("kursus", live.code), ("butir", item["code"])),
        remarks=(Remark(N_("Anda mendapat 1 percobaan tambahan")),),
    )


def _graded(live: courses.Live, item: dict, attempt_id: int) -> Duty:
    return Duty(
        kind="quiz",
        title=f"{item['title']}: {live.title}",
        endpoint="quiz.result",
        values=(("attempt_id", attempt_id),),
        remarks=(Remark(N_("sudah dinilai pengajar: baca hasil dan komentarnya")),),
    )


def _to_grade(live: courses.Live, item: dict, count: int) -> Duty:
    return Duty(
        kind="grading",
        title=f"{item['title']}: {live.title}",
        endpoint="quiz_grading.index",
        values=(),
        remarks=(Remark(N_("%(count)s menunggu penilaian Anda"), (("count", count),)),),
    )


def _remarks(item: dict, number: int) -> tuple[Remark, ...]:
    tries = Remark(N_("percobaan %(number)s"), (("number", number),))
    if item["attempts"] and number <= item["attempts"]:  # else it was granted
        facts = (("number", number), ("limit", item["attempts"]))
        tries = Remark(N_("percobaan %(number)s dari %(limit)s"), facts)
    questions = Remark(N_("%(count)s soal"), (("count", item["questions"]),))
    return (questions, tries, Remark(N_("belum dikumpulkan")))
