"""Survey, assignment, review, grading, analysis: by keyboard, with scripts and without.

Only keys are pressed. A page without scripts comes anew after each of them that acts:
what the next page says is waited for before it is read.
"""

import re

import pytest
from playwright.sync_api import expect

from lms.kernel import clock
from tests.cast import CAST
from tests.unit.uploads import samples

from . import journey, visited_feedback, written
from .test_keyboard import tab_to
from .visited_tasks import TASK, TEXT

BANK = f"kursus/{written.KEY}/kuis/akhir.md"
SIGNS = {"(x) Setelah": "( ) Setelah", "( ) Pada hari": "(x) Pada hari"}


@pytest.fixture(scope="module")
def school(look, tmp_path_factory):
    """The site with what a trainer wrote live as well, out of a folder of its own."""
    look.root = tmp_path_factory.mktemp("isi")
    written.write(look.root)
    written.publish(look.app, look.root)
    return look


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def by_keys(request, school, open_page):
    """by_keys("agus", "siti") -> a page of the first, without scripts of the second."""

    def open_for(with_scripts: str, without: str | None = None, size: str = "phone"):
        name = with_scripts if request.param else without or with_scripts
        page = open_page(school, name, size, java_script_enabled=request.param)
        page.reader = name
        return page

    return open_for


def press(page, role: str, name: str | re.Pattern) -> None:
    """Go by Tab to a button or link of the page's own, and press Enter."""
    wanted = page.get_by_role("main").get_by_role(role, name=name)
    expect(wanted.first).to_be_visible()
    tab_to(page, wanted.first)
    page.keyboard.press("Enter")


def write(page, label: str | re.Pattern, text: str) -> None:
    """Go by Tab to a field, and type in the place of what it says."""
    tab_to(page, page.get_by_role("textbox", name=label))
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def choose(page, group) -> None:
    """Go by Tab to a group of options, and take its first."""
    tab_to(page, group.get_by_role("radio").first)
    page.keyboard.press("Space")


