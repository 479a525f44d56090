"""A key that is mended, and the regrade that follows; within an app context."""

from sqlalchemy import select

from lms.catalog import items
from lms.db import db as _db
from lms.kernel import clock
from lms.quiz import regrades
from lms.quiz.recounting import Recount
from lms.records.models import ItemFact

from . import stage
from .stage import RIGHT

WHY = "Kunci soal sapaan keliru"


MENDED = {"kind": "single", "credit": {"1": 0, "2": 100, "3": 0}}


# Points: sapaan 2, six others 1 each; 70 passes.
KEEPS = RIGHT  # 100, then 75


LOSES = RIGHT | {"laci": True}  # 87,5, then 62,5


GAINS = RIGHT | {"sapaan": 2, "laci": True, "lama": "99"}  # 50, then 75


def mend(key=None) -> int:
    """Publish the course with the key of "sapaan" corrected; return its version."""
    mended = stage.question("sapaan", key or MENDED)
    stage.publish([mended, *(stage.question(c) for c in RIGHT if c != "sapaan")])
    return items.question_by_sha(stage.course_id(), {"sapaan": mended.sha})["sapaan"].id


def recount(target_id: int | None) -> tuple[int, Recount]:
    """Return the version that stood first, and how it counts from now on."""
    first = stage.question("sapaan")
    old = items.question_by_sha(stage.course_id(), {"sapaan": first.sha})["sapaan"]
    target = None
    if target_id:
        new = items.question_versions([target_id])[target_id]
        target = (new.body, items.keys([target_id])[target_id])
    return old.id, Recount({old.id: old.body}, target)


def order(target_id: int | None, takes_passes: bool = False, uid: str = "") -> int:
    regrade = regrades.order(
        stage.course_id(), "sapaan", recount(target_id)[1], target_id=target_id,
        takes_passes=takes_passes, reason=WHY, by_id=6, now=clock.now(), uid=uid,
    )  # fmt: skip
    _db.session.commit()
    return regrade.id


def facts_of(enrolment_id: int) -> set[str]:
    rows = _db.session.scalars(
        select(ItemFact.fact).where(
            ItemFact.enrolment_id == enrolment_id, ItemFact.item_code == stage.QUIZ
        )
    )
    return set(rows)
