"""Files of people as HR hands them over, and what an import makes of them."""

import csv
import io
from datetime import date

from sqlalchemy import func, select

from lms.accounts import (
    import_apply,
    import_file,
    people_import,
)
from lms.accounts.models import Person, Placement
from lms.db import db as _db

TODAY = date(2026, 11, 22)
COLUMNS = import_file.COLUMNS
RANI = {
    "nip": "199508252022212902",
    "nama": "Rani Kusumawardhani",
    "status_asn": "PPPK",
    "perangkat_daerah": "Dinas Penanaman Modal dan PTSP",
    "unit_kerja": "Bidang Pelayanan Perizinan",
    "jabatan": "Pengelola Layanan Administrasi Keuangan",
    "jenis_jabatan": "pelaksana",
    "email": "rani@contoh.go.id",
    "nip_atasan": "197711052003121904",
    "aktif": "ya",
    "instansi_kode": "6771",
}
BUDI = {
    "nip": "199001012015031905",
    "nama": "Budi Santoso",
    "status_asn": "PNS",
    "perangkat_daerah": "Dinas Kesehatan",
    "unit_kerja": "Bidang Pelayanan > Seksi Loket",
    "jabatan": "Arsiparis",
    "jenis_jabatan": "fungsional",
    "jenjang": "MU",
    "golongan": "III/c",
    "email": "budi@contoh.go.id",
    "instansi_kode": "6771",
}


def table(*rows: dict, without: tuple[str, ...] = ()) -> import_file.Table:
    columns = [c for c in COLUMNS if c not in without]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return import_file.read(out.getvalue().encode(), TODAY)


def plan(*rows: dict, code: str = "", **more) -> people_import.Plan:
    return people_import.plan(table(*rows, **more), TODAY, code)


def bring_in(*rows: dict, clock, today: date = TODAY, **more) -> dict[str, int]:
    made = people_import.plan(table(*rows, **more), today)
    assert [f for f in made.findings if f.is_error] == []
    import_apply.apply(made, today, clock.now())
    return {name: n for name, n in made.counts.items() if n}


def errors(made: people_import.Plan) -> list[tuple[int, str]]:
    return [(f.row, f.column) for f in made.findings if f.is_error]


def person(nip: str) -> Person:
    return _db.session.scalars(select(Person).where(Person.nip == nip)).one()


def placements(nip: str) -> list[tuple]:
    rows = _db.session.scalars(
        select(Placement)
        .where(Placement.person_id == person(nip).id)
        .order_by(Placement.id)
    )
    return [(row.unit_id, row.valid_from, row.valid_to) for row in rows]


def rows_of_all_tables() -> dict[str, int]:
    return {
        t.name: _db.session.scalar(select(func.count()).select_from(t))
        for t in _db.metadata.sorted_tables
    }
