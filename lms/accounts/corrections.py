"""Requests to correct what HR has stored, and their answers.

An answer changes no data by itself: they are changed with it (see changes.py), or come
from HR's own register with its next import.
source  UU 27/2022 art. 30: within 3 x 24 hours
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, or_, select

from lms.audit import log
from lms.db import db
from lms.jobs import outbox
from lms.kernel.errors import Conflict, Invalid, NotFound, TooMany
from lms.kernel.i18n import N_

from . import letters, people, personal_data, roles, units
from .letters import Office
from .models import CorrectionRequest, Person, RoleGrant, Unit

OVERDUE = "correction.overdue"  # topic in the outbox, due when the time is over
DUE = timedelta(hours=3 * 24)
A_DAY = 20  # requests that one person may make in 24 hours
SHOWN = 50  # requests on the page, newest first


class FieldUnknown(NotFound):
    message = N_("Data itu tidak dikenal.")


class RequestMissing(NotFound):
    message = N_("Permintaan itu tidak ada.")


class AlreadyAsked(Conflict):
    message = N_(
        "Permintaan lain untuk data ini masih menunggu jawaban. Tarik dahulu, lalu"
        " ajukan yang baru."
    )


class NothingNew(Invalid):
    message = N_("Ini sudah sama dengan yang tersimpan.")


class AlreadyAnswered(Conflict):
    message = N_("Permintaan ini sudah dijawab atau ditarik.")


class AnswerWanted(Invalid):
    message = N_("Tulis jawabannya: orang yang meminta membacanya.")


class TooManyRequests(TooMany):
    message = N_("Terlalu banyak permintaan hari ini. Coba lagi besok.")


@dataclass(frozen=True)
class Wish:
    """What somebody wants to read instead of what is stored."""

    field: str
    wanted: str
    reason: str = ""


def of(person_id: int) -> list[CorrectionRequest]:
    """Return the requests of a person, newest first."""
    return list(
        db.session.scalars(
            select(CorrectionRequest)
            .where(CorrectionRequest.person_id == person_id)
            .order_by(CorrectionRequest.id.desc())
            .limit(SHOWN)
        )
    )


def waiting() -> list[tuple[CorrectionRequest, Person]]:
    """Return the open requests of everybody with who made them, first due first."""
    rows = db.session.execute(
        select(CorrectionRequest, Person)
        .join(Person, Person.id == CorrectionRequest.person_id)
        .where(CorrectionRequest.state == "open")
        .order_by(CorrectionRequest.due_at, CorrectionRequest.id)
    )
    return [(row[0], row[1]) for row in rows]


def held(user) -> Select[tuple[CorrectionRequest, Person]]:
    """Select the open requests that `user` is to answer: of HR's units, not one's own.

    Nobody answers their own.
    """
    return (
        select(CorrectionRequest, Person)
        .join(Person, Person.id == CorrectionRequest.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            CorrectionRequest.state == "open",
            roles.units_held(user, "hr"),
            Person.id != user.id,
        )
    )


def waiting_for(user, most: int) -> list[tuple[CorrectionRequest, Person]]:
    """Return the open requests of the units `user` holds, first due first."""
    rows = db.session.execute(
        held(user).order_by(CorrectionRequest.due_at, CorrectionRequest.id).limit(most)
    )
    return [(row[0], row[1]) for row in rows]


def count_for(user) -> int:
    """Return how many requests wait for the units that `user` holds."""
    return db.session.scalar(select(func.count()).select_from(held(user).subquery()))


def find_for(user, request_id: int) -> tuple[CorrectionRequest, Person]:
    """Return a request of the units `user` holds, open or answered.

    raises  RequestMissing  there is none, it is elsewhere, or their own
    """
    row = db.session.execute(
        select(CorrectionRequest, Person)
        .join(Person, Person.id == CorrectionRequest.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            CorrectionRequest.id == request_id,
            roles.units_held(user, "hr"),
            Person.id != user.id,
        )
    ).first()
    if row is None:
        raise RequestMissing
    return row[0], row[1]


def ask(
    person_id: int, wish: Wish, office: Office, now: datetime
) -> tuple[CorrectionRequest, bool]:
    """Make a request; return it and whether it is new: the same one twice is one.

    raises  FieldUnknown, NothingNew, AlreadyAsked, TooManyRequests
    """
    if wish.field not in personal_data.FIELDS:
        raise FieldUnknown
    # The person's row is the lock: two taps at once come one after the other.
    person = db.session.scalars(
        select(Person).where(Person.id == person_id).with_for_update()
    ).one()
    stored = personal_data.fact(person, wish.field)
    for row in of(person_id):
        if row.field == wish.field and row.state == "open":
            if row.wanted == wish.wanted:
                return row, False
            raise AlreadyAsked
    if wish.wanted == stored.value:
        raise NothingNew
    _respect_limit(person_id, now)
    row = CorrectionRequest(
        person_id=person_id,
        field=wish.field,
        said=stored.value[:255],
        wanted=wish.wanted,
        reason=wish.reason,
        created_at=now,
        due_at=now + DUE,
        state="open",
    )
    db.session.add(row)
    db.session.flush()
    _log("correction.asked", row, actor_id=person_id, now=now)
    _tell_hr(row, person, office, now)
    outbox.put(OVERDUE, {"request": row.id}, str(row.id), row.due_at)
    return row, True


def _respect_limit(person_id: int, now: datetime) -> None:
    made = db.session.scalar(
        select(func.count(CorrectionRequest.id)).where(
            CorrectionRequest.person_id == person_id,
            CorrectionRequest.created_at > now - timedelta(hours=24),
        )
    )
    if made >= A_DAY:
        raise TooManyRequests(retry_after=24 * 3600)


def withdraw(person_id: int, request_id: int, now: datetime) -> None:
    """Take one's own request back; twice is once.

    raises  RequestMissing   there is none, or it is somebody else's
            AlreadyAnswered
    """
    row = _locked(request_id)
    if row.person_id != person_id:
        raise RequestMissing
    if row.state == "withdrawn":
        return
    if row.state != "open":
        raise AlreadyAnswered
    row.state = "withdrawn"
    _log("correction.withdrawn", row, actor_id=person_id, now=now)


def answer(
    request_id: int,
    state: str,
    text: str,
    *,
    actor_id: int | None,
    office: Office,
    now: datetime,
    is_applied: bool = False,
) -> CorrectionRequest:
    """Answer a request: `done` or `refused`, with words; the same twice is once.

    Changes no data of the person: see changes.apply, or HR's next import.
    actor_id    None = the command line
    is_applied  the data were changed with the answer
    raises    RequestMissing, AlreadyAnswered, AnswerWanted
    """
    if state not in ("done", "refused"):
        raise ValueError(state)
    row, text = _locked(request_id), text.strip()[:1000]
    if not text:
        raise AnswerWanted
    if row.state != "open":
        if (row.state, row.answer) == (state, text):
            return row
        raise AlreadyAnswered
    row.state, row.answer = state, text
    row.answered_by, row.answered_at = actor_id, now
    row.is_applied = is_applied
    _log(f"correction.{state}", row, actor_id=actor_id, now=now)
    to = people.find(row.person_id)
    say = letters.words_for(to.id)
    office.send(
        to.email if to.is_active else None,
        say(N_("jawaban atas permintaan perbaikan data")),
        say(ANSWERED).format(name=to.name, site=office.site, base_url=office.base_url),
        f"correction answered:{row.id}",
        now,
    )
    return row


def _locked(request_id: int) -> CorrectionRequest:
    row = db.session.scalar(
        select(CorrectionRequest)
        .where(CorrectionRequest.id == request_id)
        .with_for_update()
    )
    if row is None:
        raise RequestMissing
    return row


def _log(action: str, row: CorrectionRequest, *, actor_id, now: datetime) -> None:
    log.record(
        action,
        actor_id=actor_id,
        object_kind="correction",
        object_id=row.id,
        facts={"person": row.person_id, "field": row.field},
        now=now,
    )


def _tell_hr(row: CorrectionRequest, person: Person, office: Office, now) -> None:
    """Write to HR of the person's unit, or to its administrators; no data inside."""
    due = f"{row.due_at.astimezone(_zone(person)):%d-%m-%Y %H.%M %Z}"
    for to in answerers(person, now):
        say = letters.words_for(to.id)
        text = say(ASKED).format(
            number=row.id, site=office.site, base_url=office.base_url, due=due
        )
        key = f"correction asked:{row.id}:{to.id}"
        office.send(to.email, say(N_("permintaan perbaikan data")), text, key, now)


