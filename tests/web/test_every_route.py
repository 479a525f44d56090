"""Rules that hold for every route, so no new view can forget them."""

import pytest

from .hostile import routes

OPEN = {
    "accounts.sign_in",
    "accounts.link",
    "accounts.forgot",
    "email.cancel",
    "email.confirm",
    "health.alive",
    "health.ready",
    "offline.page",
    "offline.worker",
    "records.check",
    "records.check_form",
    "static",
    "web.language",
}


def test_only_these_routes_are_open_to_strangers(app):
    views = app.view_functions.items()

    assert {name for name, v in views if getattr(v, "is_public", False)} == OPEN


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_is_sent_to_sign_in(app, sign_in, method):
    stranger = sign_in(None)
    for endpoint, url in routes(app, method):
        if endpoint in OPEN:
            continue
        answer = stranger.open(url, method=method)
        assert answer.status_code == 302, endpoint
        assert answer.location.startswith("/masuk"), endpoint


def test_every_post_wants_a_csrf_token(app, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    made = sign_in("made")
    for endpoint, url in routes(app, "POST"):
        assert made.post(url).status_code in (400, 403), endpoint


def test_a_write_started_by_another_site_is_refused(app, sign_in):
    rani = sign_in("rani")
    for endpoint, url in routes(app, "POST"):
        answer = rani.post(url, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403, endpoint


@pytest.mark.parametrize("name", [None, "rani", "siti"])
def test_every_answer_carries_the_security_headers(app, sign_in, name):
    client = sign_in(name)
    for endpoint, url in routes(app, "GET"):
        answer = client.get(url)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"], endpoint
        assert answer.headers["X-Content-Type-Options"] == "nosniff", endpoint
        assert answer.headers["Cache-Control"], endpoint
        assert "Access-Control-Allow-Origin" not in answer.headers, endpoint


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_an_unknown_method_is_answered_calmly(app, sign_in, method):
    rani = sign_in("rani")
    for endpoint, url in routes(app, "GET"):
        assert rani.open(url, method=method).status_code in (400, 405), endpoint
