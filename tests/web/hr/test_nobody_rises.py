"""Nobody gets rights, or sees people, beyond the units they hold: every way tried."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from lms.accounts import roles, sheet_book
from lms.accounts.import_tables import ImportFinding, ImportRun
from lms.accounts.models import OneTimeLink, Person, RoleGrant, Unit, UnitHead
from lms.db import db as _db
from tests.cast import START

HEAD = (
    "nip,nama,status_asn,perangkat_daerah,unit_kerja,jabatan,jenis_jabatan,golongan,"
    "email\n"
)
OFFICE = "Badan Kepegawaian dan Pengembangan SDM"
SITI = f"198604182010012903,Siti Marlina,PNS,{OFFICE},,"
RANI = "00000000-0000-4000-8000-000000000004"
JOB = "Pengelola Layanan Administrasi Keuangan,pelaksana,"


def give(app, person_id: int, role: str, unit_id: int, deep: bool = True) -> None:
    with app.app_context():
        _db.session.add(
            RoleGrant(
                person_id=person_id, role=role, unit_id=unit_id, with_subunits=deep,
                valid_from=START, granted_at=datetime(2024, 1, 1, tzinfo=UTC),
            )
        )  # fmt: skip
        _db.session.commit()


def hand_in(client, text: str):
    file = (io.BytesIO((HEAD + text).encode()), "pegawai.csv")
    form = {"instansi": "1", "berkas": file}
    return client.post(
        "/sdm/pegawai/impor", data=form, content_type="multipart/form-data"
    )


def run_and_findings(app) -> tuple[ImportRun, list[str]]:
    with app.app_context():
        run = _db.session.scalars(select(ImportRun)).one()
        found = _db.session.scalars(select(ImportFinding.message)).all()
        return run, list(found)


def person(app, person_id: int) -> Person:
    with app.app_context():
        return _db.session.get_one(Person, person_id)


def test_an_import_gives_no_address_to_somebody_with_more_rights(app, sign_in):
    give(app, 3, "hr", 2)
    yohanes = sign_in("yohanes")

    hand_in(yohanes, f"{SITI}{JOB},jahat@contoh.go.id\n")

    run, findings = run_and_findings(app)
    assert run.errors == 1
    assert [text for text in findings if "peran yang tidak Anda pegang" in text]
    yohanes.post(f"/sdm/pegawai/impor/{run.uid}/terapkan")
    assert person(app, 2).email == "siti@contoh.go.id"


def test_a_shallow_administrator_gives_no_address_either(app, sign_in):
    give(app, 3, "hr", 2)
    give(app, 3, "admin", 1, deep=False)

    hand_in(sign_in("yohanes"), f"{SITI}{JOB},jahat@contoh.go.id\n")

    assert run_and_findings(app)[0].errors == 1


def test_leaving_an_administrator_out_of_a_file_takes_nothing_from_them(app, sign_in):
    give(app, 3, "hr", 2)
    give(app, 5, "admin", 5)
    yohanes = sign_in("yohanes")
    hand_in(yohanes, f"{SITI}{JOB},siti@contoh.go.id\n")
    run, _ = run_and_findings(app)

    yohanes.post(f"/sdm/pegawai/impor/{run.uid}/terapkan", data={"semua": "1"})

    assert person(app, 1).is_active


def test_nobody_brings_in_their_own_row(app, sign_in):
    row = f"{SITI.replace('PNS', 'NON_ASN')}{JOB},siti@contoh.go.id\n"

    hand_in(sign_in("siti"), row)

    run, findings = run_and_findings(app)
    assert run.errors == 1
    assert [text for text in findings if "Data Anda sendiri" in text], findings


def test_a_merge_carries_no_role_to_more_units(app, sign_in):
    give(app, 3, "hr", 4)
    give(app, 3, "hr", 1, deep=False)
    yohanes = sign_in("yohanes")

    answer = yohanes.post("/sdm/organisasi/4/gabung", data={"ke": "1"})

    assert answer.status_code == 403
    assert yohanes.get("/sdm/organisasi/2").status_code == 404


def test_nobody_appoints_themselves_or_opens_people_of_others(app, sign_in):
    give(app, 3, "hr", 2, deep=False)
    with app.app_context():
        _db.session.add(UnitHead(unit_id=1, person_id=2, valid_from=START))
        _db.session.get_one(Person, 3).unit_id = 2
        _db.session.get_one(Person, 4).supervisor_id = None
        _db.session.commit()
    yohanes = sign_in("yohanes")

    for whom in ("Yohanes", "Made"):
        form = {"atasan": "Siti", "orang": whom, "mulai": "2026-11-22", "sampai": ""}
        answer = yohanes.post("/sdm/organisasi/pelaksana-harian/tunjuk", data=form)
        assert answer.status_code == 422

    assert yohanes.get(f"/tim/{RANI}").status_code in (403, 404)


def test_nobody_makes_themselves_head_of_what_they_do_not_hold(app, sign_in):
    give(app, 3, "hr", 3, deep=False)
    with app.app_context():
        _db.session.get_one(Person, 4).supervisor_id = None
        _db.session.commit()
    yohanes = sign_in("yohanes")

    form = {"orang": "Yohanes", "mulai": "2026-11-22"}
    yohanes.post("/sdm/organisasi/3/kepala", data=form)

    assert yohanes.get(f"/tim/{RANI}").status_code in (403, 404)


def test_a_link_made_before_somebody_got_rights_opens_nothing(app, db, clock):
    from lms.accounts import links

    with app.app_context():
        token = links.make(4, "activate", clock.now())
        who, unit = _db.session.get_one(Person, 4), _db.session.get_one(Unit, 1)
        roles.grant(who, "hr", unit, today=clock.now().date(), now=clock.now())
        _db.session.commit()
        clock.skip(minutes=1)
        link = _db.session.scalars(select(OneTimeLink)).one()

        assert link.expires_at < clock.now()
    assert app.test_client().get(f"/akun/tautan/{token}").status_code != 200


def test_only_who_holds_the_agency_says_what_its_columns_mean(app, sign_in):
    give(app, 3, "hr", 2)
    yohanes = sign_in("yohanes")
    file = io.BytesIO(
        (HEAD.strip() + ",surel_pribadi\n" + SITI + JOB + ",,x\n").encode()
    )
    yohanes.post(
        "/sdm/pegawai/impor",
        data={"instansi": "1", "berkas": (file, "a.csv")},
        content_type="multipart/form-data",
    )
    run, _ = run_and_findings(app)

    form = {f"k{number}": "" for number in range(9)} | {"k9": "email"}
    answer = yohanes.post(f"/sdm/pegawai/impor/{run.uid}/kolom", data=form)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "query", ["endpoint=x", "_method=FOO", "_external=1", "self=1"]
)
def test_no_name_in_an_address_is_a_word_to_the_site(sign_in, query):
    assert sign_in("siti").get(f"/sdm/daftar?{query}").status_code in (200, 400)


def test_without_any_policy_nobody_is_short_of_a_target(app, sign_in):
    assert sign_in("siti").get("/sdm/pegawai?jp=belum").status_code == 200


def test_one_long_text_meant_by_many_cells_ends_only_its_reader():
    book = io.BytesIO()
    cells = "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in (1,))
    rows = "".join(
        f'<row r="{n}">{cells.replace("A1", f"A{n}")}</row>' for n in range(1, 40_000)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pkg = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in {
            "[Content_Types].xml": f'<Types xmlns="{pkg}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{pkg}/relationships"><Relationship'
            f' Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{pkg}/relationships">'
            f'<Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/s.xml"/>'
            f'<Relationship Id="r2" Type="{rel}/sharedStrings"'
            ' Target="sharedStrings.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>{"é" * 100_000}</t>'
            "</si></sst>",
            "xl/worksheets/s.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}'
            "</sheetData></worksheet>",
        }.items():
            zipped.writestr(name, head + text)

    answer = sheet_book.read(book.getvalue(), 100_000, 50)

    assert answer == "large"
