"""Runs of people imports: hand in a file, see what it would do, have it done."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, delete, func, insert, or_, select, update

from lms.audit import log
from lms.db import db
from lms.jobs import outbox
from lms.kernel import ids
from lms.kernel.errors import Conflict, Invalid, NotFound
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import import_columns, import_rejected, import_scope, roles
from .import_file import Table
from .import_tables import ImportColumn, ImportFile, ImportFinding, ImportRun
from .models import Agency, Person, Unit
from .people_import import Plan

TOPIC = "people-import"
KEPT = timedelta(days=7)
STALE = timedelta(minutes=10)  # a check that says nothing for so long has died
AT_ONCE_BYTES = 150_000  # a file no larger may be checked while its sender waits
AT_ONCE_ROWS = 2_000
FINDINGS = 5_000  # kept of one run; all are counted
SHOWN_CHANGES = 300
OPEN = ("ready", "refused", "failed")  # states in which nothing is going on
CHANGED_SINCE = N_(
    "Data pegawai berubah sejak uji coba ini dibuat. Periksa lagi hasilnya, lalu"
    " terapkan."
)


class RunMissing(NotFound):
    message = N_("Impor itu tidak ada, atau bukan wewenang Anda.")


class AgencyNotHeld(Invalid):
    message = N_("Pilih instansi yang Anda ampu.")


class NotReady(Conflict):
    message = N_("Impor ini tidak dapat diterapkan lagi. Lihat keadaannya di halaman.")


class FileGone(Conflict):
    message = N_("Berkasnya sudah dihapus. Unggah lagi untuk meneruskan.")


def visible_to(user) -> Select[tuple[ImportRun]]:
    """Select the runs somebody may see: their own, all where they hold the agency."""
    mine = {unit_id for role, unit_id, _path, _deep in user.grants if role == "hr"}
    agencies = select(Unit.agency_id).where(Unit.id.in_(mine))
    whole = select(Unit.id).where(
        roles.units_held(user, "hr"), Unit.parent_id.is_(None)
    )
    return select(ImportRun).where(
        ImportRun.agency_id.in_(agencies),
        or_(ImportRun.created_by == user.id, ImportRun.agency_id.in_(whole)),
    )


def find(user, uid: str) -> ImportRun:
    """Return one run. Raises RunMissing."""
    run = db.session.scalar(visible_to(user).where(ImportRun.uid == uid))
    if run is None:
        raise RunMissing
    return run


def start(user, agency_id: int, name: str, data: bytes, now: datetime) -> ImportRun:
    """Keep a file and ask for it to be checked.

    raises  AgencyNotHeld
    """
    if agency_id not in dict(import_scope.agencies(user)):
        raise AgencyNotHeld
    name = one_line(name)[-160:]
    run = ImportRun(
        uid=ids.new_uid(),
        agency_id=agency_id,
        created_by=user.id,
        created_at=now,
        state_at=now,
        file_name="" if has_hidden(name) else name,
        size_bytes=len(data),
    )
    db.session.add(run)
    db.session.flush()
    db.session.add(ImportFile(run_id=run.id, kind="source", body=data))
    ask(run, "check", now)
    log.record(
        "people.import_uploaded",
        actor_id=user.id,
        object_kind="people_import",
        object_id=run.id,
        facts={"bytes": len(data)},
        now=now,
    )
    return run


def ask(run: ImportRun, act: str, now: datetime) -> None:
    """Have the worker check or apply a run; it is left alone if already done."""
    body = {"run": run.id, "act": act}
    outbox.put(TOPIC, body, f"{run.uid}:{act}:{now.timestamp()}", now)


def replace(run: ImportRun, data: bytes, now: datetime) -> None:
    """Check a run anew with another file. Raises NotReady."""
    _turn(run, OPEN, "waiting", now)
    db.session.merge(ImportFile(run_id=run.id, kind="source", body=data))
    run.size_bytes = len(data)
    ask(run, "check", now)


def recheck(run: ImportRun, now: datetime) -> None:
    """Check a run anew. Raises NotReady, FileGone."""
    if read_file(run.id, "source") is None:
        raise FileGone
    _turn(run, OPEN, "waiting", now)
    ask(run, "check", now)


def approve(run: ImportRun, leaving: list[int], by: int, now: datetime) -> bool:
    """Ask for a run to be carried out; False when somebody asked before.

    leaving  ids of people that HR ticked as gone
    raises   NotReady
    """
    if run.state in ("applying", "applied"):
        return False
    _turn(run, ("ready",), "applying", now)
    run.leaving, run.applied_by = leaving, by
    ask(run, "apply", now)
    return True


def _turn(run: ImportRun, states, state: str, now: datetime) -> None:
    """Change the state in one statement, so that of two only one succeeds."""
    db.session.flush()
    turned = db.session.execute(
        update(ImportRun)
        .where(ImportRun.id == run.id, ImportRun.state.in_(states))
        .values(state=state, state_at=now, done=0, message="")
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(run)
    if not turned.rowcount:
        raise NotReady


def claim(run_id: int, now: datetime) -> ImportRun | None:
    """Begin a check, unless it is done or somebody is at it."""
    turned = db.session.execute(
        update(ImportRun)
        .where(
            ImportRun.id == run_id,
            or_(
                ImportRun.state == "waiting",
                and_(ImportRun.state == "checking", ImportRun.state_at < now - STALE),
            ),
        )
        .values(state="checking", state_at=now)
        .execution_options(synchronize_session=False)
    )
    return db.session.get(ImportRun, run_id) if turned.rowcount else None


def discard(run: ImportRun, now: datetime) -> None:
    """Delete what is kept of a run; what it counted stays."""
    if run.state in OPEN:
        _turn(run, OPEN, "expired", now)
    if run.state == "expired":
        forget(run.id, with_findings=True)


def forget(run_id: int, with_findings: bool = False) -> None:
    """Delete the kept files of a run."""
    db.session.execute(delete(ImportFile).where(ImportFile.run_id == run_id))
    if with_findings:
        db.session.execute(delete(ImportFinding).where(ImportFinding.run_id == run_id))


def tidy(now: datetime) -> None:
    """Delete files and findings of runs that are older than seven days."""
    old = select(ImportRun.id).where(
        ImportRun.created_at < now - KEPT,
        ImportRun.state.not_in(("checking", "applying")),
    )
    for run_id in db.session.scalars(old).all():
        forget(run_id, with_findings=True)
    db.session.execute(
        update(ImportRun)
        .where(ImportRun.id.in_(old), ImportRun.state != "applied")
        .values(state="expired")
        .execution_options(synchronize_session=False)
    )


def read_file(run_id: int, kind: str) -> bytes | None:
    """Return one of the kept files of a run."""
    return db.session.scalar(
        select(ImportFile.body).where(
            ImportFile.run_id == run_id, ImportFile.kind == kind
        )
    )


def read_list(run_id: int, kind: str) -> list:
    """Return a kept list: rows, gone or changes."""
    return json.loads(read_file(run_id, kind) or b"[]")


def own_columns(agency_id: int) -> dict[str, str]:
    """Return which headings an agency has given which of our columns."""
    rows = db.session.execute(
        select(ImportColumn.heading, ImportColumn.column_name).where(
            ImportColumn.agency_id == agency_id
        )
    )
    return {heading: column for heading, column in rows}


def save_columns(agency_id: int, chosen: Mapping[str, str]) -> None:
    """Keep an agency's map: heading as the file has it -> our column, "" = none."""
    for text, column in chosen.items():
        key = import_columns.key(text)[:120]
        if key and (column == "" or column in import_columns.KNOWN):
            row = ImportColumn(agency_id=agency_id, heading=key, column_name=column)
            db.session.merge(row)


