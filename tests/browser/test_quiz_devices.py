"""Two tabs, two devices: the later choice counts, and the learner decides."""

import re

import pytest
from playwright.sync_api import expect

from . import steps
from .taking import KEPT, choose, onward, reopen, state
from .test_axe import findings

CONFLICT = re.compile(
    r"perangkat lain menyimpan jawaban ini pukul \d\d\.\d\d WIB\. "
    r"Jawaban di perangkat ini dipilih pukul \d\d\.\d\d WIB"
)


def test_two_tabs_the_later_choice_counts_and_both_show_it(take):
    taking, number, first = take()
    second = first.context.new_page()
    second.goto(taking.url(number), wait_until="networkidle")
    choose(first, 0)
    expect(state(first, steps.SAVED)).to_be_visible()
    expect(second.get_by_role("radio").nth(0)).to_be_checked()

    choose(second, 1)
    steps.until_so(second, lambda: taking.rows() == 2)
    expect(state(second, steps.SAVED)).to_be_visible()

    expect(first.get_by_role("radio").nth(1)).to_be_checked()
    chosen = taking.saved()
    onward(first)
    first.wait_for_url(lambda url: not url.endswith(f"/soal/{number}"))
    assert taking.saved() == chosen
    assert taking.rows() == 2


@pytest.mark.parametrize("use", ["perangkat ini", "perangkat lain"])
def test_two_devices_the_learner_decides(take, look, open_page, use):
    taking, number, phone = take()
    phone.context.set_offline(True)
    choose(phone, 0)
    expect(state(phone, KEPT)).to_be_visible()
    office = open_page(look, "rani", "desk")
    office.goto(taking.url(number), wait_until="networkidle")
    choose(office, 1)
    expect(state(office, steps.SAVED)).to_be_visible()
    elsewhere = taking.saved()

    phone = reopen(phone, taking.url(number))
    expect(phone.get_by_role("alert").filter(has_text=CONFLICT)).to_be_visible()
    expect(phone.get_by_text("Percobaan ini juga dikerjakan")).to_be_visible()
    assert findings(phone) == []
    assert taking.saved() == elsewhere
    assert taking.rows(counted=False) == 1  # in the history all the same
    phone.get_by_role("button", name=f"Pakai jawaban {use}").click()

    expect(phone.get_by_role("alert").filter(has_text=CONFLICT)).to_be_hidden()
    expect(state(phone, steps.SAVED)).to_be_visible()
    place = 0 if use == "perangkat ini" else 1
    expect(phone.get_by_role("radio").nth(place)).to_be_checked()
    assert (taking.saved() == elsewhere) is (use == "perangkat lain")


@pytest.mark.parametrize("use", ["perangkat ini", "perangkat lain"])
def test_what_is_typed_is_decided_with_one_tap(take, look, open_page, use):
    """Tapping leaves the field, which sends its text once more."""
    taking, number, phone = take(kinds=("short_text", "numeric"))
    office = open_page(look, "rani", "desk")
    office.goto(taking.url(number), wait_until="networkidle")
    office.get_by_role("textbox").press_sequentially("12")
    steps.until_so(office, lambda: taking.saved() == {number - 1: "12"})
    expect(state(office, steps.SAVED)).to_be_visible()
    elsewhere = taking.saved()
    phone.get_by_role("textbox").press_sequentially("34")
    expect(phone.get_by_role("alert").filter(has_text=CONFLICT)).to_be_visible()
    assert taking.saved() == elsewhere

    phone.get_by_role("button", name=f"Pakai jawaban {use}").click()

    expect(phone.get_by_role("alert").filter(has_text=CONFLICT)).to_be_hidden()
    expect(state(phone, steps.SAVED)).to_be_visible()
    wanted = "34" if use == "perangkat ini" else "12"
    expect(phone.get_by_role("textbox")).to_have_value(wanted)
    steps.until_so(phone, lambda: taking.saved() == {number - 1: wanted})
    phone.reload()
    expect(phone.get_by_role("textbox")).to_have_value(wanted)
    expect(phone.get_by_role("alert").filter(has_text=CONFLICT)).to_be_hidden()


def test_both_times_are_of_one_zone(take, look, open_page):
    """The phone stands in another zone than the agency."""
    taking, number, office = take()
    phone = open_page(look, "rani", timezone_id="Asia/Jayapura")
    phone.goto(taking.url(number), wait_until="networkidle")
    choose(office, 1)
    expect(state(office, steps.SAVED)).to_be_visible()

    choose(phone, 0)

    note = phone.get_by_role("alert").filter(has_text=CONFLICT)
    expect(note).to_be_visible()
    there, here = re.findall(r"(\d\d)\.(\d\d) WIB", note.inner_text())
    minutes = [60 * int(hour) + int(minute) for hour, minute in (there, here)]
    assert (minutes[1] - minutes[0]) % 1440 <= 1


def test_who_only_reads_here_quarrels_with_nobody(take, look, open_page):
    taking, number, phone = take()
    choose(phone, 0)
    expect(state(phone, steps.SAVED)).to_be_visible()
    office = open_page(look, "rani", "desk")
    office.goto(taking.url(number), wait_until="networkidle")
    choose(office, 1)
    steps.until_so(office, lambda: taking.rows() == 2)
    elsewhere = taking.saved()

    onward(phone)  # it still shows the older one, untouched since
    phone.wait_for_url(lambda url: not url.endswith(f"/soal/{number}"))

    assert taking.saved() == elsewhere
    assert taking.rows(counted=False) == 0