def _zone(person: Person) -> ZoneInfo:
    return ZoneInfo(units.agency_of(person.unit_id).timezone)


def tell_overdue(request_id: int, office: Office, now: datetime) -> None:
    """Write to HR and to the administrators above that nobody has answered in time.

    Once for each of them; a request that is answered or withdrawn needs nobody.
    """
    row = db.session.get(CorrectionRequest, request_id)
    if row is None or row.state != "open":
        return
    person = people.find(row.person_id)
    for role in ("hr", "admin"):
        for to in _holders(person, now)[role]:
            say = letters.words_for(to.id)
            office.send(
                to.email,
                say(N_("permintaan perbaikan data lewat batas")),
                say(LATE).format(
                    number=row.id, site=office.site, base_url=office.base_url
                ),
                f"correction overdue:{row.id}:{to.id}",
                now,
            )


def answerers(person: Person, now: datetime) -> list[Person]:
    """Return who is to answer: HR over the person's unit; without any, administrators.

    Nobody answers their own request while there is anybody else.
    """
    held = _holders(person, now)
    return held["hr"] or held["admin"]


def _holders(person: Person, now: datetime) -> dict[str, list[Person]]:
    """Return HR and administrators over a person's unit today, but not the person."""
    path = db.session.get_one(Unit, person.unit_id).path
    above = [int(number) for number in path.strip("/").split("/")]
    today = now.astimezone(_zone(person)).date()
    rows = db.session.execute(
        select(RoleGrant.role, Person)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role.in_(("hr", "admin")),
            RoleGrant.revoked_at.is_(None),
            RoleGrant.valid_from <= today,
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today),
            or_(
                RoleGrant.unit_id == person.unit_id,
                and_(RoleGrant.unit_id.in_(above), RoleGrant.with_subunits),
            ),
            Person.is_active,
        )
        .order_by(Person.id)
    ).all()
    found: dict[str, dict[int, Person]] = {"hr": {}, "admin": {}}
    for role, holder in rows:
        if holder.id != person.id:
            found[role][holder.id] = holder
    return {role: list(holders.values()) for role, holders in found.items()}


ASKED = N_("""Ada permintaan perbaikan data pribadi nomor {number} di {site}.

Undang-Undang Nomor 27 Tahun 2022 Pasal 30 meminta perbaikan paling lambat 3 x 24 jam:
jawablah sebelum {due}.

Pengelola SDM menjawabnya di {base_url}/sdm/permintaan; administrator melihat isinya
dengan perintah `lms people corrections` dan menyimpan jawabannya dengan
`lms people correction {number}`. Isi permintaan tidak ditulis di surel ini karena
memuat data pribadi.
""")
LATE = N_("""Permintaan perbaikan data pribadi nomor {number} di {site} belum dijawab,
dan batas 3 x 24 jam menurut Undang-Undang Nomor 27 Tahun 2022 Pasal 30 sudah lewat.

Surel ini dikirim kepada pengelola SDM dan administrator di atasnya. Jawablah hari ini:

{base_url}/sdm/permintaan
""")
ANSWERED = N_("""Halo {name},

permintaan perbaikan data Anda di {site} sudah dijawab. Baca jawabannya di:

{base_url}/akun/data-diri
""")
