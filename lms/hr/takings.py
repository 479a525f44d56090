"""The exports that were taken: begun, finished, logged; where the next one goes on."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from lms.accounts import units
from lms.audit import accesses, log
from lms.db import db
from lms.kernel import ids
from lms.kernel.errors import Forbidden, NotFound
from lms.kernel.i18n import N_

from . import exports
from .delimited import Written
from .exports import Asked
from .kinds import KINDS
from .models import BROKEN, DONE, RUNNING, Taking
from .wanted import Since, Wanted

SHOWN = 10  # of a person, on the page


class TakingMissing(NotFound):
    message = N_("Ekspor itu tidak ada, atau bukan milik Anda.")


class RightsChanged(Forbidden):
    message = N_(
        "Berkas ini dibuat ketika Anda mengampu unit yang lain. Buat lagi dari daftar"
        " “Berkas saya”: isinya menurut wewenang Anda sekarang."
    )


def last(person_id: int | None, wanted: Wanted) -> Since | None:
    """Return where this person's last finished taking of the same filter ended."""
    found = db.session.execute(
        select(Taking.seq, Taking.asked_at)
        .where(
            Taking.person_id.is_(None)
            if person_id is None
            else Taking.person_id == person_id,
            Taking.filter_key == wanted.key,
            Taking.state == DONE,
        )
        .order_by(Taking.id.desc())
        .limit(1)
    ).first()
    return Since(*found) if found else None


def begin(
    wanted: Wanted, fmt: str, asked: Asked, total: int, state: str = RUNNING
) -> Taking:
    """Note that an export begins, before anything of it leaves."""
    taking = Taking(
        uid=ids.new_uid(),
        person_id=asked.person_id,
        kind=wanted.kind,
        format=fmt,
        filter=wanted.described(),
        filter_key=wanted.key,
        since=wanted.since.seq if wanted.since else None,
        since_at=wanted.since.at if wanted.since else None,
        state=state,
        asked_at=asked.now,
        total=total,
        file_name=exports.file_name(asked, wanted, fmt),
    )
    db.session.add(taking)
    db.session.flush()
    _log(f"export.{wanted.kind}.begun", taking, asked.now, {})
    return taking


def finish(
    taking: Taking,
    written: Written,
    now: datetime,
    *,
    size: int | None = None,
    file_sha: str = "",
) -> None:
    """Write down which rows were taken, and to each person that theirs were."""
    taking.state, taking.finished_at = DONE, now
    _settle(taking, written, now)
    taking.size_bytes, taking.file_sha256 = size, file_sha or written.sha


def break_off(taking: Taking, written: Written, now: datetime) -> None:
    """Note that the receiver went away; the rows that had left had left.

    The next taking since the last one does not build on it.
    """
    taking.state, taking.finished_at = BROKEN, now
    _settle(taking, written, now)


def _settle(taking: Taking, written: Written, now: datetime) -> None:
    taking.rows, taking.sha256, taking.seq = written.count, written.sha, written.seq
    facts = {"rows": written.count, "sha256": written.sha, "state": taking.state}
    _log(f"export.{taking.kind}", taking, now, facts)
    accesses.record(
        "exported",
        KINDS[taking.kind].what,
        written.people,
        actor_id=taking.person_id,
        now=now,
        facts={"format": taking.format} | ({"role": "hr"} if taking.person_id else {}),
    )


def _log(action: str, taking: Taking, now: datetime, facts: dict[str, Any]) -> None:
    since = {"since": taking.since} if taking.since is not None else {}
    log.record(
        action,
        actor_id=taking.person_id,
        object_kind="export",
        object_id=taking.uid,
        facts=taking.filter | {"format": taking.format} | since | facts,
        now=now,
    )


def find(person_id: int, uid: str) -> Taking:
    """Return one of a person's own takings. Raises TakingMissing."""
    found = db.session.scalar(
        select(Taking).where(Taking.person_id == person_id, Taking.uid == uid.lower())
    )
    if found is None:
        raise TakingMissing
    return found


def of(person_id: int) -> list[Taking]:
    """Return a person's latest takings, newest first."""
    return list(
        db.session.scalars(
            select(Taking)
            .where(Taking.person_id == person_id)
            .order_by(Taking.id.desc())
            .limit(SHOWN)
        )
    )


def wanted_again(taking: Taking, held, rights: tuple[str, ...]) -> Wanted:
    """Return what was wanted, within the units that are held now."""
    told, unit = taking.filter, None
    if told.get("unit"):
        unit = units.find(told["unit"])
        db.session.expunge(unit)  # it outlives this transaction
    since = None
    if taking.since is not None and taking.since_at is not None:
        since = Since(taking.since, taking.since_at)
    return Wanted(
        kind=taking.kind,
        held=held,
        rights=rights,
        unit=unit,
        first=_day(told.get("dari")),
        last=_day(told.get("sampai")),
        course=told.get("kursus") or "",
        year=told.get("tahun") or 0,
        since=since,
    )


def check_rights(taking: Taking, held, rights: tuple[str, ...]) -> None:
    """Refuse a file of other units than are held now. Raises RightsChanged."""
    if wanted_again(taking, held, rights).key != taking.filter_key:
        raise RightsChanged


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def manifest(taking: Taking) -> dict[str, Any]:
    """Return what a file is, for those who keep it; "oleh" is an internal id."""
    is_book = taking.format == "xlsx"
    return {
        "format": "manifest-ekspor",
        "versi": exports.VERSION,
        "ekspor": taking.uid,
        "jenis": taking.kind,
        "bentuk": taking.format,
        "berkas": taking.file_name,
        "saringan": taking.filter,
        "sejak_urutan": taking.since,
        "sampai_urutan": taking.seq,
        "dibuat": taking.asked_at.isoformat(timespec="seconds"),
        "selesai": _iso(taking.finished_at),
        "oleh": taking.person_id,
        "keadaan": taking.state,
        "baris": taking.rows,
        "kolom": list(KINDS[taking.kind].shape.names),
        "sha256": taking.file_sha256 or taking.sha256,
        "sha256_data": taking.sha256,
        "sha256_data_dari": "baris yang sama sebagai CSV standar"
        if is_book
        else "isi berkas",
    }


def _iso(when: datetime | None) -> str | None:
    return when.isoformat(timespec="seconds") if when else None
