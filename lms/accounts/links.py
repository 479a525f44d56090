"""One-time links: activate an account, or set a new password."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from lms.audit import log
from lms.db import db
from lms.jobs import outbox
from lms.kernel import ids
from lms.kernel.errors import Conflict, NotFound
from lms.kernel.i18n import N_

from . import letters, people, sessions, sign_ins
from .letters import Office
from .models import Credential, KnownDevice, LoginFailure, OneTimeLink, Person
from .password_policy import About

LIFETIME = {"activate": timedelta(days=7), "reset": timedelta(minutes=30)}
REPEAT = timedelta(minutes=2)  # the same form sent twice within this is one
A_DAY = 5  # mails that one account name may ask for in 24 hours


class LinkGone(NotFound):
    message = N_(
        "Tautan ini tidak berlaku lagi: sudah dipakai, kedaluwarsa, atau terpotong saat"
        " disalin. Mintalah tautan baru kepada pengelola SDM Anda atau lewat halaman"
        " “Lupa kata sandi”."
    )


class AccountSuspended(Conflict):
    message = N_("Akun ini nonaktif. Aktifkan dahulu, lalu buat tautannya.")


@dataclass(frozen=True)
class Holder:
    """Whose link it is, as the page and the password rules need it."""

    link_id: int
    person_id: int
    purpose: str
    full_name: str
    account: str
    about: About


def purpose_for(person: Person) -> str:
    """Return what a link would do: activate, while there is no password yet."""
    has_password = db.session.get(Credential, person.id) is not None
    return "reset" if has_password else "activate"


def make(person_id: int, purpose: str, now: datetime, token: str | None = None) -> str:
    """Make a link and return its token; only its hash is kept.

    Earlier links stay good: whoever asks for one must not break another's.
    """
    token = token or ids.new_secret()
    db.session.add(
        OneTimeLink(
            token_hash=ids.digest(token),
            person_id=person_id,
            purpose=purpose,
            created_at=now,
            expires_at=now + LIFETIME[purpose],
        )
    )
    db.session.flush()
    return token


@dataclass(frozen=True, slots=True)
class Issued:
    """A link made by HR, to be handed to its person.

    is_mailed  it is on its way by mail as well
    """

    url: str
    purpose: str
    expires_at: datetime
    is_mailed: bool


def issue(
    person: Person, secret: str, once: str, office: Office, *, by_id: int, now: datetime
) -> Issued:
    """Make a link for somebody else; the same form sent twice gives the same link.

    secret  of the site: makes a link of `once`, a word of the form that nobody else
            can turn into one
    raises  AccountSuspended
            LinkGone  it was used in between
    """
    if not person.is_active:
        raise AccountSuspended
    word = f"link {person.id} {once}".encode()
    token = hmac.new(secret.encode(), word, hashlib.sha256).hexdigest()
    link = db.session.scalar(
        select(OneTimeLink).where(OneTimeLink.token_hash == ids.digest(token))
    )
    if link is None:
        make(person.id, purpose_for(person), now, token)
        link = db.session.scalars(
            select(OneTimeLink).where(OneTimeLink.token_hash == ids.digest(token))
        ).one()
        log.record(
            "link.issued",
            actor_id=by_id,
            object_kind="person",
            object_id=person.id,
            facts={"purpose": link.purpose},
            now=now,
        )
    elif link.used_at or link.expires_at <= now:
        raise LinkGone
    url = f"{office.base_url}/akun/tautan/{token}"
    to = None if person.is_demo else person.email
    say = letters.words_for(person.id)
    text = say(ISSUED).format(
        name=person.name, site=office.site, url=url, time=_how_long(link.purpose, say)
    )
    office.send(to, say(SUBJECT), text, f"link:{ids.digest(token)}", now)
    is_mailed = bool(office.is_open and to)
    return Issued(url, link.purpose, link.expires_at, is_mailed)


def _how_long(purpose: str, say: Callable[[str], str]) -> str:
    minutes = LIFETIME[purpose] // timedelta(minutes=1)
    if minutes < 120:
        return say(N_("{count} menit")).format(count=minutes)
    return say(N_("{count} hari")).format(count=minutes // 1440)


def find(token: str, now: datetime, with_demo: bool = False) -> Holder:
    """Return whose unused link this is.

    raises  LinkGone  unknown, used, expired, or its person suspended
    """
    link, person = _look_up(token, with_demo)
    if link.used_at or link.expires_at <= now:
        raise LinkGone
    return Holder(
        link_id=link.id,
        person_id=person.id,
        purpose=link.purpose,
        full_name=person.full_name,
        account=person.nip or person.email or "",
        about=about(person),
    )


def about(person: Person) -> About:
    """Return what a password of this person must not hold."""
    return About(person.name, person.nip or "", person.email or "")


def _look_up(token: str, with_demo: bool) -> tuple[OneTimeLink, Person]:
    row = db.session.execute(
        select(OneTimeLink, Person)
        .join(Person, Person.id == OneTimeLink.person_id)
        .where(OneTimeLink.token_hash == ids.digest(token), Person.is_active)
    ).one_or_none()
    if row is None or (row[1].is_demo and not with_demo):
        raise LinkGone
    return row[0], row[1]


def hash_set_just_now(token: str, now: datetime, with_demo: bool = False) -> str | None:
    """Return the password hash this link set a moment ago: the form came twice."""
    link, person = _look_up(token, with_demo)
    if link.used_at is None or link.used_at + REPEAT < now:
        return None
    stored = db.session.get(Credential, person.id)
    return (
        stored.password_hash if stored and stored.changed_at == link.used_at else None
    )


def use(holder: Holder, password_hash: str, now: datetime) -> None:
    """Set the password. Ends all sessions, voids all links, forgets all devices.

    raises  LinkGone  somebody was first
    """
    won = db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == holder.link_id, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if won.rowcount != 1:
        raise LinkGone
    set_password(db.session.get_one(Person, holder.person_id), password_hash, now)
    log.record(
        "password.set",
        actor_id=holder.person_id,
        object_kind="person",
        object_id=holder.person_id,
        facts={"purpose": holder.purpose},
        now=now,
    )


def set_password(person: Person, password_hash: str, now: datetime) -> None:
    """Store a new hash; whoever was in with the old password is out."""
    stored = db.session.get(Credential, person.id)
    if stored is None:
        stored = Credential(person_id=person.id)
        db.session.add(stored)
    stored.password_hash, stored.changed_at = password_hash, now
    sessions.end_all(person.id, now)
    db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(delete(KnownDevice).where(KnownDevice.person_id == person.id))
    names = [ids.digest(name) for name in (person.nip, person.email) if name]
    sign_ins.forget_failures(*names)


def reserve_change(person_id: int, now: datetime) -> str | None:
    """Count a try to change the password; return the hash to check it against.

    raises  SignInPaused  too many wrong tries; a stolen session guesses slowly
    """
    sign_ins.reserve(_change_key(person_id), now)
    stored = db.session.get(Credential, person_id)
    return stored.password_hash if stored else None


def forgive_change(person_id: int) -> None:
    """Start counting anew: the password was right."""
    sign_ins.forget_failures(_change_key(person_id))


def change(
    person_id: int, password_hash: str, now: datetime, label: str
) -> tuple[str, str]:
    """Store a new password; return tokens of a fresh session and known device."""
    set_password(people.find(person_id), password_hash, now)
    forgive_change(person_id)
    log.record(
        "password.set",
        actor_id=person_id,
        object_kind="person",
        object_id=person_id,
        facts={"purpose": "change"},
        now=now,
    )
    return sessions.open_for(person_id, now, label), sign_ins.know(person_id, now)


def _change_key(person_id: int) -> str:
    return ids.digest(f"change {person_id}")


def ask(name: str, base_url: str, site: str, now: datetime) -> None:
    """Send a link by mail to whoever has this account name, if anyone does.

    Writes the same counter either way, so that neither answer nor time tells.
    """
    if not _may_ask(name, now):
        return
    person = people.by_account(name)
    if person is None or not (person.is_active and person.email) or person.is_demo:
        return
    purpose = purpose_for(person)
    token = make(person.id, purpose, now)
    say = letters.words_for(person.id)
    body = {
        "to": person.email,
        "subject": f"{site}: {say(SUBJECT)}",
        "text": say(MAIL).format(
            name=person.name,
            site=site,
            url=f"{base_url.rstrip('/')}/akun/tautan/{token}",
            time=_how_long(purpose, say),
        ),
    }
    outbox.put("mail", body, f"link:{ids.digest(token)}", now)


def _may_ask(name: str, now: datetime) -> bool:
    """Count a wish for a mail; say whether it is one of the day's first few."""
    key = ids.digest(f"mail {people.account_name(name)}")
    row = db.session.scalar(
        select(LoginFailure).where(LoginFailure.account_hash == key).with_for_update()
    )
    if row is None:
        row = LoginFailure(account_hash=key, failures=0, last_at=now, open_at=now)
        db.session.add(row)
    if row.last_at + timedelta(hours=24) < now:
        row.failures, row.last_at = 0, now
    row.failures += 1
    db.session.flush()
    return row.failures <= A_DAY


SUBJECT = N_("tautan kata sandi")
MAIL = N_("""Halo {name},

seseorang, semoga Anda sendiri, meminta tautan untuk menetapkan kata sandi di {site}.
Buka tautan ini; berlaku {time} dan hanya sekali:

{url}

Bila Anda tidak memintanya, abaikan surel ini. Kata sandi Anda tidak berubah.
""")
ISSUED = N_("""Halo {name},

pengelola SDM Anda membuat tautan untuk menetapkan kata sandi Anda di {site}. Buka
tautan ini; berlaku {time} dan hanya sekali:

{url}

Bila Anda tidak memintanya, beri tahu pengelola SDM Anda.
""")
