"""The pages with facts behind them, read in English."""

import re

from lms.catalog import courses
from tests.browser import visited_grading
from tests.publishing import SAMPLES
from tests.web import filled, test_english
from tests.web.test_course_in_english import CONTENT
from tests.web.test_with_facts import open_as, places, undone

__all__ = ["open_as", "places"]  # the fixtures

CODE = re.compile(r"\b[a-z0-9]+(-[a-z0-9]+)+\b")
# What people of the tests have written.
KEY = "Correct answer: "
WORDS = (
    " ".join(visited_grading.TEXT.split()),
    filled.CHANGED,
    "Contohnya jauh dari pekerjaan di unit kami.",
    "Rencana yang dapat dijalankan.",
)


def written() -> str:
    """Return all that the courses say, on one line."""
    folders = (SAMPLES, CONTENT / "kursus" / filled.COURSE)
    files = [f for folder in folders for f in folder.rglob("*") if f.is_file()]
    texts = [f.read_text("utf-8") for f in files if f.suffix in (".md", ".yml", ".svg")]
    return " ".join(" ".join(text.split()) for text in texts)


def is_written(text: str, content: str) -> bool:
    """Say whether a text is an author's: also options, side by side or then and now."""
    pieces = re.split("; | → ", text.removesuffix(" → the same").removeprefix(KEY))
    return all(re.sub(r" \(\d+%\)$", "", piece) in content for piece in pieces)


def titles(app) -> re.Pattern[str]:
    """Return what finds the titles that stand within sentences of ours."""
    with app.app_context():
        found = [
            item["title"]
            for code in (filled.COURSE, "contoh-singkat", "layanan")
            for item in courses.live(code).items
        ]
    said = map(re.escape, sorted([*found, *WORDS], key=len, reverse=True))
    return re.compile("|".join((*said, CODE.pattern)))


def read_everything(app, places, open_as) -> list[tuple[str, str]]:
    """Open every page, and send every form with nothing in it, in English."""
    pages = []
    for place in places:
        client = open_as(place.who)
        client.set_cookie("bahasa", "en")
        if place.method == "GET":
            answer = client.get(place.url)
        else:
            with undone(app):
                answer = client.post(place.url, buffered=True, follow_redirects=True)
        if answer.mimetype == "text/html":
            pages.append((place.url, answer.text))
    return pages


def test_what_stands_around_the_content_is_english(app, places, open_as):
    content, stored, told = written(), test_english.names(app), titles(app)
    sources, left = test_english.indonesian(), set()

    pages = read_everything(app, places, open_as)

    assert len(pages) > 60
    for url, html in pages:
        every = test_english.Visible(html, skip_phrases=True).texts
        shown = [text for text in every if not is_written(text, content)]
        left |= {(url, s) for t in shown for s, pattern in sources if pattern.search(t)}
        spoken = test_english.Visible(html, skip_other=True).texts
        for text in (t for t in spoken if not is_written(t, content)):
            if test_english.TELLTALE.search(told.sub("", stored.sub("", text))):
                left.add((url, text))
    assert sorted(left) == []
