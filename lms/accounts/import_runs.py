"""Runs of people imports: hand in a file, see what it would do, have it done."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, delete, or_, select, update

from lms.audit import log
from lms.db import db
from lms.jobs import outbox
from lms.kernel import ids
from lms.kernel.errors import Conflict, Invalid, NotFound
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import import_columns, import_scope, roles
from .import_tables import ImportColumn, ImportFile, ImportFinding, ImportRun
from .models import Agency, Person, Unit
from .people_import import KINDS

TOPIC = "people-import"
KEPT = timedelta(days=7)
STALE = timedelta(minutes=10)  # a check that says nothing for so long has died
AT_ONCE_BYTES = 150_000  # a file no larger may be checked while its sender waits
AT_ONCE_ROWS = 2_000
OPEN = ("ready", "refused", "failed")  # states in which nothing is going on
CHANGED_SINCE = N_(
    "Belum ada yang disimpan. Data pegawai, unit, jabatan, atau arti kolom berubah"
    " sejak uji coba ini dibuat, sehingga yang akan terjadi juga berbeda. Di bawah ini"
    " hasil pemeriksaan yang baru: lihat kembali, lalu terapkan."
)


class RunMissing(NotFound):
    message = N_("Impor itu tidak ada, atau bukan wewenang Anda.")


class AgencyNotHeld(Invalid):
    message = N_("Pilih instansi yang Anda ampu.")


class NotReady(Conflict):
    message = N_("Impor ini tidak dapat diterapkan lagi. Lihat keadaannya di halaman.")


class NothingToDo(Conflict):
    message = N_("Isi berkas ini sudah sama dengan data pegawai. Tidak ada yang perlu"
                 " diterapkan.")  # fmt: skip


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
    run = ImportRun(
        uid=ids.new_uid(),
        agency_id=agency_id,
        created_by=user.id,
        created_at=now,
        state_at=now,
        file_name=file_name(name),
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


def replace(run: ImportRun, data: bytes, origins: bytes, now: datetime) -> None:
    """Check a run anew with a joined file. Raises NotReady."""
    _turn(run, OPEN, "waiting", now)
    db.session.merge(ImportFile(run_id=run.id, kind="source", body=data))
    db.session.merge(ImportFile(run_id=run.id, kind="origins", body=origins))
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
    raises   NotReady, NothingToDo
    """
    if run.state in ("applying", "applied"):
        return False
    if run.state == "ready" and not (leaving or does_something(run)):
        raise NothingToDo
    _turn(run, ("ready",), "applying", now)
    run.leaving, run.applied_by = leaving, by
    ask(run, "apply", now)
    return True


def does_something(run: ImportRun) -> bool:
    """Say whether applying a run would change anybody who is in the file."""
    return any(run.counts.get(kind) for kind in KINDS if kind != "same")


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


def file_name(name: str) -> str:
    """Return the name of an uploaded file as it may be shown; "" = better not."""
    name = one_line(name)[-160:]
    return "" if has_hidden(name) else name


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
