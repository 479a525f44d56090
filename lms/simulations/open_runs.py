"""Simulations to go on with, as duties of the home page: begun and not ended."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import aliased

from lms.catalog import courses
from lms.catalog.models import LiveRelease
from lms.db.prepared import Prepared
from lms.kernel.i18n import N_
from lms.learn.duties import Duty, Remark
from lms.records.models import Enrolment

from .models import Run

_best = aliased(Run)
# Built once: making a statement costs more than running it.
_OPEN = Prepared(
    select(
        Run.id,
        Run.item_code,
        Run.number,
        Enrolment.release_id.label("bound_id"),
        LiveRelease.release_id.label("live_id"),
    )
    .join(Enrolment, Enrolment.id == Run.enrolment_id)
    .join(LiveRelease, LiveRelease.course_id == Run.course_id)
    .where(
        Run.person_id == bindparam("person"),
        Run.ended_at.is_(None),
        Enrolment.withdrawn_at.is_(None),
        ~exists().where(
            _best.enrolment_id == Run.enrolment_id,
            _best.item_code == Run.item_code,
            _best.score_bp >= _best.pass_bp,
        ),
    )
    .order_by(Run.id)
)


def duties(person_id: int, _now: datetime) -> Iterator[Duty]:
    """Yield the runs begun and not ended.

    Not those of a simulation passed before: going on there is nothing one has to do.
    """
    rows = _OPEN.rows(person=person_id)
    known = courses.releases({i for row in rows for i in (row.bound_id, row.live_id)})
    for row in rows:
        live, bound = known[row.live_id], known[row.bound_id]
        item = live.item(row.item_code) or bound.item(row.item_code)
        if item is None:
            continue
        yield Duty(
            kind="simulation",
            title=f"{item['title']}: {live.title}",
            endpoint="simulations.scene",
            values=(("run_id", row.id),),
            remarks=(
                Remark(N_("simulasi ke-%(number)s"), (("number", row.number),)),
                Remark(N_("belum sampai akhir")),
            ),
        )
