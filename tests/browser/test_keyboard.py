"""Everything by keyboard: each stop is seen, and nothing needs a finger."""

import re

import pytest
from playwright.sync_api import expect

from tests.site import PASSWORD

from . import journey, steps

STOPS = 60  # presses of Tab after which a thing counts as unreachable
# The element in focus, or the row that shows it, has an outline and is not covered.
SEEN = """() => {
  const focused = document.activeElement;
  const shown = focused.closest("label") ?? focused;
  const outline = (element) => getComputedStyle(element).outlineStyle !== "none";
  const box = shown.getBoundingClientRect();
  const free = [0.1, 0.5, 0.9].some((across) => [0.1, 0.5, 0.9].some((down) => {
    const point = [box.x + box.width * across, box.y + box.height * down];
    const top = document.elementFromPoint(...point);
    return top && (shown.contains(top) || top === shown);
  }));
  const name = focused.outerHTML.slice(0, 100);
  const lined = outline(focused) || outline(shown);
  return { lined, free, name, body: focused === document.body };
}"""


def tab_to(page, wanted) -> None:
    """Press Tab until `wanted` has the focus."""
    for _press in range(STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"not reached by Tab: {wanted}")


def test_the_whole_way_by_keyboard(look, open_page):
    page = open_page(look, None)
    page.goto(f"/masuk?lanjut=/kursus/{journey.COURSE}")
    tab_to(page, page.get_by_label("NIP atau surel"))
    page.keyboard.type("agus@contoh.go.id")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=steps.TITLE)).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Ikuti kursus"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name=re.compile("Kuis akhir")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sebelum mulai")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Mulai kuis"))
    page.keyboard.press("Enter")

    for number in range(1, 11):
        expect(page.get_by_role("heading", name=f"Soal {number} dari")).to_be_visible()
        _answer_by_keyboard(page)
    expect(page.get_by_text("10 dari 10 soal sudah dijawab.")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Kumpulkan jawaban"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Nilai Anda"))).to_be_visible()
    assert page.problems == []


def test_a_simulation_is_played_by_keyboard_at_360_pixels(look, open_page):
    page = open_page(look, "siti", "phone")
    journey.enrol(look.app, "siti")
    page.goto(f"/kursus/{journey.COURSE}/{journey.SIMULATION}")
    tab_to(page, page.get_by_role("button", name="Mulai simulasi"))
    page.keyboard.press("Enter")
    choices = page.get_by_role("main").get_by_role("button")

    for number, words in enumerate(
        ("Silakan ambil nomor", "petugas keamanan"), 1
    ):  # the shortest way to a poor end
        expect(page).to_have_title(re.compile(f"^Langkah {number}, "))
        for place in range(choices.count()):
            assert choices.nth(place).bounding_box()["height"] >= 44
        tab_to(page, choices.filter(has_text=words))
        page.keyboard.press("Enter")
        expect(page.get_by_text("Akibat:").first).to_be_visible()

    expect(page.get_by_text("Akhir yang buruk")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Coba lagi"))
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Langkah 1, "))
    assert page.problems == []


def _answer_by_keyboard(page) -> None:
    """Answer the question shown, whatever its kind, and go on with Enter."""
    form = page.get_by_role("main").locator("form")
    if form.get_by_role("textbox").count():
        tab_to(page, form.get_by_role("textbox"))
        page.keyboard.type("7")
    elif form.get_by_role("checkbox").count():
        tab_to(page, form.get_by_role("checkbox").first)
        page.keyboard.press("Space")
        expect(form.get_by_role("checkbox").first).to_be_checked()
    else:
        tab_to(page, form.get_by_role("radio").first)
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(form.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Enter")


def test_the_first_stop_skips_to_the_content(look, open_page):
    page = open_page(look, "rani")
    page.goto("/katalog")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()

    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.querySelector('main').contains(document.activeElement)"
    )


def test_each_stop_is_seen(look, open_page):
    number = journey.start(look.app, "yohanes")
    lesson = f"/kursus/{journey.COURSE}/mengapa-loket"
    question = f"/kuis/percobaan/{number}/soal/1"
    addresses = ["/", f"/kursus/{journey.COURSE}", lesson, question, "/akun"]
    page = open_page(look, "yohanes", reduced_motion="reduce")  # it moves at once
    unseen = []
    for address in addresses:
        page.goto(address)
        for _press in range(STOPS):
            page.keyboard.press("Tab")
            stop = page.evaluate(SEEN)
            if stop["body"]:
                break
            if not (stop["lined"] and stop["free"]):
                unseen.append((address, stop["name"], stop["lined"], stop["free"]))
    assert unseen == []


def test_escape_closes_the_account_menu(look, open_page):
    page = open_page(look, "rani")
    page.goto("/katalog")
    menu = page.get_by_label("Akun Rani Kusumawardhani")
    tab_to(page, menu)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Akun saya")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Akun saya")).to_be_hidden()
    expect(menu).to_be_focused()
