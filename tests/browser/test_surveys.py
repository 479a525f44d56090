"""A survey on a phone: nothing typed is lost before it was sent, nothing kept after."""

import pytest
from playwright.sync_api import expect

from . import journey, visited_feedback
from .journey import COURSE
from .test_axe import findings

PAGE = f"/survei/{COURSE}/{visited_feedback.FIRST}"


@pytest.fixture
def survey(look, open_page):
    """survey("agus") -> the survey before the course, open and not filled in."""

    def open_for(name: str, **settings):
        journey.enrol(look.app, name)
        visited_feedback.forget(look.app)
        page = open_page(look, name, **settings)
        page.goto(PAGE)
        return page

    return open_for


def answer(page) -> None:
    """Tick the second level of each statement and the first of all other options."""
    for row in range(page.locator(".levels").count()):
        page.locator(".levels").nth(row).get_by_role("radio").nth(1).check()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("radio", name="Setiap hari kerja").check()
    page.get_by_role("textbox").fill("Menenangkan warga yang marah.")


def test_what_was_typed_outlives_a_reload_and_is_gone_once_sent(survey):
    page = survey("agus")
    answer(page)

    page.reload()

    expect(page.get_by_role("textbox")).to_have_value("Menenangkan warga yang marah.")
    expect(page.get_by_role("radio", name="Setiap hari kerja")).to_be_checked()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Sudah Anda isi.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    assert page.problems == []


def test_a_survey_can_be_sent_without_scripts(survey):
    page = survey("agus", java_script_enabled=False)

    page.get_by_role("textbox").fill("Menenangkan warga yang marah.")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("alert")).to_contain_text("Perbaiki 3 isian")
    expect(page.get_by_role("textbox")).to_have_value("Menenangkan warga yang marah.")
    answer(page)
    page.get_by_role("button", name="Kirim jawaban").click()

    expect(page.get_by_text("Sudah Anda isi.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_answers_are_missing(survey, scheme):
    page = survey("agus", color_scheme=scheme)

    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("alert")).to_be_focused()

    assert findings(page) == []
