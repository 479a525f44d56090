"""The main job on a phone: from signing in to a completion that HR exports."""

import csv
import re

import openpyxl
from playwright.sync_api import expect

from tests.cast import CAST

from . import steps
from .journey import COURSE


def test_from_signing_in_to_the_exported_completion(site, open_page, tmp_path):
    page = open_page(site, None)
    steps.sign_in(page, "rani@contoh.go.id")
    steps.enrol(page)
    _first_check_wrongly(page)
    for lesson in _lessons(site.app):
        steps.do_lesson(page, site.app, lesson)

    page.get_by_role("button", name="Mulai kuis").click()
    steps.fail_quiz(page)
    failed = page.url
    expect(page.get_by_text("Anda belum lulus pada percobaan ini.")).to_be_visible()
    expect(page.get_by_text("Sisa percobaan: 2 dari 3")).to_be_visible()
    page.get_by_role("button", name="Coba lagi").click()
    steps.pass_quiz(page, site.app)
    expect(page.get_by_text("Kursus selesai. Anda mendapat")).to_be_visible()

    certificate, check = _certificate(page)
    assert page.problems == []
    _stranger_checks(open_page(site, None), check)
    _siti_exports(open_page(site, "siti"), tmp_path)
    _agus_sees_nothing(open_page(site, "agus"), failed, certificate)


def _lessons(app) -> list[str]:
    from lms.catalog import courses

    with app.app_context():
        items = list(courses.live(COURSE).items)
    return [item["code"] for item in items if item["kind"] == "module"]


def _first_check_wrongly(page) -> None:
    """A wrong answer says so, tells nothing of the right one, and may be mended."""
    check = page.get_by_role("region", name=re.compile("^Cek pemahaman")).first
    for place in range(4):
        steps.fill(check, [place])
        check.get_by_role("button", name=steps.ANSWER).click()
        expect(check.get_by_role("status")).to_be_focused()
        if "Belum tepat" in check.get_by_role("status").inner_text():
            break
    expect(check.get_by_text("Jawaban yang tepat")).to_have_count(0)
    check.get_by_role("button", name="Coba lagi").click()
    expect(check.get_by_role("status")).to_have_count(0)
    expect(check.get_by_role("radio", checked=True)).to_have_count(0)
    expect(check.get_by_role("button")).to_have_text(["Periksa jawaban"])


def _certificate(page) -> tuple[str, str]:
    """Open the certificate as Rani; return its address and that of its check."""
    page.get_by_role("link", name="Kembali ke kursus").click()
    expect(page.get_by_text("Anda menyelesaikan kursus ini pada")).to_be_visible()
    expect(page.get_by_text("6 dari 6 butir selesai")).to_be_visible()
    page.get_by_role("link", name="Buka sertifikat").click()
    paper = page.get_by_role("article")
    expect(paper).to_contain_text("Rani Kusumawardhani")
    expect(paper).to_contain_text(f"NI PPPK {CAST['rani'].nip}")
    expect(paper).to_contain_text(steps.TITLE)
    link = paper.get_by_role("link", name="cek")
    return page.url, link.get_attribute("href")


def _stranger_checks(page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("Sertifikat ini sah dan masih berlaku.")).to_be_visible()
    expect(page.get_by_role("row", name="NIP")).to_contain_text("2902")
    assert CAST["rani"].nip not in page.content()
    assert CAST["rani"].nip[:8] not in page.content()
    assert page.problems == []


def _siti_exports(page, folder) -> None:
    page.goto("/")
    page.get_by_label("Akun Siti Marlina").click()
    page.get_by_role("link", name="Kepegawaian").click()
    page.get_by_role("link", name="Ekspor", exact=True).click()
    for shape in ("CSV standar", "CSV untuk Excel", "XLSX"):
        page.get_by_label(shape).check()
        with page.expect_download() as download:
            page.get_by_role("button", name="Unduh berkas").click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        head, *rows = _read(file)
        assert len(rows) == 1
        row = dict(zip(head, rows[0], strict=True))
        assert CAST["rani"].nip in [row["nip"], row["nip"].strip('="')], shape
    assert page.problems == []


def _read(file) -> list[list[object]]:
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        sheet = book.worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        book.close()
        return rows
    text = file.read_text("utf-8-sig")
    head = text.partition("\n")[0]
    return list(csv.reader(text.splitlines(), delimiter=";" if ";" in head else ","))


def _agus_sees_nothing(page, *addresses: str) -> None:
    for address in addresses:
        assert page.goto(address).status == 404
        expect(page.get_by_text("Rani Kusumawardhani")).to_have_count(0)
    page.goto("/sertifikat")
    expect(page.get_by_text(steps.TITLE)).to_have_count(0)
