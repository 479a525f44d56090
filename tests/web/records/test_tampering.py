"""The ledger refuses changes, and finds those made behind its back."""

import json
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from lms.db import db as _db
from lms.records import amendments, ledger, ledger_guard, rebuild
from lms.records.ledger import Checkpoint, Fault

from . import samples


@pytest.fixture
def book(app, live, clock):
    """Six entries: two people have finished the course."""
    with app.app_context():
        samples.finish(4, live, clock.now())
        samples.finish(3, live, clock.now())
        return Checkpoint(*ledger.head())


@contextmanager
def behind_its_back(app):
    """Change the tables as a database administrator could."""
    with app.app_context():
        ledger_guard.disarm(_db.session.connection())
        yield lambda sql, **values: _db.session.execute(text(sql), values)
        ledger_guard.arm(_db.session.connection())
        _db.session.commit()


def fault(app, *points):
    with app.app_context():
        return ledger.verify(ledger.stream(), points).fault


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_entries SET body = '{}' WHERE seq = 1",
        "UPDATE ledger_entries SET person_id = 5",
        "DELETE FROM ledger_entries WHERE seq = 6",
        "DELETE FROM ledger_entries",
    ],
)
def test_the_database_refuses_changes_of_the_ledger(app, book, sql):
    with app.app_context():
        with pytest.raises(DBAPIError, match="append-only"):
            _db.session.execute(text(sql))
        _db.session.rollback()

    assert fault(app, book) is None


def test_postgresql_refuses_truncation_too(app, book):
    with app.app_context():
        if _db.engine.dialect.name == "postgresql":
            with pytest.raises(DBAPIError, match="append-only"):
                _db.session.execute(text("TRUNCATE ledger_entries CASCADE"))
            _db.session.rollback()

    assert fault(app, book) is None


def test_a_changed_score_is_found(app, book):
    with behind_its_back(app) as run:
        run("UPDATE ledger_entries SET body = replace(body, '8600', '9900')")

    assert fault(app) == Fault(1, "body")


def test_another_person_in_the_column_is_found(app, book):
    with behind_its_back(app) as run:
        run("UPDATE ledger_entries SET person_id = 5 WHERE seq = 4")

    assert fault(app) == Fault(4, "column")


def test_another_time_in_the_column_is_found(app, book):
    with behind_its_back(app) as run:
        run("UPDATE ledger_entries SET at = '2020-01-01 00:00:00.000000' WHERE seq = 2")

    assert fault(app) == Fault(2, "column")


def test_a_deleted_row_is_found(app, book):
    with behind_its_back(app) as run:
        run("DELETE FROM ledger_entries WHERE seq = 2")

    assert fault(app) == Fault(2, "missing")


def test_two_swapped_rows_are_found(app, book):
    with behind_its_back(app) as run:
        for old, new in ((2, 99), (5, 2), (99, 5)):
            run("UPDATE ledger_entries SET seq = :n WHERE seq = :o", o=old, n=new)

    assert fault(app) == Fault(2, "moved")


def test_a_cut_end_is_found_by_the_checkpoint(app, book):
    with behind_its_back(app) as run:
        run("DELETE FROM ledger_entries WHERE seq = 5")
        run("UPDATE ledger_entries SET seq = 5 WHERE seq = 5")

    assert fault(app, book) == Fault(5, "missing")
    assert fault(app, Checkpoint(7, "0" * 64)).seq == 5


def test_a_truncated_ledger_is_found_by_the_checkpoint(app, live, clock):
    with app.app_context():
        samples.finish(4, live, clock.now())
        uid = amendments.find(_uid()).uid
        amendments.correct_jp(uid, 3, "Salah hitung menit", None, clock.now())
        _db.session.commit()
        point = Checkpoint(*ledger.head())
    with behind_its_back(app) as run:
        run("DELETE FROM ledger_entries WHERE seq = 4")

    assert fault(app) is None
    assert fault(app, point) == Fault(4, "truncated")
    with app.app_context():
        [difference] = rebuild.compare()
        assert (difference.uid, difference.columns) == (uid, ("jp",))


def _uid() -> str:
    from lms.records.models import Completion

    return _db.session.query(Completion.uid).scalar()


@pytest.mark.parametrize(
    ("sql", "table", "column"),
    [
        ("UPDATE completions SET score_bp = 10000", "completions", "score_bp"),
        ("UPDATE completions SET jp = 40", "completions", "jp"),
        ("UPDATE completions SET year = 2025", "completions", "year"),
        ("UPDATE completions SET unit_id = 2", "completions", "unit_id"),
        ("UPDATE completions SET state = 'revoked'", "completions", "state"),
        ("UPDATE certificates SET number = 'X'", "certificates", "number"),
        ("UPDATE certificate_counters SET last = 9", "certificate_counters", "1/2026"),
    ],
)
def test_a_changed_cache_is_found_and_restored_to_the_same_bytes(
    app, done, sql, table, column
):
    with app.app_context():
        before = dump()
        _db.session.execute(text(sql))
        _db.session.commit()

        [difference] = rebuild.compare()
        assert (difference.table, difference.columns) == (table, (column,))

        assert rebuild.restore() == 1
        _db.session.commit()
        assert rebuild.compare() == []
        assert dump() == before


def dump() -> list:
    tables = ("completions", "certificates", "certificate_counters")
    return [
        repr(_db.session.execute(text(f"SELECT * FROM {t} ORDER BY 1")).all())
        for t in tables
    ]


def test_a_changed_paper_is_found_but_cannot_be_made_up(app, done):
    with app.app_context():
        row = _db.session.execute(text("SELECT printed FROM certificates")).scalar()
        printed = json.loads(row) if isinstance(row, str) else row
        _db.session.execute(
            text("UPDATE certificates SET printed = :p"),
            {"p": json.dumps(printed | {"name": "Orang Lain"})},
        )
        _db.session.commit()

        [difference] = rebuild.compare()
        assert difference.columns == ("printed",)
        with pytest.raises(rebuild.RowGone):
            rebuild.restore()
        _db.session.rollback()
