"""Line, tab, session, device: whatever ends, no answer is lost or counted twice."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.cast import CAST
from tests.site import PASSWORD

from . import journey, steps
from .test_axe import findings

KEPT = "Disimpan di perangkat, belum terkirim"
NEEDS_LINE = re.compile("^Soal berikutnya perlu sambungan.$")
OFFLINE = "Anda sedang luring."
CONFLICT = re.compile(
    r"perangkat lain menyimpan jawaban ini pukul \d\d\.\d\d WIB\. "
    r"Jawaban di perangkat ini dipilih pukul \d\d\.\d\d WIB"
)


@dataclass
class Taking:
    """An attempt under way: its id, and what the server holds of it."""

    app: object
    id: int

    def saved(self) -> dict[int, object]:
        """Return the answer that counts, by slot."""
        from lms.quiz import queries

        with self.app.app_context():
            newest = queries.newest_answers(self.id)
            return {slot: save.answer for slot, save in newest.items()}

    def rows(self, counted: bool = True) -> int:
        """Return how many answers are stored that count, or that do not."""
        from lms.db import db
        from lms.quiz.models import AnswerSave

        with self.app.app_context():
            rows = db.session.query(AnswerSave).filter_by(attempt_id=self.id).all()
            return sum((row.seq >= 1) is counted for row in rows)

    def number_of(self, *kinds: str) -> int:
        """Return the first question of one of these kinds."""
        from lms.catalog import items
        from lms.db import db
        from lms.quiz.models import Attempt

        with self.app.app_context():
            layout = db.session.get(Attempt, self.id).layout
            asked = items.question_versions([place["q"] for place in layout])
            found = [asked[place["q"]].kind for place in layout]
        return next(n for n, kind in enumerate(found, 1) if kind in kinds)

    def attempt(self):
        from lms.db import db
        from lms.quiz.models import Attempt

        with self.app.app_context():
            return db.session.get(Attempt, self.id)

    def url(self, number: int) -> str:
        return f"/kuis/percobaan/{self.id}/soal/{number}"


@pytest.fixture
def take(look, open_page):
    """take("rani") -> a new attempt of hers and its first choice, open in a browser."""

    def begin(name: str = "rani", kinds: tuple[str, ...] = ("single",)):
        forget_attempts(look.app)
        taking = Taking(look.app, journey.start(look.app, name))
        number = taking.number_of(*kinds)
        page = open_page(look, name)
        page.goto(taking.url(number), wait_until="networkidle")
        return taking, number, page

    return begin


def forget_attempts(app) -> None:
    """Let everybody begin anew: the tests share one site."""
    from lms.db import db, reading
    from lms.quiz.models import AnswerSave, Attempt, AttemptFlag, SlotScore

    reading.set(False)
    with app.app_context():
        for table in (AnswerSave, AttemptFlag, SlotScore, Attempt):
            db.session.query(table).delete()
        db.session.commit()


def choose(page: Page, place: int) -> None:
    page.get_by_role("main").get_by_role("radio").nth(place).check()


def state(page: Page, text):
    return page.locator("[data-sync]").filter(has_text=text)


def onward(page: Page) -> None:
    name = re.compile("^(Soal berikutnya|Tinjau jawaban)$")
    page.get_by_role("button", name=name).click()


def reopen(page: Page, address: str) -> Page:
    """Close the tab; come back the next day in the same browser."""
    context = page.context
    page.close()
    page = context.new_page()
    page.set_default_timeout(10_000)
    context.set_offline(False)
    page.goto(address)
    return page


def end_session(app, name: str) -> None:
    from lms.accounts import sessions
    from lms.db import db, reading
    from lms.kernel import clock

    reading.set(False)
    with app.app_context():
        sessions.end_all(CAST[name].id, clock.now())
        db.session.commit()


# --- The line is cut at each step


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

    expect(state(page, steps.SAVED)).to_be_visible()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    assert taking.saved() != first
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


# --- Typing, flags, words


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

    expect(state(page, steps.SAVED)).to_be_visible()
    assert taking.saved() == {number - 1: "12"}
    page.context.set_offline(True)
    page.get_by_role("textbox").press_sequentially("5")
    page = reopen(page, taking.url(number))
    expect(page.get_by_role("textbox")).to_have_value("125")
    expect(state(page, steps.SAVED)).to_be_visible()
    assert taking.saved() == {number - 1: "125"}


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

    expect(state(page, steps.SAVED)).to_be_visible(timeout=25_000)
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


def close_in(app, attempt_id: int, seconds: float) -> None:
    """Let the time of an attempt end so many seconds from now."""
    from datetime import timedelta

    from lms.db import db, reading
    from lms.kernel import clock
    from lms.quiz.models import Attempt

    reading.set(False)
    with app.app_context():
        attempt = db.session.get(Attempt, attempt_id)
        attempt.closes_at = clock.now() + timedelta(seconds=seconds)
        db.session.commit()


def test_five_minutes_are_announced_once(take, look):
    taking, number, page = take()
    close_in(look.app, taking.id, 302)
    said = page.get_by_text("Sisa waktu 5 menit.")

    page.goto(taking.url(number))
    expect(said).to_have_count(0)
    expect(said).to_have_count(1, timeout=6_000)
    page.goto(taking.url(number), wait_until="networkidle")
    page.wait_for_timeout(1_500)

    expect(said).to_have_count(0)


def test_time_is_up_without_a_line_and_the_answer_arrives_in_time(take, look):
    taking, number, page = take()
    close_in(look.app, taking.id, 4)
    page.goto(taking.url(number), wait_until="networkidle")
    page.context.set_offline(True)
    choose(page, 1)
    expect(page.get_by_text("Waktu habis.")).to_have_count(1, timeout=8_000)
    page.wait_for_timeout(2_500)
    expect(page.get_by_role("radio").nth(1)).to_be_checked()  # the page is still there

    page.context.set_offline(False)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Waktu habis", timeout=10_000)
    page.get_by_role("button", name="Lihat hasil").click()
    expect(page.get_by_role("heading", name=re.compile("^Nilai Anda"))).to_be_visible()
    assert list(taking.saved()) == [number - 1]
    assert taking.attempt().submitted_at == taking.attempt().closes_at


# --- Two tabs, two devices


def test_two_tabs_the_later_choice_counts_and_both_show_it(take):
    taking, number, first = take()
    second = first.context.new_page()
    second.goto(taking.url(number), wait_until="networkidle")
    choose(first, 0)
    expect(state(first, steps.SAVED)).to_be_visible()
    expect(second.get_by_role("radio").nth(0)).to_be_checked()

    choose(second, 1)
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
    phone.wait_for_load_state("networkidle")
    assert taking.saved() == {number - 1: wanted}
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
    expect(state(office, steps.SAVED)).to_be_visible()
    elsewhere = taking.saved()

    onward(phone)  # it still shows the older one, untouched since
    phone.wait_for_url(lambda url: not url.endswith(f"/soal/{number}"))

    assert taking.saved() == elsewhere
    assert taking.rows(counted=False) == 0


# --- The session ends, the person changes


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
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_timeout(500)
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