def today(agency_id: int, now: datetime) -> date:
    """Return the day it is at an agency."""
    zone = db.session.scalar(select(Agency.timezone).where(Agency.unit_id == agency_id))
    return now.astimezone(ZoneInfo(zone or "Asia/Jakarta")).date()


def outcome(table: Table, plan: Plan) -> dict[str, bytes]:
    """Return the files that say what a check found; costly, so before any writing."""
    wrong = sorted({f.row for f in plan.findings if f.is_error})
    found = {
        "rows": json.dumps(wrong).encode(),
        "gone": json.dumps(plan.gone).encode(),
        "changes": json.dumps(_changes(plan)).encode(),
    }
    if table.heading.names and plan.has_errors:
        found["rejected"] = import_rejected.write(table, plan.findings)
    return found


def _changes(plan: Plan) -> list[tuple[str, int, str, str]]:
    """Return kind, row, name and unit of the first changes of each kind."""
    seen: dict[str, int] = {}
    found = []
    for change in plan.changes:
        count = seen[change.kind] = seen.get(change.kind, 0) + 1
        if change.kind != "same" and count <= SHOWN_CHANGES:
            row = change.row
            found.append((change.kind, row.number, row.name, " > ".join(row.unit)))
    return found


def store(
    run: ImportRun, table: Table, plan: Plan, files: dict[str, bytes], now: datetime
) -> None:
    """Write down what a check found."""
    db.session.execute(delete(ImportFinding).where(ImportFinding.run_id == run.id))
    others = ImportFile.kind != "source"
    db.session.execute(delete(ImportFile).where(ImportFile.run_id == run.id, others))
    errors = [f for f in plan.findings if f.is_error]
    rest = [f for f in plan.findings if not f.is_error]
    rows = [
        {
            "run_id": run.id,
            "row_number": f.row,
            "column_name": f.column[:60],
            "letter": f.letter,
            "message": f.message,
            "facts": f.facts,
            "is_error": f.is_error,
        }
        for f in [*errors, *rest][:FINDINGS]
    ]
    if rows:
        db.session.execute(insert(ImportFinding), rows)
    for kind, body in files.items():
        db.session.add(ImportFile(run_id=run.id, kind=kind, body=body))
    run.counts = counts(plan)
    run.heading = {
        "row": table.heading.number,
        "texts": [text[:120] for text in table.heading.texts],
        "names": table.heading.names,
    }
    run.errors, run.warnings = len(errors), len(rest)
    run.rejected = len({f.row for f in errors})
    run.total = run.done = table.lines
    run.state, run.state_at = ("refused" if errors else "ready"), now


