"""Whatever is sent: a clear page with the right status, never a 500."""

import io

import pytest

from .hostile import NUMBERS, TEXTS, is_number, routes

CALM = {200, 302, 303, 304, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429}
WHO = [None, "rani", "agus", "hendra", "yohanes", "siti", "made"]
FORMS = [
    {},
    {"a": "b"},
    {"csrf_token": "x", "jawaban": "\u202e" * 500, "id": "-1", "kursus": "0"},
    {"jawaban": ["1", "2"], "seq": "NaN", "unit": "9" * 40, "dari": "31/02/2026"},
    {"jawaban": "9" * 5000, "sandi": "a" * 5000, "akun": "' OR 1=1"},
]


@pytest.fixture
def open_as(sign_in):
    """open_as("rani", method, url, …) -> status; asserts that it is calm."""
    clients = {}

    def send(name, method, url, **more):
        client = clients.get(name)
        # Signing out is one of the routes: sign in anew after it.
        if client is None or "/keluar" in url:
            client = clients[name] = sign_in(name)
        answer = client.open(url, method=method, **more)
        if "/keluar" in url:
            clients[name] = sign_in(name)
        assert answer.status_code in CALM, (name, method, url, answer.status_code)
        return answer

    return send


@pytest.mark.parametrize("who", WHO)
def test_hostile_addresses_are_answered_calmly(app, open_as, who):
    for value in zip(NUMBERS, TEXTS, strict=False):
        for method in ("GET", "POST"):
            for endpoint, url in hostile_routes(app, method, *value):
                if endpoint != "health.ready":
                    open_as(who, method, url)


@pytest.mark.parametrize("who", WHO)
def test_hostile_forms_are_answered_calmly(app, open_as, who):
    for form in FORMS:
        for _endpoint, url in routes(app, "POST"):
            open_as(who, "POST", url, data=form)


@pytest.mark.parametrize("who", [None, "rani", "siti"])
def test_hostile_queries_are_answered_calmly(app, open_as, who):
    for query in ("?cari=%00", "?cari=%ff", "?x[]=1&x=2", "?lanjut=//evil", "?a" * 300):
        for endpoint, url in routes(app, "GET"):
            if endpoint != "health.ready":
                open_as(who, "GET", url + query)


@pytest.mark.parametrize("body", [b"bahasa=%00", b"%00=en", b"bahasa=\x00"])
def test_a_nul_is_refused(sign_in, body):
    answer = sign_in("rani").post(
        "/bahasa", data=body, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("body", [b"bahasa=%ff%fe", b"bahasa=%ed%a0%80", b"\xff=\xfe"])
def test_bytes_that_are_no_text_are_answered_calmly(sign_in, body):
    answer = sign_in("rani").post(
        "/bahasa", data=body, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code in CALM


@pytest.mark.parametrize("url", ["/bahasa", "/akun/sandi", "/akun/data-diri/nip"])
def test_a_file_in_the_place_of_a_text_is_refused(app, sign_in, url):
    fields = ("bahasa", "sandi", "seharusnya")
    data = {name: (io.BytesIO(b"%PDF-1.7"), "a.pdf") for name in fields}

    answer = sign_in("rani").post(url, data=data)

    assert answer.status_code == 400
    assert "Permintaan ini tidak dapat dibaca" in answer.text


def test_a_body_that_is_too_large_is_refused(app, sign_in):
    size = app.config["MAX_CONTENT_LENGTH"] + 1

    answer = sign_in("rani").post("/bahasa", data={"bahasa": "a" * size})

    assert answer.status_code == 413


def hostile_routes(app, method: str, number: str, text: str):
    """Return routes with a hostile number or text in every place of the address."""
    found = []
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.arguments:
            path = rule.rule
            for name in rule.arguments:
                path = _fill(path, name, number if is_number(rule, name) else text)
            found.append((rule.endpoint, path))
    return found


def _fill(path: str, name: str, value: str) -> str:
    start = path.index("<")
    while not path[start : path.index(">", start)].endswith(name):
        start = path.index("<", start + 1)
    return path[:start] + value.replace("?", "") + path[path.index(">", start) + 1 :]
