"""100,000 rows of course history as CSV and XLSX: how long, and how much memory."""

import io
import re
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from sqlalchemy import insert

from lms.db import db, reading
from lms.kernel import clock, ids

from .line import line
from .stage import Stage

ROWS, BATCH = 100_000, 10_000


class Sink(io.RawIOBase):
    """Counts what it is given and keeps nothing, as a network does."""

    size = 0

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.size += len(data)
        return len(data)


def measure(stage: Stage) -> Iterator[dict]:
    """Yield seconds for one export of all rows each, and what memory it took."""
    with stage.app.app_context():
        reading.set(False)
        _fill(stage)
        before = _memory_kb("VmRSS")
        _forget_peak()  # filling the tables took more
        csv, xlsx = _seconds("csv"), _seconds("xlsx")
        grown = (_memory_kb("VmHWM") - before) / 1000
    yield line("export_csv_100k", csv, "s", 4)
    yield line("export_xlsx_100k", xlsx, "s", 30)
    yield line("export_memory_growth", grown, "MB", 100)


def _seconds(fmt: str) -> float:
    from lms.hr import exports
    from lms.hr.wanted import Wanted

    asked = exports.asked(None, "bench", None, clock.now())
    sink = Sink()
    began = time.perf_counter()
    if fmt == "csv":
        count = _stream(exports, Wanted(), asked, sink)
    else:
        count = exports.write(Wanted(), fmt, asked, "https://x.id", sink).count
    seconds = time.perf_counter() - began
    assert count == ROWS, count
    db.session.rollback()
    return seconds


def _stream(exports, wanted, asked, sink: Sink) -> int:
    """Send the file as the page does: piece by piece, while the database is read."""
    with closing(exports.Stream(wanted, "csv", asked, "https://x.id")) as stream:
        for piece in stream:
            sink.write(piece)
    return stream.written.count


PROCESS = Path("/proc/self")


def _memory_kb(name: str) -> int:
    """Return VmRSS (held now) or VmHWM (the most so far); 0 where it is unknown."""
    status = PROCESS / "status"
    if not status.exists():
        return 0
    return int(re.search(rf"{name}:\s+(\d+)", status.read_text("ascii"))[1])


def _forget_peak() -> None:
    """Let VmHWM begin anew, where the system can."""
    with suppress(OSError):
        (PROCESS / "clear_refs").write_text("5", "ascii")


def _fill(stage: Stage) -> None:
    """Add 100,000 people, each with one completion and its certificate."""
    from lms.accounts.models import Person
    from lms.catalog import courses
    from lms.records.models import Certificate, Completion, Enrolment, LedgerEntry

    live, now = courses.live("ukur"), clock.now()
    first = 1_000_000
    common = {"person_id": 0, "course_id": live.course_id, "release_id": 0}
    for start in range(first, first + ROWS, BATCH):
        numbers = range(start, start + BATCH)
        db.session.execute(insert(Person), [_person(n, now) for n in numbers])
        keys = [
            common | {"id": n, "person_id": n, "release_id": live.release_id}
            for n in numbers
        ]
        db.session.execute(
            insert(Enrolment), [k | {"edition": 1, "started_at": now} for k in keys]
        )
        db.session.execute(
            insert(LedgerEntry),
            [
                _entry(seq, kind, n, now)
                for start, kind in ((0, "completion"), (ROWS * 100, "certificate"))
                for n in numbers
                for seq in [start + n]
            ],
        )
        db.session.execute(insert(Completion), [_completion(k, now) for k in keys])
        db.session.execute(insert(Certificate), [_certificate(n) for n in numbers])
        db.session.commit()


def uid(n: int) -> str:
    """Return the uid of a ledger entry, and of the completion it is about."""
    return f"{n:08x}-0000-4000-8000-{n:012}"


def _entry(seq: int, kind: str, person: int, now) -> dict:
    return {
        "seq": seq,
        "uid": uid(seq),
        "kind": kind,
        "person_id": person,
        "at": now,
        "body": "{}",
        "prev_hash": str(seq),
        "hash": str(seq),
    }


def _person(n: int, now) -> dict:
    return {
        "id": n,
        "uid": ids.new_uid(),
        "name": f"Pegawai Contoh {n}",
        "nip": f"1970010119950{n % 100_000:05}",
        "asn_status": "PNS",
        "unit_id": 4,
        "job_id": 1,
        "created_at": now,
        "updated_at": now,
    }


def _completion(key: dict, now) -> dict:
    return key | {
        "uid": uid(key["id"]),
        "seq": key["id"],
        "enrolment_id": key["id"],
        "edition": 1,
        "course_code": "ukur",
        "course_title": "Kursus ukur",
        "agency_id": 1,
        "unit_id": 4,
        "office_name": "Dinas Penanaman Modal dan PTSP",
        "unit_name": "Bidang Pelayanan Perizinan",
        "job_title": "Pengelola Layanan Administrasi Keuangan",
        "job_type": "pelaksana",
        "asn_status": "PNS",
        "started_on": date(2026, 11, 1),
        "finished_on": date(2026, 11, 20),
        "finished_at": now,
        "year": 2026,
        "jp": 2,
        "training_form": 16,
        "organiser": "BKPSDM Kota Palangka Raya",
        "score_bp": 8_750,
        "competencies": "PPB",
        "competency_level": 2,
    }


def _certificate(n: int) -> dict:
    return {
        "seq": ROWS * 100 + n,
        "completion_id": n,
        "code": f"{n:016}",
        "number": f"{n}/UKUR/6771/XI/2026",
        "agency_id": 1,
        "person_id": n,
        "issued_on": date(2026, 11, 20),
        "printed": {"name": f"Pegawai Contoh {n}", "signer_name": "Drs. Lukas Binti"},
    }
