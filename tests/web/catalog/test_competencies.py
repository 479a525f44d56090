"""Competencies are shown by their names, as last published."""

from lms.catalog import competencies
from lms.catalog.models import Competency as Stored
from lms.courseware.competencies import Competency, Dictionary
from lms.db import db as database


def dictionary(**names: str) -> Dictionary:
    return Dictionary(
        {c: Competency(c, n, "teknis", {1: "Dasar"}) for c, n in names.items()}
    )


def described(**levels: dict[int, str]) -> Dictionary:
    return Dictionary(
        {c: Competency(c, c, "teknis", said) for c, said in levels.items()}
    )


def test_a_code_is_called_as_the_dictionary_says(app, db):
    with app.app_context():
        competencies.store(dictionary(PPB="Pelayanan Publik"))

        assert competencies.names(["PPB"]) == {"PPB": "Pelayanan Publik"}
        database.session.rollback()


def test_a_new_name_replaces_the_old_and_a_dropped_code_keeps_its_own(app, db):
    with app.app_context():
        competencies.store(dictionary(PPB="Pelayanan", LAMA="Nama lama"))
        database.session.flush()

        competencies.store(dictionary(PPB="Pelayanan Publik"))

        found = competencies.names(["PPB", "LAMA", "XYZ"])
        assert found == {"PPB": "Pelayanan Publik", "LAMA": "Nama lama", "XYZ": "XYZ"}
        database.session.rollback()


def test_levels_are_told_as_last_published(app, db):
    with app.app_context():
        competencies.store(described(PPB={1: "Paham", 2: "Bisa"}, KOM={1: "Jelas"}))
        database.session.flush()
        assert competencies.levels("PPB") == {1: "Paham", 2: "Bisa"}

        competencies.store(described(PPB={2: "Dapat", 3: "Ahli" * 400}))
        database.session.flush()

        assert competencies.levels("PPB") == {2: "Dapat", 3: ("Ahli" * 400)[:500]}
        assert competencies.levels("KOM") == {1: "Jelas"}  # a dropped code stays
        assert competencies.levels("XYZ") == {}
        database.session.rollback()


def test_a_database_of_an_older_program_knows_that_levels_are_missing(app, db):
    with app.app_context():
        assert competencies.are_levels_stored()  # nothing is known, nothing missing
        database.session.add(Stored(code="PPB", name="Pelayanan", group="teknis"))
        database.session.flush()
        assert not competencies.are_levels_stored()

        competencies.store(dictionary(PPB="Pelayanan"))
        database.session.flush()

        assert competencies.are_levels_stored()
        database.session.rollback()
