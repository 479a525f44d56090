"""The session ends or the person changes during a quiz: nothing goes astray."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.site import PASSWORD

from . import journey, steps
from .taking import KEPT, Taking, choose, end_session, forget_attempts, onward, state
from .test_axe import findings


def sign_in_here(page: Page, account: str) -> None:
    panel = page.get_by_role("dialog")
    panel.get_by_label("NIP atau surel").fill(account)
    panel.get_by_label("Kata sandi").fill(PASSWORD)
    panel.get_by_role("button", name="Masuk", exact=True).click()


def test_the_session_ended_and_the_page_goes_on(take, look):
    taking, number, page = take()
    page.evaluate("window.same = true")
    end_session(look.app, "rani")

    choose(page, 1)
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    assert findings(page) == []
    panel.get_by_label("NIP atau surel").fill("rani@contoh.go.id")
    panel.get_by_label("Kata sandi").fill("salah sama sekali")
    panel.get_by_role("button", name="Masuk", exact=True).click()
    expect(panel.get_by_role("alert")).to_contain_text("tidak cocok")
    sign_in_here(page, "rani@contoh.go.id")

    expect(panel).to_be_hidden()
    expect(state(page, steps.SAVED)).to_be_visible()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    assert page.evaluate("window.same") is True
    onward(page)
    page.wait_for_url(lambda url: not url.endswith(f"/soal/{number}"))
    assert list(taking.saved()) == [number - 1]


def test_the_session_ended_before_handing_in(take, look):
    taking, number, page = take()
    choose(page, 1)
    expect(state(page, steps.SAVED)).to_be_visible()
    page.goto(f"/kuis/percobaan/{taking.id}/tinjau", wait_until="networkidle")
    end_session(look.app, "rani")

    page.get_by_role("button", name="Kumpulkan jawaban").click()
    sign_in_here(page, "rani@contoh.go.id")

    expect(page.get_by_role("heading", name=re.compile("^Nilai Anda"))).to_be_visible()
    assert list(taking.saved()) == [number - 1]


def test_somebody_else_signs_in_and_nothing_of_hers_is_sent(take, look):
    taking, number, page = take()
    end_session(look.app, "rani")
    choose(page, 1)

    sign_in_here(page, "agus@contoh.go.id")
    page.wait_for_url("**/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agus")
    page.goto(f"/kursus/{journey.COURSE}")
    assert taking.saved() == {}
    page.get_by_label(re.compile("^Akun Agus")).click()
    page.get_by_role("button", name="Keluar").click()  # nothing of his waits

    page.get_by_label("NIP atau surel").fill("rani@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rani")
    page.goto(taking.url(number))
    expect(state(page, steps.SAVED)).to_be_visible()
    assert list(taking.saved()) == [number - 1]


def test_signing_out_warns_of_what_is_not_sent(take):
    taking, number, page = take()
    page.route(
        "**/soal/*",
        lambda route: (
            route.abort() if route.request.method == "POST" else route.continue_()
        ),
    )
    choose(page, 1)
    expect(state(page, KEPT)).to_be_visible()
    page.goto("/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_label(re.compile("^Akun Rani")).click()
    with page.expect_event("dialog"):
        page.get_by_role("button", name="Keluar").click()
    assert [text[:24] for text in asked] == ["1 jawaban belum terkirim"]
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rani")

    page.unroute("**/soal/*")
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()
    assert len(asked) == 1
    assert list(taking.saved()) == [number - 1]


# --- Pages that no link leads to


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_a_closed_quiz(look, open_page, scheme):
    forget_attempts(look.app)
    number = journey.start(look.app, "rani")
    page = open_page(look, "rani", color_scheme=scheme, java_script_enabled=True)
    page.goto(f"/kuis/percobaan/{number}/soal/1", wait_until="networkidle")
    journey.hand_in(look.app, number, [])
    page.evaluate("document.querySelector('#jawab').submit()")  # as without scripts

    expect(page.get_by_role("heading", name="Kuis sudah ditutup")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("link", name="Tanda terima").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tanda terima")
    assert findings(page) == []
    assert page.problems == []


def test_without_scripts_an_ended_session_says_what_to_do(look, open_page):
    forget_attempts(look.app)
    taking = Taking(look.app, journey.start(look.app, "rani"))
    number = taking.number_of("single")
    page = open_page(look, "rani", java_script_enabled=False)
    page.goto(taking.url(number))
    end_session(look.app, "rani")
    choose(page, 1)
    onward(page)

    expect(page.get_by_text("belum tersimpan. Masuk lagi")).to_be_visible()
    page.get_by_label("NIP atau surel").fill("rani@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()

    page.wait_for_url(f"**{taking.url(number)}")
    assert taking.saved() == {}
