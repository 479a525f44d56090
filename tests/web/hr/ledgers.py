"""Years of several people, worked by hand, for the recaps."""

from datetime import UTC, datetime

from lms.accounts.models import Person
from lms.catalog.models import Competency
from lms.db import db
from lms.records import amendments
from tests.web.records import samples

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
GROUPS = {"PPB": "teknis", "KMB": "manajerial", "SOK": "sosial_kultural"}


def course(code: str, jp: int, form: int, *skills: str):
    """Publish a course that speaks for these competencies."""
    promises = [{"code": s, "level": 2, "proof": ["kuis-akhir"]} for s in skills]
    return samples.publish(NOW, code=code, jp=jp, training_form=form, promises=promises)


def fill() -> None:
    """Let people of Palangka Raya finish things in three years, and commit.

    rani (PPPK: target 20, cap 24)  14 teknis + 6 manajerial + 3 of two types = 23
        + 9 that were revoked; 2025: 5; 2024: 4
    yohanes (PNS: target 20)  6 workshop (klasikal), of them 2 after a correction
    made, siti  nothing
    """
    for code, group in GROUPS.items():
        db.session.add(Competency(code=code, name=code, group=group))
    db.session.commit()
    year = NOW.replace
    a = course("a-teknis", 14, 16, "PPB")
    b = course("b-manajerial", 6, 16, "KMB")
    c = course("c-dua-jenis", 3, 9, "PPB", "SOK")
    d = course("d-dicabut", 9, 16, "SOK")
    e = course("e-lama", 5, 16, "PPB")
    f = course("f-lebih-lama", 4, 3, "PPB")
    g = course("g-workshop", 8, 4, "SOK")
    for live, when in ((a, NOW), (b, NOW), (c, NOW), (e, year(2025)), (f, year(2024))):
        samples.finish(4, live, when)
    gone = samples.finish(4, d, NOW)
    amendments.revoke(gone.uid, "Diikuti oleh orang lain", 2, NOW)
    wrong = samples.finish(3, g, NOW)
    amendments.correct_jp(wrong.uid, 6, "Salah hitung menit", 2, NOW)
    db.session.commit()


def hire(name: str, unit_id: int, status: str = "PNS", **facts) -> None:
    """Add somebody who has done nothing."""
    db.session.add(
        Person(
            uid=f"00000000-0000-4000-9000-{abs(hash(name)) % 10**12:012}",
            name=name, asn_status=status, unit_id=unit_id, created_at=NOW,
            updated_at=NOW, **facts,
        )
    )  # fmt: skip
    db.session.commit()
