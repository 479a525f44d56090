"""What comes out of the printer."""

import re

from . import journey

A4 = (842, 595)  # points, lying


def sheets(page) -> list[tuple[int, int]]:
    """Print the page; return the size of each sheet in points."""
    page.emulate_media(media="print")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox \[([\d. ]+)\]", paper)
    return [tuple(round(float(n)) for n in box.split()[2:]) for box in boxes]


def test_a_certificate_is_one_lying_sheet(look, open_page):
    finished = journey.finished_course(look.app, "rani")
    page = open_page(look, "rani")
    page.goto(finished.paths[-1])

    assert sheets(page) == [A4]


def test_a_lesson_prints_without_what_needs_a_finger(look, open_page):
    journey.enrol(look.app, "agus")
    page = open_page(look, "agus")
    page.goto(f"/kursus/{journey.COURSE}/mengapa-loket")

    assert 2 <= len(sheets(page)) <= 6
    assert page.get_by_role("banner").inner_text().strip() == "Layanan Prima di Loket"
    day = "getComputedStyle(document.querySelector('.lessonbar b'), '::after').content"
    assert re.search(r"\d{4}", page.evaluate(day))
    for said in ("Bagian 1 dari", "Pelajaran ini selesai"):
        assert not page.get_by_text(said).is_visible()
    for role in ("button", "navigation"):
        for element in page.get_by_role(role).all():
            assert not element.is_visible(), element
