"""Certificates and the public check page, over HTTP."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from lms.accounts.models import Person
from lms.db import db as _db
from lms.kernel import ids
from lms.records import amendments
from lms.records.models import Certificate
from tests import statements
from tests.conftest import make_app

from . import samples

JSON = {"Accept": "application/json"}


@pytest.fixture
def code(app, done):
    """The check code of Rani's certificate, as printed."""
    with app.app_context():
        return ids.show_check_code(_db.session.scalars(select(Certificate.code)).one())


def revoke(app, uid, clock, reason="Diikuti oleh orang lain"):
    with app.app_context():
        amendments.revoke(uid, reason, None, clock.now())
        _db.session.commit()


def test_without_certificates_the_page_says_what_to_do(sign_in, live):
    page = sign_in("rani").get("/sertifikat")

    assert page.status_code == 200
    assert "Belum ada sertifikat" in page.text


def test_the_list_names_course_jp_and_score(sign_in, done):
    page = sign_in("rani").get("/sertifikat").text

    assert "Layanan Prima di Loket" in page
    assert "4 JP" in page
    assert "nilai 86" in page


def test_each_certificate_of_the_list_can_be_downloaded(sign_in, code):
    page = sign_in("rani").get("/sertifikat").text

    assert re.search(r'href="/sertifikat/[^"/]+/pdf" download aria-label="Unduh', page)


def test_an_unknown_code_offers_no_data_for_programs(sign_in, code):
    assert ".json" not in sign_in(None).get("/cek/0000-0000-0000-0000").text
    assert f"/cek/{code}.json" in sign_in(None).get(f"/cek/{code}").text


def test_the_certificate_says_what_a_certificate_says(sign_in, code, done):
    for address in (code, code.replace("-", "").lower(), done):
        page = sign_in("rani").get(f"/sertifikat/{address}")
        assert page.status_code == 200

    for words in (
        "BKPSDM Kota Palangka Raya",
        "Nomor 00001/layanan-prima/6771/XI/2026",
        "Rani Kusumawardhani",
        "199508252022212902",
        "4 (empat) jam pelajaran",
        "22 November 2026",
        '<span lang="en">E-Learning</span>',
        "Lulus, nilai akhir 86",
        "tidak memuat tanda tangan elektronik",
        "Drs. Lukas Binti",
        f"http://127.0.0.1:8000/cek/{code}",
        "Antrean yang adil",
    ):
        assert words in page.text


@pytest.mark.parametrize("name", ["agus", "yohanes", "siti", "made"])
def test_somebody_elses_certificate_is_not_found(sign_in, code, done, name):
    client = sign_in(name)

    assert client.get(f"/sertifikat/{code}").status_code == 404
    assert client.get(f"/sertifikat/{done}").status_code == 404


@pytest.mark.parametrize("odd", ["x", "0" * 500, "%F0%9F%92%A9", "1 OR 1=1"])
def test_odd_addresses_are_not_found(sign_in, live, odd):
    assert sign_in("rani").get(f"/sertifikat/{odd}").status_code == 404
    assert sign_in(None).get(f"/cek/{odd}").status_code == 404


