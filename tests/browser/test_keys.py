"""Keys of a lesson and of a quiz: what they do, and where they are off."""

from playwright.sync_api import expect

from . import journey, steps
from .lesson import FIRST, LESSON, SECOND, SECTIONS


def test_the_keys_of_a_lesson(look, reader):
    page = reader("rani", "desk", reduced_motion="reduce")
    page.goto(LESSON, wait_until="networkidle")
    sections = page.locator(f"{SECTIONS}, article > .check")
    page.keyboard.press("j")
    expect(sections.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(sections.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(sections.nth(0)).to_be_focused()

    page.get_by_role("region", name="Cek pemahaman 1").scroll_into_view_if_needed()
    page.keyboard.press("2")
    options = page.get_by_role("region", name="Cek pemahaman 1").get_by_role("radio")
    expect(options.nth(1)).to_be_checked()

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Tombol pintas")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url(f"**/{SECOND}")
    page.keyboard.press("p")
    page.wait_for_url(f"**/{FIRST}")
    assert page.problems == []


def test_the_keys_of_a_quiz(look, open_page):
    number = journey.start(look.app, "siti")
    ticked = [
        isinstance(right, list) for right in journey.right_fields(look.app, number)
    ]
    slot = ticked[:-1].index(True) + 1  # others are typed
    page = open_page(look, "siti", "desk")
    page.goto(f"/kuis/percobaan/{number}/soal/{slot}", wait_until="networkidle")
    options = page.locator("main .opt input")
    page.keyboard.press("2")
    expect(options.nth(1)).to_be_checked()
    expect(page.get_by_role("status").filter(has_text=steps.SAVED)).to_be_visible()
    page.keyboard.press("f")
    expect(page.locator("[name=tandai]")).to_have_text("Ditandai")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name=f"Soal {slot + 1} dari")).to_be_visible()
    page.get_by_role("heading", name=f"Soal {slot + 1} dari").click()
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name=f"Soal {slot} dari")).to_be_visible()
    expect(options.nth(1)).to_be_checked()


def test_keys_are_off_while_typing_and_with_modifiers(look, reader):
    page = reader("rani", "desk")
    page.goto(LESSON, wait_until="networkidle")
    page.keyboard.press("Control+j")
    page.keyboard.press("Alt+n")
    page.get_by_text("Tambahkan komentar").click()
    page.get_by_label("Komentar, boleh kosong").fill("")
    page.get_by_label("Komentar, boleh kosong").press_sequentially("njk?12")

    expect(page.get_by_label("Komentar, boleh kosong")).to_have_value("njk?12")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.endswith(FIRST)


def test_keys_can_be_switched_off_on_this_device(look, reader):
    page = reader("rani", "desk")
    page.goto(LESSON, wait_until="networkidle")
    page.get_by_role("button", name="Tombol pintas").click()
    page.get_by_label("Pakai tombol pintas di perangkat ini").uncheck()
    page.get_by_role("button", name="Tutup").click()

    page.reload(wait_until="networkidle")
    page.keyboard.press("n")
    page.keyboard.press("?")

    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.endswith(FIRST)
