"""Webhooks: add, pause, wake, remove; who may see which."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from lms.accounts import roles
from lms.accounts.models import Unit
from lms.audit import log
from lms.db import db
from lms.jobs import outbox
from lms.kernel import ids
from lms.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from lms.kernel.i18n import N_
from lms.records import ledger

from . import addresses
from .models import Delivery, Webhook

TOPIC = "webhook"
# Kind of ledger entry -> event.
EVENTS = {
    "completion": "completion.created",
    "correction": "completion.corrected",
    "revocation": "completion.revoked",
}


class WebhookMissing(NotFound):
    message = N_("Webhook itu tidak ada, atau bukan wewenang Anda.")


class DeliveryMissing(NotFound):
    message = N_("Kiriman itu tidak ada, atau bukan wewenang Anda.")


class NotYourUnit(Forbidden):
    message = N_("Anda hanya dapat membuat webhook untuk unit yang Anda kelola.")


class EventsBad(Invalid):
    message = N_("Pilih paling sedikit satu peristiwa dari daftar.")


class WebhookRests(Conflict):
    message = N_("Webhook ini sedang berhenti. Jalankan lagi dahulu.")


def add(
    url: str,
    events: Iterable[str],
    unit: Unit,
    *,
    by,
    now: datetime,
    private: bool = False,
) -> Webhook:
    """Add a webhook; it is told of what happens from now on.

    private  addresses of the own network and http are allowed
    raises   UrlBad  AddressPrivate  EventsBad  NotYourUnit
    """
    url, wanted = addresses.check_url(url, private), set(events)
    if not wanted or not wanted <= set(EVENTS.values()):
        raise EventsBad
    if not roles.holds(by, "admin", unit, with_subunits=True):
        raise NotYourUnit
    ledger.lock()  # nobody appends between reading its head and being heard of
    webhook = Webhook(
        uid=ids.new_uid(),
        url=url,
        events=" ".join(event for event in EVENTS.values() if event in wanted),
        unit_id=unit.id,
        salt=ids.new_secret(),
        last_seq=ledger.head()[0],
        failures=0,
        created_by=by.id,
        created_at=now,
    )
    db.session.add(webhook)
    db.session.flush()
    facts = {"events": webhook.events, "unit": unit.id}
    _log("webhook.created", webhook, by, now, facts)
    return webhook


def of_user(user) -> list[tuple[Webhook, Unit]]:
    """Return the webhooks over units that `user` administers, the newest first."""
    rows = db.session.execute(
        select(Webhook, Unit)
        .join(Unit, Unit.id == Webhook.unit_id)
        .where(roles.units_held(user, "admin"), Webhook.removed_at.is_(None))
        .order_by(Webhook.id.desc())
    )
    return [tuple(row) for row in rows]


def find(uid: str, user) -> tuple[Webhook, Unit]:
    """Return a webhook that `user` administers, and its unit; raises WebhookMissing."""
    found = db.session.execute(
        select(Webhook, Unit)
        .join(Unit, Unit.id == Webhook.unit_id)
        .where(
            Webhook.uid == uid,
            Webhook.removed_at.is_(None),
            roles.units_held(user, "admin"),
        )
    ).first()
    if found is None or not roles.holds(user, "admin", found[1], with_subunits=True):
        raise WebhookMissing
    return tuple(found)


def deliveries_of(webhook: Webhook, before: int, limit: int) -> list[Delivery]:
    """Return deliveries older than the one numbered `before`, the newest first.

    before  0 = from the newest on
    """
    found = select(Delivery).where(Delivery.webhook_id == webhook.id)
    if before:
        found = found.where(Delivery.id < before)
    return list(db.session.scalars(found.order_by(Delivery.id.desc()).limit(limit)))


def pause(webhook: Webhook, *, by, now: datetime) -> None:
    """Send nothing more until it is woken; what happens meanwhile is not lost."""
    if not webhook.off_reason:
        webhook.off_reason = "by hand"
        _log("webhook.paused", webhook, by, now, {})


def wake(webhook: Webhook, *, by, now: datetime) -> None:
    """Send again: first what was held, then what happened meanwhile."""
    if not webhook.off_reason:
        return
    webhook.off_reason = ""
    webhook.failures, webhook.failing_since, webhook.rests_until = 0, None, None
    held = db.session.scalars(
        select(Delivery).where(
            Delivery.webhook_id == webhook.id, Delivery.state == "held"
        )
    )
    for delivery in held:
        _send_again(delivery, now)
    _log("webhook.woken", webhook, by, now, {})


def remove(webhook: Webhook, *, by, now: datetime) -> None:
    """End a webhook for good."""
    webhook.removed_at = now
    webhook.off_reason = webhook.off_reason or "by hand"
    _log("webhook.removed", webhook, by, now, {})


def resend(webhook: Webhook, delivery_uid: str, *, by, now: datetime) -> None:
    """Send a delivery once more, under the same id; one that waits is left alone.

    raises  DeliveryMissing  WebhookRests
    """
    delivery = db.session.scalar(
        select(Delivery).where(
            Delivery.webhook_id == webhook.id, Delivery.uid == delivery_uid
        )
    )
    if delivery is None:
        raise DeliveryMissing
    if webhook.off_reason:
        raise WebhookRests
    if delivery.state == "waiting":
        return
    _send_again(delivery, now)
    _log("webhook.resent", webhook, by, now, {"delivery": delivery.uid})


def _send_again(delivery: Delivery, now: datetime) -> None:
    delivery.state, delivery.tries = "waiting", 0
    delivery.sends += 1
    put(delivery, now)


def put(delivery: Delivery, now: datetime) -> None:
    """Put a flushed delivery into the outbox, in the caller's transaction."""
    key = f"{delivery.uid}:{delivery.sends}"
    outbox.put(TOPIC, {"delivery": delivery.id}, key, now)


def _log(action: str, webhook: Webhook, by, now: datetime, facts: dict) -> None:
    log.record(
        action,
        actor_id=by.id if by else None,
        object_kind="webhook",
        object_id=webhook.uid,
        facts=facts,
        now=now,
    )
