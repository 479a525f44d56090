"""The competency page on paper, without scripts and in forced colours."""

import pytest

from . import journey
from .test_paper import sheets

STYLE = """kind => {
  const step = document.querySelector('.lvl .' + kind);
  const style = getComputedStyle(step);
  return [style.borderTopStyle, style.borderTopWidth, style.borderBottomWidth];
}"""


@pytest.fixture(scope="module")
def finished(look):
    """Rani has finished a course, so that a level is learned."""
    journey.finished_course(look.app, "rani")


def test_it_prints_on_two_sheets_at_most(look, finished, open_page):
    page = open_page(look, "rani", "desk")
    page.goto("/kompetensi")

    assert len(sheets(page)) <= 2


def test_steps_differ_by_their_borders_in_forced_colours(look, finished, open_page):
    page = open_page(look, "rani", forced_colors="active")
    page.goto("/kompetensi")

    learned, missing = (page.evaluate(STYLE, kind) for kind in ("light", "need"))
    assert learned == ["solid", "1px", "5px"]
    assert missing == ["dashed", "1px", "1px"]


def test_what_levels_mean_opens_without_scripts(look, open_page):
    page = open_page(look, "hendra", java_script_enabled=False)
    page.goto("/kompetensi")
    page.locator("#INT summary").click()

    assert page.locator("#INT").get_by_text("1. Paham").is_visible()
