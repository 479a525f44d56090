"""rekap_jp and rekap_opd, cell by cell against tables worked by hand and /jp."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from lms.audit.models import DataAccess
from lms.db import db as _db
from lms.records import jp_lines, jp_year, queries, seeds
from tests.web.hr import ledgers

PAGE = "/sdm/ekspor"
BKPSDM = "Badan Kepegawaian dan Pengembangan SDM"
DPMPTSP = "Dinas Penanaman Modal dan PTSP"
JOB = "Pengelola Layanan Administrasi Keuangan"


@pytest.fixture
def years(app, db, clock):
    with app.app_context():
        seeds.load(_db.session)
        ledgers.fill()


def take(client, kind="rekap_jp", fmt="csv", year="2026", **fields):
    answer = client.post(
        PAGE, data={"jenis": kind, "format": fmt, "tahun": year} | fields
    )
    assert answer.status_code == 200, answer.text
    return answer


def rows(answer) -> list[list[str]]:
    text = io.StringIO(answer.data.decode("utf-8"), newline="")
    return list(csv.reader(text))[1:]


def test_the_year_of_everybody_cell_by_cell(sign_in, years):
    found = rows(take(sign_in("siti")))

    assert [row[1:] for row in found] == [
        ["Made Wirawan", BKPSDM, BKPSDM, "PNS", JOB, "2026", "20", "", "0", "0", "0",
         "0", "0", "0", "0", "20", "belum", "0", "0"],
        ["Siti Marlina", BKPSDM, BKPSDM, "PNS", JOB, "2026", "20", "", "0", "0", "0",
         "0", "0", "0", "0", "20", "belum", "0", "0"],
        ["Yohanes Tambing", DPMPTSP, DPMPTSP, "PNS", JOB, "2026", "20", "", "6", "6",
         "0", "0", "0", "6", "1", "14", "belum", "0", "0"],
        ["Rani Kusumawardhani", DPMPTSP, "Bidang Pelayanan Perizinan", "PPPK", JOB,
         "2026", "20", "24", "23", "3", "20", "14", "6", "0", "1", "0", "terpenuhi",
         "5", "4"],
    ]  # fmt: skip
    assert found[3][0] == "199508252022212902"


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_figures_are_those_of_her_own_page(app, sign_in, years, year):
    head = take(sign_in("siti"), year=str(year)).text.splitlines()[0].split(",")
    mine = rows(take(sign_in("siti"), year=str(year)))[3]
    row = dict(zip(head, mine, strict=True))

    with app.app_context():
        page = jp_year.of(jp_lines.of(4), year, queries.jp_policy(4, year))
    track = {f.key: f.jp for f in page.by_track}
    group = {f.key: f.jp for f in page.by_group}
    assert int(row["jp_total"]) == page.total.jp
    assert int(row["jp_klasikal"]) == track.get("klasikal", 0)
    assert int(row["jp_nonklasikal"]) == track.get("nonklasikal", 0)
    assert int(row["jp_teknis"]) == page.technical.jp
    assert int(row["jp_manajerial"]) == group.get("manajerial", 0)
    assert int(row["jp_sosial_kultural"]) == group.get("sosial_kultural", 0)
    assert row["kekurangan_jp"] == (
        "" if page.standing.target is None else str(page.standing.missing)
    )
    if year == 2026:
        assert f"{page.total.jp}" in sign_in("rani").get("/jp").text


def test_above_the_cap_is_said(app, sign_in, years):
    with app.app_context():
        from tests.web.records import samples

        samples.finish(4, ledgers.course("h-lagi", 2, 16, "PPB"), ledgers.NOW)

    row = rows(take(sign_in("siti")))[3]

    assert (row[9], row[16], row[17]) == ("25", "0", "melebihi_batas")


def test_who_has_no_target_has_no_state(app, sign_in, years):
    with app.app_context():
        ledgers.hire("Tono Bebas", 2, "NON_ASN")

    row = next(r for r in rows(take(sign_in("siti"))) if r[1] == "Tono Bebas")

    assert (row[0], row[7], row[8], row[16], row[17]) == ("", "", "", "", "")


def test_who_is_no_longer_active_is_left_out(app, sign_in, years):
    with app.app_context():
        ledgers.hire("Sudah Pensiun", 2, is_active=False)

    assert len(rows(take(sign_in("siti")))) == 4


def test_only_the_units_held_and_chosen(sign_in, years):
    found = rows(take(sign_in("siti"), unit="4"))

    assert [row[1] for row in found] == ["Rani Kusumawardhani"]


def test_offices_cell_by_cell(app, sign_in, years):
    with app.app_context():
        ledgers.hire("Tono Bebas", 3, "NON_ASN")

    found = rows(take(sign_in("siti"), "rekap_opd"))

    assert found == [
        [BKPSDM, "2026", "2", "0", "0", "2", "0", "0", "0"],
        [DPMPTSP, "2026", "2", "1", "50", "0", "14.5", "14.5", "4"],
    ]


def test_means_are_rounded_down_and_medians_are_exact(app, sign_in, years):
    with app.app_context():
        ledgers.hire("Orang Ketiga", 4)

    found = rows(take(sign_in("siti"), "rekap_opd"))

    # 0, 6, 23: mean 29 / 3 = 9.66…, median 6; one of three reached the target
    assert found[1] == [DPMPTSP, "2026", "3", "1", "33.33", "1", "9.66", "6", "4"]


@pytest.mark.parametrize("kind", ["riwayat_kursus", "rekap_jp", "rekap_opd"])
def test_every_format_says_the_same(sign_in, years, clock, kind):
    siti = sign_in("siti")
    sheet = load_workbook(io.BytesIO(take(siti, kind, "xlsx").data))[kind]
    head, *book = [[c.value for c in row] for row in sheet.iter_rows()]
    as_csv = list(csv.reader(io.StringIO(take(siti, kind, "csv").text, newline="")))
    document = json.loads(take(siti, kind, "json").data)
    lines = [json.loads(t) for t in take(siti, kind, "ndjson").text.splitlines()]

    assert as_csv[0] == head == list(lines[0])
    assert document["rekaman"] == lines
    assert document["jumlah"] == len(book) == len(lines) == len(as_csv) - 1
    assert (document["format"], document["versi"]) == (kind, 1)
    for cells, texts, line in zip(book, as_csv[1:], lines, strict=True):
        assert [as_text(cell) for cell in cells] == texts
        assert [as_text(value) for value in line.values()] == texts


def as_text(value) -> str:
    if value is None:
        return ""
    if hasattr(value, "date"):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def test_the_sheet_says_which_columns_are_not_there_yet(sign_in, years):
    book = load_workbook(io.BytesIO(take(sign_in("siti"), fmt="xlsx").data))
    said = {row[0].value: row[1].value for row in book["Baca Saya"].iter_rows()}

    assert said["Kolom belum ada"] == "jp_menunggu_verifikasi"
    assert said["Tahun"] == "2026"
    assert "rata_rata_l1" in sign_in("siti").get(f"{PAGE}?jenis=rekap_opd").text


def test_sums_of_offices_are_nobodys_data(app, sign_in, years):
    take(sign_in("siti"), "rekap_opd")

    with app.app_context():
        assert _db.session.scalars(select(DataAccess)).all() == []


@pytest.mark.parametrize("year", ["", "x", "1999", "2101", "9" * 30, "٢٠٢٦"])
def test_a_wrong_year_is_pointed_out(sign_in, years, year):
    answer = sign_in("siti").post(
        PAGE, data={"jenis": "rekap_jp", "format": "csv", "tahun": year}
    )

    assert answer.status_code == 422
    assert "Isi tahun, misalnya 2026." in answer.text


def test_an_unknown_kind_is_pointed_out(sign_in, years):
    answer = sign_in("siti").post(PAGE, data={"jenis": "gaji", "format": "csv"})

    assert answer.status_code == 422
    assert sign_in("siti").get(f"{PAGE}?jenis=gaji").status_code == 200
