"""The HR file meets the database: counted first, then all or nothing."""

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.accounts import (
    import_file,
    people_export,
    people_import,
    units,
)
from lms.accounts.models import Agency, Job, LoginSession, Person, Unit
from lms.db import db as _db
from tests.cast import CAST

from .people_files import (
    BUDI,
    COLUMNS,
    RANI,
    TODAY,
    bring_in,
    errors,
    person,
    placements,
    plan,
    rows_of_all_tables,
    table,
)


def test_somebody_known_and_unchanged_is_the_same(stage):
    made = plan(RANI)

    assert made.counts == {
        "new": 0,
        "changed": 0,
        "moved": 0,
        "deactivated": 0,
        "same": 1,
    }
    assert errors(made) == []
    assert made.unlisted == 3  # the others of the agency; left alone


def test_a_dry_run_changes_nothing(stage):
    before = rows_of_all_tables()
    plan(RANI | {"nama": "Rani K."}, BUDI)
    _db.session.flush()

    assert not _db.session.dirty
    assert rows_of_all_tables() == before


def test_someone_new_comes_with_units_job_and_placement(stage, clock):
    assert bring_in(BUDI, clock=clock) == {"new": 1}

    budi = person(BUDI["nip"])
    unit = units.find(budi.unit_id)
    line = units.ancestors(unit)
    assert [(u.kind, u.name) for u in line[1:]] == [
        ("office", "Dinas Kesehatan"),
        ("division", "Bidang Pelayanan"),
        ("section", "Seksi Loket"),
    ]
    assert (budi.asn_status, budi.id_kind, budi.rank) == ("PNS", "NIP", "III/c")
    job = _db.session.get(Job, budi.job_id)
    assert (job.title, job.type, job.level) == ("Arsiparis", "fungsional", "MU")
    assert placements(budi.nip) == [(unit.id, TODAY, None)]


def test_everything_imported_twice_is_the_same(stage, clock):
    bring_in(RANI | {"nama": "Rani K."}, BUDI, clock=clock)
    before = rows_of_all_tables()

    assert bring_in(RANI | {"nama": "Rani K."}, BUDI, clock=clock) == {"same": 2}

    del before["audit_entries"]
    assert rows_of_all_tables() | before == rows_of_all_tables()


def test_two_people_of_one_new_unit_share_it(stage, clock):
    other = BUDI | {"nip": "199001012015031906", "email": ""}

    bring_in(BUDI, other | {"unit_kerja": "BIDANG PELAYANAN"}, clock=clock)

    line = units.ancestors(units.find(person(BUDI["nip"]).unit_id))
    assert person(other["nip"]).unit_id == line[2].id


def test_a_move_closes_the_placement_and_opens_another(stage, clock):
    moved = RANI | {"unit_kerja": ""}

    assert bring_in(moved, clock=clock) == {"moved": 1}

    yesterday = TODAY - timedelta(days=1)
    assert placements(RANI["nip"]) == [
        (4, date(2024, 1, 1), yesterday),
        (3, TODAY, None),
    ]


def test_a_second_move_on_the_same_day_mends_the_first(stage, clock):
    bring_in(RANI | {"unit_kerja": ""}, clock=clock)
    bring_in(RANI, clock=clock)

    assert [p[0] for p in placements(RANI["nip"])] == [4, 4]


@pytest.mark.parametrize(
    "change",
    [
        {"nama": "Rani Kusuma"},
        {"golongan": "IX"},
        {"status_asn": "PPPK paruh waktu"},
        {"jabatan": "", "jenis_jabatan": ""},
        {"jenjang": "PT"},
        {"email": "rani.k@contoh.go.id"},
        {"gelar_belakang": "S.E."},
        {"pns_orang_id": "A5EB"},
        {"nip_atasan": ""},
        {"nip_atasan": CAST["siti"].nip},
    ],
)
def test_any_other_difference_is_a_change(stage, clock, change):
    assert bring_in(RANI | change, clock=clock) == {"changed": 1}
    assert bring_in(RANI | change, clock=clock) == {"same": 1}


def test_only_what_a_placement_holds_makes_history(stage, clock):
    bring_in(RANI | {"nama": "Rani Kusuma"}, clock=clock)
    assert len(placements(RANI["nip"])) == 1

    bring_in(RANI | {"golongan": "IX"}, clock=clock)
    assert len(placements(RANI["nip"])) == 2


