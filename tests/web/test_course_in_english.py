"""The counter course read in English: every kind of item, its way of saying so."""

import re
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select

from lms.catalog import courses, releases
from lms.catalog.models import ItemText, ItemTold
from lms.catalog.releases import Source
from lms.courseware import bundle, library
from lms.db import db as _db
from lms.kernel import clock

CONTENT = Path(__file__).parents[2] / "content"
COURSE = "layanan-prima-di-loket"
SIMULATION = f"/kursus/{COURSE}/keluhan-di-loket"


@cache
def built(left_out: str = "") -> bundle.Bundle:
    """Render the course once.

    left_out  item whose translation is taken away
    """
    course = library.load(CONTENT).courses[COURSE]
    course.translations["en"].items.pop(left_out, None)
    return bundle.build(course)


@pytest.fixture
def publish(app, db):
    def store(left_out: str = "") -> None:
        with app.app_context():
            made = built(left_out)
            releases.store(made, Source(COURSE, made.fingerprint, True), clock.now(), 1)
            _db.session.commit()
            courses.forget()

    return store


@pytest.fixture
def read(publish, sign_in):
    """Return somebody who reads the course in a language."""

    def reader(language: str = "en", left_out: str = "", name: str = "rani"):
        publish(left_out)
        client = sign_in(name)
        client.post(f"/kursus/{COURSE}/ikuti")
        client.set_cookie("bahasa", language)
        return client

    return reader


def main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def begin(client) -> str:
    return client.post(f"/simulasi/{COURSE}/keluhan-di-loket/mulai").location


def choose(client, where: str, number: int, words: str):
    page = client.get(where).text
    buttons = re.findall(r'name="pilihan" value="(\d+)">(.*?)</button>', page, re.S)
    [value] = [value for value, text in buttons if words in text]
    return client.post(
        f"{where}/langkah/{number}", data={"pilihan": value}, follow_redirects=True
    ).text


BEST = [
    "Listen until she has finished",
    "Ask if you may see the receipt",
    "The second page was not scanned",
    "Offer two choices",
    "Decline politely",
    "Record the time",
]


def test_a_simulation_is_told_in_english_from_cover_to_debrief(read):
    client = read()

    cover = client.get(SIMULATION).text
    where = begin(client)
    scene = client.get(where).text
    later = choose(client, where, 1, BEST[0])
    for number, words in enumerate(BEST[1:], 2):
        debrief = choose(client, where, number, words)

    assert "You are the officer of counter three" in cover
    assert "puts a folder on the desk" in scene
    assert "Bu Sulastri takes a breath." in later
    assert "My child is starting school." in later
    assert "Settled, and it will not come back" in debrief
    assert "It says who, when, and by what way." in debrief
    for page in (cover, scene, later, debrief):
        assert "Sulastri menarik" not in page
        assert 'lang="id"' not in main(page)


def test_what_follows_from_a_choice_is_not_told_before_it_in_english(read):
    client = read()

    scene = client.get(begin(client)).text

    assert "takes a breath" not in scene
    assert "My child is starting school" not in scene


def test_the_language_of_a_run_may_change_between_its_steps(read):
    client = read()
    where = begin(client)
    choose(client, where, 1, BEST[0])

    client.set_cookie("bahasa", "id")

    page = client.get(where).text
    assert "Ibu Sulastri menarik napas." in page
    assert "Suaranya turun" in page


def test_a_simulation_without_translation_says_that_it_is_indonesian(read):
    client = read(left_out="keluhan-di-loket")

    scene = client.get(begin(client)).text

    assert 'lang="id">Pukul 09.10' in scene
    assert "What do you do?" in scene


def test_a_translation_says_nothing_that_counts(app, publish):
    publish()

    with app.app_context():
        said = _db.session.scalars(select(ItemText.body)).all()
        [said] = [body for body in said if "scenes" in body]
        [told] = _db.session.scalars(select(ItemTold.told))
    assert "takes a breath" in told["mulai"]["1"]
    assert "takes a breath" not in str(said)
    assert not {"to", "points", "best", "ending", "most"} & set(
        re.findall(r"'(\w+)':", str(said))
    )
