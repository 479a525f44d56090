"""Quizzes to go on with, as duties of the home page: begun, or granted once more."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import bindparam, exists, null, or_, select, union_all
from sqlalchemy.orm import aliased

from lms.catalog import courses
from lms.catalog.models import LiveRelease
from lms.db.prepared import Prepared
from lms.kernel.i18n import N_
from lms.learn.duties import Duty, Remark
from lms.records.models import Enrolment

from .models import Attempt, AttemptGrant

_best, _next = aliased(Attempt), aliased(Attempt)


def _is_passed(table):
    return exists().where(
        _best.enrolment_id == table.enrolment_id,
        _best.item_code == table.item_code,
        _best.score_bp >= _best.pass_bp,
        _best.waiting == 0,
    )


_BEGUN = (
    select(
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
# Built once: making a statement costs more than running it. One for both: so does
# asking twice.
_BOTH = union_all(_BEGUN, _GRANTED)
_OPEN = Prepared(
    _BOTH.order_by(_BOTH.selected_columns.closes_at, _BOTH.selected_columns.id)
)


def duties(person_id: int, now: datetime) -> Iterator[Duty]:
    """Yield the open attempts whose time has not run out, and those granted.

    Not those of a quiz passed before: going on there is nothing one has to do.
    """
    rows = _OPEN.rows(person=person_id, now=now)
    known = courses.releases({i for row in rows for i in (row.bound_id, row.live_id)})
    for row in rows:
        live, bound = known[row.live_id], known[row.bound_id]
        item = live.item(row.item_code) or bound.item(row.item_code)
        if item is None:
            continue
        if row.id is None:
            yield _granted(live, item)
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


def _remarks(item: dict, number: int) -> tuple[Remark, ...]:
    tries = Remark(N_("percobaan %(number)s"), (("number", number),))
    if item["attempts"] and number <= item["attempts"]:  # else it was granted
        facts = (("number", number), ("limit", item["attempts"]))
        tries = Remark(N_("percobaan %(number)s dari %(limit)s"), facts)
    questions = Remark(N_("%(count)s soal"), (("count", item["questions"]),))
    return (questions, tries, Remark(N_("belum dikumpulkan")))
