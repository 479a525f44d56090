"""Signed-in browsers: open, recognise, refresh, end. Knows no request."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from lms.db import db
from lms.db.prepared import Prepared
from lms.jobs.worker import every_day
from lms.kernel import display, ids
from lms.kernel.display import Display

from .models import (
    Agency,
    Deputy,
    LoginSession,
    Person,
    Preference,
    RoleGrant,
    Unit,
    UnitHead,
    full_name,
)

STAFF = frozenset({"hr", "admin"})
REFRESH = timedelta(minutes=5)  # `seen_at` is not written more often than this
DEFAULT_ZONE = "Asia/Jakarta"


@dataclass(frozen=True)
class Limits:
    """How long a session lasts unused (`idle`) and in all (`total`)."""

    idle: timedelta = timedelta(hours=12)
    total: timedelta = timedelta(days=7)
    staff_idle: timedelta = timedelta(minutes=60)
    staff_total: timedelta = timedelta(hours=12)

    def end_of(self, created: datetime, seen: datetime, is_staff: bool) -> datetime:
        """Return when a session ends that was opened and last seen then."""
        idle, total = (
            (self.staff_idle, self.staff_total) if is_staff else (self.idle, self.total)
        )
        return min(created + total, seen + idle)


@dataclass(frozen=True)
class SignedIn:
    """Who is asking: a person with session and rights, loaded by one query.

    roles   roles held today: instructor, hr, admin
    grants  (role, unit id, unit path, with sub-units), as held today
    is_superior  has staff of their own, heads a unit, or may stand in for a superior
    timezone  of the agency: its days decide years, dues and roles
    shown_zone  the zone that times are shown in: the person's own, or the agency's
    language  as chosen by the person; "" = nothing chosen
    """

    id: int
    uid: str
    name: str
    full_name: str
    unit_id: int
    agency_id: int
    timezone: str
    is_demo: bool
    session_id: int
    seen_at: datetime
    grants: tuple[tuple[str, int, str, bool], ...] = ()
    is_superior: bool = False
    shown_zone: str = DEFAULT_ZONE
    language: str = ""
    display: Display = display.USUAL

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.id)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant[0] for grant in self.grants)

    @property
    def initials(self) -> str:
        """Return one or two capitals: "RK"."""
        words = self.name.split()
        return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


def cookie_name(tls: bool) -> str:
    """Return the cookie's name; on TLS browsers enforce what the prefix promises."""
    return "__Host-sid" if tls else "sid"


def open_for(person_id: int, now: datetime, device: str = "") -> str:
    """Open a session and return its token for the cookie; only its hash is kept."""
    token = ids.new_secret()
    db.session.add(
        LoginSession(
            token_hash=ids.digest(token),
            person_id=person_id,
            created_at=now,
            seen_at=now,
            device=device[:120],
        )
    )
    db.session.flush()
    return token


def load(token: str, now: datetime, limits: Limits | None = None) -> SignedIn | None:
    """Return who holds `token`, or None: unknown, ended, too old, or suspended."""
    rows = _WHO.rows(token=ids.digest(token))
    if not rows:
        return None
    first = rows[0]
    zone = first.timezone or DEFAULT_ZONE
    today = now.astimezone(ZoneInfo(zone)).date()
    grants = tuple(
        (row.role, row.held_id, row.held_path, row.with_subunits)
        for row in rows
        if row.role and row.valid_from <= today <= (row.valid_to or today)
    )
    is_staff = any(grant[0] in STAFF for grant in grants)
    ends = (limits or Limits()).end_of(first.created_at, first.seen_at, is_staff)
    if now >= ends:
        return None
    return SignedIn(
        id=first.id,
        uid=first.uid,
        name=first.name,
        full_name=full_name(first.title_front, first.name, first.title_back),
        unit_id=first.unit_id,
        agency_id=first.agency_id,
        timezone=zone,
        is_demo=first.is_demo,
        session_id=first.session_id,
        seen_at=first.seen_at,
        grants=grants,
        is_superior=bool(first.is_superior),
        shown_zone=first.own_zone or zone,
        language=first.language or "",
        display=_display_of(first),
    )


