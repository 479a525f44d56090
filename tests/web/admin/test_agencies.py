"""Administrators set their agency: office, zone, signer, numbers, JP policy."""

import pytest
from sqlalchemy import select

from lms.accounts.models import Agency, RoleGrant
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.records import jp, seeds
from lms.records.models import JpPolicy

ROOT = "/kelola/instansi"
FORM = {
    "kantor": "BKPSDM Kota",
    "kota": "Palangka Raya",
    "zona": "Asia/Makassar",
    "penanda": "Dra. Ester Sinta",
    "jabatan": "Kepala Badan",
    "nip": "19750214 199903 2 901",
    "nomor": "{urut:04d}/{instansi}/{tahun}",
}
POLICY = {
    "status": "PNS", "tahun": "2027", "target": "24", "batas": "", "dasar": "Perwali 5",
    "pasti": "y",
}  # fmt: skip


@pytest.fixture
def made(sign_in):
    return sign_in("made")


def entries(app, action: str) -> list[dict]:
    with app.app_context():
        rows = select(AuditEntry.facts).where(AuditEntry.action == action)
        return list(_db.session.scalars(rows))


def test_the_page_shows_ones_own_agencies(made):
    page = made.get(ROOT)

    assert "Pemerintah Kota Palangka Raya" in page.text
    assert "00007/layanan-prima/6771/XI/2026" in page.text
    assert "Jambi" not in page.text


@pytest.mark.parametrize("name", ["rani", "siti", "hendra"])
def test_only_administrators_see_it(sign_in, db, name):
    for path in ("", "/1", "/1/jp"):
        assert sign_in(name).get(ROOT + path).status_code == 403


@pytest.mark.parametrize("path", ["/5", "/3", "/999", "/5/jp"])
def test_another_agency_does_not_exist(made, path):
    assert made.get(ROOT + path).status_code == 404
    assert made.post(ROOT + path, data=FORM | POLICY).status_code == 404


def test_who_administers_only_a_part_sets_no_agency(app, made):
    with app.app_context():
        own = _db.session.scalar(select(RoleGrant).where(RoleGrant.person_id == 1))
        own.unit_id = 3
        _db.session.commit()

    assert "Tidak ada instansi" in made.get(ROOT).text
    assert made.get(ROOT + "/1").status_code == 404


def test_settings_are_saved_once_and_the_signer_stays_out_of_the_log(app, made):
    for _ in range(2):
        assert made.post(ROOT + "/1", data=FORM).status_code == 303

    with app.app_context():
        agency = _db.session.get(Agency, 1)
        assert agency.signer_nip == "197502141999032901"
        assert agency.timezone == "Asia/Makassar"
        assert agency.number_format == "{urut:04d}/{instansi}/{tahun}"
    [facts] = entries(app, "agency.changed")
    assert "signer_nip" in facts["fields"]
    assert facts["was"]["timezone"] == "Asia/Jakarta"
    assert "Ester" not in str(facts)
    assert "19750214" not in str(facts)
    assert "WITA" in made.get(ROOT).text


def test_a_number_is_tried_before_it_is_saved(app, made):
    page = made.post(ROOT + "/1", data=FORM | {"pratinjau": "1"})

    assert page.status_code == 200
    assert "0007/6771/2026" in page.text
    with app.app_context():
        assert _db.session.get(Agency, 1).office_name == "BKPSDM Kota Palangka Raya"


@pytest.mark.parametrize(
    "fields",
    [
        {"kantor": ""},
        {"kantor": "a" * 256},
        {"zona": "Europe/Paris"},
        {"nip": "123"},
        {"nomor": "{urut}"},  # would come again next year
        {"nomor": "tetap"},
        {"nomor": "{urut.__class__}/{tahun}"},
        {"nomor": "{"},
        {"penanda": "Ester\u202eSinta"},
    ],
)
def test_bad_settings_are_refused(app, made, fields):
    assert made.post(ROOT + "/1", data=FORM | fields).status_code == 422
    with app.app_context():
        assert _db.session.get(Agency, 1).office_name == "BKPSDM Kota Palangka Raya"


# --- JP policy


@pytest.fixture
def general(app, db):
    with app.app_context():
        seeds.load(_db.session)
        _db.session.commit()


def own(app) -> list[JpPolicy]:
    with app.app_context():
        return list(
            _db.session.scalars(select(JpPolicy).where(JpPolicy.agency_id == 1))
        )


def test_a_policy_holds_from_its_year_on_and_leaves_older_years(app, general, made):
    assert "umum" in made.get(ROOT + "/1/jp").text

    for _ in range(2):
        assert made.post(ROOT + "/1/jp", data=POLICY).status_code == 303

    [row] = own(app)
    assert (row.target, row.cap, row.source, row.is_sure) == (
        24,
        None,
        "Perwali 5",
        True,
    )
    with app.app_context():
        rows = list(_db.session.scalars(select(JpPolicy)))
        assert jp.policy_for(rows, 1, "PNS", 2026).target == 20
        assert jp.policy_for(rows, 1, "PNS", 2027).target == 24
        assert jp.policy_for(rows, 5, "PNS", 2027).target == 20
    [facts] = entries(app, "jp_policy.added")
    assert (facts["status"], facts["year"], facts["target"]) == ("PNS", 2027, 24)


def test_a_policy_is_never_rewritten(app, general, made):
    made.post(ROOT + "/1/jp", data=POLICY)

    answer = made.post(ROOT + "/1/jp", data=POLICY | {"target": "30"})

    assert answer.status_code == 409
    assert "Kebijakan tidak ditimpa" in answer.text
    assert own(app)[0].target == 24


@pytest.mark.parametrize(
    "fields",
    [
        {"tahun": "2025"},
        {"tahun": ""},
        {"tahun": "dua ribu"},
        {"tahun": "99999"},
        {"target": "-1"},
        {"target": "9" * 30},
        {"target": "30", "batas": "20"},
        {"status": "TNI"},
        {"dasar": ""},
        {"dasar": "a" * 301},
    ],
)
def test_a_bad_policy_is_refused(app, general, made, fields):
    assert made.post(ROOT + "/1/jp", data=POLICY | fields).status_code == 422
    assert own(app) == []


def test_the_trail_tells_administrators_what_was_set(app, general, made):
    made.post(ROOT + "/1", data=FORM)
    made.post(ROOT + "/1/jp", data=POLICY)
    made.post(
        "/kelola/peran/beri",
        data={"orang": "yohanes", "peran": "hr", "unit": "Dinas Penanaman"},
    )

    page = made.get("/kelola/riwayat").text

    for sentence in (
        "Made Wirawan memberi Yohanes Tambing peran pengelola SDM di “Dinas Penanaman"
        " Modal dan PTSP”.",
        "Made Wirawan menambah kebijakan JP PNS mulai tahun 2027 bagi “Pemerintah Kota"
        " Palangka Raya”.",
        "Made Wirawan mengubah pengaturan instansi “Pemerintah Kota Palangka Raya”:",
        "zona waktu: Asia/Jakarta → Asia/Makassar",
    ):
        assert sentence in page
    assert "Ester" not in page


def test_the_trail_of_administrators_is_theirs(sign_in, db):
    assert sign_in("siti").get("/kelola/riwayat").status_code == 403