def counts(plan: Plan) -> dict[str, int]:
    """Return the counts of a plan as a run keeps them."""
    return plan.counts | {"gone": plan.unlisted, "units": len(plan.new_units)}


def recent(user, limit: int = 30) -> list[tuple[ImportRun, str, str]]:
    """Return the newest runs with who handed them in, and for which agency."""
    rows = db.session.execute(
        visible_to(user)
        .join(Person, Person.id == ImportRun.created_by)
        .join(Unit, Unit.id == ImportRun.agency_id)
        .add_columns(Person.name, Unit.name)
        .order_by(ImportRun.id.desc())
        .limit(limit)
    )
    return [(run, person, agency) for run, person, agency in rows]


def findings(run_id: int, page: int, size: int) -> tuple[list[ImportFinding], int]:
    """Return one page of what was found, errors first, and how many pages."""
    count = db.session.scalar(
        select(func.count()).where(ImportFinding.run_id == run_id)
    )
    rows = db.session.scalars(
        select(ImportFinding)
        .where(ImportFinding.run_id == run_id)
        .order_by(ImportFinding.is_error.desc(), ImportFinding.row_number,
                  ImportFinding.id)
        .offset((page - 1) * size)
        .limit(size)
    )  # fmt: skip
    return list(rows), -(-count // size)
