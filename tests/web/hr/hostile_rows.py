"""People and finished courses whose texts are hard on files; written straight in."""

from datetime import date, datetime, timedelta
from itertools import cycle

from sqlalchemy import insert

from lms.accounts.models import Person, Unit
from lms.db import db
from lms.records.models import Completion, Enrolment, LedgerEntry

FIRST = 5000
TEXTS = (
    'Ayu "Si Cepat" Lestari', "Budi, S.E., M.M.", "Citra; Dewi", "Dua\nBaris",
    "Dua\r\nBaris", "=1+1", '=HYPERLINK("http://x","y")', "+62 811", "-5", "@SUM(A1)",
    "\tTab di depan", "Tab\tdi tengah", "'Aisyah", "''Dua apostrof", "Ma'ruf", "’Umar",
    "محمد الأمين", "שלום", "Ñandú Çelik", "王小明", "👩‍🏫 Guru", "é (terurai)",
    "007", "1e5", "2026-02-29", "1/2", "TRUE", "NULL", "None", "#N/A", "0x1F",
    " spasi di tepi ", "＝lebar", "|pipa", "%persen%", "a" * 160, "_x000D_", "<b>&amp;",
    "\\n bukan baris", "[null]", '{"a": 1}', "sep=;", "\ufeffBOM", "-", "'", '"', "'=1",
)  # fmt: skip
DAYS = (date(2024, 2, 29), date(2026, 2, 28), date(2025, 12, 31), date(2026, 1, 1))
SCORES = (None, 0, 1, 50, 7_345, 8_000, 9_999, 10_000)


def fill(live, now: datetime, count: int) -> None:
    """Let `count` people of the city finish the course; units are called so as well."""
    units = [
        {"id": 2000 + n, "parent_id": 1, "agency_id": 1, "path": f"/1/{2000 + n}/",
         "kind": "office", "name": text, "valid_from": date(2024, 1, 1)}
        for n, text in enumerate(TEXTS)
    ]  # fmt: skip
    db.session.execute(insert(Unit), units)
    numbers = range(FIRST, FIRST + count)
    texts = dict(zip(numbers, cycle(TEXTS), strict=False))
    db.session.execute(insert(Person), [
        {"id": n, "uid": f"h-{n}", "name": texts[n],
         "title_front": TEXTS[n % 7][:60], "title_back": TEXTS[n % 11][:60],
         "nip": f"{n - FIRST:018}" if n % 3 else None, "id_kind": "NIP",
         "pns_orang_id": TEXTS[n % 13][:36] if n % 2 else "",
         "asn_status": ("PNS", "PPPK", "PPPK_PW", "CPNS")[n % 4],
         "rank": ("", "III/a", "-")[n % 3],
         "unit_id": 2000 + n % len(TEXTS), "created_at": now, "updated_at": now}
        for n in numbers
    ])  # fmt: skip
    db.session.execute(insert(Enrolment), [
        {"id": n, "person_id": n, "course_id": live.course_id,
         "release_id": live.release_id, "edition": 1, "started_at": now}
        for n in numbers
    ])  # fmt: skip
    db.session.execute(insert(LedgerEntry), [
        {"seq": n, "uid": f"e-{n}", "kind": "completion", "person_id": n, "at": now,
         "body": "{}", "prev_hash": "-", "hash": f"hash-{n}"}
        for n in numbers
    ])  # fmt: skip
    db.session.execute(insert(Completion), [
        _completion(n, texts[n], live, now) for n in numbers
    ])  # fmt: skip
    db.session.commit()


def _completion(n: int, text: str, live, now: datetime) -> dict:
    day = DAYS[n % len(DAYS)]
    return {
        "uid": f"00000000-0000-4000-9000-{n:012}", "seq": n, "enrolment_id": n,
        "person_id": n, "course_id": live.course_id, "release_id": live.release_id,
        "edition": 1, "course_code": "layanan-prima", "course_title": text,
        "agency_id": 1, "unit_id": 2000 + n % len(TEXTS), "office_name": text,
        "unit_name": TEXTS[n % 17], "unor_id": TEXTS[n % 19][:60],
        "job_title": TEXTS[n % 23], "job_type": "", "job_level": TEXTS[n % 29][:30],
        "asn_status": "PNS", "rank": "", "started_on": day - timedelta(days=1),
        "finished_on": day, "finished_at": now, "year": day.year, "jp": n % 30,
        "training_form": 16, "organiser": TEXTS[n % 31], "score_bp": SCORES[n % 8],
        "competencies": "PPB;KOM" if n % 2 else "",
        "competency_level": 2 if n % 2 else None,
        "state": "revoked" if n % 10 == 0 else "valid",
    }  # fmt: skip
