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

from .siasn_return import Answers, Fault, Row

CHUNK = 900  # texts in one statement
UNKNOWN = N_(
    "Rekaman ini tidak ada, atau bukan wewenang Anda. Periksa id_rekaman di paketnya."
)
NEVER_PACKED = N_(
    "Rekaman ini belum pernah masuk paket. Unduh paket yang memuatnya, kirim ke SIASN,"
    " lalu unggah jawabannya; atau hapus baris ini."
)
NOT_IN_PACKAGE = N_(
    "Paket %(package)s tidak memuat rekaman ini. Perbaiki nomor paketnya, atau"
    " kosongkan bila yang dijawab paket terakhir."
)
TAKEN = N_(
    "Nomor ini sudah milik rekaman lain. Salin lagi rwKursusId dari jawaban SIASN."
)
OTHER_NUMBER = N_(
    "Rekaman ini sudah punya nomor lain: %(number)s. Pakai nomor itu, atau hapus baris"
    " ini."
)
LATE = N_(
    "Penolakan ini menjawab paket lama: sesudahnya ada jawaban atau paket yang lebih"
    " baru (%(package)s). Hapus baris ini."
)


def check(answers: Answers, held_units) -> tuple[list[News], list[Fault]]:
    """Compare the rows with what was really in the packages.

    Waits for others who change the same records; they wait until the caller's
    transaction ends.

    held_units  select of the unit ids the asker is HR of
    returns     what to write, and what is wrong; with a fault nothing is to be written
    """
    ids = _ids([row.uid for row in answers.rows], held_units)
    siasn.lock(ids)
    known = _completions(ids)
    records, packed = siasn.of(ids), siasn.packed(ids)
    owners = _owners([row.rw_id for row in answers.rows if row.rw_id])
    news, faults = [], []
    for row in answers.rows:
        completion = known.get(row.uid)
        if completion is None:
            faults.append(_fault(row, "uid", UNKNOWN, answers))
            continue
        number = completion.id
        sent = _Sent(row, completion, records.get(number), packed.get(number, {}))
        if wrong := sent.wrong(owners):
            column, message, facts = wrong
            faults.append(_fault(row, column, message, answers, **facts))
        elif not sent.is_old():
            news.append(sent.news())
    return news, faults


def _fault(row: Row, column: str, message: str, answers: Answers, **facts) -> Fault:
    heading = answers.headings.get(column, "")
    return Fault(row.number, message, row.uid, heading, facts)


class _Sent:
    """One row beside what is stored about its record.

    packed  package -> (payload, its SHA-256) of this record, the oldest first
    """

    def __init__(
        self, row: Row, completion: Completion, record: SiasnRecord | None, packed
    ) -> None:
        self.row, self.completion, self.record = row, completion, record
        self.packages = list(packed)
        known = self.packages[-1] if self.packages else ""
        self.package = row.package or known
        self.payload = packed.get(self.package)

    def wrong(self, owners: dict[str, int]) -> tuple[str, str, dict] | None:
        """Return column, message and facts of what is wrong; None = nothing."""
        row, record = self.row, self.record
        if record is None or not record.payload_sha:
            return "uid", NEVER_PACKED, {}
        if row.package and self.payload is None:
            return "package", NOT_IN_PACKAGE, {"package": row.package}
        owner = owners.get(row.rw_id, self.completion.id) if row.rw_id else None
        if row.rw_id and owner != self.completion.id:
            return "rw_id", TAKEN, {}
        if row.rw_id and record.rw_kursus_id and row.rw_id != record.rw_kursus_id:
            return "rw_id", OTHER_NUMBER, {"number": record.rw_kursus_id}
        if not row.rw_id and record.state == TERKIRIM and not self._is_newer():
            return "message", LATE, {"package": record.package or "–"}
        if not row.rw_id and self.package != (self.packages or [""])[-1]:
            return "message", LATE, {"package": self.packages[-1]}
        return None

    def _is_newer(self) -> bool:
        """Say whether a package is answered that came after the one answered last."""
        order = self.packages
        if self.record.package not in order or self.package not in order:
            return False
        return order.index(self.package) > order.index(self.record.package)

    def is_old(self) -> bool:
        """Say whether a newer package was answered already: this changes nothing."""
        known = self.record
        is_answered = known is not None and known.state == TERKIRIM
        is_same = known is not None and self.package == known.package
        return is_answered and not is_same and not self._is_newer()

    def news(self) -> News:
        state = TERKIRIM if self.row.rw_id else GAGAL
        if self.completion.state != "valid":
            state = BATAL  # SIASN took it, and it was revoked meanwhile
        return News(
            self.completion.id,
            state,
            self.row.rw_id,
            self.row.message,
            self.payload[1] if self.payload else "",
            self.package,
        )


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


def _ids(uids: list[str], held_units) -> list[int]:
    wanted, found = sorted(set(uids)), []
    for start in range(0, len(wanted), CHUNK):
        found += db.session.scalars(
            select(Completion.id).where(
                Completion.uid.in_(wanted[start : start + CHUNK]),
                Completion.unit_id.in_(held_units),
            )
        )
    return found


def _completions(ids: list[int]) -> dict[str, Completion]:
    """Return uid -> completion, as they are behind the lock."""
    found = {}
    for start in range(0, len(ids), CHUNK):
        rows = db.session.scalars(
            select(Completion)
            .where(Completion.id.in_(ids[start : start + CHUNK]))
            .execution_options(populate_existing=True)
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
