"""Compare a people file with the database, and bring it in: all or nothing."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from lms.db import db
from lms.kernel.i18n import N_

from . import roles
from .import_file import Finding, Row, Table
from .models import Agency, Job, Person, Unit

CHUNK = 900  # values in one IN (...): below every database's limit

# A person is known by id; one that the file brings by ("new", row number).
Key = int | tuple[str, int]


@dataclass
class Change:
    """What a row means: the person it is about (None = new) and what differs.

    kind   new, changed, moved, deactivated, same
    facts  columns of Person to set
    unit   id, or names from the agency's root id down where units must be made
    """

    row: Row
    person_id: int | None
    kind: str = "same"
    facts: dict[str, object] = field(default_factory=dict)
    unit: int | tuple = 0
    job: tuple[str, str, str] | int | None = None
    superior: Key | None = None

    @property
    def key(self) -> Key:
        return self.person_id or ("new", self.row.number)


@dataclass
class Plan:
    """What an import would do. With errors in `findings` nothing may be done."""

    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    unlisted: int = 0  # active people of these agencies whom the file does not name

    @property
    def has_errors(self) -> bool:
        return any(f.is_error for f in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many are new, changed, moved, deactivated, same."""
        kinds = [change.kind for change in self.changes]
        names = ("new", "changed", "moved", "deactivated", "same")
        return {name: kinds.count(name) for name in names}


class _Known:
    """What the database holds about the people, units and jobs of a file."""

    def __init__(self, rows: list[Row]) -> None:
        codes = db.session.execute(select(Agency.code, Agency.unit_id))
        self.agencies = {code: unit_id for code, unit_id in codes}
        self.units: dict[tuple[int | None, str], int] = {}
        self.root_names: dict[int, str] = {}
        for unit in db.session.execute(
            select(Unit.id, Unit.parent_id, Unit.name)
            .where(Unit.valid_to.is_(None))
            .order_by(Unit.id)
        ):
            self.units.setdefault((unit.parent_id, unit.name.casefold()), unit.id)
            if unit.parent_id is None:
                self.root_names[unit.id] = unit.name.casefold()
        self.jobs = {
            (job.title, job.type, job.level): job.id
            for job in db.session.execute(
                select(Job.id, Job.title, Job.type, Job.level)
            )
        }
        numbers = {row.nip for row in rows} | {row.superior for row in rows}
        self.by_nip = _people(Person.nip, numbers)
        self.by_email = _people(Person.email, {row.email for row in rows})
        self.by_siasn = _people(Person.pns_orang_id, {row.siasn_id for row in rows})


