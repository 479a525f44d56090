"""Checks of every kind inside a lesson: by finger, without scripts, without a line."""

import re

import pytest
from playwright.sync_api import expect

from lms.db import db, reading

from . import steps
from .every_kind import COURSE, LESSON, rows
from .taking import reopen
from .test_axe import findings
from .test_looks import WIDE


@pytest.fixture
def lesson(kinds, open_page):
    """lesson() -> the lesson of the course, open for somebody who answered nothing."""

    def read(**settings):
        from lms.learn.models import CheckAnswer

        reading.set(False)
        with kinds.app.app_context():
            db.session.query(CheckAnswer).delete()
            db.session.commit()
        page = open_page(kinds, "agus", **settings)
        page.goto(f"/kursus/{COURSE}/{LESSON}", wait_until="networkidle")
        return page

    return read


def region(page, number: int):
    return page.get_by_role("region", name=f"Cek pemahaman {number}", exact=True)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_checks_in_a_lesson_are_answered(lesson, has_scripts):
    page = lesson(java_script_enabled=has_scripts)
    pairs, order, gaps = (region(page, number) for number in (1, 2, 3))
    pairs.get_by_label("Persyaratan").select_option("Apa yang harus dibawa?")
    pairs.get_by_label("Prosedur").select_option("Siapa atasan petugas?")
    pairs.get_by_role("button", name=steps.ANSWER).click()
    expect(pairs.get_by_role("status")).to_contain_text("1 dari 2 pasangan tepat.")
    if has_scripts:
        expect(pairs.get_by_role("status")).to_be_focused()
        pairs.get_by_role("button", name="Coba lagi").click()
        expect(pairs.get_by_label("Persyaratan")).to_be_focused()
        expect(pairs.get_by_label("Persyaratan")).to_have_value("")

    wanted = ["Menyapa warga", "Memeriksa berkas", "Memberi tanda terima"]
    for place, name in enumerate(wanted):
        while (at := rows(page).index(name)) > place:
            order.get_by_role("button", name=f"Naikkan: {name}").click()
            # Without scripts the page comes anew: read it when it is there.
            expect(order.locator("[data-step]").nth(at - 1)).to_contain_text(name)
    order.get_by_role("button", name=steps.ANSWER).click()
    expect(order.get_by_role("status")).to_contain_text("Jawaban Anda tepat.")

    gaps.get_by_label("Rumpang 1").fill("Maklumat")
    gaps.get_by_label("Rumpang 2").fill("14")
    gaps.get_by_label("Rumpang 3").select_option("Ombudsman")
    gaps.get_by_role("button", name=steps.ANSWER).click()
    expect(gaps.get_by_role("status")).to_contain_text("Jawaban Anda tepat.")
    if has_scripts:
        assert findings(page) == []
        assert page.problems == []


def test_a_check_answered_without_a_line_is_judged_later(lesson):
    page = lesson()
    order, gaps = region(page, 2), region(page, 3)
    page.context.set_offline(True)
    order.get_by_role("button", name=re.compile("^Turunkan")).first.click()
    kept = rows(page)
    order.get_by_role("button", name=steps.ANSWER).click()
    gaps.get_by_label("Rumpang 2").fill("14")
    gaps.get_by_role("button", name=steps.ANSWER).click()
    expect(gaps.get_by_role("alert")).to_contain_text("diperiksa saat tersambung")

    page = reopen(page, f"/kursus/{COURSE}/{LESSON}")

    expect(region(page, 3).get_by_role("status")).to_contain_text("1 dari 3 rumpang")
    expect(region(page, 2).get_by_role("status")).to_be_visible()
    assert rows(page)[:3] == kept


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_lesson_with_such_checks_fits_and_axe_finds_nothing(lesson, scheme, size):
    page = lesson(size=size, color_scheme=scheme)
    pairs, order = region(page, 1), region(page, 2)
    pairs.get_by_label("Persyaratan").select_option("Siapa atasan petugas?")
    pairs.get_by_role("button", name=steps.ANSWER).click()
    expect(pairs.get_by_role("status")).to_be_visible()
    order.get_by_role("button", name="Urutan ini sudah sesuai").click()
    order.get_by_role("button", name=steps.ANSWER).click()
    expect(order.get_by_role("status")).to_be_visible()
    order.get_by_role("button", name="Tampilkan pembahasan").click()
    expect(order.get_by_text("Urutan yang tepat")).to_be_visible()

    assert findings(page) == []
    for width in (320, 360, 768):
        page.set_viewport_size({"width": width, "height": 740})
        assert not page.evaluate(WIDE), width
