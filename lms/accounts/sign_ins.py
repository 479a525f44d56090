"""Signing in: reserve a try, check outside any transaction, open the session."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from lms.audit import log
from lms.db import db
from lms.jobs.worker import every_day
from lms.kernel import ids
from lms.kernel.errors import TooMany
from lms.kernel.i18n import N_

from . import people, sessions
from .models import Credential, KnownDevice, LoginFailure, Person

FREE = 5  # failures before the waiting begins
FIRST_WAIT = 30  # seconds; doubles with each failure
LONGEST_WAIT = 15 * 60  # seconds
FORGIVEN = timedelta(hours=24)  # failures older than this no longer count
DEVICE = timedelta(days=365)  # how long a browser stays known


class SignInPaused(TooMany):
    message = N_(
        "Terlalu banyak percobaan masuk untuk akun ini. Coba lagi dalam"
        " %(retry_after)s detik."
    )


@dataclass(frozen=True)
class Try:
    """One try: whose it would be, and the hash to check the password against.

    is_known  on a browser the owner used before
    """

    account_hash: str
    person_id: int | None
    password_hash: str | None
    is_known: bool = False


def begin(name: str, device: str, now: datetime, with_demo: bool = False) -> Try:
    """Reserve a try for an account name. Commit before checking the password.

    Counted before the check, so that parallel guesses cannot slip through, and
    counted whether or not the account exists, so that the pause tells nothing.

    name       as typed: NIP or e-mail
    device     token of the known-device cookie, or ""
    with_demo  whether demo people may sign in
    raises     SignInPaused  too many failures; not on a browser known to the owner
    """
    account_hash = ids.digest(people.account_name(name))
    person = people.by_account(name)
    if person and not (person.is_active and (with_demo or not person.is_demo)):
        person = None
    is_known = person is not None and _is_known(person.id, device)
    if not is_known:
        reserve(account_hash, now)
    stored = db.session.get(Credential, person.id) if person else None
    return Try(
        account_hash=account_hash,
        person_id=person.id if person else None,
        password_hash=stored.password_hash if stored else None,
        is_known=is_known,
    )


def wait_after(failures: int) -> timedelta:
    """Return how long the account rests after so many failures in a row."""
    if failures < FREE:
        return timedelta(0)
    doubled = FIRST_WAIT * 2 ** min(failures - FREE, 10)
    return timedelta(seconds=min(doubled, LONGEST_WAIT))


def reserve(account_hash: str, now: datetime) -> None:
    """Count a try before it is checked; refuse it while the account rests.

    raises  SignInPaused
    """
    row = db.session.scalar(
        select(LoginFailure)
        .where(LoginFailure.account_hash == account_hash)
        .with_for_update()
    )
    if row is None:
        row = LoginFailure(
            account_hash=account_hash, failures=0, last_at=now, open_at=now
        )
        db.session.add(row)
    if row.open_at > now:
        raise SignInPaused(retry_after=-(-(row.open_at - now) // timedelta(seconds=1)))
    row.failures = 1 if row.last_at + FORGIVEN < now else row.failures + 1
    row.last_at = now
    row.open_at = now + wait_after(row.failures)
    db.session.flush()


def finish(
    tried: Try, device: str, now: datetime, *, label: str = "", new_hash: str = ""
) -> tuple[str, str] | None:
    """Open the session after a right password; return (token, device token).

    None when the account was suspended or its password changed in between.

    device    known-device token of the browser, or ""; kept when still known
    label     the browser in words, for the list of sessions
    new_hash  the same password hashed with today's parameters, or ""
    """
    person = db.session.get(Person, tried.person_id) if tried.person_id else None
    if person is None or not person.is_active:
        return None
    stored = db.session.get(Credential, person.id)
    if stored is None or stored.password_hash != tried.password_hash:
        return None
    if new_hash:
        stored.password_hash = new_hash
    forget_failures(tried.account_hash)
    if not _is_known(person.id, device):
        device = know(person.id, now)
    log.record(
        "person.signed_in",
        actor_id=person.id,
        object_kind="person",
        object_id=person.id,
        now=now,
    )
    return sessions.open_for(person.id, now, label), device


def forget_failures(*account_hashes: str) -> None:
    """Start counting anew for these accounts."""
    db.session.execute(
        delete(LoginFailure).where(LoginFailure.account_hash.in_(account_hashes))
    )


@every_day
def forget_old(now: datetime) -> None:
    """Delete counters that no longer count; for the worker."""
    db.session.execute(
        delete(LoginFailure).where(LoginFailure.last_at < now - FORGIVEN)
    )


def _is_known(person_id: int, device: str) -> bool:
    return bool(device) and bool(
        db.session.scalar(
            select(KnownDevice.id).where(
                KnownDevice.token_hash == ids.digest(device),
                KnownDevice.person_id == person_id,
            )
        )
    )


def known_browsers(person_id: int, now: datetime) -> list[KnownDevice]:
    """Return the browsers this person has signed in with, newest first."""
    return list(
        db.session.scalars(
            select(KnownDevice)
            .where(
                KnownDevice.person_id == person_id,
                KnownDevice.created_at >= now - DEVICE,
            )
            .order_by(KnownDevice.id.desc())
        )
    )


def forget_browsers(person_id: int, but: str = "") -> None:
    """Forget the browsers of this person, except the one with the token `but`."""
    db.session.execute(
        delete(KnownDevice).where(
            KnownDevice.person_id == person_id,
            KnownDevice.token_hash != ids.digest(but),
        )
    )


def know(person_id: int, now: datetime) -> str:
    """Remember a browser of this person; return the token for its cookie."""
    db.session.execute(
        delete(KnownDevice).where(
            KnownDevice.person_id == person_id, KnownDevice.created_at < now - DEVICE
        )
    )
    token = ids.new_secret()
    db.session.add(
        KnownDevice(person_id=person_id, token_hash=ids.digest(token), created_at=now)
    )
    return token
