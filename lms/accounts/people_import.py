"""Compare a people file with the database: what an import of it would do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from lms.db import db, reading
from lms.kernel.i18n import N_

from . import import_checks
from .import_file import Finding, Row, Table
from .import_known import CHUNK, Known, fingerprint, name_key
from .import_scope import Scope

__all__ = ("CHUNK", "Change", "Key", "NewJob", "Plan", "look", "plan")

KINDS = ("new", "changed", "moved", "deactivated", "same")
STEP = 500  # rows between two calls of a watch

# A person is known by id; one that the file brings by ("new", row number).
Key = int | tuple[str, int]


@dataclass
class Change:
    """What a row means: the person it is about (None = new) and what differs.

    kind    new, changed, moved, deactivated, same
    facts   columns of Person to set
    unit    id, or names from the agency's root id down where units must be made
    before  the person's unit, job, superior and name as they are; None = new
    was     what stands now in the columns of `facts`
    """

    row: Row
    person_id: int | None
    kind: str = "same"
    facts: dict[str, object] = field(default_factory=dict)
    unit: int | tuple = 0
    job: tuple[str, str, str] | int | None = None
    superior: Key | None = None
    before: tuple | None = None
    was: dict[str, object] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.person_id or ("new", self.row.number)

    @property
    def start(self) -> int:
        """Return the unit that exists already: the one meant, or the one above it."""
        return self.unit if isinstance(self.unit, int) else self.unit[0]


@dataclass(frozen=True, order=True)
class NewJob:
    """A job that would be made; family: that of its title elsewhere, "" = none."""

    title: str
    type: str
    level: str
    family: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.title, self.type, self.level


@dataclass
class Plan:
    """What an import would do. With errors in `findings` nothing may be done.

    gone   ids of active people of the same units whom the file does not name
    known  what the database held; None = the file could not be read
    """

    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    gone: list[int] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)
    known: Known | None = None

    @property
    def has_errors(self) -> bool:
        return any(f.is_error for f in self.findings)

    @property
    def unlisted(self) -> int:
        return len(self.gone)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many are new, changed, moved, deactivated, same."""
        kinds = [change.kind for change in self.changes]
        return {name: kinds.count(name) for name in KINDS}

    @property
    def does_something(self) -> bool:
        return any(change.kind != "same" for change in self.changes)

    @property
    def new_units(self) -> list[tuple[str, ...]]:
        """Return the units that would be made: names from below the agency down."""
        found: dict[tuple, tuple[str, ...]] = {}
        for change in self.changes:
            if isinstance(change.unit, tuple):
                start, *names = change.unit
                above = self.known.trail(start)
                for depth in range(1, len(names) + 1):
                    key = (start, *map(name_key, names[:depth]))
                    found.setdefault(key, (*above, *names[:depth]))
        return sorted(found.values())

    @property
    def new_jobs(self) -> list[NewJob]:
        """Return the jobs that would be made."""
        keys = {c.job for c in self.changes if isinstance(c.job, tuple)}
        families = self.known.families if self.known else {}
        return sorted(NewJob(*key, families.get(key[0], "")) for key in keys)

    def fault(self, row: Row, column: str, message: str, /, **facts: object) -> None:
        """Add an error at a cell."""
        letter = self.letters.get(column, "")
        self.findings.append(Finding(row.number, column, message, facts, True, letter))


def look(table: Table, today: date, agency_code: str = "", **more) -> tuple:
    """Return a plan and its stamp for `import_apply.apply`: nobody waits meanwhile.

    more  as `plan` takes it
    """
    token = reading.set(True)
    try:
        stamp = fingerprint()
        return plan(table, today, agency_code, **more), stamp
    finally:
        db.session.rollback()
        reading.reset(token)


def plan(
    table: Table,
    today: date,
    agency_code: str = "",
    scope: Scope | None = None,
    watch: Callable[[int, int], None] = lambda _done, _all: None,
) -> Plan:
    """Return what importing `table` would do; changes nothing.

    agency_code  for rows that name none; "" where there is only one agency
    scope        the units the importer holds; None = the command line: all of them
    """
    heading = table.heading
    letters = {name: heading.letter(name) for name in heading.names if name}
    made = Plan(list(), list(table.findings), table.columns, letters=letters)
    if not table.columns:
        return made
    known = made.known = Known(table.rows)
    default = scope.agency_code if scope else agency_code
    refused = list(table.refused)
    for number, row in enumerate(table.rows):
        if number % STEP == 0:
            watch(number, len(table.rows))
        change = _change(row, known, table.columns, made, default)
        if change:
            made.changes.append(change)
        else:
            refused.append({"nip": row.nip, "email": row.email, "nama": row.name,
                            "pns_orang_id": row.siasn_id})  # fmt: skip
    watch(len(table.rows), len(table.rows))
    import_checks.run(made, known, today, scope, refused)
    made.findings.sort(key=lambda f: (f.row, f.column))
    return made


def _change(row: Row, known: Known, columns, made: Plan, default: str) -> Change | None:
    root = known.root(row, default)
    if root is None:
        _no_agency(made, row)
        return None
    person = known.who(row)
    change = Change(row=row, person_id=person.id if person else None)
    change.unit = known.unit(row, root, person.unit_id if person else None)
    change.job = known.job(row, root)
    change.facts = _facts(row, columns)
    if person is None:
        change.kind = "new"
        return change
    change.before = (person.unit_id, person.job_id, person.supervisor_id, person.name)
    if "jabatan" not in columns:
        change.job = person.job_id
    change.superior = person.supervisor_id
    change.facts = {
        name: value
        for name, value in change.facts.items()
        if value != getattr(person, name)
    }
    change.was = {name: getattr(person, name) for name in change.facts}
    if change.facts.get("is_active") is False:
        change.kind = "deactivated"
    elif change.unit != person.unit_id:
        change.kind = "moved"
    elif change.facts or change.job != person.job_id:
        change.kind = "changed"
    return change


def _no_agency(made: Plan, row: Row) -> None:
    if row.agency_code:
        text = N_(
            "Kode instansi “%(code)s” tidak dikenal. Betulkan, atau kosongkan bila"
            " seluruh berkas ini milik satu instansi."
        )
        made.fault(row, "instansi_kode", text, code=row.agency_code)
    elif row.agency_siasn_id:
        made.fault(
            row,
            "instansi_id",
            N_(
                "Instansi dengan ID SIASN ini tidak dikenal. Kosongkan bila seluruh"
                " berkas ini milik satu instansi."
            ),
        )
    else:
        text = N_(
            "Ada beberapa instansi: isi kolom instansi_kode, atau beri --instansi."
        )
        made.fault(row, "instansi_kode", text)


def _facts(row: Row, columns: frozenset[str]) -> dict[str, object]:
    facts: dict[str, object] = {"name": row.name, "asn_status": row.status}
    if row.nip:
        facts["nip"] = row.nip
    facts["id_kind"] = _id_kind(row)
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


def _id_kind(row: Row) -> str:
    """Return what kind of number it is: as the column says, else as it looks."""
    if row.id_kind:
        return row.id_kind
    if not row.nip:
        return "LAIN"
    return "NI_PPPK" if 21 <= int(row.nip[12:14]) <= 29 else "NIP"
