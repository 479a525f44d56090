"""Courses that raise a competency, for advice elsewhere."""

import pytest

from lms.catalog import promising
from lms.db import db as database
from tests.catalogue import manifest, shelve


@pytest.fixture
def shelf(app, db):
    """Three courses are live."""
    with app.app_context():
        shelve(
            [
                manifest("b", "Bicara", promises={"KOM": 1}, total_minutes=45),
                manifest("a", "Arsip", promises={"ARS": 1, "KOM": 1}),
                manifest("c", "Catatan", promises={"KOM": 2}),
            ]
        )


def test_the_higher_level_comes_first_then_the_title(app, shelf):
    with app.app_context():
        found = promising.courses_for(["KOM", "ARS", "XYZ"])
        database.session.rollback()

    assert [(card.code, card.level) for card in found["KOM"]] == [
        ("c", 2),
        ("a", 1),
        ("b", 1),
    ]
    assert [card.code for card in found["ARS"]] == ["a"]
    assert "XYZ" not in found
    assert (found["KOM"][2].title, found["KOM"][2].minutes) == ("Bicara", 45)


def test_asking_for_nothing_finds_nothing(app, shelf):
    with app.app_context():
        assert promising.courses_for([]) == {}
        database.session.rollback()
