"""What a person does on the pages, by what the pages show; with scripts or without."""

import re

import pytest
from playwright.sync_api import expect

from tests.site import PASSWORD

from . import journey

TITLE = "Layanan Prima di Loket"
ANSWER = re.compile("^Periksa (jawaban|lagi)$")
SAVED = re.compile(r"^Tersimpan \d\d\.\d\d")


def sign_in(page, account: str) -> None:
    """Open the site, be sent to the sign-in page, sign in."""
    page.goto("/")
    page.get_by_label("NIP atau surel").fill(account)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rani")


def enrol(page) -> None:
    """Find the course in the catalogue and take it."""
    page.get_by_role("link", name="Buka katalog").first.click()
    page.get_by_label("Cari kursus").fill("loket")
    page.get_by_role("button", name="Cari", exact=True).click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Ikuti kursus").click()
    enrolled = page.get_by_role("status").filter(has_text="Anda mengikuti kursus ini")
    expect(enrolled).to_be_visible()
    page.get_by_role("link", name=re.compile("^Mulai: ")).click()


def fill(question, wanted: list[int] | str) -> None:
    """Tick the options at these places, or type."""
    if isinstance(wanted, str):
        question.get_by_role("textbox").fill(wanted)
        question.get_by_role("textbox").press("Tab")
        return
    options = question.get_by_role("radio").or_(question.get_by_role("checkbox"))
    for place in wanted:
        options.nth(place).check()


def do_lesson(page, app, item_code: str) -> None:
    """Answer every check of the lesson that is open, and go on."""
    right = journey.right_checks(app, item_code)
    if not page.url.partition("#")[0].endswith(item_code):
        page.goto(f"/kursus/{journey.COURSE}/{item_code}")  # past an optional item
    for number, wanted in enumerate(right.values(), 1):
        name = f"Cek pemahaman {number}" if len(right) > 1 else "Cek pemahaman"
        check = page.get_by_role("region", name=name, exact=True)
        fill(check, wanted)
        check.get_by_role("button", name=ANSWER).click()
        expect(check.get_by_role("status")).to_contain_text("Jawaban Anda tepat.")
    # Where the page came anew after the last check, the lesson is done already.
    onward = page.get_by_role("link", name="Lanjut", exact=True)
    onward.or_(page.get_by_role("button", name="Tandai selesai dan lanjut")).click()
    page.wait_for_url(lambda url: item_code not in url)


def attempt_id(page) -> int:
    """Return which attempt is open."""
    return int(re.search(r"/kuis/percobaan/(\d+)", page.url).group(1))


def pass_quiz(page, app, saves_at_once: bool = True) -> None:
    """Answer every question of the attempt that is open rightly, and hand in."""
    right = journey.right_fields(app, attempt_id(page))
    for number, wanted in enumerate(right, 1):
        heading = page.get_by_role("heading", name=f"Soal {number} dari {len(right)}")
        expect(heading).to_be_visible()
        fill(page.get_by_role("main").locator("form"), wanted)
        if saves_at_once:
            expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
        last = number == len(right)
        name = "Tinjau jawaban" if last else "Soal berikutnya"
        page.get_by_role("button", name=name).click()
    expect(page.get_by_text(f"{len(right)} dari {len(right)} soal")).to_be_visible()
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.get_by_role("heading", name="Nilai Anda 100")).to_be_visible()
    expect(page.get_by_text("Anda lulus kuis ini.")).to_be_visible()


def fail_quiz(page) -> None:
    """Hand in the attempt that is open without an answer."""
    expect(page.get_by_role("heading", name="Soal 1 dari 10")).to_be_visible()
    for _question in range(9):
        page.get_by_role("button", name="Soal berikutnya").click()
    page.get_by_role("button", name="Tinjau jawaban").click()
    expect(page.get_by_text("0 dari 10 soal sudah dijawab.")).to_be_visible()
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.get_by_role("heading", name="Nilai Anda 0")).to_be_visible()


def until(page, expression: str) -> None:
    """Wait until an expression is true; Playwright's own way wants eval."""
    until_so(page, lambda: page.evaluate(expression), expression)


def until_so(page, ask, what: str = "") -> None:
    """Wait until `ask()` is true, as when the server has what a page sent."""
    for _try in range(300):
        if ask():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never true: {what or ask}")


def wait_for_worker(page) -> None:
    """Wait until what the page asks for goes through the service worker."""
    until(page, "Boolean(navigator.serviceWorker.controller)")
