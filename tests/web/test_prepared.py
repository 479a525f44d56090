"""Prepared statements answer as SQLAlchemy does, on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import bindparam, select

from lms.accounts.models import Person
from lms.db import db as _db
from lms.db.prepared import MOST, Prepared

OF_IDS = select(Person.id, Person.name, Person.updated_at).where(
    Person.id.in_(bindparam("ids", expanding=True)),
    Person.updated_at >= bindparam("since"),
    Person.asn_status == "PNS",
).order_by(Person.id)  # fmt: skip
WHO = Prepared(OF_IDS, many="ids")


@pytest.fixture
def inside(app, db):
    with app.app_context():
        yield


@pytest.mark.parametrize("ids", [[], [4], [3], [6, 1, 2], list(range(1, MOST + 9))])
def test_a_list_of_any_length_is_asked_for(inside, clock, ids):
    asked = {"ids": ids, "since": clock.now() - timedelta(days=400)}

    found = [tuple(row) for row in WHO.rows(**asked)]

    assert found == [tuple(row) for row in _db.session.execute(OF_IDS, asked)]
    assert len(found) == len({1, 2, 3, 5, 6} & set(ids))


def test_instants_are_compared_as_instants(inside, clock):
    moment = clock.now() + timedelta(minutes=1)
    _db.session.get_one(Person, 3).updated_at = moment
    _db.session.flush()

    (row,) = WHO.rows(ids=[1, 2, 3], since=moment)

    assert (row.id, row.updated_at) == (3, moment)


def test_an_instant_without_a_zone_is_refused(inside, clock):
    with pytest.raises(ValueError, match="naive"):
        WHO.rows(ids=[1], since=clock.now().replace(tzinfo=None))


def test_a_limit_is_part_of_the_text(inside):
    """SQLite would plan the statement anew each time it is told a limit."""
    first = Prepared(select(Person.id).order_by(Person.id).offset(1).limit(2))

    assert [row.id for row in first.rows()] == [2, 3]

    (made,) = first._compiled.values()
    assert made.fixed == {}
