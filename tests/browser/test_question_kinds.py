"""Questions of more than one field: by finger, by key, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from lms.db import db
from lms.kernel import clock
from tests.cast import CAST

from . import steps
from .every_kind import COURSE, QUIZ, rows
from .taking import KEPT, Taking, forget_attempts, onward, reopen, state
from .test_axe import findings
from .test_budgets import CLS, FIRST_VISIT, FURTHER, REQUESTS
from .test_keyboard import tab_to
from .test_looks import WIDE
from .vitals import SlowPhone


@pytest.fixture
def take(kinds, open_page):
    """take("matching") -> a new attempt of Rani's, open at that question."""
    from lms.quiz import attempts

    def begin(kind: str, quiz: str = QUIZ, **settings):
        forget_attempts(kinds.app)
        with kinds.app.app_context():
            attempt = attempts.start(CAST["rani"].id, COURSE, quiz, clock.now())
            db.session.commit()
            taking = Taking(kinds.app, attempt.id)
        number = taking.number_of(kind)
        page = open_page(kinds, "rani", **settings)
        page.goto(taking.url(number), wait_until="networkidle")
        return taking, number, page

    return begin


def texts_of(taking, number: int) -> list[str]:
    """The steps of an answer as the server holds it."""
    from lms.catalog import items
    from lms.courseware.sanitize import plain

    with taking.app.app_context():
        place = taking.attempt().layout[number - 1]
        body = items.question_versions([place["q"]])[place["q"]].body
    texts = {option["number"]: plain(option["html"]) for option in body["options"]}
    return [texts[n] for n in taking.saved().get(number - 1) or []]


def test_pairs_are_saved_one_by_one(take):
    taking, number, page = take("matching")
    page.get_by_label("Waktu").select_option("Berapa lama?")
    expect(state(page, steps.SAVED)).to_be_visible()
    page.get_by_label("Prosedur").select_option("Langkahnya apa saja?")
    steps.until_so(page, lambda: len(taking.saved().get(number - 1) or ()) == 2)

    page.reload()

    chosen = page.get_by_label("Waktu").locator("option:checked")
    expect(chosen).to_have_text("Berapa lama?")
    here = page.get_by_role("button", name=f"Soal {number}, sedang dibuka, dijawab")
    expect(here).to_be_visible()
    assert page.problems == []


def test_pairs_chosen_without_a_line_wait_on_the_phone(take):
    taking, number, page = take("matching")
    page.context.set_offline(True)
    page.get_by_label("Waktu").select_option("Berapa lama?")
    page.get_by_label("Persyaratan").select_option("Siapa atasan petugas?")
    expect(state(page, KEPT)).to_be_visible()

    page = reopen(page, taking.url(number))

    chosen = page.get_by_label("Persyaratan").locator("option:checked")
    expect(chosen).to_have_text("Siapa atasan petugas?")
    expect(page.get_by_label("Prosedur")).to_have_value("")
    steps.until_so(page, lambda: len(taking.saved().get(number - 1) or ()) == 2)


def test_a_row_moves_in_place_keeps_the_focus_and_is_told(take):
    taking, number, page = take("ordering")
    before = rows(page)
    page.evaluate("window.same = true")
    down = page.get_by_role("button", name=f"Turunkan: {before[0]}")
    tab_to(page, down)

    page.keyboard.press("Enter")

    assert rows(page) == [before[1], before[0], *before[2:]]
    expect(down).to_be_focused()
    told = page.locator("[data-order] [aria-live]")
    expect(told).to_have_text(f"“{before[0]}” sekarang nomor 2 dari 4.")
    expect(state(page, steps.SAVED)).to_be_visible()
    assert texts_of(taking, number) == rows(page)
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    assert rows(page)[-1] == before[0]
    expect(page.get_by_role("button", name=f"Naikkan: {before[0]}")).to_be_focused()
    steps.until_so(page, lambda: texts_of(taking, number) == rows(page))
    assert page.evaluate("window.same") is True
    assert page.problems == []


def test_an_order_nobody_touched_is_not_sent(take):
    taking, number, page = take("ordering")
    onward(page)
    page.wait_for_url(lambda url: not url.endswith(f"/soal/{number}"))

    page.goto(f"/kuis/percobaan/{taking.id}/tinjau")

    warned = page.locator(".note").filter(has_text="Belum dijawab")
    expect(
        warned.get_by_role("link", name=f"Soal {number}", exact=True)
    ).to_be_visible()
    assert taking.saved() == {}


def test_the_order_shown_can_be_kept_by_saying_so(take):
    taking, number, page = take("ordering")
    before = rows(page)

    page.get_by_role("button", name="Urutan ini sudah sesuai").click()

    expect(state(page, steps.SAVED)).to_be_visible()
    expect(page.get_by_role("button", name="Urutan ini sudah sesuai")).to_be_hidden()
    assert texts_of(taking, number) == before


