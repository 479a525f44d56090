"""Background work of accounts: runs of people imports, requests not answered in time.

The file is read and compared outside any transaction that keeps others from saving; an
import is one transaction, so that one that is killed leaves nothing half-done. What was
compared is carried out only if it is what HR has seen, and nothing it was made from has
changed since.
"""

import logging
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from lms.db import db, reading
from lms.jobs import worker
from lms.kernel import clock
from lms.kernel.errors import LmsError
from lms.kernel.i18n import N_

from . import (
    corrections,
    import_apply,
    import_digest,
    import_file,
    import_known,
    import_origins,
    import_results,
    import_runs,
    import_scope,
    people_import,
)
from .import_runs import ImportRun
from .letters import Office
from .models import Person
from .people_import import Plan

logger = logging.getLogger("lms")
FAILED = N_("Terjadi gangguan. Tidak ada yang disimpan. Coba lagi, atau unggah ulang.")
STEP = 2_000  # rows between two notes of progress
TRIES = 5  # comparisons, when others change people all the while
BUSY = N_(
    "Belum ada yang disimpan: data pegawai sedang diubah orang lain terus-menerus. Coba"
    " terapkan lagi beberapa saat lagi."
)


@worker.handles(import_runs.TOPIC)
def work(body: dict, settings=None) -> None:
    """Do what a run in the outbox asks for; done already is nothing to do."""
    act = check if body["act"] == "check" else apply
    act(body["run"])


@worker.handles(corrections.OVERDUE)
def tell_overdue(body: dict, settings: Mapping[str, Any]) -> None:
    """Say that a request for correction was not answered in time."""
    base_url = settings["BASE_URL"].rstrip("/")
    office = Office(settings["SITE_NAME"], base_url, bool(settings["SMTP_URL"]))
    corrections.tell_overdue(body["request"], office, clock.now())


@worker.every_day
def tidy(now: datetime) -> None:
    """Delete files that waited seven days."""
    import_runs.tidy(now)


@contextmanager
def _blamed_on(run_id: int):
    """Have a fault of ours end the run instead of being tried again for days."""
    try:
        yield
    except Exception as fault:
        db.session.rollback()
        logger.error("people import failed: %s", type(fault).__name__, exc_info=fault)
        run = db.session.get_one(ImportRun, run_id)
        run.state, run.state_at, run.message = "failed", clock.now(), FAILED
        db.session.commit()


@contextmanager
def _only_reading():
    """Compare with the database without keeping anybody from writing."""
    token = reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        reading.reset(token)


def check(run_id: int, at_once: bool = False) -> None:
    """Read the file of a run, compare it, write down what would happen.

    at_once  somebody waits for it: leave a long file to the worker
    """
    run = import_runs.claim(run_id, clock.now())
    if run is None:
        db.session.rollback()
        return
    with _blamed_on(run_id):
        agency_id, by = run.agency_id, run.created_by
        watch = _ignore if at_once else _progress(run_id)
        table, day = _read(run, watch)
        if at_once and table.lines > import_runs.AT_ONCE_ROWS:
            _leave(run_id)
            return
        with _only_reading():
            scope = import_scope.of(by, agency_id, day)
            plan = people_import.plan(table, day, scope=scope)
            files = import_results.outcome(table, plan)
        run = db.session.get_one(ImportRun, run_id)
        import_results.store(run, table, plan, files, clock.now())
        db.session.commit()


def _read(run: ImportRun, watch) -> tuple[import_file.Table, date]:
    """Read the file of a run, while nobody waits; and the day it is at its agency."""
    data = import_runs.read_file(run.id, "source") or b""
    origins = import_origins.load(import_runs.read_file(run.id, "origins"))
    day = import_runs.today(run.agency_id, clock.now())
    own = import_runs.own_columns(run.agency_id)
    db.session.commit()
    table = import_file.read(data, day, own, watch)
    table.origins = origins
    return table, day


def _leave(run_id: int) -> None:
    run = db.session.get_one(ImportRun, run_id)
    run.state = "waiting"
    db.session.commit()
    worker.wake()


def _ignore(_done: int, _total: int) -> None:
    pass


def _progress(run_id: int):
    def watch(done: int, total: int) -> None:
        if done % STEP == 0:
            run = db.session.get_one(ImportRun, run_id)
            run.done, run.total, run.state_at = done, total, clock.now()
            db.session.commit()

    return watch


def apply(run_id: int) -> None:
    """Carry out a run that was approved: all of it or nothing."""
    run = db.session.get(ImportRun, run_id)
    if run is None or run.state != "applying":
        db.session.rollback()
        return
    with _blamed_on(run_id):
        agency_id, by = run.agency_id, run.applied_by
        seen = run.plan_digest
        table, day = _read(run, _ignore)
        for _try in range(TRIES):
            with _only_reading():
                stamp = import_known.fingerprint()
                plan = _plan(table, by, agency_id, day)
                is_other = plan.has_errors or import_digest.of(plan) != seen
                files = import_results.outcome(table, plan) if is_other else None
            if is_other:
                _show_anew(run_id, table, plan, files)
                return
            if _write(run_id, plan, day, stamp):
                return
        _say_busy(run_id)


def _plan(table: import_file.Table, by: int, agency_id: int, day: date) -> Plan:
    scope = import_scope.of(by, agency_id, day)
    return people_import.plan(table, day, scope=scope)


def _say_busy(run_id: int) -> None:
    if run := _claim(run_id):
        run.state, run.state_at, run.message = "ready", clock.now(), BUSY
    db.session.commit()


def _claim(run_id: int) -> ImportRun | None:
    """Return a run that is still to be applied, and keep it from others."""
    run = db.session.get_one(ImportRun, run_id, with_for_update=True)
    return run if run.state == "applying" else None


def _show_anew(run_id: int, table, plan: Plan, files: dict[str, bytes]) -> None:
    """Let HR see what would happen now, which is not what they have approved."""
    if run := _claim(run_id):
        import_results.store(run, table, plan, files, clock.now())
        run.message = import_runs.CHANGED_SINCE
    db.session.commit()


def _write(run_id: int, plan: Plan, day: date, stamp: tuple) -> bool:
    """Carry out a plan, or refuse; False = what it was made from has changed."""
    run = _claim(run_id)
    if run is None:
        db.session.rollback()
        return True
    now = clock.now()
    by = db.session.get_one(Person, run.applied_by)
    try:
        import_apply.apply(plan, day, now, by=by, leaving=run.leaving, stamp=stamp)
    except import_apply.Stale:
        db.session.rollback()
        return False
    except LmsError as refusal:
        db.session.rollback()
        run = db.session.get_one(ImportRun, run_id)
        run.state, run.message = "ready", refusal.message
        db.session.commit()
        return True
    run.state, run.state_at, run.applied_at = "applied", now, now
    import_runs.forget(run_id)
    db.session.commit()
    return True
