"""The service worker and its page for no line: for anybody, about nobody."""

import re

import pytest


def test_the_worker_is_asked_for_anew_each_time(sign_in):
    answer = sign_in(None).get("/sw.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_worker_names_files_that_are_there(sign_in):
    stranger = sign_in(None)
    text = stranger.get("/sw.js").text
    addresses = re.findall(r'"(/static/[^"#\\]+)"', text)

    assert len(addresses) == 7
    for address in addresses:
        assert stranger.get(address).status_code == 200, address


def test_the_worker_keeps_no_page_by_its_address(sign_in):
    """Which pages are kept is said by the server, page by page."""
    text = sign_in(None).get("/sw.js").text

    assert set(re.findall(r'"(/[a-z]\w+)/?"', text)) == {
        "/daftar",
        "/keluar",
        "/static",
    }


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_for_no_line_speaks_the_language_asked_for(sign_in, language):
    page = sign_in(None).get(f"/luring?bahasa={language}").text

    assert f'<html lang="{language}"' in page


@pytest.mark.parametrize("query", ["", "?bahasa=", "?bahasa=xx", "?bahasa=%3Cb%3E"])
def test_any_other_language_is_the_usual_one(sign_in, query):
    assert '<html lang="id"' in sign_in(None).get(f"/luring{query}").text


def test_the_page_for_no_line_knows_nobody(sign_in):
    answer = sign_in("rani").get("/luring")

    assert "Rani" not in answer.text
    assert "data-none" in answer.text


def test_pages_say_whose_they_are(sign_in):
    assert "X-Reader" not in sign_in(None).get("/masuk").headers
    rani, agus = (
        sign_in(name).get("/").headers["X-Reader"] for name in ("rani", "agus")
    )
    assert rani != agus
