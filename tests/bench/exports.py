"""How long 100,000 rows of course history take to write as CSV."""

import io
import time
from collections.abc import Iterator
from datetime import date

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
    """Yield seconds for one export of all rows."""
    from lms.hr import exports, history

    with stage.app.app_context():
        reading.set(False)
        _fill(stage)
        asked = exports.asked(None, "bench", None, clock.now())
        sink = Sink()
        began = time.perf_counter()
        written = exports.write(history.Wanted(), "csv", asked, "https://x.id", sink)
        seconds = time.perf_counter() - began
        assert written.count == ROWS, written.count
        db.session.rollback()
    yield line("export_csv_100k", seconds, "s", 4)


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
                {
                    "seq": n,
                    "uid": ids.new_uid(),
                    "kind": "completion",
                    "person_id": 4,
                    "at": now,
                    "body": "{}",
                    "prev_hash": str(n),
                    "hash": str(n),
                }
                for n in [*numbers, *(ROWS * 100 + n for n in numbers)]
            ],
        )
        db.session.execute(insert(Completion), [_completion(k, now) for k in keys])
        db.session.execute(insert(Certificate), [_certificate(n) for n in numbers])
        db.session.commit()


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
        "uid": ids.new_uid(),
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