@pytest.mark.parametrize("has_touch", [True, False])
def test_a_row_can_be_dragged(take, has_touch):
    taking, number, page = take("ordering", has_touch=has_touch)
    before = rows(page)
    grips, moves = page.locator(".order .grip"), page.locator(".order > li")
    start, end = grips.nth(0).bounding_box(), moves.nth(2).bounding_box()
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    to = end["y"] + end["height"] - 4
    if has_touch:
        _swipe(page, x, y, to)
    else:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, to, steps=8)
        page.mouse.up()

    assert rows(page) == [before[1], before[2], before[0], before[3]]
    steps.until_so(page, lambda: texts_of(taking, number) == rows(page))
    assert page.problems == []


def _swipe(page, x: float, y: float, to: float) -> None:
    """Drag one finger straight down or up."""
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *points):
        client.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": at} for at in points]},
        )

    touch("touchStart", y)
    for step in range(1, 9):
        touch("touchMove", y + (to - y) * step / 8)
    touch("touchEnd")


def test_another_tab_shows_the_order_at_once(take):
    taking, number, first = take("ordering")
    second = first.context.new_page()
    second.goto(taking.url(number), wait_until="networkidle")
    name = rows(first)[0]

    first.get_by_role("button", name=f"Turunkan: {name}").click()

    steps.until_so(second, lambda: rows(second) == rows(first))
    expect(second.get_by_role("button", name=f"Naikkan: {name}")).to_be_enabled()
    up = second.get_by_role("button", name=f"Naikkan: {rows(second)[0]}")
    expect(up).to_be_disabled()


def test_gaps_are_filled_and_a_word_for_a_number_is_told(take):
    taking, number, page = take("cloze")
    page.get_by_label("Rumpang 2").press_sequentially("maklumat", delay=10)
    page.get_by_label("Rumpang 3").select_option("Ombudsman")
    steps.until_so(page, lambda: len(taking.saved().get(number - 1) or ()) == 2)

    page.get_by_label("Rumpang 1").press_sequentially("dua")
    expect(state(page, "Rumpang 1: tulis angka saja")).to_be_visible()
    onward(page)

    alert = page.get_by_role("alert").filter(has_text="Rumpang 1: tulis angka saja")
    expect(alert).to_be_visible()
    expect(page.get_by_label("Rumpang 1")).to_have_value("dua")
    expect(page.get_by_label("Rumpang 2")).to_have_value("maklumat")
    page.get_by_label("Rumpang 1").fill("14,2")
    steps.until_so(page, lambda: len(taking.saved()[number - 1]) == 3)
    assert page.problems == []


KINDS = ("matching", "ordering", "cloze")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(take, kind, scheme, size):
    _taking, _number, page = take(kind, size=size, color_scheme=scheme)

    assert findings(page) == []
    for width in (320, 360, 768):
        page.set_viewport_size({"width": width, "height": 740})
        assert not page.evaluate(WIDE), width
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.set_viewport_size({"width": 390, "height": 740})
    assert not page.evaluate(WIDE)


# Rows have a script beside the page's own, 2 kB that no other page fetches.
@pytest.mark.parametrize(("kind", "more"), [("ordering", 1), ("cloze", 0)])
def test_a_question_with_rows_or_gaps_stays_inside_the_budget(take, kinds, kind, more):
    taking, number, page = take(kind)
    fresh = page.context.browser.new_context(base_url=kinds.url)
    fresh.add_cookies(page.context.cookies())
    phone = SlowPhone(fresh.new_page())
    visits = [phone.open(taking.url(number)) for _ in range(2)]
    fresh.close()

    assert visits[0].bytes <= FIRST_VISIT, visits[0].packed
    assert len(visits[0].packed) <= REQUESTS + more, sorted(visits[0].packed)
    assert visits[1].bytes <= FURTHER, visits[1].packed
    assert max(visit.cls for visit in visits) <= CLS


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_touched_is_large_enough(take, kind):
    _taking, _number, page = take(kind)
    fields = page.locator("fieldset").locator(
        "button, select, input:not([type=hidden])"
    )

    for field in fields.all():
        box = field.bounding_box()
        assert min(box["width"], box["height"]) >= 44


def test_by_keyboard_alone(take):
    taking, number, page = take("matching")
    tab_to(page, page.get_by_label("Persyaratan"))
    page.keyboard.type("Apa yang")
    page.keyboard.press("Tab")
    steps.until_so(page, lambda: len(taking.saved().get(number - 1) or ()) == 1)
    tab_to(page, page.get_by_role("button", name="Soal berikutnya"))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith(f"/soal/{number + 1}"))
    expect(page.get_by_text("Susun dari yang pertama")).to_be_visible()


