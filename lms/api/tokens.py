"""Service tokens: make, list, revoke, and find the one that a request brings."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from lms.accounts import roles, unit_changes
from lms.accounts.models import Agency, Unit
from lms.audit import log
from lms.db import db
from lms.db.prepared import Prepared
from lms.kernel import clock, ids
from lms.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from .models import ApiToken, Webhook
from .resources import SCOPES

PREFIX = "lms_"  # by which scanners of source code know a leaked one
SHOWN = 4  # letters behind the prefix that stay readable
LONGEST = 366  # days
USED_EVERY = timedelta(minutes=5)  # how exact "last used" is


class TokenWanted(Forbidden):
    status = 401
    message = N_(
        "Token tidak ada, salah, kedaluwarsa, atau dicabut. Kirim kepala"
        " “Authorization: Bearer lms_…”."
    )


class ScopeMissing(Forbidden):
    message = N_("Token ini tidak memegang cakupan “%(scope)s”.")


class TokenMissing(NotFound):
    message = N_("Token itu tidak ada, atau bukan wewenang Anda.")


class NotYourUnit(Forbidden):
    message = N_("Anda hanya dapat membuat token untuk unit yang Anda kelola.")


class TokenNameBad(Invalid):
    message = N_("Nama token wajib diisi, paling panjang 80 karakter.")


class ScopesBad(Invalid):
    message = N_("Pilih paling sedikit satu cakupan dari daftar.")


class ExpiryBad(Invalid):
    message = N_("Masa berlaku token antara 1 dan 366 hari.")


@dataclass(frozen=True, slots=True)
class Bearer:
    """The token of a request.

    path      of its unit
    timezone  of its agency
    """

    id: int
    uid: str
    name: str
    scopes: frozenset[str]
    path: str
    timezone: str
    used_at: datetime | None

    def is_stale(self, now: datetime) -> bool:
        """Say whether its last use has to be written down again."""
        return self.used_at is None or now - self.used_at >= USED_EVERY


_WHO = Prepared(
    select(
        ApiToken.id, ApiToken.uid, ApiToken.name, ApiToken.scopes, Unit.path,
        Agency.timezone, ApiToken.expires_at, ApiToken.used_at,
    )
    .join(Unit, Unit.id == ApiToken.unit_id)
    .join(Agency, Agency.unit_id == Unit.agency_id)
    .where(
        ApiToken.token_hash == bindparam("token"), ApiToken.revoked_at.is_(None)
    )
)  # fmt: skip


def load(token: str, now: datetime) -> Bearer | None:
    """Return whose `token` it is, or None: unknown, expired, revoked."""
    if not token.startswith(PREFIX) or len(token) > 100:
        return None
    rows = _WHO.rows(token=ids.digest(token))
    if not rows or now >= rows[0].expires_at:
        return None
    row = rows[0]
    return Bearer(
        id=row.id,
        uid=row.uid,
        name=row.name,
        scopes=frozenset(row.scopes.split()),
        path=row.path,
        timezone=row.timezone,
        used_at=row.used_at,
    )


def touch(token_id: int, now: datetime) -> None:
    """Note that the token is in use."""
    db.session.execute(
        update(ApiToken)
        .where(ApiToken.id == token_id)
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


def secret_of(key: str, seed: str) -> str:
    """Return the token that `seed`, 256 random bits, stands for under the site's key.

    So that a page can be opened with the seed and show the token: the cookie that
    carries the seed there does not hold the token.
    """
    said = f"kelas-asn/token/1:{seed}".encode()
    found = hmac.new(key.encode(), said, hashlib.sha256).digest()
    return PREFIX + base64.urlsafe_b64encode(found).decode().rstrip("=")


def make(
    name: str,
    scopes: Iterable[str],
    unit: Unit,
    days: int,
    *,
    now: datetime,
    by=None,
    secret: str = "",
) -> tuple[ApiToken, str]:
    """Make a token; return its row and, this once, the token itself.

    days    1 to 366
    by      SignedIn; None = the command line
    secret  of secret_of(); "" = a new one
    raises  TokenNameBad  ScopesBad  ExpiryBad  NotYourUnit
    """
    name, wanted = one_line(name), set(scopes)
    if not name or len(name) > 80 or has_hidden(name):
        raise TokenNameBad
    if not wanted or not wanted <= set(SCOPES):
        raise ScopesBad
    if not 1 <= days <= LONGEST:
        raise ExpiryBad
    if by and not roles.holds(by, "admin", unit, with_subunits=True):
        raise NotYourUnit
    secret = secret or PREFIX + ids.new_secret()
    token = ApiToken(
        uid=ids.new_uid(),
        name=name,
        start=secret[: len(PREFIX) + SHOWN],
        token_hash=ids.digest(secret),
        scopes=" ".join(scope for scope in SCOPES if scope in wanted),
        unit_id=unit.id,
        created_by=by.id if by else None,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    db.session.add(token)
    db.session.flush()
    facts = {"scopes": token.scopes, "unit": unit.id, "days": days}
    _log("api_token.created", token, by, facts, now)
    return token, secret


def revoke(token: ApiToken, *, now: datetime, by=None) -> None:
    """End a token at once; twice is once."""
    if token.revoked_at:
        return
    token.revoked_at, token.revoked_by = now, by.id if by else None
    _log("api_token.revoked", token, by, {}, now)


def of_user(user) -> list[tuple[ApiToken, Unit]]:
    """Return the tokens over units that `user` administers, the newest first."""
    rows = db.session.execute(
        select(ApiToken, Unit)
        .join(Unit, Unit.id == ApiToken.unit_id)
        .where(roles.units_held(user, "admin"))
        .order_by(ApiToken.id.desc())
    )
    return [tuple(row) for row in rows]


def every() -> list[tuple[ApiToken, Unit]]:
    """Return all tokens; for the command line."""
    rows = db.session.execute(
        select(ApiToken, Unit)
        .join(Unit, Unit.id == ApiToken.unit_id)
        .order_by(ApiToken.id)
    )
    return [tuple(row) for row in rows]


def find(uid: str, user=None) -> ApiToken:
    """Return a token that `user` administers; raises TokenMissing.

    user  None = the command line
    """
    token = db.session.scalar(select(ApiToken).where(ApiToken.uid == uid))
    if token is None:
        raise TokenMissing
    unit = db.session.get_one(Unit, token.unit_id)
    if user and not roles.holds(user, "admin", unit, with_subunits=True):
        raise TokenMissing
    return token


class UnitServed(Conflict):
    message = N_(
        "Unit ini masih dibaca sistem lain lewat token API atau webhook. Cabut dahulu,"
        " lalu buat yang baru bagi unit tujuannya."
    )


@unit_changes.guard
def keep_unit(unit: Unit) -> None:
    """Let no unit go that another system reads: it would find nothing, in silence."""
    token = select(ApiToken.id).where(
        ApiToken.unit_id == unit.id,
        ApiToken.revoked_at.is_(None),
        ApiToken.expires_at > clock.now(),
    )
    webhook = select(Webhook.id).where(
        Webhook.unit_id == unit.id, Webhook.removed_at.is_(None)
    )
    for kept in (token, webhook):
        if db.session.scalar(kept.limit(1)) is not None:
            raise UnitServed


def _log(action: str, token: ApiToken, by, facts: dict, now: datetime) -> None:
    log.record(
        action,
        actor_id=by.id if by else None,
        object_kind="api_token",
        object_id=token.uid,
        facts=facts,
        now=now,
    )
