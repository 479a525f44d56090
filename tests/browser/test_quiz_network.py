"""The line is cut at any step of a quiz: no answer is lost or counted twice."""

import re

from playwright.sync_api import expect

from . import journey, steps
from .taking import KEPT, OFFLINE, choose, onward, reopen, state

NEEDS_LINE = re.compile("^Soal berikutnya perlu sambungan.$")


def test_cut_before_choosing(take):
    taking, number, page = take()
    page.context.set_offline(True)
    expect(page.get_by_text(OFFLINE)).to_be_visible()

    choose(page, 1)
    expect(state(page, KEPT)).to_be_visible()
    assert taking.saved() == {}
    page = reopen(page, taking.url(number))

    expect(state(page, steps.SAVED)).to_be_visible()
    expect(page.get_by_text(OFFLINE)).to_be_hidden()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    assert list(taking.saved()) == [number - 1]
    assert taking.rows() == 1


def test_cut_after_choosing(take):
    taking, number, page = take()
    choose(page, 0)
    expect(state(page, steps.SAVED)).to_be_visible()
    first = taking.saved()
    page.context.set_offline(True)
    choose(page, 1)
    expect(state(page, KEPT)).to_be_visible()

    page = reopen(page, taking.url(number))

    steps.until_so(page, lambda: taking.saved() != first)
    expect(state(page, steps.SAVED)).to_be_visible()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    assert taking.rows() == 2


def test_cut_while_saving_the_server_has_it_and_counts_it_once(take):
    taking, number, page = take()

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/soal/*", lose_the_answer)
    choose(page, 1)
    expect(state(page, KEPT)).to_be_visible()
    assert taking.rows() == 1
    page.unroute("**/soal/*")

    page = reopen(page, taking.url(number))

    expect(state(page, steps.SAVED)).to_be_visible()
    assert taking.rows() == 1
    assert taking.rows(counted=False) == 0


def test_cut_when_going_on(take):
    taking, number, page = take()
    choose(page, 1)
    expect(state(page, steps.SAVED)).to_be_visible()
    page.context.set_offline(True)

    onward(page)

    expect(state(page, NEEDS_LINE)).to_be_visible()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.context.set_offline(False)
    onward(page)
    page.wait_for_url(lambda url: not url.endswith(f"/soal/{number}"))
    assert list(taking.saved()) == [number - 1]


def test_cut_on_the_review_and_on_handing_in(take):
    taking, _number, page = take()
    page.context.set_offline(True)
    choose(page, 1)
    expect(state(page, KEPT)).to_be_visible()
    page = reopen(page, f"/kuis/percobaan/{taking.id}/tinjau")
    expect(page.get_by_text("1 dari 10 soal sudah dijawab.")).to_be_visible()
    page.wait_for_load_state("networkidle")

    page.context.set_offline(True)
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(state(page, "belum dikumpulkan")).to_be_visible()
    assert taking.attempt().submitted_at is None
    page.context.set_offline(False)
    page.get_by_role("button", name="Kumpulkan jawaban").click()

    expect(page.get_by_role("heading", name=re.compile("^Nilai Anda"))).to_be_visible()
    page.get_by_role("link", name="Tanda terima").click()
    expect(page.get_by_text("1 dari 10")).to_have_count(2)
    assert (
        page.evaluate("Object.keys(localStorage).filter(k => k != 'perangkat')") == []
    )


def test_the_answer_to_the_hand_in_is_lost(take):
    taking, _number, page = take()
    choose(page, 1)
    expect(state(page, steps.SAVED)).to_be_visible()
    page.goto(f"/kuis/percobaan/{taking.id}/tinjau", wait_until="networkidle")

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/kumpulkan", lose_the_answer)
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(state(page, "belum dikumpulkan")).to_be_visible()
    handed_in = taking.attempt()
    assert handed_in.submitted_at is not None
    page.unroute("**/kumpulkan")
    page.get_by_role("button", name="Kumpulkan jawaban").click()

    expect(page.get_by_role("heading", name=re.compile("^Nilai Anda"))).to_be_visible()
    assert taking.attempt().version == handed_in.version


def test_an_autosave_the_server_never_got_comes_with_the_hand_in(take, look):
    """As after a restore: the phone was told "saved", the server has forgotten."""
    from lms.db import db
    from lms.quiz.models import AnswerSave

    taking, number, page = take()
    choose(page, 1)
    expect(state(page, steps.SAVED)).to_be_visible()
    answered = taking.saved()
    with look.app.app_context():
        db.session.query(AnswerSave).delete()
        db.session.commit()
    page.goto(f"/kuis/percobaan/{taking.id}/tinjau", wait_until="networkidle")

    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.get_by_role("heading", name=re.compile("^Nilai Anda"))).to_be_visible()

    assert taking.saved() == answered
    assert list(answered) == [number - 1]


def test_going_on_without_a_line_says_why_not_once_and_takes_it_back(take):
    _taking, _number, page = take()
    choose(page, 1)
    expect(state(page, steps.SAVED)).to_be_visible()
    page.context.set_offline(True)

    onward(page)
    expect(state(page, NEEDS_LINE)).to_be_visible()
    expect(page.get_by_text(re.compile("dikirim otomatis"))).to_have_count(1)
    page.get_by_role("button", name="Tinjau dan kumpulkan").click()
    expect(state(page, "Halaman tinjau perlu sambungan.")).to_be_visible()
    page.context.set_offline(False)

    expect(state(page, steps.SAVED)).to_be_visible()
    expect(page.get_by_text(OFFLINE)).to_be_hidden()


def test_a_question_asked_for_without_a_line_tells_of_the_quiz(take):
    taking, number, page = take()
    page.goto(f"/kursus/{journey.COURSE}")
    steps.wait_for_worker(page)
    page.goto(taking.url(number))
    page.context.set_offline(True)
    about_quiz = page.get_by_text("Jawaban kuis yang sudah Anda pilih aman")

    page.goto(taking.url(number))
    expect(about_quiz).to_be_visible()
    expect(about_quiz).to_contain_text("waktunya tetap berjalan")
    page.goto("/katalog")
    expect(page.get_by_role("heading", name="Belum tersambung")).to_be_visible()
    expect(about_quiz).to_be_hidden()
