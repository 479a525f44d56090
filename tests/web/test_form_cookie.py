"""The cookie of forms: its signature is checked once, what it says stays true."""

from datetime import timedelta

from flask import flash, session

from lms.web import headers

READ = "/masuk"


def cookie_of(app, **said) -> str:
    signer = app.session_interface.get_signing_serializer(app)
    return signer.dumps(said)


def opened(app, cookie: str) -> dict:
    """Return what a request with this cookie knows."""
    name = app.config["SESSION_COOKIE_NAME"]
    with app.test_request_context(READ, headers={"Cookie": f"{name}={cookie}"}):
        return dict(session)


def test_the_same_cookie_says_the_same_to_every_request(app):
    cookie = cookie_of(app, csrf_token="a1")

    assert opened(app, cookie) == opened(app, cookie) == {"csrf_token": "a1"}


def test_what_a_request_changes_is_not_seen_by_the_next(app):
    name = app.config["SESSION_COOKIE_NAME"]
    for said in ({"csrf_token": "a1"}, {"_flashes": [["ok", "Satu"]]}):
        cookie = cookie_of(app, **said)
        before = opened(app, cookie)
        with app.test_request_context(READ, headers={"Cookie": f"{name}={cookie}"}):
            session["csrf_token"] = "b2"
            flash("Dua")

        assert opened(app, cookie) == before


def test_a_cookie_that_was_changed_says_nothing(app):
    cookie = cookie_of(app, csrf_token="a1")
    opened(app, cookie)

    assert opened(app, cookie[:-2]) == {}
    assert opened(app, "x" + cookie) == {}


def test_a_cookie_that_was_good_once_gets_too_old(app, monkeypatch):
    cookie = cookie_of(app, csrf_token="a1")
    assert opened(app, cookie) == {"csrf_token": "a1"}

    signer = app.session_interface.get_signing_serializer(app)
    known = headers._known(signer, cookie, timedelta(microseconds=1))

    assert known is None
