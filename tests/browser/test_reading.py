"""Reading lessons: going on elsewhere, without a line, on paper, aloud."""

import re
import threading
import time

import pytest
from playwright.sync_api import expect

from tests.site import PASSWORD

from . import journey, steps
from .lesson import COURSE, FIRST, LESSON, SECOND, SECTIONS


def read_to(page, number: int) -> str:
    """Scroll to a section, as a reader does; return its title."""
    heading = page.locator(SECTIONS).nth(number)
    heading.evaluate("element => element.scrollIntoView({ behavior: 'instant' })")
    expect(page.locator("[data-part]")).to_have_text(
        re.compile(rf"^Bagian {number + 1} dari \d+$")
    )
    return heading.evaluate("element => element.firstChild.textContent.trim()")


NOTHING_KEPT = (
    "caches.keys().then(all => !all.some(name => name.startsWith('luring-')))"
)


def ready(page) -> None:
    """Wait until the service worker has the page, and a copy of it."""
    steps.wait_for_worker(page)
    expect(page.locator("[data-kept]")).to_be_visible()


@pytest.fixture(autouse=True)
def _from_the_beginning(look):
    """Nobody has read anything yet."""
    from lms.db import db, reading
    from lms.learn.models import ReadingPlace

    reading.set(False)
    with look.app.app_context():
        db.session.query(ReadingPlace).delete()
        db.session.commit()


def wait_until_told(page, app, anchor: str) -> None:
    """Wait until the server knows that somebody reads at `anchor`."""
    from lms.db import db
    from lms.learn.models import ReadingPlace

    def is_told() -> bool:
        with app.app_context():
            places = db.session.query(ReadingPlace.anchor).all()
        return anchor in {place.anchor for place in places}

    steps.until_so(page, is_told, f"the server was told of {anchor}")


# --- Going on


def test_another_device_goes_on_where_this_one_stopped(look, reader):
    phone = reader("rani")
    phone.goto(LESSON)
    title = read_to(phone, 2)
    anchor = phone.locator(SECTIONS).nth(2).get_attribute("id")
    phone.goto("/jp")  # no page there sends what waits: leaving alone has told it
    wait_until_told(phone, look.app, anchor)

    desk = reader("rani", "desk")
    desk.goto(LESSON)
    offer = desk.get_by_role("link", name=f"Lanjut dari “{title}”")
    expect(offer).to_be_visible()
    offer.click()
    expect(desk.locator(SECTIONS).nth(2)).to_be_in_viewport()

    desk.goto(COURSE)
    expect(desk.get_by_text(f"Terakhir di bagian “{title}”")).to_be_visible()
    desk.get_by_role("link", name=re.compile("^Lanjutkan: ")).click()
    expect(desk.locator(SECTIONS).nth(2)).to_be_in_viewport()
    assert phone.problems + desk.problems == []


def test_who_only_looks_at_the_top_keeps_the_place(look, reader):
    page = reader("rani")
    page.goto(LESSON)
    title = read_to(page, 2)
    anchor = page.locator(SECTIONS).nth(2).get_attribute("id")
    page.goto("/")
    wait_until_told(page, look.app, anchor)
    page.goto(LESSON)
    page.goto("/")

    page.goto(LESSON)

    expect(page.get_by_role("link", name=f"Lanjut dari “{title}”")).to_be_visible()


def test_a_place_read_without_a_line_is_told_later(look, reader):
    page = reader("agus")
    page.goto(LESSON)
    ready(page)
    page.context.set_offline(True)
    title = read_to(page, 3)
    page.goto(f"{COURSE}/{SECOND}")
    expect(page.get_by_role("heading", name="Belum tersambung")).to_be_visible()

    page.context.set_offline(False)
    with page.expect_response(lambda answer: "/letak" in answer.url) as sent:
        page.goto(COURSE)
    assert sent.value.status == 204

    other = reader("agus", "desk")
    other.goto(LESSON)
    expect(other.get_by_role("link", name=f"Lanjut dari “{title}”")).to_be_visible()


