"""An assignment from the draft on a phone to the score, with everybody who grades."""

import pytest
from playwright.sync_api import expect

from lms.kernel import clock
from tests.cast import CAST, START
from tests.unit.uploads import samples

from . import journey
from .steps import until_so
from .visited_tasks import TASK, TEXT

COVER = f"/kursus/{journey.COURSE}/{TASK}"
PDF = {"name": "lembar turus.pdf", "mimeType": "application/pdf"}


@pytest.fixture
def taught(site):
    """Rani takes part, Hendra teaches her unit."""
    from lms.accounts.models import RoleGrant
    from lms.db import db

    journey.enrol(site.app, "rani")
    with site.app.app_context():
        db.session.add(
            RoleGrant(
                person_id=CAST["hendra"].id, role="instructor", unit_id=1,
                valid_from=START, granted_at=clock.now(),
            )
        )  # fmt: skip
        db.session.commit()


def grade(page, levels: list[int], act: str, remark: str = "") -> None:
    """Choose the level at each place, write, and press the button."""
    page.goto("/tugas/menilai")
    waiting = page.get_by_role("region", name="Menunggu penilaian Anda")
    waiting.get_by_role("link", name="Rani Kusumawardhani").click()
    groups = page.locator("fieldset")
    for number, place in enumerate(levels):
        groups.nth(number).get_by_role("radio").nth(place).check()
    page.get_by_label("Komentar keseluruhan").fill(remark)
    page.get_by_role("button", name=act).click()
    expect(page.get_by_role("heading", name="Menunggu penilaian Anda")).to_be_visible()


def test_returned_once_handed_in_again_and_passed(site, taught, open_page):
    rani = open_page(site, "rani", "phone")
    hendra, yohanes = (open_page(site, n, "desk") for n in ("hendra", "yohanes"))

    rani.goto(COVER)
    expect(rani.get_by_text("Atasan: Yohanes Tambing")).to_be_visible()
    rani.get_by_role("button", name="Mulai mengerjakan").click()
    rani.get_by_label("Jawaban Anda").fill(TEXT)
    expect(rani.get_by_role("status")).to_contain_text("Tersimpan")
    expect(rani.locator("[data-state].ok")).to_be_visible()  # by itself
    rani.get_by_label("Lampirkan berkas").set_input_files(
        PDF | {"buffer": samples.pdf()}
    )
    rani.get_by_role("button", name="Simpan dan lampirkan").click()
    expect(rani.get_by_role("link", name="lembar turus.pdf")).to_be_visible()
    expect(rani.get_by_label("Jawaban Anda")).to_have_value(TEXT)
    hand_in(rani)
    expect(rani.get_by_text("Sedang dinilai", exact=True)).to_be_visible()

    grade(hendra, [], "Kembalikan untuk diperbaiki", "Tambahkan ukurannya.")
    yohanes.goto("/tugas/menilai")
    expect(yohanes.get_by_text("Tidak ada yang menunggu")).to_be_visible()

    rani.goto("/")
    rani.get_by_role("link", name="dikembalikan untuk diperbaiki").click()
    expect(rani.get_by_text("Tambahkan ukurannya.")).to_be_visible()
    rani.get_by_role("button", name="Perbaiki dan kumpulkan lagi").click()
    rani.get_by_label("Jawaban Anda").fill(f"{TEXT}\n\nUkuran: garis turus.")
    hand_in(rani)

    grade(hendra, [0, 1, 1, 0], "Terbitkan penilaian", "Dapat dijalankan.")
    rani.reload()
    expect(rani.get_by_text("Dapat dijalankan.")).to_have_count(0)
    grade(yohanes, [0, 0, 0, 0], "Terbitkan penilaian")
    rani.reload()

    expect(rani.get_by_role("heading", name="Nilai 93")).to_be_visible()
    expect(rani.get_by_text("Dapat dijalankan.")).to_be_visible()
    assert rani.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert rani.problems == hendra.problems == yohanes.problems == []


def hand_in(page) -> None:
    page.get_by_role("button", name="Periksa lalu kumpulkan").click()
    page.get_by_role("button", name="Kumpulkan", exact=True).click()
    expect(page.get_by_text("Tugas Anda sudah diterima.")).to_be_visible()


def test_what_was_written_without_a_line_arrives_later(site, taught, open_page):
    from lms.db import db
    from lms.tasks.models import DraftText

    agus_too = journey.enrol(site.app, "agus")
    assert agus_too
    page = open_page(site, "agus")
    page.goto(COVER)
    page.get_by_role("button", name="Mulai mengerjakan").click()
    page.context.set_offline(True)
    page.get_by_label("Jawaban Anda").fill("Ditulis di dalam kereta.")
    expect(page.locator("[data-state]")).to_contain_text("Belum tersambung")

    page.context.set_offline(False)

    def arrived() -> bool:
        with site.app.app_context():
            texts = db.session.query(DraftText.text).all()
            db.session.rollback()
        return ("Ditulis di dalam kereta.",) in [tuple(row) for row in texts]

    until_so(page, arrived)
    expect(page.locator("[data-state]")).to_contain_text("Tersimpan")
