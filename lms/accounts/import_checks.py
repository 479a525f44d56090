"""What a row of a people file alone does not show: clashes with others, and rights.

Each function adds its errors to the plan it is given.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from lms.db import db
from lms.kernel.i18n import N_

from . import nip, roles, superiors
from .import_known import Known, parts
from .import_messages import SELF
from .import_rows import Finding
from .import_scope import Scope
from .models import Person, Unit

if TYPE_CHECKING:
    from .people_import import Change, Key, Plan

GUARDED = {
    "email": "email",
    "nip": "nip",
    "is_active": "aktif",
    "pns_orang_id": "pns_orang_id",
}
NOT_YOURS = N_("Unit kerja ini bukan wewenang Anda.")
NOT_YOUR_PERSON = N_(
    "Orang ini tercatat di unit yang bukan wewenang Anda. Mintalah pengelola SDM di"
    " sana memindahkannya."
)
OTHER_AGENCY = N_("Baris ini milik instansi lain. Berkas ini untuk satu instansi saja.")
RIGHTS_STAY = N_(
    "Orang ini memegang peran yang tidak Anda pegang: NIP, surel, dan keaktifannya"
    " hanya diubah oleh yang memegang peran itu atau administrator."
)
NOT_YOURSELF = N_("Data Anda sendiri diubah oleh pengelola SDM lain.")
CIRCLE = N_(
    "Rantai atasan berputar: %(chain)s. Betulkan atasan salah seorang dari mereka."
)


def run(
    made: Plan,
    known: Known,
    today: date,
    scope: Scope | None,
    refused: list[dict[str, str]],
) -> None:
    """Check everything; fills `made.gone` as well.

    refused  values of rows that were left out: who is named there is not gone
    """
    _check_twice(made)
    _check_emails(made, known)
    if "nip_atasan" in made.columns:
        _set_superiors(made, known, scope)
    _check_circles(made, known)
    if scope:
        _check_rights(made, known, scope)
        _check_nobody_rises(made, scope, today)
    _check_admins(made, today)
    made.gone = _gone(made, known, scope, refused)
    if scope:
        kept = roles.above(scope, today) | {scope.person_id}
        made.gone = [person_id for person_id in made.gone if person_id not in kept]


def _check_twice(made: Plan) -> None:
    """Refuse two rows that turn out to be one person (by NIP and by SIASN id)."""
    seen: dict[int, int] = {}
    for change in made.changes:
        if change.person_id:
            first = seen.setdefault(change.person_id, change.row.number)
            if first != change.row.number:
                text = N_(
                    "Orang ini sudah ada di baris %(first)s. Sisakan satu barisnya."
                )
                made.fault(change.row, "pns_orang_id", text, first=first)


def _check_emails(made: Plan, known: Known) -> None:
    given_up = {c.person_id for c in made.changes if "email" in c.facts}
    for change in made.changes:
        owner = known.by_email.get(str(change.facts.get("email", "")))
        if owner and owner.id != change.person_id and owner.id not in given_up:
            made.fault(
                change.row,
                "email",
                N_(
                    "Surel ini sudah dipakai orang lain. Isi surel miliknya sendiri,"
                    " atau kosongkan sel ini."
                ),
            )


def _set_superiors(made: Plan, known: Known, scope: Scope | None) -> None:
    in_file = {c.row.nip: c.key for c in made.changes if c.row.nip}
    in_file |= {c.row.email: c.key for c in made.changes if c.row.email}
    for change in made.changes:
        number, before = change.row.superior, change.superior
        change.superior = None
        if number:
            person = known.by_nip.get(number) or known.by_email.get(number)
            if person and scope:
                unit = known.units[person.unit_id]
                person = person if unit.agency_id == scope.agency_id else None
            change.superior = in_file.get(number) or (person.id if person else None)
            if change.superior is None:
                text = N_(
                    "Atasan ini tidak ada di berkas maupun di sistem. Betulkan NIP atau"
                    " surelnya, tambahkan dia ke berkas, atau kosongkan bila atasannya"
                    " kepala unit."
                )
                made.fault(change.row, "nip_atasan", text)
            elif change.superior == change.key:
                text = SELF
                made.fault(change.row, "nip_atasan", text)
        if change.kind == "same" and change.superior != before:
            change.kind = "changed"


def _check_circles(made: Plan, known: Known) -> None:
    """Refuse superiors that lead back to the person: in file, database, over heads."""
    heads = superiors.active_heads()
    lines = select(Person.id, Person.supervisor_id, Person.unit_id)
    if not heads:
        lines = lines.where(Person.supervisor_id.is_not(None))
    above: dict[Key, Key | None] = {}
    for person_id, superior, unit_id in db.session.execute(lines):
        path = known.units[unit_id].path if heads else ""
        above[person_id] = superior or superiors.head_over(person_id, path, heads)
    touched: set[Key] = set()
    for c in made.changes:
        path = known.units[c.start].path if heads else ""
        above[c.key] = c.superior or superiors.head_over(c.key, path, heads)
        if c.before is None or (c.superior, c.start) != (c.before[2], c.before[0]):
            touched.add(c.key)
    clear: set[Key] = set()
    for change in made.changes:
        line: dict[Key, None] = {}
        at: Key | None = change.key
        while at is not None and at not in clear and at not in line:
            line[at] = None
            at = above.get(at)
        if at is not None and at == change.key and len(line) > 1:
            _say_circle(made, change, list(line), not touched.isdisjoint(line))
        if at is None or at in clear:
            clear.update(line)


def _say_circle(made: Plan, change: Change, line: list[Key], is_error: bool) -> None:
    """Name the chain; one that stood there before the file is only a doubt."""
    names: dict[Key, str] = {c.key: c.row.name for c in made.changes}
    others = [key for key in line if key not in names and isinstance(key, int)]
    for part in parts(others):
        rows = db.session.execute(
            select(Person.id, Person.name).where(Person.id.in_(part))
        )
        names |= {person_id: name for person_id, name in rows}
    shown = [names[key] for key in [*line, line[0]]]
    if len(shown) > 8:
        shown[4:-3] = ["…"]
    letter = made.letters.get("nip_atasan", "")
    facts = {"chain": " → ".join(shown)}
    made.findings.append(
        Finding(change.row.number, "nip_atasan", CIRCLE, facts, is_error, letter)
    )


def _check_rights(made: Plan, known: Known, scope: Scope) -> None:
    for change in made.changes:
        unit, is_new = known.units[change.start], isinstance(change.unit, tuple)
        if unit.agency_id != scope.agency_id:
            made.fault(change.row, "instansi_kode", OTHER_AGENCY)
        elif not scope.covers(unit.id, unit.path, is_new):
            made.fault(change.row, "unit_kerja", NOT_YOURS)
        elif change.before:
            now = known.units[change.before[0]]
            if not scope.covers(now.id, now.path):
                made.fault(change.row, "nip", NOT_YOUR_PERSON)


def _check_nobody_rises(made: Plan, scope: Scope, today: date) -> None:
    """Nobody gets another's rights by giving that account an address of their own."""
    above = roles.above(scope, today)
    for change in made.changes:
        if change.person_id == scope.person_id and change.kind != "same":
            made.fault(change.row, "nip", NOT_YOURSELF)
        if change.person_id in above:
            for fact in GUARDED.keys() & change.facts.keys():
                made.fault(change.row, GUARDED[fact], RIGHTS_STAY)