def test_on_a_shared_phone_nobody_sends_what_another_has_read(look, reader):
    page = reader("agus")
    page.goto(LESSON)
    ready(page)
    page.context.set_offline(True)
    read_to(page, 3)
    page.context.route("**/letak", lambda route: route.abort())
    page.context.set_offline(False)
    # Another signs in on the same phone.
    name, value = look.token("rani")
    page.context.add_cookies([{"name": name, "value": value, "url": look.url}])
    page.goto("/")
    page.context.unroute("**/letak")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))

    page.goto(LESSON, wait_until="networkidle")

    expect(page.locator("[data-go-on]")).to_be_hidden()
    assert not [data for data in sent if "letak=isi" in data]


# --- Answering


def test_after_the_last_check_the_lesson_is_done_at_once(look, reader):
    page = reader("hendra")
    page.goto(LESSON)
    right = journey.right_checks(look.app, FIRST)
    expect(page.get_by_role("button", name="Tandai selesai")).to_be_visible()
    for number, wanted in enumerate(right.values(), 1):
        check = page.get_by_role("region", name=f"Cek pemahaman {number}", exact=True)
        steps.fill(check, wanted)
        check.get_by_role("button", name=steps.ANSWER).click()
        expect(check.get_by_role("status")).to_contain_text("Jawaban Anda tepat.")

    expect(page.get_by_role("link", name="Lanjut", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Tandai selesai")).to_be_hidden()
    expect(page.get_by_role("banner")).to_contain_text("1 selesai")
    assert page.problems == []


def test_an_answer_given_without_a_line_outlives_the_page(look, reader):
    page = reader("yohanes")
    page.goto(f"{COURSE}/{SECOND}")
    ready(page)
    right = next(iter(journey.right_checks(look.app, SECOND).values()))
    check = page.get_by_role("region", name="Cek pemahaman 1", exact=True)
    page.context.set_offline(True)
    steps.fill(check, right)
    check.get_by_role("button", name=steps.ANSWER).click()
    expect(check.get_by_role("alert")).to_contain_text("disimpan di perangkat ini")
    page.close()

    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(f"{COURSE}/{SECOND}")

    check = page.get_by_role("region", name="Cek pemahaman 1", exact=True)
    expect(check.get_by_role("status")).to_contain_text("Jawaban Anda tepat.")


# --- Without a line


def test_who_has_not_opened_a_lesson_is_told_that_there_is_no_line(look, reader):
    page = reader("rani")
    page.goto("/")
    steps.wait_for_worker(page)
    page.context.set_offline(True)

    page.goto("/katalog")
    expect(page.get_by_role("heading", name="Belum tersambung")).to_be_visible()


def test_a_visited_lesson_can_be_read_without_a_line(look, reader):
    page = reader("rani")
    page.goto(LESSON)
    ready(page)
    page.context.set_offline(True)

    page.goto(LESSON)

    expect(page.get_by_text("Ini salinan di perangkat Anda")).to_be_visible()
    expect(page.locator(SECTIONS).first).to_be_visible()
    page.goto("/katalog")
    expect(page.get_by_role("heading", name="Belum tersambung")).to_be_visible()
    page.get_by_role("link", name="Mengapa layanan di loket menentukan").click()
    expect(page.locator(SECTIONS).first).to_be_visible()


def test_a_course_is_kept_with_its_pictures_on_request(look, reader):
    page = reader("rani")
    page.goto(COURSE)
    button = page.get_by_role("button", name="Simpan untuk luring, sekitar")
    expect(button).to_be_visible()
    button.click()
    expect(page.get_by_text(re.compile(r"^Tersimpan luring, \d+ kB$"))).to_be_visible()
    page.context.set_offline(True)

    page.goto(f"{COURSE}/menyapa-mendengar-menjelaskan")

    picture = page.locator("article img").first
    picture.scroll_into_view_if_needed()
    steps.until(page, "document.querySelector('article img').naturalWidth > 0")
    page.goto(f"{COURSE}/daftar?dari={FIRST}")
    expect(page.get_by_role("heading", name="Daftar isi kursus")).to_be_visible()
    # The quiz is never kept.
    page.goto(f"{COURSE}/{journey.QUIZ}")
    expect(page.get_by_role("heading", name="Belum tersambung")).to_be_visible()

    page.context.set_offline(False)
    page.goto(COURSE)
    page.get_by_role("button", name="Hapus dari perangkat").click()
    expect(button).to_be_visible()
    assert _kept(page) == []


def _kept(page) -> list[str]:
    """Return the addresses of pages kept on the device for anybody."""
    return page.evaluate("""async () => {
      const found = [];
      for (const name of await caches.keys()) {
        if (!name.startsWith("luring-")) continue;
        for (const one of await (await caches.open(name)).keys()) found.push(one.url);
      }
      return found;
    }""")


def test_signing_out_clears_what_was_kept(look, open_page):
    page = open_page(look, None)
    steps.sign_in(page, "rani@contoh.go.id")
    journey.enrol(look.app, "rani")
    page.goto(LESSON)
    ready(page)
    page.goto("/")
    assert _kept(page)

    page.get_by_label("Akun Rani Kusumawardhani").click()
    page.get_by_role("button", name="Keluar").click()

    expect(page.get_by_label("Kata sandi")).to_be_visible()
    steps.until(page, NOTHING_KEPT)


def test_another_person_on_the_same_phone_gets_nothing_kept(look, reader):
    page = reader("rani")
    page.goto(LESSON)
    ready(page)
    assert _kept(page)
    name, value = look.token("agus")
    page.context.add_cookies([{"name": name, "value": value, "url": look.url}])

    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agus")
    steps.until(page, NOTHING_KEPT)
    page.context.set_offline(True)
    page.goto(LESSON)
    expect(page.get_by_role("heading", name="Belum tersambung")).to_be_visible()


def test_a_slow_line_shows_the_copy_after_three_seconds(look, reader, monkeypatch):
    page = reader("rani")
    page.goto(LESSON)
    ready(page)
    from lms.learn import lessons

    at_once, may_answer = lessons.open_at, threading.Event()

    def slowly(*asked):
        may_answer.wait(30)
        return at_once(*asked)

    monkeypatch.setattr(lessons, "open_at", slowly)
    began = time.monotonic()
    try:
        page.goto(LESSON)
        expect(page.get_by_text("Ini salinan di perangkat Anda")).to_be_visible()
    finally:
        may_answer.set()
    assert time.monotonic() - began > 2.9


# --- On paper, aloud


def test_a_lesson_on_paper_is_its_text(look, reader):
    page = reader("rani", "desk")
    page.goto(LESSON)
    page.emulate_media(media="print")

    for shown in ("h1", SECTIONS, "article table", "article .check legend"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".out", ".toc", "#catatan", "#penilaian",
                   ".check .btn", ".pager", "[data-go-on]", ".sitefoot"):  # fmt: skip
        for element in page.locator(hidden).all():
            assert not element.is_visible(), hidden


VOICES = """voices => {
  const said = [];
  const speech = {
    getVoices: () => voices,
    speak: (words) => {
      said.push(words.text);
      if (window.goesOn || said.length < 4) setTimeout(() => words.onend?.(), 1);
    },
    cancel: () => {}, addEventListener: () => {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.said = said;
}"""


@pytest.mark.parametrize(
    ("voice", "is_offered"),
    [
        ({"lang": "id-ID", "localService": True}, True),
        ({"lang": "id-ID", "localService": False}, False),
        ({"lang": "en-GB", "localService": True}, False),
    ],
)
def test_a_lesson_is_read_aloud_by_a_local_indonesian_voice(
    look, reader, voice, is_offered
):
    import json

    page = reader("rani")
    page.add_init_script(f"({VOICES})({json.dumps([voice])})")
    page.goto(LESSON, wait_until="networkidle")
    button = page.get_by_role("button", name="Dengarkan")
    expect(button).to_be_visible(visible=is_offered)
    if not is_offered:
        return
    button.click()
    expect(page.locator(".is-read")).to_have_count(1)
    steps.until(page, "window.said.length == 4")  # and there it speaks on and on
    page.get_by_role("button", name="Jeda").click()
    page.get_by_role("button", name="Berhenti").click()
    expect(page.locator(".is-read")).to_have_count(0)
    page.evaluate("window.goesOn = true")
    button.click()
    steps.until(page, "window.said.length > 20")
    expect(page.locator(".is-read")).to_have_count(0)  # it has come to the end
    # Questions and their answers are not read.
    options = page.locator(".check .opt").all_inner_texts()
    assert not set(page.evaluate("window.said")) & set(options)
    assert PASSWORD not in page.evaluate("JSON.stringify(localStorage)")
