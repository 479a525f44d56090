"""What the database holds about the people, units and jobs of a file."""

from collections.abc import Iterable

from sqlalchemy import case, func, select

from lms.audit.models import AuditEntry
from lms.db import db
from lms.kernel.text import one_line

from .import_rows import Row
from .models import Agency, Job, Person, RoleGrant, Unit, UnitAlias, UnitHead

CHUNK = 900  # values in one IN (...): below every database's limit


def name_key(name: str) -> str:
    """Return a unit's name as it is compared: neither case nor spaces count."""
    return "".join(one_line(name).casefold().split())


class Known:
    """Look-ups for a plan, filled in few statements."""

    def __init__(self, rows: list[Row]) -> None:
        self._read_units()
        self.jobs: dict[tuple[str, str, str], int] = {}
        families: dict[str, set[str]] = {}
        for job in db.session.execute(
            select(Job.id, Job.title, Job.type, Job.level, Job.family)
        ):
            self.jobs[job.title, job.type, job.level] = job.id
            families.setdefault(job.title, set()).add(job.family)
        self.job_keys = {job_id: key for key, job_id in self.jobs.items()}
        # The family of a title, where all jobs of that title agree.
        self.families = {t: f.pop() for t, f in families.items() if len(f) == 1}
        self.merged_jobs: dict[tuple[int, int], int] = {}
        for entry in _merges("job"):
            for agency_id in entry.facts.get("agencies", ()):
                key = (agency_id, int(entry.object_id))
                self.merged_jobs[key] = entry.facts["into"]
        above = {row.superior for row in rows}
        mails = {text for text in above if "@" in text}
        self.by_nip = _people(Person.nip, {row.nip for row in rows} | above - mails)
        self.by_email = _people(Person.email, {row.email for row in rows} | mails)
        self.by_siasn = _people(Person.pns_orang_id, {row.siasn_id for row in rows})

    def _read_units(self) -> None:
        self.units = {}
        self.below: dict[tuple[int | None, str], int] = {}
        self.merged = {int(e.object_id): e.facts["into"] for e in _merges("unit")}
        gone: dict[tuple[int | None, str], int] = {}
        self.by_unor: dict[tuple[int, str], int] = {}
        for unit in db.session.execute(
            select(
                Unit.id,
                Unit.parent_id,
                Unit.agency_id,
                Unit.path,
                Unit.name,
                Unit.siasn_unor_id,
                Unit.valid_to,
            ).order_by(Unit.id)
        ):
            self.units[unit.id] = unit
            if unit.valid_to is not None and unit.id in self.merged:
                gone[unit.parent_id, name_key(unit.name)] = unit.id
            if unit.valid_to is None:
                key = (unit.parent_id, name_key(unit.name))
                self.below.setdefault(key, unit.id)
                if unit.siasn_unor_id:
                    key = (unit.agency_id, unit.siasn_unor_id)
                    self.by_unor.setdefault(key, unit.id)
        # Where a unit was merged away, its old place means the unit it went into.
        for key, unit_id in gone.items():
            target = self._open_target(unit_id)
            if target is not None:
                self.below.setdefault(key, target)
        self.aliases = {
            (agency_id, name_key(name)): unit_id
            for agency_id, name, unit_id in db.session.execute(
                select(UnitAlias.agency_id, UnitAlias.name, UnitAlias.unit_id)
            )
        }
        self.agencies: dict[str, int] = {}
        self.agencies_of_siasn: dict[str, int] = {}
        for agency in db.session.execute(
            select(Agency.code, Agency.siasn_id, Agency.unit_id)
        ):
            self.agencies[agency.code] = agency.unit_id
            if agency.siasn_id:
                self.agencies_of_siasn[agency.siasn_id.casefold()] = agency.unit_id

    def root(self, row: Row, default: str) -> int | None:
        """Return the agency a row belongs to: by code, by SIASN id, or the only one."""
        if row.agency_code:
            return self.agencies.get(row.agency_code)
        if row.agency_siasn_id:
            return self.agencies_of_siasn.get(row.agency_siasn_id.casefold())
        if default:
            return self.agencies.get(default)
        return next(iter(self.agencies.values())) if len(self.agencies) == 1 else None

    def unit(self, row: Row, root: int, now: int | None) -> int | tuple:
        """Return a unit's id; or the id to start from, and names of units to make.

        now  the unit the person is in, which stays when the names fit it as well
        """
        found = self.by_unor.get((root, row.unor_id)) if row.unor_id else None
        if found:
            return found
        names = [name_key(name) for name in row.unit]
        if len(names) == 1 and names[0] == name_key(self.units[root].name):
            return root
        if now is not None and self.names(now, root) == names:
            return now
        at = root
        for depth, name in enumerate(names):
            below = self.below.get((at, name)) or self._by_alias(root, at, name)
            if below is None:
                return (at, *row.unit[depth:])
            at = below
        return at

    def _open_target(self, unit_id: int) -> int | None:
        """Return the unit that a merged one has become, through further merges."""
        seen: set[int] = set()
        while unit_id in self.merged and unit_id not in seen:
            seen.add(unit_id)
            unit_id = self.merged[unit_id]
        unit = self.units.get(unit_id)
        return unit_id if unit is not None and unit.valid_to is None else None

    def job(self, row: Row, root: int) -> int | tuple[str, str, str] | None:
        """Return the id of a row's job; its facts where it must be made."""
        if not row.job:
            return None
        found = self.jobs.get(row.job)
        seen: set[int] = set()
        while (root, found) in self.merged_jobs and found not in seen:
            seen.add(found)
            found = self.merged_jobs[root, found]
        return found or row.job

    def _by_alias(self, root: int, at: int, name: str) -> int | None:
        unit = self.units.get(self.aliases.get((root, name), 0))
        is_below = unit and unit.path.startswith(self.units[at].path)
        return unit.id if is_below and unit.valid_to is None else None

    def names(self, unit_id: int, root: int) -> list[str] | None:
        """Return the keys of the names below the agency, downwards; None elsewhere."""
        numbers = [int(n) for n in self.units[unit_id].path.strip("/").split("/")]
        if numbers[0] != root:
            return None
        return [name_key(self.units[n].name) for n in numbers[1:]]

    def trail(self, unit_id: int) -> tuple[str, ...]:
        """Return the names from below the agency down to a unit; () = the agency."""
        numbers = self.units[unit_id].path.strip("/").split("/")
        return tuple(self.units[int(n)].name for n in numbers[1:])

    def who(self, row: Row):
        """Find the person: by NIP; by SIASN id when the number is new; by e-mail."""
        found = self.by_nip.get(row.nip) or self.by_siasn.get(row.siasn_id)
        if found:
            return found
        person = self.by_email.get(row.email)
        return person if person and not person.nip else None