def test_a_survey_is_filled_in_and_sent(school, by_keys):
    for name in ("agus", "siti"):
        journey.enrol(school.app, name)
    visited_feedback.forget(school.app)
    page = by_keys("agus", "siti")
    page.goto("/survei")

    press(page, "link", re.compile("Kebutuhan Anda"))
    expect(page.get_by_role("button", name="Kirim jawaban")).to_be_visible()
    rows = page.locator(".levels")
    for place in range(rows.count()):
        choose(page, rows.nth(place))
    tab_to(page, page.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    choose(page, page.locator("fieldset").filter(has_text="Setiap hari kerja"))
    tab_to(page, page.get_by_role("textbox"))
    page.keyboard.type("Menenangkan warga yang marah.")
    press(page, "button", "Kirim jawaban")

    expect(page.get_by_text("Sudah Anda isi.")).to_be_visible()
    assert page.problems == []


def test_an_assignment_is_drafted_and_handed_in_with_a_file(school, by_keys):
    page = by_keys("agus", "siti")
    journey.enrol(school.app, page.reader)
    page.goto(f"/kursus/{journey.COURSE}/{TASK}")

    press(page, "button", "Mulai mengerjakan")
    expect(page.get_by_label("Jawaban Anda")).to_be_visible()
    write(page, "Jawaban Anda", "Baris pertama.")
    press(page, "button", "Simpan draf")
    expect(page.get_by_text("Draf tersimpan.")).to_be_visible()
    expect(page.get_by_label("Jawaban Anda")).to_have_value("Baris pertama.")
    write(page, "Jawaban Anda", TEXT)
    tab_to(page, page.get_by_label("Lampirkan berkas"))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(
        {"name": "turus.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    )
    press(page, "button", "Simpan dan lampirkan")
    expect(page.get_by_role("link", name="turus.pdf")).to_be_visible()
    expect(page.get_by_label("Jawaban Anda")).to_have_value(TEXT)
    press(page, "button", "Periksa lalu kumpulkan")
    press(page, "button", re.compile("^Kumpulkan$"))

    expect(page.get_by_text("Tugas Anda sudah diterima.")).to_be_visible()
    expect(page.get_by_role("link", name="turus.pdf")).to_be_visible()
    assert page.problems == []


def test_a_change_of_a_key_is_read_tried_out_and_confirmed(school, by_keys):
    _answered(school.app, "yohanes", written.KEY, "kuis-agenda")
    page = by_keys("hendra", size="desk")
    path = school.root / BANK
    text = path.read_text("utf-8")
    for one, other in SIGNS.items():  # there, and back the second time
        text = text.replace(one, other) if one in text else text.replace(other, one)
    path.write_text(text, "utf-8")
    page.goto("/tulis")

    press(page, "link", re.compile("^nomor-agenda"))
    again = page.get_by_label("Hitung ulang dengan kunci yang baru")
    expect(again).to_be_visible()
    tab_to(page, page.get_by_label("Biarkan: nilai yang sudah ada tetap"))
    page.keyboard.press("ArrowDown")
    expect(again).to_be_checked()
    press(page, "button", "Hitung akibatnya")
    expect(page.get_by_role("heading", name="Percobaan hitung ulang")).to_be_visible()
    press(page, "button", "Terbitkan")
    expect(page.get_by_text("Belum dapat dikirim.")).to_be_visible()
    write(page, "Catatan", "Kunci nomor agenda keliru.")
    write(page, "Kode kursus", written.KEY)
    press(page, "button", "Terbitkan")

    expect(page.get_by_text("Kursus diterbitkan.")).to_be_visible()
    assert page.problems == []


def test_an_essay_is_graded(school, by_keys):
    page = by_keys("hendra", size="desk")
    _answered(school.app, "rani", written.ALL, "kuis-akhir", "Surat terlambat. " * 30)
    page.goto("/tulis/penilaian")

    press(page, "link", re.compile("Rani Kusumawardhani"))
    expect(page.get_by_role("button", name="Simpan penilaian")).to_be_visible()
    groups, points = (
        page.locator("fieldset"),
        page.get_by_label(re.compile("^Nilai so")),
    )
    assert groups.count() + points.count()
    for place in range(groups.count()):
        choose(page, groups.nth(place))
    write(page, re.compile("^Komentar untuk soal"), "Runtut.")
    press(page, "button", "Simpan penilaian")

    expect(page.get_by_text("Penilaian disimpan")).to_be_visible()
    assert page.problems == []


def test_the_analysis_of_a_quiz_is_opened_to_a_question(school, by_keys):
    page = by_keys("hendra", size="desk")
    page.goto("/tulis/analisis")

    press(page, "link", re.compile("Kuis agenda"))
    expect(page.get_by_role("columnheader", name="Daya beda")).to_be_visible()
    press(page, "link", "Nomor agenda")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nomor agenda")
    expect(page.get_by_text("Setelah dibalas").first).to_be_visible()
    assert page.problems == []


def _answered(app, name: str, course: str, quiz: str, essay: str = "") -> None:
    """Let one of the cast hand in a quiz, with a text where one is asked for."""
    from lms.accounts.models import Person
    from lms.catalog import courses, items
    from lms.db import db, reading
    from lms.quiz import answers, attempts
    from lms.records import enrolments

    reading.set(False)
    with app.app_context():
        now, person = clock.now(), db.session.get(Person, CAST[name].id)
        enrolments.enrol(person, courses.live(course), now)
        attempt = attempts.start(person.id, course, quiz, now)
        asked = items.question_versions(place["q"] for place in attempt.layout)
        for slot, place in enumerate(attempt.layout):
            if essay and asked[place["q"]].kind == "essay":
                answers.save(attempt, slot, 1, essay, now)
        attempts.submit(attempt, now)
        db.session.commit()
