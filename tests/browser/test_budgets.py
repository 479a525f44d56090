"""Weight is the feature: what pages may cost a cheap phone on a bad line.

The line is 400 kbit/s with 400 ms of latency, the processor six times slower.
Times are the best of some tries: the machine of the tests has other work as well.
"""

import pytest

from . import journey
from .vitals import SlowPhone, Visit

KB = 1000
FIRST_VISIT, FURTHER, REQUESTS, NODES = 60 * KB, 15 * KB, 6, 1_500
LCP, CLS, INP = 2_500, 0.02, 200  # ms, no unit, ms
TRIES = 10  # one that keeps its limits ends them
COURSE = f"/kursus/{journey.COURSE}"
PAGES = {
    "sign-in": (None, "/masuk"),
    "home": ("rani", "/"),
    "catalogue": ("rani", "/katalog"),
    "course": ("rani", COURSE),
    "lesson": ("rani", f"{COURSE}/standar-dan-maklumat"),
    "jp": ("rani", "/jp"),
    "competency": ("rani", "/kompetensi"),
    "certificates": ("rani", "/sertifikat"),
    "quiz": ("agus", ""),  # where agus is in the middle of it
}


@pytest.fixture(scope="module")
def question(look, places):
    """Return the address of a question with options; questions come in any order."""
    return journey.running_question(look.app, "agus", "single")


@pytest.fixture
def phone(look, open_page):
    """phone(who) -> a slow phone that has never been on the site."""
    return lambda who: SlowPhone(open_page(look, who))


def visits(phone, who: str | None, path: str) -> tuple[Visit, Visit]:
    """Return a first visit and a further one, the times the best of some tries."""
    first, further = [], []
    for _ in range(TRIES):
        slow = phone(who)
        first.append(slow.open(path))
        further.append(slow.open(path))
        if all(v.lcp <= LCP and v.cls <= CLS for v in (first[-1], further[-1])):
            break
    return min(first, key=_excess), min(further, key=_excess)


def _excess(visit: Visit) -> float:
    """Return how near a visit comes to its limits; 1 = at the limit."""
    return max(visit.lcp / LCP, visit.cls / CLS)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stays_inside_its_budget(phone, question, name):
    who, path = PAGES[name]
    first, further = visits(phone, who, path or question)

    assert first.bytes <= FIRST_VISIT, first.packed
    assert len(first.packed) <= REQUESTS, sorted(first.packed)
    assert further.bytes <= FURTHER, further.packed
    assert first.nodes <= NODES
    assert max(first.cls, further.cls) <= CLS
    assert max(first.lcp, further.lcp) <= LCP


def test_choosing_an_answer_is_felt_at_once(phone, question):
    seen = []
    for _ in range(TRIES):
        slow = phone("agus")
        slow.open(question)
        slow.page.locator(".opt").nth(1).click()
        slow.page.locator(".opt").nth(0).click()
        seen.append(slow.visit().inp)
        if seen[-1] <= INP:
            break

    assert min(seen) <= INP


def test_a_check_and_the_menu_answer_at_once(phone):
    seen = []
    for _ in range(TRIES):
        slow = phone("rani")
        slow.open(f"{COURSE}/standar-dan-maklumat")
        slow.page.locator(".check .opt").first.click()
        slow.page.keyboard.press("Tab")
        slow.open("/")
        slow.page.locator("details.menu summary").first.click()
        seen.append(slow.visit().inp)
        if seen[-1] <= INP:
            break

    assert min(seen) <= INP
