"""Large files, made in the background: ordered, made once, kept for a week.

A worker that dies gives its order back (see lms.jobs.outbox): the file is made again,
under the same name, and counted once.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select, update

from lms.accounts import letters, roles
from lms.accounts.letters import Office
from lms.accounts.models import Person, RoleGrant, Unit
from lms.db import db
from lms.jobs import outbox, worker
from lms.kernel import clock
from lms.kernel.errors import Conflict, LmsError, NotFound
from lms.kernel.i18n import N_

from . import exports, takings
from .delimited import Written
from .models import DONE, FAILED, RUNNING, WAITING, Taking
from .wanted import Wanted, rights_of

TOPIC, TIDYING = "export.file", "export.tidy"
FROM_ROWS = 5_000  # an XLSX of more rows is made in the background
KEPT = timedelta(days=7)
STALE = timedelta(days=4)  # the outbox gives up after about three
STEP = 2_000  # rows between two notes of progress
MOST = 3  # orders of one person that are still being made


class TooManyOrders(Conflict):
    message = N_(
        "Sudah ada %(count)s berkas Anda yang sedang dibuat. Tunggu salah satunya"
        " selesai."
    )


class FileGone(NotFound):
    message = N_(
        "Berkas itu belum selesai dibuat, atau sudah dihapus. Buat lagi dari daftar"
        " “Berkas saya”."
    )


class RightGone(LmsError):
    message = N_("Peran SDM Anda sudah berakhir sebelum berkas ini dibuat.")


READY = N_("""\
Yth. {name},

Berkas ekspor {file} sudah selesai dibuat: {rows} baris. Unduh di halaman ekspor
sebelum {until:%d-%m-%Y}; sesudah itu berkas dihapus.

