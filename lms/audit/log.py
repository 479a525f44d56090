"""Write the audit log. Part of the caller's transaction: no act without its line."""

from datetime import datetime

from lms.db import db

from .models import AuditEntry


def record(
    action: str,
    *,
    actor_id: int | None,
    object_kind: str,
    object_id: object,
    now: datetime,
    facts: dict | None = None,
) -> None:
    """Append one act; `facts` is JSON without names, NIP or secrets."""
    db.session.add(
        AuditEntry(
            at=now,
            actor_id=actor_id,
            action=action,
            object_kind=object_kind,
            object_id=str(object_id),
            facts=facts or {},
        )
    )