def test_a_missing_column_leaves_its_values_alone(stage, clock):
    rest = tuple(set(COLUMNS) - set(import_file.REQUIRED))

    assert bring_in(RANI, clock=clock, without=rest[:0]) == {"same": 1}
    made = plan(RANI, code="6771", without=rest)
    assert made.counts["same"] == 1


def test_an_empty_email_or_siasn_id_keeps_what_is_known(stage, clock):
    bring_in(RANI | {"pns_orang_id": "A5EB"}, clock=clock)

    assert bring_in(RANI | {"email": ""}, clock=clock) == {"same": 1}


def test_leaving_ends_sessions_and_keeps_the_person(stage, sign_in, clock):
    sign_in("rani")

    assert bring_in(RANI | {"aktif": "tidak"}, clock=clock) == {"deactivated": 1}

    assert not person(RANI["nip"]).is_active
    assert _db.session.scalar(select(LoginSession.ended_at)) is not None
    assert bring_in(RANI | {"aktif": "tidak"}, clock=clock) == {"same": 1}
    assert bring_in(RANI, clock=clock) == {"changed": 1}
    assert person(RANI["nip"]).is_active


def test_the_last_administrator_cannot_be_imported_away(stage):
    made = CAST["made"]
    row = RANI | {"nip": made.nip, "nama": made.name, "status_asn": "PNS",
                  "email": "made@contoh.go.id", "aktif": "tidak"}  # fmt: skip

    assert errors(plan(row)) == [(2, "aktif")]


def test_a_new_number_with_the_known_siasn_id_is_the_same_person(stage, clock):
    bring_in(RANI | {"pns_orang_id": "A5EB"}, clock=clock)
    number = person(RANI["nip"]).id
    renewed = RANI | {"nip": "199508252027222902", "pns_orang_id": "A5EB"}

    assert bring_in(renewed, clock=clock) == {"changed": 1}

    assert person(renewed["nip"]).id == number


def test_the_first_administrator_is_found_by_email_and_gets_a_number(stage, clock):
    agus = _db.session.get(Person, CAST["agus"].id)
    agus.nip, agus.id_kind = None, "LAIN"
    _db.session.flush()

    row = RANI | {"nip": CAST["agus"].nip, "email": "agus@contoh.go.id",
                  "status_asn": "PNS", "instansi_kode": "5500"}  # fmt: skip
    assert bring_in(row, clock=clock) == {"moved": 1}

    assert agus.nip == CAST["agus"].nip


def test_a_move_to_another_agency_is_a_move(stage, clock):
    assert bring_in(RANI | {"instansi_kode": "5500"}, clock=clock) == {"moved": 1}

    assert units.agency_of(person(RANI["nip"]).unit_id).code == "5500"


@pytest.mark.parametrize("code", ["6771", "5500"])
def test_what_is_exported_comes_in_as_the_same(stage, clock, code):
    bring_in(BUDI | {"gelar_depan": "Dr.", "gelar_belakang": "M.Si."}, clock=clock)
    root = _db.session.get(Unit, 1)
    _db.session.get(Person, CAST["siti"].id).unit_id = root.id
    agency = _db.session.scalars(select(Agency).where(Agency.code == code)).one()
    out = io.StringIO()
    csv.writer(out).writerows(people_export.rows(agency))

    made = people_import.plan(import_file.read(out.getvalue().encode(), TODAY), TODAY)

    assert errors(made) == []
    assert made.counts["same"] == len(made.changes) == (5 if code == "6771" else 2)
    assert made.unlisted == 0


def test_fifteen_thousand_rows_take_few_statements(stage, clock):
    from sqlalchemy import event

    rows = [
        BUDI
        | {
            "nip": f"1990{1 + n % 12:02}{1 + n // 12 % 28:02}2015031{1 + n // 336:03}",
            "email": f"orang{n}@contoh.go.id",
            "unit_kerja": f"Bidang {n % 40}",
        }
        for n in range(15_000)
    ]
    read = table(*rows)
    sent: list[str] = []

    def note(_conn, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(_db.engine, "before_cursor_execute", note)
    made = people_import.plan(read, TODAY)
    event.remove(_db.engine, "before_cursor_execute", note)

    assert not made.has_errors
    assert made.counts["new"] == 15_000
    assert len(sent) < 50
