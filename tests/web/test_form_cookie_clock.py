"""The cookie behind forms: good when the clock is set back, not for ever."""

import time

import pytest
from flask import session
from itsdangerous.timed import TimestampSigner

HOUR, DAY = 3600, 24 * 3600
SAYS = [{"csrf_token": "a"}, {"csrf_token": "a", "_flashes": [("ok", "Tersimpan.")]}]


def said(app, monkeypatch, says: dict, seconds: int) -> dict:
    """Return what is read now of a cookie signed so many seconds from now."""
    now = int(time.time())
    with monkeypatch.context() as then:
        then.setattr(TimestampSigner, "get_timestamp", lambda _self: now + seconds)
        text = app.session_interface.get_signing_serializer(app).dumps(says)
    with app.test_request_context(headers={"Cookie": f"formulir={text}"}):
        return dict(session)


@pytest.mark.parametrize("seconds", [0, HOUR, DAY, -30 * DAY])
@pytest.mark.parametrize("says", SAYS)
def test_a_clock_set_back_leaves_forms_good(app, monkeypatch, says, seconds):
    assert said(app, monkeypatch, says, seconds).keys() == says.keys()


@pytest.mark.parametrize("says", SAYS)
def test_one_that_is_too_old_says_nothing(app, monkeypatch, says):
    assert said(app, monkeypatch, says, -32 * DAY) == {}


def test_what_is_taken_out_of_one_is_in_the_next_request_again(app, monkeypatch):
    """Notices are taken out of what was read: the next reading is another one."""
    text = app.session_interface.get_signing_serializer(app).dumps(SAYS[1])
    for _ in range(2):
        with app.test_request_context(headers={"Cookie": f"formulir={text}"}):
            assert session.pop("_flashes")[0][1] == "Tersimpan."


def test_one_that_was_changed_says_nothing(app, monkeypatch):
    text = app.session_interface.get_signing_serializer(app).dumps(SAYS[0])
    with app.test_request_context(headers={"Cookie": f"formulir={text[:-2]}xx"}):
        assert dict(session) == {}
