"""Which files assignments hold, and who may open them: whoever grades that work."""

from sqlalchemy import select

from lms.db import db
from lms.kernel import clock
from lms.uploads.uses import Use

from . import graders
from .models import Work, WorkFile


def role(user, upload_id: int) -> str | None:
    """Return the role in which somebody grades handed-in work with this file."""
    works = db.session.scalars(
        select(Work)
        .join(WorkFile, WorkFile.work_id == Work.id)
        .where(WorkFile.upload_id == upload_id, Work.submitted_at.is_not(None))
        .order_by(Work.id.desc())
    ).all()
    now = clock.now()
    found = (graders.role_for(user, work, now) for work in works)
    return next((name for name in found if name), None)


USE = Use(role=role, held=select(WorkFile.upload_id))
