"""A database that somebody else holds for too long: busy is said, and nothing lost."""

from sqlalchemy import text

from lms.db import db as _db


def test_who_must_wait_too_long_is_told_to_try_again(app, db, sign_in):
    stranger = sign_in(None)
    stranger.set_cookie("sid", "x" * 43)  # so that the database is asked
    data = {"bahasa": "en", "kembali": "/"}
    with app.app_context():
        engine = _db.engine
    with engine.connect() as somebody:
        somebody.execute(text("SELECT 1"))  # on SQLite: the lock for writing

        answer = stranger.post("/bahasa", data=data)

    is_sqlite = engine.dialect.name == "sqlite"  # PostgreSQL locks rows alone
    assert answer.status_code == (503 if is_sqlite else 303)
    assert answer.headers.get("Retry-After") == ("5" if is_sqlite else None)
    assert stranger.post("/bahasa", data=data).status_code == 303
