"""Changes since a time are read from an index on, however long the ledger is."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from lms.accounts.models import Person
from lms.api import changes, queries
from lms.db import db as _db
from lms.records import ledger
from tests.web.records import samples

NOTHING = dict.fromkeys(("updated_since", "is_active", "course", "person"))
HOUR = timedelta(hours=1)


@pytest.fixture
def inside(app, db, clock):
    """Work inside the application as a token of Palangka Raya."""
    with app.app_context():
        if _db.engine.dialect.name == "postgresql":
            # Of a few rows it would read all, whatever indexes there are.
            _db.session.execute(text("SET LOCAL enable_seqscan = off"))
            _db.session.execute(text("SET LOCAL enable_sort = off"))
        yield queries.Scope("/1/", clock.now().date(), "https://contoh.go.id")


def plan(statement) -> str:
    """Return how the database would run a statement."""
    engine = _db.engine
    said = statement.compile(engine, compile_kwargs={"literal_binds": True})
    word = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    rows = _db.session.connection().exec_driver_sql(f"{word} {said}")
    return "\n".join(str(row[-1]) for row in rows)


def is_sorted(said: str) -> bool:
    return "Sort" in said or "TEMP B-TREE FOR ORDER BY" in said


def test_where_changes_begin_is_found_by_the_index_of_times(inside, clock):
    said = plan(changes.last_before(clock.now()))

    assert "ix_ledger_entries_at_seq" in said
    assert not is_sorted(said)


def test_completions_are_read_along_the_key_of_the_ledger(inside, clock):
    asked = NOTHING | {"updated_since": clock.now()}

    said = plan(queries.completions_statement(inside, asked, 7, 101))

    assert (
        "SEARCH ledger_entries USING INTEGER PRIMARY KEY (rowid>?)" in said
        or "Index Cond: (ledger_entries.seq > 7)" in said
        or "Index Cond: (seq > 7)" in said
    ), said
    assert not is_sorted(said)


@pytest.mark.parametrize("after", [0, ["2026-11-22T07:00:00+00:00", 3]])
def test_people_are_read_along_the_index_of_changes(inside, clock, after):
    asked = NOTHING | {"updated_since": clock.now()}

    said = plan(queries.people_statement(inside, asked, after, 101))

    assert "ix_people_updated_at_id" in said
    assert not is_sorted(said)


def test_entries_long_before_are_not_read(inside, live, clock):
    for person in (4, 3, 2):
        samples.finish(person, live, clock.now())
        clock.skip(hours=3)
    so_far, _hash = ledger.head()
    samples.finish(1, live, clock.now())
    _db.session.commit()

    assert changes.seq_before(clock.now()) == so_far
    assert changes.seq_before(clock.now() - 100 * HOUR) == 0


def test_a_clock_that_was_put_back_hides_nothing(inside, program, live, clock):
    """The first of the two has the later time."""
    clock.skip(hours=5)
    first = samples.finish(4, live, clock.now()).uid
    clock.skip(minutes=-50)
    second = samples.finish(3, live, clock.now()).uid
    _db.session.commit()

    rows = program().rows("/completions?updated_since=2026-11-22T07:00:00Z")

    assert [row["id"] for row in rows] == [first, second]


def test_who_changed_comes_in_the_order_of_changes(app, db, program, clock):
    with app.app_context():
        for number in (3, 1, 2):
            clock.skip(minutes=1)
            _db.session.get_one(Person, number).updated_at = clock.now()
        _db.session.commit()

    rows = program().all_rows("/people?updated_since=2026-11-22T07:00:30Z", limit=1)

    assert [row["name"].split()[0] for row in rows] == ["Yohanes", "Made", "Siti"]


def test_whoever_has_read_all_goes_on_behind_the_changes_of_others(
    app, program, done, live, clock
):
    reader = program()
    cursor = reader.get("/completions").json["next_cursor"]
    with app.app_context():
        samples.finish(6, live, clock.now())  # of Jambi
        _db.session.commit()
    later = reader.get(f"/completions?cursor={cursor}").json
    with app.app_context():
        samples.finish(3, live, clock.now())
        _db.session.commit()

    assert later["data"] == []
    assert later["next_cursor"] != cursor
    assert len(reader.rows(f"/completions?cursor={later['next_cursor']}")) == 1