def test_the_page_shows_the_qr_code_of_the_check_page(sign_in, code):
    rani = sign_in("rani")
    assert f"/sertifikat/{code}/qr.svg" in rani.get(f"/sertifikat/{code}").text

    answer = rani.get(f"/sertifikat/{code}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.data.startswith(b"<svg")
    assert rani.get("/sertifikat/abc/qr.svg").status_code == 404


def test_a_stranger_checks_a_certificate(sign_in, code):
    page = sign_in(None).get(f"/cek/{code}")

    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    for words in (
        "sah dan masih berlaku",
        "Rani Kusumawardhani",
        "2902",
        "Layanan Prima di Loket",
        "4 JP",
        "00001/layanan-prima/6771/XI/2026",
    ):
        assert words in page.text
    assert "199508252022212902" not in page.text
    assert "20222129" not in page.text


def test_a_program_checks_a_certificate(sign_in, code):
    answer = sign_in(None).get(f"/cek/{code}", headers=JSON)

    assert answer.json["status"] == "valid"
    assert answer.json["nip_last4"] == "2902"
    assert answer.json["finished_on"] == "2026-11-22"


def test_a_program_may_also_ask_by_the_address(sign_in, code):
    answer = sign_in(None).get(f"/cek/{code}.json")

    assert answer.status_code == 200
    assert answer.json == sign_in(None).get(f"/cek/{code}", headers=JSON).json
    assert answer.json["version"] == 1
    assert answer.json["check_url"] == f"http://127.0.0.1:8000/cek/{code}"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Accept" in answer.headers["Vary"]


def test_programs_always_get_the_same_keys(app, sign_in, code, done, clock):
    stranger = sign_in(None)
    valid = stranger.get(f"/cek/{code}.json").json
    unknown = stranger.get("/cek/0000-0000-0000-0000.json")
    revoke(app, done, clock)
    revoked = stranger.get(f"/cek/{code}.json").json

    assert unknown.status_code == 404
    assert valid.keys() == revoked.keys() == unknown.json.keys()
    assert (unknown.json["name"], unknown.json["revoked_on"]) == ("", None)
    assert (revoked["status"], revoked["revoked_on"]) == ("revoked", "2026-11-22")
    assert revoked["revoked_reason"] == "lainnya, tanyakan kepada penerbit"


def test_the_work_done_tells_nothing_about_a_code(app, sign_in, code):
    stranger, counts = sign_in(None), []
    for typed in (code, "0000-0000-0000-0000", "zzz"):
        with app.app_context(), statements.sent(_db.engine) as seen:
            stranger.get(f"/cek/{typed}")
        counts.append(len(statements.reads(seen)))

    assert counts == [1, 1, 1]


def test_many_certificates_can_be_searched(app, sign_in, live, clock):
    with app.app_context():
        for n, word in enumerate(("Arsip", "Data", "Loket"), start=1):
            course = samples.publish(
                clock.now(), code=f"k{n}", title=f"Kursus {word} Daerah"
            )
            samples.finish(4, course, clock.now() - timedelta(days=300 * (n - 1)))
    rani = sign_in("rani")

    assert 'name="cari"' not in rani.get("/sertifikat").text
    found = rani.get("/sertifikat?cari=daerah++ARSIP").text
    assert "Kursus Arsip" in found
    assert "Kursus Data" not in found
    assert "Kursus Data" not in rani.get("/sertifikat?tahun=2025").text
    assert "Kursus Loket" in rani.get("/sertifikat?tahun=2025").text
    assert "Tidak ada sertifikat yang cocok" in rani.get("/sertifikat?cari=xyz").text
    assert rani.get("/sertifikat?tahun=abcd").status_code == 422


def test_the_name_on_paper_is_that_of_the_day_of_issue(app, sign_in, code):
    with app.app_context():
        _db.session.get_one(Person, 4).name = "Rani Baru"
        _db.session.commit()

    assert "Rani Kusumawardhani" in sign_in(None).get(f"/cek/{code}").text


def test_a_revoked_certificate_says_since_when_and_why(app, sign_in, code, done, clock):
    revoke(app, done, clock)

    page = sign_in(None).get(f"/cek/{code}")
    assert page.status_code == 200
    assert "telah dicabut" in page.text
    assert "22 November 2026" in page.text
    assert "Sebab: lainnya, tanyakan kepada penerbit." in page.text
    assert "Diikuti oleh orang lain" not in page.text  # for its owner and HR alone
    assert "masih berlaku" not in page.text
    own = sign_in("rani").get(f"/sertifikat/{code}").text
    assert "Diikuti oleh orang lain" in own


def test_an_unknown_code_gets_the_same_page_with_404(sign_in, live):
    page = sign_in(None).get("/cek/0000-0000-0000-0000")

    assert page.status_code == 404
    assert "tidak dikenal" in page.text
    assert sign_in(None).get("/cek/zzz", headers=JSON).json["status"] == "unknown"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE certificates SET printed = replace(CAST(printed AS TEXT), 'Rani',"
        " 'Rano')",
        "UPDATE certificates SET number = 'palsu'",
        "UPDATE certificates SET person_id = 5",
    ],
)
def test_a_changed_certificate_is_not_valid(app, sign_in, code, sql):
    with app.app_context():
        if _db.engine.dialect.name == "postgresql":
            sql = sql.replace("'Rano')", "'Rano')::json")
        _db.session.execute(text(sql))
        _db.session.commit()

    page = sign_in(None).get(f"/cek/{code}").text

    assert "tidak sah" in page
    assert "Layanan Prima" not in page


def test_a_typed_code_leads_to_its_page(sign_in, code):
    typed = code.replace("-", " ").lower()

    answer = sign_in(None).get("/cek", query_string={"kode": typed})

    assert answer.status_code == 303
    assert answer.location == f"/cek/{code}"


@pytest.mark.parametrize(
    ("typed", "status"), [("", 200), ("  ", 200), ("abc", 404), ("x" * 100, 422)]
)
def test_other_typed_codes_get_a_calm_page(sign_in, live, typed, status):
    page = sign_in(None).get("/cek", query_string={"kode": typed})

    assert page.status_code == status
    assert "Periksa sertifikat" in page.text


def test_checking_is_limited_by_address(tmp_path):
    app = make_app(INSTANCE_DIR=str(tmp_path), RATELIMIT_ENABLED=True)
    with app.app_context():
        _db.create_all()
    client = app.test_client()

    codes = [client.get("/cek/0000000000000000").status_code for _ in range(31)]

    assert codes == [404] * 30 + [429]
    with app.app_context():
        _db.engine.dispose()


@pytest.mark.parametrize("address", ["/sertifikat", "/jp"])
def test_a_stranger_has_to_sign_in(sign_in, live, address):
    assert sign_in(None).get(address).status_code == 302


def test_the_pages_are_read_only(app, sign_in, code, done):
    """GET runs without the write lock, so a write would fail under load."""
    with app.app_context():
        before = _db.session.scalar(text("SELECT count(*) FROM ledger_entries"))

    for client in (sign_in("rani"), sign_in(None)):
        for address in ("/jp", "/jp/2026/asal", "/sertifikat", f"/sertifikat/{code}",
                        f"/cek/{code}"):  # fmt: skip
            client.get(address)

    with app.app_context():
        after = _db.session.scalar(text("SELECT count(*) FROM ledger_entries"))
    assert before == after == 3
