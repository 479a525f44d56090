"""What SIASN answered, written down: all rows of a file, or none."""

from datetime import datetime

from sqlalchemy import select

from lms.audit import log
from lms.db import db
from lms.kernel.i18n import N_
from lms.records import siasn
from lms.records.models import Completion
from lms.records.siasn import News
from lms.records.siasn_models import BATAL, GAGAL, TERKIRIM, SiasnRecord

from .siasn_return import Fault, Row

CHUNK = 900  # texts in one statement


def check(rows: list[Row], held_units) -> tuple[list[News], list[Fault]]:
    """Compare the rows with what is stored.

    held_units  select of the unit ids the asker is HR of
    returns     what to write, and what is wrong; with a fault nothing is to be written
    """
    known = _completions([row.uid for row in rows], held_units)
    records = siasn.of(completion.id for completion in known.values())
    owners = _owners([row.rw_id for row in rows if row.rw_id])
    news, faults = [], []
    for row in rows:
        completion = known.get(row.uid)
        record = records.get(completion.id) if completion else None
        message = _fault(row, completion, record, owners)
        if message:
            faults.append(Fault(row.number, message))
        elif completion:
            news.append(_news(row, completion))
    return news, faults


def _fault(row: Row, completion, record: SiasnRecord | None, owners) -> str:
    if completion is None:
        return N_("id_rekaman ini tidak ada, atau bukan wewenang Anda.")
    if record is None or not record.payload_sha:
        return N_("Rekaman ini belum pernah masuk paket.")
    if row.rw_id and owners.get(row.rw_id, completion.id) != completion.id:
        return N_("rw_kursus_id ini sudah milik rekaman lain.")
    if row.rw_id and record.rw_kursus_id and row.rw_id != record.rw_kursus_id:
        return N_("Rekaman ini sudah punya rw_kursus_id yang lain.")
    return ""


def _news(row: Row, completion: Completion) -> News:
    state = TERKIRIM if row.rw_id else GAGAL
    if completion.state != "valid":
        state = BATAL  # SIASN took it, and it was revoked meanwhile
    return News(completion.id, state, row.rw_id, row.message)


def write(news: list[News], actor_id: int, now: datetime) -> int:
    """Write the states; return how many changed. The same file twice is one."""
    count = siasn.change(news, actor_id, now)
    log.record(
        "siasn.returned",
        actor_id=actor_id,
        object_kind="export",
        object_id="siasn",
        facts={"rows": len(news), "changed": count},
        now=now,
    )
    return count


def _completions(uids: list[str], held_units) -> dict[str, Completion]:
    wanted, found = sorted(set(uids)), {}
    for start in range(0, len(wanted), CHUNK):
        rows = db.session.scalars(
            select(Completion).where(
                Completion.uid.in_(wanted[start : start + CHUNK]),
                Completion.unit_id.in_(held_units),
            )
        )
        found.update({row.uid: row for row in rows})
    return found


def _owners(rw_ids: list[str]) -> dict[str, int]:
    wanted, found = sorted(set(rw_ids)), {}
    for start in range(0, len(wanted), CHUNK):
        rows = db.session.execute(
            select(SiasnRecord.rw_kursus_id, SiasnRecord.completion_id).where(
                SiasnRecord.rw_kursus_id.in_(wanted[start : start + CHUNK])
            )
        )
        found.update({rw_id: owner for rw_id, owner in rows})
    return found
