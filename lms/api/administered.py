"""Units that somebody administers with all below them: for tokens and webhooks."""

from urllib.parse import urlsplit

from sqlalchemy import Select, false, or_, select

from lms.accounts.models import Unit
from lms.audit.models import AuditEntry
from lms.db import db
from lms.hr import trail_objects

from .models import ApiToken, Webhook


def units(user) -> Select[tuple[Unit]]:
    """Select the units `user` may open to another system."""
    tops = [
        path
        for role, _unit, path, is_deep in user.grants
        if role == "admin" and is_deep
    ]
    return select(Unit).where(or_(false(), *map(Unit.path.startswith, tops)))


def _within(table):
    def within(inside: Select):
        found = select(table.uid).where(table.unit_id.in_(inside))
        return AuditEntry.object_id.in_(found)

    return within


def _tokens(uids: list[str]):
    return [
        (token.uid, {"object": token.name, "place": unit.name})
        for token, unit in _rows(ApiToken, uids)
    ]


def _webhooks(uids: list[str]):
    # Of the address only the host: what stands behind it may be a secret.
    return [
        (webhook.uid, {"object": urlsplit(webhook.url).hostname, "place": unit.name})
        for webhook, unit in _rows(Webhook, uids)
    ]


def _rows(table, uids: list[str]):
    wanted = select(table, Unit).join(Unit, Unit.id == table.unit_id)
    return db.session.execute(wanted.where(table.uid.in_(uids)))


# For the trail of what was changed.
trail_objects.register(
    trail_objects.Kind("api_token", _within(ApiToken), _tokens),
    trail_objects.Kind("webhook", _within(Webhook), _webhooks),
)
