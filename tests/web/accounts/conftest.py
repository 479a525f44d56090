"""Passwords for the cast, and a look at how often one is hashed."""

from functools import cache

import argon2
import pytest

from lms.accounts import passwords
from lms.accounts.cli import people as group
from lms.accounts.models import Credential
from lms.db import db as _db
from tests.cast import CAST

PASSWORD = "kuda merah lompat pagar"


@cache
def hash_once() -> str:
    return passwords.make(PASSWORD)


@pytest.fixture
def password(app, db):
    """The password of everybody in the cast."""
    with app.app_context():
        for part in CAST.values():
            db.session.get(Credential, part.id).password_hash = hash_once()
        db.session.commit()
    return PASSWORD


@pytest.fixture
def sign_in_form(app):
    """sign_in_form(account, password) -> the answer to the form of a new browser."""

    def send(account, secret, client=None, path="/masuk", **more):
        client = client or app.test_client()
        data = {"akun": account, "sandi": secret}
        return client.post(path, data=data, **more)

    return send


@pytest.fixture
def hashed(monkeypatch):
    """The list of what was hashed or verified, as it happens."""
    calls: list[str] = []
    for name in ("hash", "verify"):
        real = getattr(argon2.PasswordHasher, name)

        def spy(self, *args, _real=real, _name=name):
            calls.append(_name)
            return _real(self, *args)

        monkeypatch.setattr(argon2.PasswordHasher, name, spy)
    return calls


@pytest.fixture
def stage(app, db):
    """An open application context whose changes are thrown away."""
    with app.app_context():
        yield
        _db.session.rollback()


@pytest.fixture
def run(app, db):
    """run("link", "rani@…") -> exit code, output, errors."""

    def call(*words: str):
        result = app.test_cli_runner().invoke(group, words)
        with app.app_context():
            _db.session.rollback()
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return call
