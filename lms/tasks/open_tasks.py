"""Duties of the home page: drafts, returned work, and work that waits to be graded."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import and_, bindparam, case, exists, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from lms.catalog import courses
from lms.catalog.models import LiveRelease
from lms.db.prepared import Prepared
from lms.kernel.i18n import N_
from lms.learn.duties import Duty, Remark
from lms.records.models import Enrolment

from .models import Appeal, Call, Outcome, Review, Work

_later, _outcome = aliased(Work), aliased(Outcome)
_settled = exists().where(Outcome.work_id == Work.id)
_is_returned = exists().where(
    _outcome.work_id == Work.id, _outcome.result == "returned"
)
_OWN = (
    select(
        case((Work.submitted_at.is_(None), "draft"), else_="returned").label("what"),
        Work.uid,
        Work.item_code,
        Work.due_at,
        Enrolment.release_id.label("bound_id"),
        LiveRelease.release_id.label("live_id"),
    )
    .join(Enrolment, Enrolment.id == Work.enrolment_id)
    .join(LiveRelease, LiveRelease.course_id == Work.course_id)
    .where(
        Work.person_id == bindparam("person"),
        Enrolment.withdrawn_at.is_(None),
        or_(Work.submitted_at.is_(None), _is_returned),
        ~exists().where(
            _later.enrolment_id == Work.enrolment_id,
            _later.item_code == Work.item_code,
            _later.number > Work.number,
        ),
    )
)
_CALLED = (
    select(
        literal("grade").label("what"),
        Work.uid,
        Work.item_code,
        Work.submitted_at.label("due_at"),
        Enrolment.release_id.label("bound_id"),
        LiveRelease.release_id.label("live_id"),
    )
    .select_from(Call)
    .join(Work, Work.id == Call.work_id)
    .join(Enrolment, Enrolment.id == Work.enrolment_id)
    .join(LiveRelease, LiveRelease.course_id == Work.course_id)
    .where(
        Call.person_id == bindparam("person"),
        or_(
            and_(Call.role != "second", ~_settled),
            and_(Call.role == "second", exists().where(Appeal.work_id == Work.id)),
        ),
        ~exists().where(
            Review.work_id == Work.id,
            Review.role == Call.role,
            or_(Call.role != "peer", Review.grader_id == Call.person_id),
        ),
    )
)
# Built once: making a statement costs more than running it. One for both.
_BOTH = union_all(_OWN, _CALLED)
_OPEN = Prepared(_BOTH.order_by(_BOTH.selected_columns.due_at))


def duties(person_id: int, now: datetime) -> Iterator[Duty]:
    """Yield one's own drafts and returned work, then what waits for one's grade."""
    rows = _OPEN.rows(person=person_id)
    known = courses.releases({i for row in rows for i in (row.bound_id, row.live_id)})
    waiting: dict[str, int] = {}
    for row in rows:
        live, bound = known[row.live_id], known[row.bound_id]
        item = live.item(row.item_code) or bound.item(row.item_code)
        if item is None:
            continue
        title = f"{item['title']}: {live.title}"
        if row.what == "grade":
            waiting[title] = waiting.get(title, 0) + 1
            continue
        remark = (
            N_("draf, belum dikumpulkan")
            if row.what == "draft"
            else N_("dikembalikan untuk diperbaiki")
        )
        yield Duty(
            kind="task",
            title=title,
            endpoint="tasks.show",
            values=(("uid", row.uid),),
            due_at=row.due_at if row.what == "draft" else None,
            remarks=(Remark(remark),),
        )
    for title, count in waiting.items():
        yield Duty(
            kind="grading",
            title=title,
            endpoint="grading.index",
            values=(),
            remarks=(
                Remark(N_("%(count)s menunggu penilaian Anda"), (("count", count),)),
            ),
        )
