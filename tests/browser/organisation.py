"""The pages of the organisation, filled: for those who visit every page."""

from datetime import date

from lms.kernel import clock
from tests.cast import CAST

UNITS, ADMIN = "/sdm/organisasi", "/kelola"
SINCE = date(2025, 1, 1)


def fill(app) -> None:
    """Give a unit a head, further names and a history; let somebody act for them."""
    from lms.accounts import aliases, deputies, heads, unit_changes
    from lms.accounts.models import Person, Unit
    from lms.db import db

    now, by = clock.now(), None
    today = now.date()
    with app.app_context():
        unit, below = db.session.get(Unit, 3), db.session.get(Unit, 4)
        yohanes, rani = (
            db.session.get(Person, CAST[name].id) for name in ("yohanes", "rani")
        )
        heads.set_head(unit, yohanes, today=today, now=now, by=by, since=SINCE)
        aliases.add(unit, "DPMPTSP Kota", now=now, by=by)
        unit_changes.edit(below, below.name, "Bidang Perizinan", today, now, by)
        empty, _new = unit_changes.add(unit, "section", "Seksi Arsip", today, now, by)
        unit_changes.close(empty, today, now, by)
        deputies.appoint(
            yohanes, rani, first=today, last=None, today=today, now=now, by=by
        )
        db.session.commit()


def pages_of_hr() -> list[str]:
    """Return the addresses that HR opens."""
    unit, jobs = f"{UNITS}/3", f"{UNITS}/jabatan"
    deputies = f"{UNITS}/pelaksana-harian"
    return [
        UNITS, f"{UNITS}?cari=bidang", f"{UNITS}?ditutup=1", unit, f"{UNITS}/4",
        f"{unit}/ubah", f"{unit}/subunit", f"{unit}/kepala",
        f"{unit}/pindah", f"{unit}/gabung", f"{unit}/gabung?tujuan=badan",
        jobs, f"{jobs}?cari=tidakada", f"{jobs}/baru", f"{jobs}/1",
        f"{jobs}/1/gabung",
        deputies, f"{deputies}/tunjuk?unit=3", f"{UNITS}/riwayat",
    ]  # fmt: skip


def pages_of_administrators() -> list[str]:
    """Return the addresses that administrators open."""
    return [
        f"{ADMIN}/peran", f"{ADMIN}/peran?peran=instructor", f"{ADMIN}/peran/beri",
        f"{ADMIN}/instansi", f"{ADMIN}/instansi/1", f"{ADMIN}/instansi/1/jp",
        f"{ADMIN}/riwayat",
    ]  # fmt: skip
