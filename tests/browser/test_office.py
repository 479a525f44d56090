"""Pages of the office: on the smallest phone, without scripts, and on paper."""

import pytest
from playwright.sync_api import expect

from .test_paper import sheets

BAR = "Utama (ponsel)"
OWN = ["Beranda", "Katalog", "JP", "Kompetensi"]

# Twelve units and eight lines of gaps: the most that one sheet shows.
FULL = """() => {
  const sheets = document.querySelectorAll(".sheet");
  [...sheets].slice(1).forEach((sheet) => sheet.remove());
  for (const [rows, most] of [[".units tbody", 12], [".heat tbody", 8]]) {
    const body = sheets[0].querySelector(rows);
    while (body && body.rows.length < most) body.append(body.rows[0].cloneNode(true));
  }
}"""


def labels(page) -> list[str]:
    bar = page.get_by_role("navigation", name=BAR)
    return [link.inner_text().strip() for link in bar.get_by_role("link").all()]


@pytest.mark.parametrize(
    ("who", "path", "more"),
    [
        ("rani", "/jp", []),
        ("siti", "/sdm", ["Kepegawaian"]),
        ("yohanes", "/tim", ["Tim saya"]),
        ("made", "/kelola/peran", ["Kelola"]),
    ],
)
def test_the_bar_on_phones_holds_what_ones_rights_open(
    look, open_page, who, path, more
):
    page = open_page(look, who, java_script_enabled=False)

    page.goto(path)

    assert labels(page) == OWN + more
    bar = page.get_by_role("navigation", name=BAR)
    here = more[0] if more else "JP"
    expect(bar.get_by_role("link", name=here)).to_have_attribute("aria-current", "page")
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert bar.bounding_box()["height"] < 64, width  # one row
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("siti", "/sdm"),
        ("siti", "/sdm/penugasan"),
        ("siti", "/sdm/permintaan"),
        ("siti", "/sdm/siasn"),
        ("made", "/kelola/riwayat"),
        ("made", "/kelola/webhook"),
        ("yohanes", "/tim/daftar"),
    ],
)
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_open_page_of_a_row_of_pages_is_in_view(look, open_page, who, path, motion):
    page = open_page(look, who, java_script_enabled=False, reduced_motion=motion)

    page.goto(path)

    place = page.locator(".subnav [aria-current]").bounding_box()
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 361  # halves of pixels


def test_the_row_of_pages_moves_on_freely(look, open_page):
    page = open_page(look, "siti")
    page.goto("/sdm/siasn")
    page.wait_for_timeout(500)

    page.locator(".subnav").evaluate("row => row.scrollTo({left: 0})")
    page.wait_for_timeout(300)

    assert page.locator(".subnav").evaluate("row => row.scrollLeft") == 0


def test_an_office_is_one_sheet_with_all_its_figures(look, places, open_page):
    page = open_page(look, "siti", "desk")
    assert places["siti"]
    page.goto("/sdm/cetak")
    count = page.locator(".sheet").count()

    assert len(sheets(page)) == count
    page.evaluate(FULL)
    assert len(sheets(page)) == 1
    expect(page.get_by_role("navigation").first).to_be_hidden()
    for said in ("Pegawai menurut JP", "Kursus selesai per bulan"):
        expect(page.locator(".sheet").get_by_text(said)).to_be_visible()
