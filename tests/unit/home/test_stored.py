"""Nothing is stored about a person that "Data saya" does not show."""

import pytest

from lms.audit import own_data
from lms.db import db
from lms.home import sections, takeout_workbook
from lms.home.takeout_workbook import words
from tests.conftest import make_app

# Rows of these belong to the person that the row they point at belongs to.
OWNERS = {"enrolments", "attempts", "completions", "certificates"}
# About courses and the office, though they point at such a row: none now.
NOT_PERSONAL: set[str] = set()


@pytest.fixture(scope="module")
def every(tmp_path_factory):
    make_app(INSTANCE_DIR=str(tmp_path_factory.mktemp("instance")))  # loads all models
    return sections.every()


def personal_tables() -> set[str]:
    """Return every table with rows of one person."""
    found = {"people"}
    for table in db.metadata.sorted_tables:
        targets = {key.column.table.name for key in table.foreign_keys}
        if "person_id" in table.columns or targets & OWNERS:
            found.add(table.name)
    return found - NOT_PERSONAL


def test_every_table_about_a_person_is_in_a_section(every):
    shown = {table for section in every for table in section.tables}

    assert personal_tables() - shown == set()


def test_sections_name_real_tables_and_have_their_own_key(every):
    keys = [section.key[: takeout_workbook.SHEET_NAME] for section in every]

    assert len(keys) == len(set(keys))
    assert {t for s in every for t in s.tables} <= set(db.metadata.tables)
    assert {section.group for section in every} <= set(own_data.GROUPS)


def test_columns_have_a_name_for_programs_each(every):
    for section in every:
        assert len(set(section.names)) == len(section.columns), section.key


def test_numbers_are_never_taken_for_words(every):
    flags = next(section for section in every if section.key == "tanda_soal")

    assert words(True, flags, str) == "ya"
    assert words([1, 2], flags, str) == "[1, 2]"


def test_a_later_feature_replaces_a_section_by_its_key(monkeypatch, every):
    monkeypatch.setattr(own_data, "_sections", list(every))
    first = every[0]

    own_data.register(first)

    assert [s.key for s in own_data.every()].count(first.key) == 1
