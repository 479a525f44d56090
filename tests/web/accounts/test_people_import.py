"""The HR file meets the database: counted first, then all or nothing."""

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from lms.accounts import (
    import_apply,
    import_file,
    people_export,
    people_import,
    units,
)
from lms.accounts.models import Agency, Job, LoginSession, Person, Placement, Unit
from lms.audit.models import AuditEntry
from lms.db import db as _db
from tests.cast import CAST

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


@pytest.fixture
def stage(app, db):
    """An open application context whose changes are thrown away."""
    with app.app_context():
        yield
        _db.session.rollback()


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


# --- Refusals


def test_an_unknown_agency_is_refused(stage):
    assert errors(plan(RANI | {"instansi_kode": "9999"})) == [(2, "instansi_kode")]


def test_several_agencies_want_a_code(stage, clock):
    without = RANI | {"instansi_kode": ""}

    assert errors(plan(without)) == [(2, "instansi_kode")]
    assert errors(plan(without, code="6771")) == []


def test_an_email_of_somebody_else_is_refused(stage):
    assert errors(plan(RANI | {"email": "agus@contoh.go.id"})) == [(2, "email")]


def test_two_people_may_swap_their_emails(stage, clock):
    yohanes = {
        "nip": CAST["yohanes"].nip,
        "nama": "Yohanes Tambing",
        "status_asn": "PNS",
        "perangkat_daerah": RANI["perangkat_daerah"],
        "email": "rani@contoh.go.id",
        "instansi_kode": "6771",
    }

    bring_in(RANI | {"email": "yohanes@contoh.go.id"}, yohanes, clock=clock)

    assert person(RANI["nip"]).email == "yohanes@contoh.go.id"
    assert person(yohanes["nip"]).email == "rani@contoh.go.id"


def test_an_unknown_superior_is_refused(stage):
    row = RANI | {"nip_atasan": "197711052003121999"}

    assert errors(plan(row)) == [(2, "nip_atasan")]


def test_a_superior_may_come_in_the_same_file(stage, clock):
    chief_row = BUDI | {"nip": "199001012015031906", "email": ""}
    bring_in(BUDI | {"nip_atasan": chief_row["nip"]}, chief_row, clock=clock)

    chief = person("199001012015031906")
    assert person(BUDI["nip"]).supervisor_id == chief.id


def test_superiors_in_a_circle_are_refused(stage):
    a, b, c = (BUDI | {"nip": f"19900101201503190{n}", "email": ""} for n in (5, 6, 7))
    a["nip_atasan"], b["nip_atasan"], c["nip_atasan"] = b["nip"], c["nip"], a["nip"]

    assert errors(plan(a, b, c)) == [(n, "nip_atasan") for n in (2, 3, 4)]


def test_a_circle_through_the_database_is_refused(stage):
    yohanes = RANI | {"nip": CAST["yohanes"].nip, "nip_atasan": RANI["nip"]}
    yohanes |= {"status_asn": "PNS", "email": "yohanes@contoh.go.id"}

    assert errors(plan(yohanes)) == [(2, "nip_atasan")]


def test_below_a_circle_nobody_else_is_blamed(stage):
    a, b, c = (BUDI | {"nip": f"19900101201503190{n}", "email": ""} for n in (5, 6, 7))
    a["nip_atasan"], b["nip_atasan"], c["nip_atasan"] = b["nip"], a["nip"], a["nip"]

    assert errors(plan(c, a, b)) == [(3, "nip_atasan"), (4, "nip_atasan")]


def test_one_person_under_two_numbers_is_refused(stage, clock):
    bring_in(RANI | {"pns_orang_id": "A5EB"}, clock=clock)
    twice = RANI | {"nip": "199508252027222902", "pns_orang_id": "A5EB", "email": ""}

    assert errors(plan(RANI, twice)) == [(3, "pns_orang_id")]


def test_one_error_keeps_everything_out(stage, clock):
    made = plan(BUDI, RANI | {"nip": "1.99508E+17"})

    assert made.has_errors
    with pytest.raises(import_apply.PlanHasErrors):
        import_apply.apply(made, TODAY, clock.now())


def test_an_import_is_written_down_without_names(stage, clock):
    bring_in(RANI, BUDI, clock=clock)

    (act,) = _db.session.scalars(select(AuditEntry))
    assert (act.action, act.facts["new"], act.facts["same"]) == (
        "people.imported",
        1,
        1,
    )


# --- Out and in again


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
