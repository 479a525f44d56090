"""Tell webhooks of new ledger entries: the worker's part.

A round reads the ledger behind what a webhook has seen and puts deliveries into the
outbox, in one transaction with the place it has read up to: a kill at any moment loses
nothing and doubles nothing here. The network may still bring a delivery twice; its id
stays the same.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from lms.accounts import letters
from lms.accounts.models import Person, Unit
from lms.audit import log
from lms.db import db
from lms.jobs import outbox
from lms.jobs.worker import every_round, handles
from lms.kernel import clock, ids
from lms.kernel.i18n import N_
from lms.records import ledger
from lms.records.models import LedgerEntry

from . import changes, sending, webhooks
from .models import Delivery, Webhook
from .shapes import instant

AT_ONCE = 500  # entries per webhook and round
MAX_TRIES = 24  # with doubling waits, at most six hours: longer than GIVES_UP
LONGEST_WAIT = timedelta(hours=6)
GIVES_UP = timedelta(days=3)  # without one success
STOPPED = N_("webhook dihentikan")
NOTICE = N_("Webhook dihentikan karena tiga hari gagal terus: %(url)s")


@every_round
def hear(now: datetime) -> None:
    """Make deliveries of what the ledger has said since the last round."""
    found = db.session.scalars(
        select(Webhook)
        .where(Webhook.off_reason == "", Webhook.removed_at.is_(None))
        .order_by(Webhook.id)
        .with_for_update(skip_locked=True)
    ).all()
    for webhook in found:
        _hear(webhook, now)


def _hear(webhook: Webhook, now: datetime) -> None:
    # First how far the ledger goes, then what it says: no entry slips between.
    head = ledger.head()[0]
    path = db.session.get_one(Unit, webhook.unit_id).path
    rows = db.session.execute(
        changes.entries(webhook.last_seq)
        .where(LedgerEntry.seq <= head, changes.within(path))
        .limit(AT_ONCE)
    ).all()
    wanted = webhook.events.split()
    for seq, kind, at, completion_uid in rows:
        if webhooks.EVENTS[kind] in wanted:
            delivery = Delivery(
                uid=ids.new_uid(),
                webhook_id=webhook.id,
                seq=seq,
                completion_uid=completion_uid,
                event=webhooks.EVENTS[kind],
                happened_at=at,
                sends=1,
                tries=0,
                created_at=now,
            )
            db.session.add(delivery)
            db.session.flush()
            webhooks.put(delivery, now)
    webhook.last_seq = rows[-1].seq if len(rows) == AT_ONCE else head


@handles(webhooks.TOPIC)
def deliver(body: dict, settings: Mapping) -> datetime | None:
    """Send one delivery; return when to try again, None = done with it.

    No transaction is open while the network is waited for.
    """
    now = clock.now()
    delivery = db.session.get_one(Delivery, body["delivery"])
    webhook = db.session.get_one(Webhook, delivery.webhook_id)
    if delivery.state != "waiting":
        return None
    if webhook.off_reason:
        delivery.state = "failed" if webhook.removed_at else "held"
        return None
    if webhook.rests_until and webhook.rests_until > now:
        return webhook.rests_until  # it fails: others' mail does not wait behind it
    text, headers = _message(delivery, webhook, settings, now)
    url, private = webhook.url, bool(settings["WEBHOOK_PRIVATE"])
    db.session.rollback()

    outcome = sending.send(url, text, headers, private)

    now = clock.now()
    # Locked: another worker may be writing down how another delivery went.
    webhook = db.session.get_one(Webhook, webhook.id, with_for_update=True)
    delivery = db.session.get_one(Delivery, delivery.id)
    return _note(delivery, webhook, outcome, settings, now)


def _message(
    delivery: Delivery, webhook: Webhook, settings: Mapping, now: datetime
) -> tuple[bytes, dict[str, str]]:
    """Return body and headers; nothing in them names anybody."""
    base = str(settings["BASE_URL"]).rstrip("/")
    body = json.dumps(
        {
            "id": delivery.uid,
            "event": delivery.event,
            "seq": delivery.seq,
            "occurred_at": instant(delivery.happened_at),
            "completion_id": delivery.completion_uid,
            "url": f"{base}/api/v1/completions/{delivery.completion_uid}",
        }
    ).encode()
    secret = sending.secret_of(settings["SECRET_KEY"], webhook.uid, webhook.salt)
    timestamp = int(now.timestamp())
    return body, {
        "Content-Type": "application/json",
        "User-Agent": "kelas-asn-webhook/1",
        "X-Lms-Event": delivery.event,
        "X-Lms-Delivery": delivery.uid,
        "X-Lms-Timestamp": str(timestamp),
        "X-Lms-Signature": sending.sign(secret, timestamp, body),
    }


def _note(
    delivery: Delivery,
    webhook: Webhook,
    outcome: sending.Outcome,
    settings: Mapping,
    now: datetime,
) -> datetime | None:
    delivery.tries += 1
    delivery.status, delivery.answer = outcome.status, outcome.answer
    delivery.tried_at = now
    if outcome.is_done:
        delivery.state, delivery.done_at = "done", now
        webhook.failures, webhook.failing_since, webhook.rests_until = 0, None, None
        return None
    webhook.failures += 1
    webhook.failing_since = webhook.failing_since or now
    webhook.rests_until = now + _wait(webhook.failures)
    if now - webhook.failing_since >= GIVES_UP:
        _give_up(webhook, settings, now)
        delivery.state = "held"
        return None
    if delivery.tries >= MAX_TRIES:
        delivery.state = "failed"
        return None
    return webhook.rests_until


def _wait(failures: int) -> timedelta:
    """Return how long to leave a webhook alone: 1, 2, 4 … minutes."""
    return min(timedelta(minutes=2 ** min(failures - 1, 20)), LONGEST_WAIT)


def _give_up(webhook: Webhook, settings: Mapping, now: datetime) -> None:
    """Stop a webhook that fails for days, and tell who made it."""
    if webhook.off_reason:
        return
    webhook.off_reason = "failing"
    log.record(
        "webhook.stopped",
        actor_id=None,
        object_kind="webhook",
        object_id=webhook.uid,
        now=now,
    )
    maker = db.session.get(Person, webhook.created_by) if webhook.created_by else None
    if settings["SMTP_URL"] and maker and maker.email and maker.is_active:
        say = letters.words_for(maker.id)
        text = say(NOTICE) % {"url": webhook.url}
        base = str(settings["BASE_URL"]).rstrip("/")
        mail = {
            "to": maker.email,
            "subject": f"{settings['SITE_NAME']}: {say(STOPPED)}",
            "text": f"{text}\n\n{base}/kelola/webhook\n",
        }
        outbox.put("mail", mail, f"webhook-off {webhook.uid} {now.date()}", now)
