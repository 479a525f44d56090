"""The catalogue finds and shows courses in the languages they can be read in."""

import pytest

from tests.translated import publish_built


@pytest.fixture
def rani(app, sign_in):
    publish_built(app)
    return sign_in("rani")


@pytest.mark.parametrize(
    "words", ["warga loket", "serving people", "greeting", "standard sentences"]
)
def test_both_languages_find_it(rani, words):
    page = rani.get("/katalog", query_string={"cari": words}).text

    assert "/kursus/contoh-singkat" in page


def test_what_questions_ask_is_not_found(rani):
    page = rani.get("/katalog", query_string={"cari": "acquaintances"}).text

    assert 'href="/kursus/contoh-singkat"' not in page


def test_the_card_speaks_the_language_of_the_page_and_lists_all(rani):
    indonesian = rani.get("/katalog").text
    rani.set_cookie("bahasa", "en")
    english = rani.get("/katalog").text

    assert "Melayani warga di loket" in indonesian
    assert "Tersedia dalam ID, EN" in indonesian
    assert "Serving people at the counter" in english
    assert "Melayani warga di loket" not in english


def test_it_is_listed_under_each_of_its_languages(rani):
    for language in ("id", "en"):
        page = rani.get("/katalog", query_string={"bahasa": language}).text
        assert "/kursus/contoh-singkat" in page
