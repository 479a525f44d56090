"""The edge: hosts, cookies, logs, health, static files, the Host header."""

import io
import json
import logging
import re

import pytest

from lms.db import db as database
from tests.conftest import make_app


@pytest.fixture
def log(app):
    """The lines the application logs, as JSON."""
    from lms.web import requests

    stream = io.StringIO()
    requests._set_up_log("json", "INFO")
    handler = requests.logger.handlers[0]
    handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    requests._set_up_log("text", "ERROR")


def test_another_host_is_refused(sign_in):
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost@evil"):
        answer = sign_in(None).get("/masuk", headers={"Host": host})
        assert answer.status_code == 400


def test_a_forwarded_host_is_not_believed(sign_in):
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}

    answer = sign_in(None).get("/", headers=headers)

    assert "evil" not in answer.location


def test_every_cookie_is_closed_to_scripts_and_other_sites(sign_in):
    client = sign_in(None)

    client.get("/masuk")
    answer = client.post("/bahasa", data={"bahasa": "en"})

    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    assert all("HttpOnly" in c and "SameSite=Lax" in c for c in cookies)


def test_on_tls_cookies_are_secure_and_hsts_is_sent(tmp_path):
    app = make_app(INSTANCE_DIR=str(tmp_path), TLS=True)

    answer = app.test_client().post("/bahasa", base_url="https://localhost")

    assert all("Secure" in c for c in answer.headers.getlist("Set-Cookie"))
    assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]
    with app.app_context():
        database.engine.dispose()


def test_each_answer_carries_a_request_id_that_the_log_repeats(sign_in, log):
    answer = sign_in("rani").get("/katalog")

    assert log()[-1]["request_id"] == answer.headers["X-Request-ID"]
    assert log()[-1]["person_id"] == 4


def test_no_nip_and_no_one_time_link_reaches_the_log(sign_in, log):
    stranger = sign_in(None)

    stranger.get("/cek/199508252022212902")
    stranger.get("/akun/tautan/rahasia-sekali-pakai-1234567890")
    stranger.post("/masuk", data={"account": "199508252022212902", "password": "x"})

    text = json.dumps(log())
    assert "199508252022212902" not in text
    assert "rahasia-sekali-pakai" not in text


def test_line_breaks_in_a_header_stay_one_log_line(sign_in, log):
    sign_in(None).get("/masuk", headers={"User-Agent": "a\x1b[31m"})

    assert len(log()) == 1


def test_a_crash_is_a_calm_page_with_a_number_to_quote(app, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "catalog.index", lambda: 1 / 0)
    rani = sign_in("rani")

    answer = rani.get("/katalog")

    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.text
    assert not re.search(r"Traceback|ZeroDivision|\.py", answer.text)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_program_gets_errors_as_json(sign_in):
    answer = sign_in("rani").get("/tidak-ada", headers={"Accept": "application/json"})

    assert answer.status_code == 404
    assert answer.json["error"] == "NotFound"
    assert answer.json["message"]


def test_the_process_is_alive_and_ready(sign_in):
    stranger = sign_in(None)

    assert stranger.get("/healthz").json == {"status": "ok"}
    assert stranger.get("/readyz").json == {"status": "ok"}


def test_readiness_fails_when_the_database_refuses_writes(app, sign_in, monkeypatch):
    from sqlalchemy.exc import OperationalError

    def refuse():
        raise OperationalError("UPDATE", {}, Exception("read-only"))

    monkeypatch.setattr(database.session, "commit", refuse)

    assert sign_in(None).get("/readyz").status_code == 503


def test_static_files_are_cached_for_ever_and_compressed(app, sign_in):
    with app.test_request_context():
        url = app.jinja_env.globals["asset"]("app.css")

    answer = sign_in(None).get(url, headers={"Accept-Encoding": "gzip"})

    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize(
    "name", ["../config.py", "css/../../config.py", "%2e%2e/config.py", "", "tidak.css"]
)
def test_nothing_else_is_served_as_a_static_file(app, sign_in, name):
    assert sign_in(None).get(f"/static/x/{name}").status_code in (404, 308)


def test_the_language_choice_leads_back_to_the_page(sign_in):
    rani = sign_in("rani")

    answer = rani.post("/bahasa", data={"bahasa": "en", "kembali": "/katalog"})

    assert (answer.status_code, answer.location) == (303, "/katalog")
    assert '<html lang="en"' in rani.get("/katalog").text


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil", "https:evil", "javascript:1", "/a\nb", "\t/x", "x"],
)
def test_no_form_leads_to_another_site(sign_in, target):
    answer = sign_in("rani").post("/bahasa", data={"bahasa": "en", "kembali": target})

    assert answer.location == "/"


def test_debug_logging_is_off_by_default(app):
    assert app.debug is False
    assert logging.getLogger("lms").propagate is False
