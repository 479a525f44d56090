"""What the log keeps: one line a request, and nothing that names a person."""

import io
from urllib.parse import quote

import pytest
from sqlalchemy import text

from lms.accounts.models import Person
from lms.db import db as _db
from lms.kernel import ids
from lms.web import requests

from ..cast import CAST

NIP = "199508252022212902"


@pytest.fixture(params=["text", "json"])
def log(request, app):
    """All the log said, in either form."""
    stream = io.StringIO()
    requests._set_up_log(request.param, "INFO")
    requests.logger.handlers[0].setStream(stream)
    yield stream.getvalue
    requests._set_up_log("text", "ERROR")


@pytest.fixture
def failing(app, monkeypatch):
    """failing(act): let the catalogue's page run `act`, as an installation would."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def put(act) -> None:
        monkeypatch.setitem(app.view_functions, "catalog.index", act)

    return put


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b", "\x85", "\u2028", "\u202e"])
def test_an_address_never_breaks_its_line(sign_in, log, sign):
    sign_in(None).get(f"/tidak{quote(sign)}12:00:00 INFO GET /palsu 200")

    assert sign not in log().strip()
    assert len(log().splitlines()) == 1


def test_a_failing_statement_is_logged_without_its_values(sign_in, log, failing):
    def act():
        _db.session.execute(text("SELECT :nip FROM tidak_ada"), {"nip": NIP})

    failing(act)

    assert sign_in("rani").get("/katalog").status_code in (500, 503)
    assert "tidak_ada" in log()
    assert NIP not in log()


def test_a_row_the_database_refuses_is_logged_without_its_values(
    app, sign_in, log, failing
):
    with app.app_context():
        rani = _db.session.get(Person, CAST["rani"].id)
        taken, mail = rani.nip, rani.email

    def act():
        agus = _db.session.get(Person, CAST["agus"].id)
        agus.nip, agus.email = taken, mail
        _db.session.flush()

    failing(act)

    assert sign_in("rani").get("/katalog").status_code == 500
    assert "IntegrityError" in log() or "UniqueViolation" in log()
    assert taken not in log()
    assert mail not in log()


@pytest.mark.parametrize(("end", "host"), [("/", "127.0.0.1"), ("", "lain.example")])
def test_a_one_time_link_that_leads_nowhere_is_not_logged(sign_in, log, end, host):
    token = ids.new_secret()

    sign_in(None).get(f"/akun/tautan/{token}{end}", headers={"Host": host})

    assert "/akun/tautan/" in log()
    assert token not in log()


def test_a_crash_behind_a_one_time_link_logs_no_link(app, sign_in, log, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "accounts.link", lambda token: 1 / 0)

    sign_in("rani").get("/akun/tautan/rahasia-sekali-pakai-1234567890")

    assert "ZeroDivisionError" in log()
    assert "rahasia-sekali-pakai" not in log()


def test_a_message_with_a_number_of_a_person_is_blackened(log):
    try:
        raise ValueError(f"orang {NIP}")
    except ValueError:
        requests.logger.exception("gagal")

    assert "ValueError" in log()
    assert NIP not in log()