{base_url}/sdm/ekspor
""")


def order(
    wanted: Wanted, fmt: str, asked: exports.Asked, total: int, now: datetime
) -> Taking:
    """Have a file made after the commit; the same order twice is one.

    raises  TooManyOrders
    """
    pending = db.session.scalars(
        select(Taking).where(
            Taking.person_id == asked.person_id,
            Taking.state.in_((WAITING, RUNNING)),
            Taking.kept_until.is_not(None),
        )
    ).all()
    since = wanted.since.seq if wanted.since else None
    for taking in pending:
        same = (taking.filter_key, taking.format, taking.since)
        if same == (wanted.key, fmt, since):
            return taking
    if len(pending) >= MOST:
        raise TooManyOrders(count=len(pending))
    taking = takings.begin(wanted, fmt, asked, total, WAITING)
    taking.kept_until = now + KEPT
    outbox.put(TOPIC, {"taking": taking.id}, dedup_key=taking.uid, now=now)
    return taking


def folder(settings: Mapping[str, Any]) -> Path:
    return Path(settings["INSTANCE_DIR"]) / "ekspor"


def path_of(taking: Taking, settings: Mapping[str, Any], now: datetime) -> Path:
    """Return where a finished file lies. Raises FileGone."""
    path = folder(settings) / taking.uid
    is_kept = taking.kept_until is not None and now < taking.kept_until
    if taking.state != DONE or not is_kept or not path.exists():
        raise FileGone
    return path


def is_there(taking: Taking, settings: Mapping[str, Any], now: datetime) -> bool:
    """Say whether its file can be had."""
    try:
        path_of(taking, settings, now)
    except FileGone:
        return False
    return True


@worker.handles(TOPIC)
def make_ordered(body: dict, settings: Mapping[str, Any]) -> None:
    """Make a file that was ordered, unless it is there already."""
    taking = db.session.get(Taking, body["taking"])
    if taking is None or taking.state not in (WAITING, RUNNING):
        return
    number = taking.id
    try:
        wanted, asked = _recall(taking)
        db.session.rollback()  # nobody waits for the file behind our transaction
        _make(number, wanted, asked, settings)
    except LmsError as refusal:
        db.session.rollback()
        taking = db.session.get_one(Taking, number)
        taking.state, taking.finished_at = FAILED, clock.now()
        taking.trouble = refusal.message % refusal.facts


def _recall(taking: Taking) -> tuple[Wanted, exports.Asked]:
    """Return what is wanted, by the rights its owner has now. Raises RightGone."""
    person = db.session.get(Person, taking.person_id)
    now = clock.now()
    asker = _Asker(_grants(taking.person_id, now))
    if person is None or not person.is_active or not asker.grants:
        raise RightGone
    wanted = takings.wanted_again(
        taking, roles.units_held(asker, "hr"), rights_of(asker.grants)
    )
    unit_id = wanted.unit.id if wanted.unit else person.unit_id
    asked = exports.asked(person.id, person.full_name, unit_id, taking.asked_at)
    return wanted, asked


class _Asker:
    """Who asked, as far as rights go."""

    def __init__(self, grants: tuple[tuple[str, int, str, bool], ...]) -> None:
        self.grants = grants


def _grants(person_id: int, now: datetime) -> tuple[tuple[str, int, str, bool], ...]:
    today = now.date()
    rows = db.session.execute(
        select(RoleGrant.role, Unit.id, Unit.path, RoleGrant.with_subunits)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == "hr",
            RoleGrant.revoked_at.is_(None),
            RoleGrant.valid_from <= today + timedelta(days=1),  # zones ahead of UTC
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today),
        )
        .order_by(RoleGrant.id)
    )
    return tuple(tuple(row) for row in rows)


def _make(
    number: int, wanted: Wanted, asked: exports.Asked, settings: Mapping[str, Any]
) -> None:
    """Write beside the goal, then under its name: whoever comes first counts."""
    taking = db.session.get_one(Taking, number)
    fmt, goal = taking.format, folder(settings) / taking.uid
    db.session.rollback()
    goal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = goal.with_name(f"{goal.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            beside.chmod(0o600)  # names and NIPs
            base_url = settings["BASE_URL"]
            watch = _noting(number)
            written = exports.write(wanted, fmt, asked, base_url, file, watch=watch)
        if _finish(number, written, beside, settings):
            beside.replace(goal)
    finally:
        beside.unlink(missing_ok=True)


def _noting(number: int) -> Callable:
    """Return a wrapper of rows that notes now and then how many went by."""

    def note(count: int) -> None:
        with db.engine.begin() as connection:  # short: nobody waits behind it
            connection.execute(
                update(Taking)
                .where(Taking.id == number, Taking.state.in_((WAITING, RUNNING)))
                .values(state=RUNNING, rows=count)
            )

    def watch(rows) -> Iterator[tuple[Any, ...]]:
        note(0)
        for count, row in enumerate(rows, start=1):
            if count % STEP == 0:
                note(count)
            yield row

    return watch


def _finish(
    number: int, written: Written, file: Path, settings: Mapping[str, Any]
) -> bool:
    """Log the file and tell its owner; False: another worker was first."""
    size, now = file.stat().st_size, clock.now()
    with file.open("rb") as made:
        sha = hashlib.file_digest(made, "sha256").hexdigest()
    won = db.session.execute(
        update(Taking)
        .where(Taking.id == number, Taking.state.in_((WAITING, RUNNING)))
        .values(state=DONE)
        .execution_options(synchronize_session=False)
    )
    if not won.rowcount:
        return False
    taking = db.session.get_one(Taking, number, populate_existing=True)
    takings.finish(taking, written, now, size=size, file_sha=sha)
    taking.kept_until = now + KEPT
    _tell(taking, settings, now)
    db.session.flush()
    return True


def _tell(taking: Taking, settings: Mapping[str, Any], now: datetime) -> None:
    base_url = settings["BASE_URL"].rstrip("/")
    office = Office(settings["SITE_NAME"], base_url, bool(settings["SMTP_URL"]))
    owner = db.session.get_one(Person, taking.person_id)
    say = letters.words_for(owner.id)
    text = say(READY).format(
        name=owner.name, file=taking.file_name, rows=taking.rows,
        until=taking.kept_until, base_url=base_url,
    )  # fmt: skip
    key = f"export ready:{taking.uid}"
    subject = say(N_("berkas ekspor siap diunduh"))
    office.send(owner.email, subject, text, key, now)


@worker.every_day
def order_tidying(now: datetime) -> None:
    """Have old files deleted: a handler knows where they lie."""
    outbox.put(TIDYING, {}, dedup_key=str(now.date()), now=now)


@worker.handles(TIDYING)
def tidy_ordered(_body: dict, settings: Mapping[str, Any]) -> None:
    """Do what was ordered for today."""
    tidy(folder(settings), clock.now())


def tidy(directory: Path, now: datetime) -> None:
    """Delete files that were kept for a week, and what broken workers left."""
    kept = set()
    for taking in db.session.scalars(
        select(Taking).where(
            Taking.kept_until.is_not(None), Taking.deleted_at.is_(None)
        )
    ):
        if taking.kept_until <= now and taking.state in (DONE, FAILED):
            (directory / taking.uid).unlink(missing_ok=True)
            taking.deleted_at = now
        else:
            kept.add(taking.uid)
    for file in directory.iterdir() if directory.exists() else ():
        is_old = now.timestamp() - file.stat().st_mtime > STALE.total_seconds()
        if file.name.partition(".")[0] not in kept or (is_old and "." in file.name):
            file.unlink(missing_ok=True)
    _give_up(now)


def _give_up(now: datetime) -> None:
    """End what nobody works at any more: orders, and streams cut by a crash."""
    for taking in db.session.scalars(
        select(Taking).where(
            Taking.state.in_((WAITING, RUNNING)), Taking.asked_at < now - STALE
        )
    ):
        taking.state = FAILED
        taking.trouble = N_("Pembuatan berkas tidak selesai. Buat lagi.")
        taking.finished_at = now
