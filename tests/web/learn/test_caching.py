"""What browsers may keep of a lesson in two languages: asked about each time."""

from itertools import product

import pytest

from tests.translated import edit, publish

from .test_translations import COURSE

LESSON = f"{COURSE}/menyapa"
WORDS = {"id": "Tiga langkah menyapa", "en": "Three steps of a greeting"}
STATES = list(product(("id", "en"), repeat=2))  # of the pages, of the course


def turn(client, pages: str, course: str) -> None:
    """Choose the language of the pages, then that of the course."""
    client.post("/bahasa", data={"bahasa": pages})
    client.post(f"{COURSE}/bahasa", data={"bahasa": course})


@pytest.fixture
def tags(reader):
    """The mark of the lesson in each state, as one browser gets to know them."""
    found = {}
    for state in STATES:
        turn(reader, *state)
        page = reader.get(LESSON)
        assert page.status_code == 200
        found[state] = page.headers["ETag"]
    return found


def test_every_mixture_of_languages_has_a_mark_of_its_own(tags):
    assert len(set(tags.values())) == 4


@pytest.mark.parametrize("state", STATES)
def test_a_kept_page_is_good_in_its_own_languages_alone(reader, tags, state):
    turn(reader, *state)

    for other, mark in tags.items():
        answer = reader.get(LESSON, headers={"If-None-Match": mark})
        assert answer.status_code == (304 if other == state else 200)
        if other != state:
            said = {code for code, words in WORDS.items() if words in answer.text}
            assert said == {state[1]}
            assert answer.headers["X-Reader"].endswith(f" {state[0]}")


@pytest.mark.parametrize("state", STATES)
def test_fresh_or_kept_it_says_for_whom_and_to_ask_each_time(
    reader,
    tags,
    state,
):
    turn(reader, *state)
    for mark in ('"none"', tags[state]):
        answer = reader.get(LESSON, headers={"If-None-Match": mark})

        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["ETag"] == tags[state]
        vary = {one.strip() for one in answer.headers["Vary"].split(",")}
        assert {"Cookie", "Save-Data"} <= vary


def test_going_back_asks_again_after_another_language(reader):
    """A browser that goes back shows what it has kept unless the cookie is another:
    both choices of a language must be seen in one."""
    cookies = []
    for choose in (
        lambda: None,
        lambda: reader.post("/bahasa", data={"bahasa": "en"}),
        lambda: reader.post(f"{COURSE}/bahasa", data={"bahasa": "id"}),
    ):
        choose()
        reader.get(LESSON)
        jar = (reader.get_cookie("bahasa"), reader.get_cookie("formulir"))
        cookies.append(tuple(one and one.value for one in jar))

    assert len(set(cookies)) == 3


def test_whoever_comes_after_her_in_one_browser_gets_nothing_of_hers(
    reader,
    tags,
    sign_in,
):
    agus = sign_in("agus")
    agus.post(f"{COURSE}/ikuti")
    agus.get(COURSE)

    for mark in tags.values():
        page = agus.get(LESSON, headers={"If-None-Match": mark})
        assert page.status_code == 200
        assert "Rani" not in page.text


def test_a_mended_translation_changes_the_mark(app, reader, folder):
    publish(app, folder)
    turn(reader, "id", "en")
    mark = reader.get(LESSON).headers["ETag"]
    edit(folder / "en/01-menyapa.md", "People come", "All people come")
    publish(app, folder)

    page = reader.get(LESSON, headers={"If-None-Match": mark})

    assert page.status_code == 200
    assert "All people come" in page.text


def test_an_answer_to_a_check_is_not_kept(reader):
    where = f"{COURSE}/berkas/cek/cek-kurang"
    alone = reader.post(
        where, data={"jawaban": "1"}, headers={"Sec-Fetch-Dest": "empty"}
    )

    assert alone.headers["Cache-Control"] == "no-store"
    assert "ETag" not in alone.headers
