"""A question on the screen: typing, flags, words, and the time that is left."""

import re

import pytest
from playwright.sync_api import expect

from . import steps
from .taking import KEPT, OFFLINE, choose, close_in, reopen, state


def test_the_keys_listed_are_those_of_a_quiz(take):
    _taking, _number, page = take()

    page.keyboard.press("?")

    listed = page.get_by_role("dialog").locator("dl")
    expect(listed).to_contain_text("soal berikutnya")
    expect(listed).not_to_contain_text("butir")
    expect(listed).not_to_contain_text("bagian")


def test_a_flag_put_on_without_a_line_is_told_when_it_has_arrived(take):
    taking, _number, page = take()
    page.context.set_offline(True)
    page.get_by_role("button", name="Tandai", exact=True).click()
    expect(state(page, KEPT)).to_be_visible()

    page.context.set_offline(False)

    expect(state(page, steps.SAVED)).to_be_visible()
    assert taking.saved() == {}


def test_what_is_typed_is_saved_without_leaving_the_field(take):
    taking, number, page = take(kinds=("short_text", "numeric"))

    page.get_by_role("textbox").press_sequentially("12", delay=30)

    steps.until_so(page, lambda: taking.saved() == {number - 1: "12"})
    expect(state(page, steps.SAVED)).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("textbox").press_sequentially("5")
    page = reopen(page, taking.url(number))
    expect(page.get_by_role("textbox")).to_have_value("125")
    steps.until_so(page, lambda: taking.saved() == {number - 1: "125"})
    expect(state(page, steps.SAVED)).to_be_visible()


def test_a_flag_needs_no_new_page_and_no_line(take):
    taking, number, page = take()
    page.evaluate("window.same = true")
    button = page.get_by_role("button", name=re.compile("^(Tandai|Ditandai)$"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ditandai", exact=True)).to_be_visible()
    here = page.get_by_role("button", name=f"Soal {number}, sedang dibuka")
    expect(here).to_have_attribute(
        "aria-label", f"Soal {number}, sedang dibuka, belum dijawab, ditandai"
    )
    choose(page, 0)
    expect(here).to_have_attribute(
        "aria-label", f"Soal {number}, sedang dibuka, dijawab, ditandai"
    )
    expect(page.get_by_text("1 dijawab")).to_be_visible()
    expect(state(page, steps.SAVED)).to_be_visible()
    assert page.evaluate("window.same") is True

    page.context.set_offline(True)
    page.get_by_role("button", name="Ditandai", exact=True).click()
    expect(state(page, KEPT)).to_be_visible()
    page = reopen(page, taking.url(number))
    expect(page.get_by_role("button", name="Tandai", exact=True)).to_be_visible()
    steps.until_so(page, lambda: taking.flags() == 0)
    page.goto(f"/kuis/percobaan/{taking.id}/tinjau")
    expect(page.get_by_text("Anda tandai")).to_be_hidden()


def test_too_many_answers_wait_as_long_as_the_server_asks(take):
    taking, number, page = take()
    asked = []

    def refuse_once(route):
        asked.append(route.request.method)
        if len(asked) > 1:
            return route.continue_()
        return route.fulfill(
            status=429, json={"error": "AnswersTooFast"}, headers={"Retry-After": "1"}
        )

    page.route("**/soal/*", refuse_once)
    page.context.set_offline(False)
    choose(page, 1)
    expect(state(page, KEPT)).to_be_visible()
    expect(page.get_by_text(OFFLINE)).to_be_hidden()

    expect(state(page, steps.SAVED)).to_be_visible()
    assert list(taking.saved()) == [number - 1]


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_state_is_never_behind_the_bar(take, size):
    _taking, _number, page = take()
    width, height = {"phone": (360, 740), "desk": (1280, 900)}[size]
    page.set_viewport_size({"width": width, "height": height})
    choose(page, 0)
    line = state(page, steps.SAVED)
    expect(line).to_be_visible()

    if size == "phone":
        expect(line).to_be_in_viewport(ratio=1)
    if size == "phone":
        box = line.bounding_box()
        middle = [box["x"] + 5, box["y"] + box["height"] / 2]
        on_top = "([x, y]) => document.elementFromPoint(x, y).closest('[data-sync]')"
        assert page.evaluate_handle(on_top, middle).as_element()


def test_five_minutes_are_announced_once(take, look):
    taking, number, page = take()
    said = page.get_by_text("Sisa waktu 5 menit.")
    expect(said).to_have_count(0)
    close_in(look.app, taking.id, 302)

    page.goto(taking.url(number))
    expect(said).to_have_count(1)
    page.goto(taking.url(number))
    expect(page.locator("[role=timer].warn")).to_be_visible()  # it has looked again

    expect(said).to_have_count(0)


def test_time_is_up_without_a_line_and_the_answer_arrives_in_time(take, look):
    taking, number, page = take()
    page.clock.install()
    page.goto(taking.url(number), wait_until="networkidle")
    page.context.set_offline(True)
    choose(page, 1)
    expect(state(page, KEPT)).to_be_visible()
    with page.expect_event("requestfailed", lambda asked: asked.method == "HEAD"):
        page.clock.fast_forward("30:00")
        expect(page.get_by_text("Waktu habis.")).to_have_count(1)
        close_in(look.app, taking.id, 0)
    expect(page.get_by_role("radio").nth(1)).to_be_checked()  # the page is still there

    page.context.set_offline(False)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Waktu habis")
    page.get_by_role("button", name="Lihat hasil").click()
    expect(page.get_by_role("heading", name=re.compile("^Nilai Anda"))).to_be_visible()
    assert list(taking.saved()) == [number - 1]
    assert taking.attempt().submitted_at == taking.attempt().closes_at