def fingerprint() -> tuple:
    """Return what changes when anything changes that a plan was made from.

    Cheap enough to be asked while nobody else can save: of people only sums (20 ms of
    processor for 100,000 on SQLite).
    """
    p = Person
    people = db.session.execute(
        select(
            func.count(p.id),
            func.max(p.updated_at),
            func.sum(p.id * p.unit_id),
            func.sum(p.id * func.coalesce(p.job_id, 0)),
            func.sum(p.id * func.coalesce(p.supervisor_id, 0)),
            func.sum(case((p.is_active, p.id), else_=0)),
        )
    ).one()
    lists = [
        select(Unit.id, Unit.path, Unit.name, Unit.siasn_unor_id, Unit.valid_to),
        select(Job.id, Job.title, Job.type, Job.level, Job.family),
        select(UnitAlias.agency_id, UnitAlias.name, UnitAlias.unit_id),
        select(Agency.unit_id, Agency.code, Agency.siasn_id),
        select(UnitHead.unit_id, UnitHead.person_id).where(UnitHead.valid_to.is_(None)),
        select(
            RoleGrant.id, RoleGrant.unit_id, RoleGrant.with_subunits,
            RoleGrant.valid_from, RoleGrant.valid_to, RoleGrant.revoked_at,
        ),
    ]  # fmt: skip
    found = [sorted(map(str, db.session.execute(rows))) for rows in lists]
    merged = [len(_merges(kind)) for kind in ("unit", "job")]
    return (tuple(map(str, people)), hash(tuple(map(tuple, found))), *merged)


def _merges(kind: str):
    """Return the entries of the audit log that say what became of what, in order."""
    return db.session.execute(
        select(AuditEntry.object_id, AuditEntry.facts)
        .where(AuditEntry.object_kind == kind, AuditEntry.action == f"{kind}.merged")
        .order_by(AuditEntry.id)
    ).all()


def parts(values: Iterable) -> Iterable[list]:
    """Cut a list into pieces a statement can take."""
    values = list(values)
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _people(column, values: set[str]) -> dict[str, object]:
    found = {}
    for part in parts(sorted(values - {""})):
        for person in db.session.execute(
            select(*(c for c in Person.__table__.columns), column.label("asked")).where(
                column.in_(part)
            )
        ):
            found[person.asked] = person
    return found
