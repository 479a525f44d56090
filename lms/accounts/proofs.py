"""Is it still the owner who sits there? The password, asked again after a while."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from lms.db import db

from .models import LoginSession

FRESH = timedelta(minutes=15)


def is_fresh(session_id: int, now: datetime) -> bool:
    """Say whether the password was given a short while ago in this session."""
    given = db.session.execute(
        select(LoginSession.created_at, LoginSession.proved_at).where(
            LoginSession.id == session_id
        )
    ).first()
    if given is None:
        return False
    return now - max(given.created_at, given.proved_at or given.created_at) < FRESH


def note(session_id: int, now: datetime) -> None:
    """Note that the password was given just now; never revives an ended session."""
    db.session.execute(
        update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.ended_at.is_(None))
        .values(proved_at=now)
        .execution_options(synchronize_session=False)
    )
