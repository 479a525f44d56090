"""Another e-mail address: asked for here, confirmed by whoever reads its mail.

The link sent to the new address holds a secret. From it follows, one way only, the
secret of the link sent to the old address, which can do nothing but cancel; the table
holds a hash of the latter. Whoever can cancel cannot confirm.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from lms.audit import log
from lms.db import db
from lms.jobs.worker import every_day
from lms.kernel import ids
from lms.kernel.errors import Conflict, Invalid, NotFound, TooMany
from lms.kernel.i18n import N_

from . import letters, sign_ins
from .letters import Office
from .models import EmailChange, OneTimeLink, Person

LIFETIME = timedelta(hours=24)
REPEAT = timedelta(minutes=2)  # the same form sent twice within this is one
A_DAY = 5  # addresses that one person may ask for in 24 hours


class ChangeGone(NotFound):
    message = N_(
        "Tautan ini tidak berlaku lagi: sudah dipakai, dibatalkan, atau lebih dari 24"
        " jam. Ajukan lagi dari halaman Surel di akun Anda."
    )


class AddressUnusable(Conflict):
    message = N_(
        "Alamat ini tidak dapat dipakai. Ajukan alamat lain dari halaman Surel."
    )


class AddressSame(Invalid):
    message = N_("Ini sudah alamat surel Anda.")


class TooManyChanges(TooMany):
    message = N_("Terlalu banyak permintaan ganti surel hari ini. Coba lagi besok.")


@dataclass(frozen=True)
class Secrets:
    """Both secrets of one change: to confirm, and to cancel."""

    confirm: str
    cancel: str


def waiting(person_id: int, now: datetime) -> EmailChange | None:
    """Return the change of a person that waits for its confirmation, if one does."""
    return db.session.scalar(
        select(EmailChange)
        .where(EmailChange.person_id == person_id, *_open(now))
        .order_by(EmailChange.id.desc())
        .limit(1)
    )


def ask(person_id: int, email: str, office: Office, now: datetime) -> EmailChange:
    """Ask for another address; call after the password was found right.

    A taken address is treated the same, only that nobody gets a link: neither answer
    nor page tells who has an account.
    email   lower case
    raises  AddressSame, TooManyChanges
    """
    person = db.session.scalars(
        select(Person).where(Person.id == person_id).with_for_update()
    ).one()
    if email == person.email:
        raise AddressSame
    known = waiting(person_id, now)
    if known and known.email == email and known.created_at > now - REPEAT:
        return known
    _respect_limit(person_id, now)
    cancel_all(person_id, now)
    secrets = _new_secrets()
    change = EmailChange(
        token_hash=ids.digest(secrets.cancel),
        person_id=person_id,
        email=email,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    db.session.add(change)
    db.session.flush()
    _log("email.asked", person_id, now)
    _tell_both(change, person, secrets, office, now)
    return change


def is_taken(email: str, person_id: int) -> bool:
    """Say whether somebody else has this address."""
    return bool(
        db.session.scalar(
            select(Person.id).where(Person.email == email, Person.id != person_id)
        )
    )


def renew(change: EmailChange, now: datetime) -> str:
    """Return a fresh secret for confirming, to be handed over; older ones are void.

    raises  AddressUnusable
    """
    if is_taken(change.email, change.person_id):
        raise AddressUnusable
    secrets = _new_secrets()
    change.token_hash = ids.digest(secrets.cancel)
    change.expires_at = now + LIFETIME
    db.session.flush()
    return secrets.confirm


def find(confirm: str, now: datetime, with_demo: bool = False) -> EmailChange:
    """Return the change that this secret may confirm.

    raises  ChangeGone  unknown, used, cancelled, expired, or its person suspended
    """
    return _find(_cancel_secret(confirm), now, with_demo)


def was_confirmed(confirm: str, now: datetime) -> bool:
    """Say whether this secret did its work a moment ago: the form came twice."""
    used = db.session.scalar(
        select(EmailChange.used_at).where(
            EmailChange.token_hash == ids.digest(_cancel_secret(confirm))
        )
    )
    return used is not None and used + REPEAT >= now


def confirm(secret: str, office: Office, now: datetime, with_demo: bool = False):
    """Put the new address in place and tell the old one. Sessions go on.

    Links mailed to the old address are void from now on.
    raises  ChangeGone, AddressUnusable
    """
    change = find(secret, now, with_demo)
    person = db.session.scalars(
        select(Person).where(Person.id == change.person_id).with_for_update()
    ).one()
    if is_taken(change.email, person.id):
        raise AddressUnusable
    won = db.session.execute(
        update(EmailChange)
        .where(EmailChange.id == change.id, *_open(now))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if won.rowcount != 1:
        raise ChangeGone
    before, person.email, person.updated_at = person.email, change.email, now
    db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    names = [ids.digest(name) for name in (before, person.email) if name]
    sign_ins.forget_failures(*names)
    db.session.flush()
    _log("email.changed", person.id, now)
    say = letters.words_for(person.id)
    text = say(CHANGED).format(name=person.name, site=office.site)
    key = f"email changed:{change.id}"
    office.send(before, say(N_("alamat surel diganti")), text, key, now)


def find_to_cancel(secret: str, now: datetime, with_demo: bool = False) -> EmailChange:
    """Return the change that this secret may cancel; raises ChangeGone."""
    return _find(secret, now, with_demo)


def cancel(secret: str, now: datetime, with_demo: bool = False) -> None:
    """Call a change off by the link in the old mailbox; twice is once.

    raises  ChangeGone
    """
    done = db.session.scalar(
        select(EmailChange.cancelled_at).where(
            EmailChange.token_hash == ids.digest(secret)
        )
    )
    if done and done + REPEAT >= now:
        return
    change = _find(secret, now, with_demo)
    change.cancelled_at = now
    _log("email.cancelled", change.person_id, now)


def cancel_all(person_id: int, now: datetime) -> bool:
    """Call off what waits; return whether anything did."""
    gone = db.session.execute(
        update(EmailChange)
        .where(EmailChange.person_id == person_id, *_open(now))
        .values(cancelled_at=now)
        .execution_options(synchronize_session="fetch")
    )
    if gone.rowcount:
        _log("email.cancelled", person_id, now)
    return bool(gone.rowcount)


@every_day
def forget_old(now: datetime) -> None:
    """Delete what was asked for a month ago, done or not; for the worker."""
    db.session.execute(
        delete(EmailChange).where(EmailChange.created_at < now - timedelta(days=30))
    )


def _open(now: datetime) -> tuple:
    return (
        EmailChange.used_at.is_(None),
        EmailChange.cancelled_at.is_(None),
        EmailChange.expires_at > now,
    )


def _find(cancel_secret: str, now: datetime, with_demo: bool) -> EmailChange:
    row = db.session.execute(
        select(EmailChange, Person.is_demo)
        .join(Person, Person.id == EmailChange.person_id)
        .where(
            EmailChange.token_hash == ids.digest(cancel_secret),
            *_open(now),
            Person.is_active,
        )
    ).one_or_none()
    if row is None or (row[1] and not with_demo):
        raise ChangeGone
    return row[0]


def _new_secrets() -> Secrets:
    confirm = ids.new_secret()
    return Secrets(confirm, _cancel_secret(confirm))


def _cancel_secret(confirm: str) -> str:
    return ids.digest(f"cancel {confirm}")


def _respect_limit(person_id: int, now: datetime) -> None:
    asked = db.session.scalar(
        select(func.count(EmailChange.id)).where(
            EmailChange.person_id == person_id,
            EmailChange.created_at > now - timedelta(hours=24),
        )
    )
    if asked >= A_DAY:
        raise TooManyChanges(retry_after=24 * 3600)


def _log(action: str, person_id: int, now: datetime) -> None:
    log.record(
        action,
        actor_id=person_id,
        object_kind="person",
        object_id=person_id,
        now=now,
    )


def _tell_both(change, person: Person, secrets: Secrets, office: Office, now) -> None:
    """Write to the new address, and to the old one how to call it off."""
    say = letters.words_for(person.id)
    if not is_taken(change.email, person.id):
        url = f"{office.base_url}/akun/surel/konfirmasi/{secrets.confirm}"
        text = say(CONFIRM).format(site=office.site, url=url)
        key = f"email new:{change.id}"
        subject = say(N_("konfirmasi alamat surel"))
        office.send(change.email, subject, text, key, now)
    url = f"{office.base_url}/akun/surel/batal/{secrets.cancel}"
    text = say(NOTICE).format(name=person.name, site=office.site, url=url)
    key = f"email old:{change.id}"
    subject = say(N_("permintaan ganti surel"))
    office.send(person.email, subject, text, key, now)


CONFIRM = N_("""Halo,

seseorang, semoga Anda sendiri, ingin memakai alamat surel ini untuk akunnya di {site}.
Buka tautan ini, lalu tekan tombol di halamannya; berlaku 24 jam dan hanya sekali:

{url}

Bila Anda tidak memintanya, abaikan surel ini.
""")
NOTICE = N_("""Halo {name},

seseorang, semoga Anda sendiri, meminta agar akun Anda di {site} memakai alamat surel
lain. Alamat ini tetap berlaku sampai alamat yang baru dikonfirmasi.

Bila bukan Anda yang memintanya, batalkan di sini, lalu ganti kata sandi Anda:

{url}
""")
CHANGED = N_("""Halo {name},

akun Anda di {site} sekarang memakai alamat surel lain. Surel untuk akun itu tidak lagi
dikirim ke alamat ini.

Bila bukan Anda yang menggantinya, segera hubungi pengelola SDM atau administrator
instansi Anda.
""")