def test_without_scripts_every_kind_is_answered_and_counts(take):
    taking, _number, page = take("matching", java_script_enabled=False)
    page.get_by_label("Persyaratan").select_option("Apa yang harus dibawa?")
    page.get_by_label("Prosedur").select_option("Langkahnya apa saja?")
    page.get_by_label("Waktu").select_option("Berapa lama?")
    page.get_by_role("button", name="Soal berikutnya").click()

    wanted = [
        "Menyapa dan menanyakan keperluan",
        "Memeriksa kelengkapan berkas",
        "Menjelaskan waktu penyelesaian",
        "Memberi tanda terima",
    ]
    for place, name in enumerate(wanted):
        while (at := rows(page).index(name)) > place:
            page.get_by_role("button", name=f"Naikkan: {name}").click()
            expect(page.locator("[data-step]").nth(at - 1)).to_contain_text(name)
            expect(page.locator(".order")).to_be_in_viewport()
    page.get_by_role("button", name="Soal berikutnya").click()

    page.get_by_label("Rumpang 1").fill("14,5")
    page.get_by_label("Rumpang 2").fill("Maklumat pelayanan")
    page.get_by_label("Rumpang 3").select_option("Ombudsman")
    page.get_by_role("button", name="Soal berikutnya").click()

    asked = page.get_by_label(re.compile("^Nilai rata-rata tertimbang"))
    drawn = taking.attempt().layout[3]["values"]["n"]
    expect(page.get_by_text(f"suatu unit adalah {drawn}.")).to_be_visible()
    asked.fill(str(round(float(drawn.replace(",", ".")) * 25, 2)).replace(".", ","))
    page.get_by_role("button", name=re.compile("^Tinjau jawaban")).click()
    page.get_by_role("button", name="Kumpulkan jawaban").click()

    expect(page.get_by_role("heading", name="Nilai Anda 100")).to_be_visible()
    assert taking.attempt().score_bp == 10_000


def test_an_essay_counts_its_words_and_waits_for_a_person(take):
    taking, number, page = take("essay", quiz="kuis-uraian")
    field = page.get_by_label(re.compile("^Ceritakan satu keluhan"))
    expect(page.get_by_text("0 kata, belum cukup")).to_be_visible()
    page.context.set_offline(True)
    field.fill("Warga marah karena antre.\n\nKami")
    expect(page.get_by_text("5 kata", exact=True)).to_be_visible()
    expect(state(page, KEPT)).to_be_visible()
    assert findings(page) == []
    page = reopen(page, taking.url(number))
    field = page.get_by_label(re.compile("^Ceritakan satu keluhan"))
    expect(field).to_have_value("Warga marah karena antre.\n\nKami")
    expect(page.get_by_text("5 kata", exact=True)).to_be_visible()
    expect(state(page, steps.SAVED)).to_be_visible()

    field.press("End")
    field.press_sequentially(" minta maaf." + " lalu" * 20)
    expect(page.get_by_text("27 kata, terlalu panjang")).to_be_visible()
    onward(page)
    expect(page.get_by_text("Lembaga manakah yang mengawasi")).to_be_visible()
    page.get_by_role("radio", name="Ombudsman").check()
    onward(page)
    page.get_by_role("button", name="Kumpulkan jawaban").click()

    expect(page.get_by_role("heading", name="Menunggu penilaian")).to_be_visible()
    expect(page.get_by_text("1 soal dinilai oleh pengajar")).to_be_visible()
    expect(page.get_by_text("minta maaf. lalu")).to_be_visible()
    expect(page.get_by_text("Anda belum lulus")).to_be_hidden()
    assert findings(page) == []
    assert taking.attempt().waiting == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_result_tells_each_part_and_axe_finds_nothing(take, scheme):
    taking, number, page = take("matching", color_scheme=scheme)
    page.get_by_label("Waktu").select_option("Siapa atasan petugas?")
    page.get_by_label("Prosedur").select_option("Langkahnya apa saja?")
    steps.until_so(page, lambda: len(taking.saved().get(number - 1) or ()) == 2)
    page.goto(taking.url(taking.number_of("ordering")), wait_until="networkidle")
    page.get_by_role("button", name="Urutan ini sudah sesuai").click()
    expect(state(page, steps.SAVED)).to_be_visible()
    page.goto(taking.url(taking.number_of("cloze")), wait_until="networkidle")
    page.get_by_label("Rumpang 3").select_option("BPK")
    expect(state(page, steps.SAVED)).to_be_visible()
    page.goto(f"/kuis/percobaan/{taking.id}/tinjau", wait_until="networkidle")

    page.get_by_role("button", name="Kumpulkan jawaban").click()

    expect(page.get_by_text("1 dari 3 pasangan tepat.")).to_be_visible()
    expect(page.get_by_text("Urutan yang tepat")).to_be_visible()
    expect(
        page.get_by_text("Anda menulis “BPK”, yang tepat “Ombudsman”")
    ).to_be_visible()
    assert findings(page) == []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert not page.evaluate(WIDE), width