def _display_of(row) -> Display:
    if row.theme is None:
        return display.USUAL
    return display.of(row.theme, row.text_size, row.data_saver)


def _who_statement():
    """Session, person, wishes, agency's zone; one row per grant, or one row."""
    home, held = aliased(Unit), aliased(Unit)
    staff = aliased(Person)
    is_superior = or_(
        exists().where(staff.supervisor_id == Person.id, staff.is_active),
        exists().where(UnitHead.person_id == Person.id, UnitHead.valid_to.is_(None)),
        exists().where(Deputy.deputy_id == Person.id, Deputy.revoked_at.is_(None)),
    )
    return (
        select(
            LoginSession.id.label("session_id"),
            LoginSession.created_at,
            LoginSession.seen_at,
            Person.id,
            Person.uid,
            Person.name,
            Person.title_front,
            Person.title_back,
            Person.unit_id,
            Person.is_demo,
            home.agency_id,
            Agency.timezone,
            Preference.language,
            Preference.theme,
            Preference.text_size,
            Preference.data_saver,
            Preference.timezone.label("own_zone"),
            RoleGrant.role,
            RoleGrant.unit_id.label("held_id"),
            RoleGrant.with_subunits,
            RoleGrant.valid_from,
            RoleGrant.valid_to,
            held.path.label("held_path"),
            is_superior.label("is_superior"),
        )
        .join(Person, Person.id == LoginSession.person_id)
        .join(home, home.id == Person.unit_id)
        .outerjoin(Agency, Agency.unit_id == home.agency_id)
        .outerjoin(Preference, Preference.person_id == Person.id)
        .outerjoin(
            RoleGrant,
            and_(RoleGrant.person_id == Person.id, RoleGrant.revoked_at.is_(None)),
        )
        .outerjoin(held, held.id == RoleGrant.unit_id)
        .where(
            LoginSession.token_hash == bindparam("token"),
            LoginSession.ended_at.is_(None),
            Person.is_active,
        )
        .order_by(RoleGrant.id)
    )


_WHO = Prepared(_who_statement())  # every request runs it


def touch(session_id: int, now: datetime) -> None:
    """Note that the session is in use; never moves backwards, never revives one."""
    db.session.execute(
        update(LoginSession)
        .where(
            LoginSession.id == session_id,
            LoginSession.ended_at.is_(None),
            LoginSession.seen_at < now,
        )
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )


def list_open(
    person_id: int, now: datetime, limits: Limits, is_staff: bool = False
) -> list[LoginSession]:
    """Return the sessions of a person that may still be in use, newest first."""
    rows = db.session.scalars(
        select(LoginSession)
        .where(LoginSession.person_id == person_id, LoginSession.ended_at.is_(None))
        .order_by(LoginSession.seen_at.desc(), LoginSession.id.desc())
    )
    return [
        row
        for row in rows
        if now < limits.end_of(row.created_at, row.seen_at, is_staff)
    ]


@every_day
def forget_old(now: datetime) -> None:
    """Delete sessions that nobody has used for a month; for the worker."""
    db.session.execute(
        delete(LoginSession).where(LoginSession.seen_at < now - timedelta(days=30))
    )


def end(token: str, now: datetime) -> None:
    """End the session of `token`; a copied cookie is dead from now on."""
    _end(LoginSession.token_hash == ids.digest(token), now)


def end_one(person_id: int, session_id: int, now: datetime) -> None:
    """End one session of this person; another's, or one that is over, stays as is."""
    _end(and_(LoginSession.id == session_id, LoginSession.person_id == person_id), now)


def end_all(person_id: int, now: datetime, except_token: str | None = None) -> None:
    """End all sessions of a person, but for the one asking."""
    which = LoginSession.person_id == person_id
    if except_token:
        which = and_(which, LoginSession.token_hash != ids.digest(except_token))
    _end(which, now)


def _end(which, now: datetime) -> None:
    db.session.execute(
        update(LoginSession)
        .where(which, LoginSession.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session="fetch")
    )
