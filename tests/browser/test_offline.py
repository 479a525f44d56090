"""Answers given without a network wait on the phone and reach the server later."""

from playwright.sync_api import expect

from . import journey, steps

KEPT = "Disimpan di perangkat, belum terkirim"


def _state(page, text):
    return page.get_by_role("status").filter(has_text=text)


def _saved(app, attempt_id: int) -> dict[int, object]:
    """Return the newest answer that the server holds, by slot."""
    from lms.quiz import queries

    with app.app_context():
        return {
            slot: save.answer
            for slot, save in queries.newest_answers(attempt_id).items()
        }


def _open_question(look, open_page, name: str):
    """Begin an attempt; return its id, its first right answer and its page."""
    number = journey.start(look.app, name)
    page = open_page(look, name)
    page.goto(f"/kuis/percobaan/{number}/soal/1", wait_until="networkidle")
    return number, journey.right_fields(look.app, number)[0], page


def test_an_answer_waits_on_the_phone_and_is_sent_when_the_network_is_back(
    look, open_page
):
    number, right, page = _open_question(look, open_page, "rani")

    page.context.set_offline(True)
    steps.fill(page.get_by_role("main").locator("form"), right)
    expect(_state(page, KEPT)).to_be_visible()
    page.get_by_role("button", name="Soal berikutnya").click()
    expect(_state(page, "Soal berikutnya perlu sambungan.")).to_be_visible()
    assert _saved(look.app, number) == {}

    page.context.set_offline(False)
    expect(_state(page, steps.SAVED)).to_be_visible()
    assert _saved(look.app, number) == {0: journey.right_answers(look.app, number)[0]}


def test_an_answer_that_waits_outlives_the_page(look, open_page):
    number, right, page = _open_question(look, open_page, "agus")
    page.context.set_offline(True)
    steps.fill(page.get_by_role("main").locator("form"), right)
    expect(_state(page, KEPT)).to_be_visible()
    page.close()

    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(f"/kuis/percobaan/{number}/soal/1")

    expect(_state(page, steps.SAVED)).to_be_visible()
    assert _saved(look.app, number) == {0: journey.right_answers(look.app, number)[0]}


def test_a_check_in_a_lesson_says_that_there_is_no_network(look, open_page):
    journey.enrol(look.app, "yohanes")
    page = open_page(look, "yohanes")
    lesson = f"/kursus/{journey.COURSE}/mengapa-loket"
    page.goto(lesson, wait_until="networkidle")
    right = next(iter(journey.right_checks(look.app, "mengapa-loket").values()))
    check = page.get_by_role("region", name="Cek pemahaman").first
    page.context.set_offline(True)
    steps.fill(check, right)
    check.get_by_role("button", name=steps.ANSWER).click()
    expect(check.get_by_role("alert")).to_contain_text("Belum tersambung.")

    page.context.set_offline(False)  # it is sent by itself
    expect(check.get_by_role("status")).to_contain_text("Jawaban Anda tepat.")