def _check_admins(made: Plan, today: date) -> None:
    leaving = {c.person_id: c for c in made.changes if c.kind == "deactivated"}
    if not leaving:
        return
    try:
        roles.check_not_last_admin(set(leaving), today)
    except roles.LastAdministrator as last:
        admins = roles.administrators(today)
        for person_id in admins & set(leaving):
            made.fault(leaving[person_id].row, "aktif", last.message)


def _gone(
    made: Plan, known: Known, scope: Scope | None, refused: list[dict[str, str]]
) -> list[int]:
    """Return active people of these agencies, in units held, whom no row is about."""
    agencies = {known.units[c.start].agency_id for c in made.changes}
    if scope:
        agencies &= {scope.agency_id}
    here = db.session.execute(
        select(
            Person.id, Unit.id, Unit.path, Person.nip, Person.email,
            Person.pns_orang_id, Person.name,
        )
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.is_active, Unit.agency_id.in_(agencies))
        .order_by(Person.id)
    )  # fmt: skip
    named = {change.person_id for change in made.changes}
    said = _said_of(refused)
    return [
        person_id
        for person_id, unit_id, path, *marks, name in here
        if person_id not in named
        and said.isdisjoint((*marks, name.casefold()))
        and (not scope or scope.covers(unit_id, path))
    ]


def _said_of(refused: list[dict[str, str]]) -> set[str]:
    """Return by what refused rows name people: the number itself may be what is wrong,
    so a name counts as well.
    """
    said = set()
    for values in refused:
        said |= {nip.bare(values["nip"]), values["email"].lower()}
        said |= {values["pns_orang_id"], values["nama"].casefold()}
    return said - {""}
