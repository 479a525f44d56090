"""Competencies are shown by their names, as last published."""

from lms.catalog import competencies
from lms.courseware.competencies import Competency, Dictionary
from lms.db import db as database


def dictionary(**names: str) -> Dictionary:
    return Dictionary(
        {c: Competency(c, n, "teknis", {1: "Dasar"}) for c, n in names.items()}
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