def _people(column, values: set[str]) -> dict[str, object]:
    wanted, found = sorted(values - {""}), {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        for person in db.session.execute(
            select(*(c for c in Person.__table__.columns), column.label("asked")).where(
                column.in_(part)
            )
        ):
            found[person.asked] = person
    return found


def plan(table: Table, today: date, agency_code: str = "") -> Plan:
    """Return what importing `table` would do; changes nothing.

    agency_code  for rows that name none; "" where there is only one agency
    """
    made = Plan(findings=list(table.findings), columns=table.columns)
    if not table.columns:
        return made
    known = _Known(table.rows)
    for row in table.rows:
        change = _change(row, known, table.columns, made, agency_code)
        if change:
            made.changes.append(change)
    _check_twice(made)
    _check_emails(made, known)
    if "nip_atasan" in table.columns:
        _set_superiors(made, known)
        _check_circles(made)
    _check_admins(made, today)
    made.unlisted = _count_unlisted(made)
    made.findings.sort(key=lambda f: (f.row, f.column))
    return made


def _change(
    row: Row, known: _Known, columns, made: Plan, default: str
) -> Change | None:
    code = row.agency_code or default
    if not code and len(known.agencies) == 1:
        code = next(iter(known.agencies))
    root = known.agencies.get(code)
    if root is None:
        text = N_("Kode instansi “%(code)s” tidak dikenal.") if code else N_(
            "Ada beberapa instansi: isi kolom instansi_kode, atau beri --instansi."
        )  # fmt: skip
        _fault(made, row, "instansi_kode", text, code=code)
        return None
    person = _who(row, known)
    change = Change(row=row, person_id=person.id if person else None)
    change.unit = _unit(row, root, known)
    change.job = known.jobs.get(row.job, row.job) if row.job else None
    change.facts = _facts(row, columns)
    if person is None:
        change.kind = "new"
        return change
    if "jabatan" not in columns:
        change.job = person.job_id
    change.superior = person.supervisor_id
    change.facts = {
        name: value
        for name, value in change.facts.items()
        if value != getattr(person, name)
    }
    if change.facts.get("is_active") is False:
        change.kind = "deactivated"
    elif change.unit != person.unit_id:
        change.kind = "moved"
    elif change.facts or change.job != person.job_id:
        change.kind = "changed"
    return change


def _who(row: Row, known: _Known):
    """Find the person: by NIP; by SIASN id when the number is new; else by e-mail."""
    found = known.by_nip.get(row.nip) or known.by_siasn.get(row.siasn_id)
    if found:
        return found
    person = known.by_email.get(row.email)
    return person if person and not person.nip else None


def _unit(row: Row, root: int, known: _Known) -> int | tuple:
    names = row.unit
    if len(names) == 1 and names[0].casefold() == known.root_names.get(root):
        return root
    at = root
    for depth, name in enumerate(names):
        below = known.units.get((at, name.casefold()))
        if below is None:
            return (at, *names[depth:])
        at = below
    return at


def _facts(row: Row, columns: frozenset[str]) -> dict[str, object]:
    facts: dict[str, object] = {"name": row.name, "asn_status": row.status}
    if row.nip:
        facts["nip"] = row.nip
        facts["id_kind"] = "NI_PPPK" if 21 <= int(row.nip[12:14]) <= 29 else "NIP"
    else:
        facts["id_kind"] = "LAIN"
    if row.email:
        facts["email"] = row.email
    if row.siasn_id:
        facts["pns_orang_id"] = row.siasn_id
    for column, name, value in (
        ("golongan", "rank", row.rank),
        ("gelar_depan", "title_front", row.title_front),
        ("gelar_belakang", "title_back", row.title_back),
        ("aktif", "is_active", row.is_active),
    ):
        if column in columns:
            facts[name] = value
    return facts


def _fault(made: Plan, row: Row, column: str, message: str, **facts: object) -> None:
    made.findings.append(Finding(row.number, column, message, facts))


def _check_twice(made: Plan) -> None:
    """Refuse two rows that turn out to be one person (by NIP and by SIASN id)."""
    seen: dict[int, int] = {}
    for change in made.changes:
        if change.person_id:
            first = seen.setdefault(change.person_id, change.row.number)
            if first != change.row.number:
                text = N_("Orang ini sudah ada di baris %(first)s.")
                _fault(made, change.row, "pns_orang_id", text, first=first)


def _check_emails(made: Plan, known: _Known) -> None:
    given_up = {c.person_id for c in made.changes if "email" in c.facts}
    for change in made.changes:
        owner = known.by_email.get(str(change.facts.get("email", "")))
        if owner and owner.id != change.person_id and owner.id not in given_up:
            _fault(made, change.row, "email", N_("Surel ini sudah dipakai orang lain."))


def _set_superiors(made: Plan, known: _Known) -> None:
    in_file = {c.row.nip: c.key for c in made.changes if c.row.nip}
    for change in made.changes:
        number, before = change.row.superior, change.superior
        change.superior = None
        if number:
            person = known.by_nip.get(number)
            change.superior = in_file.get(number) or (person.id if person else None)
            if change.superior is None:
                text = N_("Atasan dengan NIP ini tidak ada di berkas maupun di sistem.")
                _fault(made, change.row, "nip_atasan", text)
            elif change.superior == change.key:
                text = N_("Atasan tidak boleh orang itu sendiri.")
                _fault(made, change.row, "nip_atasan", text)
        if change.kind == "same" and change.superior != before:
            change.kind = "changed"


def _check_circles(made: Plan) -> None:
    """Refuse superiors that lead back to the person, through file and database."""
    lines = db.session.execute(
        select(Person.id, Person.supervisor_id).where(Person.supervisor_id.is_not(None))
    )
    above: dict[Key, Key | None] = {below: superior for below, superior in lines}
    above |= {change.key: change.superior for change in made.changes}
    clear: set[Key] = set()
    for change in made.changes:
        line: list[Key] = []
        at: Key | None = change.key
        passed: set[Key] = set()
        while at is not None and at not in clear and at not in passed:
            passed.add(at)
            line.append(at)
            at = above.get(at)
        if at is not None and at in passed and at == change.key and len(line) > 1:
            text = N_("Rantai atasan ini berputar kembali ke orang yang sama.")
            _fault(made, change.row, "nip_atasan", text)
        if at is None or at in clear:
            clear |= passed


def _check_admins(made: Plan, today: date) -> None:
    leaving = {c.person_id: c for c in made.changes if c.kind == "deactivated"}
    if not leaving:
        return
    try:
        roles.check_not_last_admin(set(leaving), today)
    except roles.LastAdministrator as last:
        admins = roles.administrators(today)
        for person_id in admins & set(leaving):
            _fault(made, leaving[person_id].row, "aktif", last.message)


def _count_unlisted(made: Plan) -> int:
    agencies = select(Unit.id).where(
        Unit.agency_id.in_(
            select(Unit.agency_id).where(
                Unit.id.in_({c.unit if isinstance(c.unit, int) else c.unit[0]
                             for c in made.changes})
            )
        )
    )  # fmt: skip
    here = db.session.scalars(
        select(Person.id).where(Person.is_active, Person.unit_id.in_(agencies))
    )
    return len(set(here) - {change.person_id for change in made.changes})
