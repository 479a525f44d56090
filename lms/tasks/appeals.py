"""A second opinion: the learner asks once for each graded round, with a reason."""

from datetime import datetime

from lms.db import db
from lms.kernel import reasons
from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_

from . import queries
from .models import Appeal, Work


class NothingToAppeal(Conflict):
    message = N_("Penilaian kedua dapat diminta setelah nilai keluar.")


def ask(work: Work, reason: str, now: datetime) -> bool:
    """Ask for a second opinion on a locked round; return whether it is new.

    raises  ReasonMissing  NothingToAppeal
    """
    reason = reasons.check(reason)
    if queries.appeal_of(work.id) is not None:
        return False
    outcome = queries.outcomes([work.id]).get(work.id)
    if outcome is None or outcome.result != "graded":
        raise NothingToAppeal
    db.session.add(
        Appeal(work_id=work.id, person_id=work.person_id, reason=reason, asked_at=now)
    )
    db.session.flush()
    return True
