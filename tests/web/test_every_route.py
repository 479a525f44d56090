"""Rules that hold for every route, so no new view can forget them."""

import pytest

from .hostile import routes

OPEN = {
    "api.description",
    "api.guide",
    "accounts.sign_in",
    "accounts.link",
    "accounts.forgot",
    "email.cancel",
    "email.confirm",
    "feedback.decline_invited",
    "feedback.fill_invited",
    "health.alive",
    "health.ready",
    "offline.page",
    "offline.worker",
    "records.check",
    "records.check_form",
    "static",
    "web.language",
}

# Read by programs: a token with this scope opens them, no cookie and no person does.
BY_TOKEN = {
    "api.list_assignments": "assignments:read",
    "api.list_completions": "completions:read",
    "api.list_courses": "courses:read",
    "api.list_duties": "assignments:read",
    "api.list_people": "people:read",
    "api.list_units": "units:read",
    "api.show_assignments": "assignments:read",
    "api.show_completions": "completions:read",
    "api.show_courses": "courses:read",
    "api.show_people": "people:read",
    "api.show_units": "units:read",
}


def test_only_these_routes_are_open_to_strangers(app):
    views = app.view_functions.items()

    assert {name for name, v in views if getattr(v, "is_public", False)} == OPEN


def test_only_these_routes_are_opened_by_a_token(app):
    views = app.view_functions.items()
    scopes = {name: getattr(view, "token_scope", None) for name, view in views}

    assert {name: scope for name, scope in scopes.items() if scope} == BY_TOKEN


@pytest.mark.parametrize("name", [None, "rani", "made"])
def test_who_brings_no_token_is_told_so(app, sign_in, name):
    client = sign_in(name)
    for endpoint, url in routes(app, "GET"):
        if endpoint in BY_TOKEN:
            answer = client.get(url)
            assert answer.status_code == 401, endpoint
            assert answer.content_type == "application/problem+json", endpoint
            assert answer.headers["WWW-Authenticate"], endpoint


def test_what_a_token_opens_can_only_be_read(app):
    """So nothing needs a CSRF token there: no cookie is looked at, nothing written."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in BY_TOKEN:
            assert rule.methods == {"GET", "HEAD", "OPTIONS"}, rule.endpoint


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_is_sent_to_sign_in(app, sign_in, method):
    stranger = sign_in(None)
    for endpoint, url in routes(app, method):
        if endpoint in OPEN or endpoint in BY_TOKEN:
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
