"""Background work of accounts: runs of people imports, requests not answered in time.

The file is read outside any transaction; an import is one transaction, so that one
that is killed leaves nothing half-done.
"""

import logging
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from lms.db import db, reading
from lms.jobs import worker
from lms.kernel import clock
from lms.kernel.errors import LmsError
from lms.kernel.i18n import N_

from . import (
    corrections,
    import_apply,
    import_file,
    import_runs,
    import_scope,
    people_import,
)
from .import_runs import ImportRun
from .import_scope import Scope
from .letters import Office
from .models import Person

logger = logging.getLogger("lms")
FAILED = N_("Terjadi gangguan. Tidak ada yang disimpan. Coba lagi, atau unggah ulang.")
STEP = 2_000  # rows between two notes of progress


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
        data = import_runs.read_file(run_id, "source") or b""
        agency_id, by = run.agency_id, run.created_by
        day = import_runs.today(agency_id, clock.now())
        own = import_runs.own_columns(agency_id)
        db.session.commit()
        watch = _ignore if at_once else _progress(run_id)
        table = import_file.read(data, day, own, watch)
        if at_once and table.lines > import_runs.AT_ONCE_ROWS:
            _leave(run_id)
            return
        with _only_reading():
            scope = import_scope.of(by, agency_id, day)
            plan = people_import.plan(table, day, scope=scope)
        files = import_runs.outcome(table, plan)
        run = db.session.get_one(ImportRun, run_id)
        import_runs.store(run, table, plan, files, clock.now())
        db.session.commit()


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
        data = import_runs.read_file(run_id, "source") or b""
        day = import_runs.today(run.agency_id, clock.now())
        own = import_runs.own_columns(run.agency_id)
        db.session.commit()
        table = import_file.read(data, day, own)
        _write(run_id, table, day)


def _write(run_id: int, table: import_file.Table, day) -> None:
    run = db.session.get_one(ImportRun, run_id, with_for_update=True)
    if run.state != "applying":
        db.session.rollback()
        return
    scope: Scope = import_scope.of(run.applied_by, run.agency_id, day)
    plan = people_import.plan(table, day, scope=scope)
    now = clock.now()
    if plan.has_errors or import_runs.counts(plan) != run.counts:
        import_runs.store(run, table, plan, import_runs.outcome(table, plan), now)
        run.message = import_runs.CHANGED_SINCE
        db.session.commit()
        return
    by = db.session.get_one(Person, run.applied_by)
    try:
        import_apply.apply(plan, day, now, by=by, leaving=run.leaving)
    except LmsError as refusal:
        db.session.rollback()
        run = db.session.get_one(ImportRun, run_id)
        run.state, run.message = "ready", refusal.message
        db.session.commit()
        return
    run.state, run.state_at, run.applied_at = "applied", now, now
    import_runs.forget(run_id)
    db.session.commit()
