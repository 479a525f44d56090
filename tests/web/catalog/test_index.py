"""What the search index holds, and what it never holds."""

import shutil
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, select

from lms.catalog import courses, index, search, shelf
from lms.catalog.models import CourseFacet, SearchSpelling, SearchTerm
from lms.catalog.publishing import publish_all
from lms.catalog.query import Query
from lms.db import db as database
from tests.publishing import SAMPLES, publish_samples

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TABLES = (SearchTerm, SearchSpelling, CourseFacet)


@pytest.fixture
def content(tmp_path):
    """A copy of the samples, free to be changed."""
    shutil.copytree(SAMPLES, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def published(app, db, content):
    """The samples are live."""
    publish_samples(app)
    return content


def edit(content, path: str, old: str, new: str) -> None:
    file = content / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def found(text: str) -> list[str]:
    """Return the codes of the courses that answer to words."""
    page = search.find(Query(text=text))
    database.session.rollback()
    return [one.card.code for one in page.shown]


def terms() -> set[str]:
    said = set(database.session.scalars(select(SearchTerm.term)))
    database.session.rollback()
    return said


def spelled() -> set[str]:
    said = set(index.spoken())
    database.session.rollback()
    return said


def everything() -> dict:
    """Return the whole index but the name of its state."""
    rows = {
        model.__tablename__: {
            tuple(getattr(row, column.key) for column in model.__table__.columns)
            for row in database.session.scalars(select(model))
        }
        for model in TABLES
    }
    rows["search_spellings"] = {r for r in rows["search_spellings"] if r[0]}
    database.session.rollback()
    return rows


def test_publishing_makes_a_course_findable(app, db, content):
    with app.app_context():
        publish_all(content, NOW)

        assert found("loket") == ["contoh-singkat"]
        assert found("persuratan") == ["contoh-mini"]


def test_a_changed_text_is_found_at_once_and_the_old_one_no_more(app, db, published):
    with app.app_context():
        assert found("arsip") == ["contoh-mini"]
        edit(
            published,
            "kursus/contoh-mini/kursus.yml",
            "Arsip di meja",
            "Berkas di meja",
        )
        edit(published, "kursus/contoh-mini/kursus.yml", "arsip", "berkas")
        publish_all(published, NOW)

        assert found("berkas di meja") == ["contoh-mini"]
        assert "arsip" not in terms() | spelled()


@pytest.mark.parametrize("status", ["draf", "arsip"])
def test_a_course_taken_back_leaves_nothing_behind(app, db, published, status):
    with app.app_context():
        edit(published, "kursus/contoh-mini/kursus.yml", "tayang", status)
        publish_all(published, NOW)

        assert found("arsip") == []
        assert "arsip" not in terms() | spelled()
        assert [one.card.code for one in search.find(Query()).shown] == [
            "contoh-singkat"
        ]


def test_a_draft_is_never_in_the_index(app, db, content):
    edit(content, "kursus/contoh-mini/kursus.yml", "tayang", "draf")

    with app.app_context():
        publish_all(content, NOW)

        assert "arsip" not in terms() | spelled()


def test_texts_of_lessons_questions_and_keys_are_never_in_the_index(app, db, content):
    texts = {
        "kursus/contoh-singkat/01-menyapa.md": ("Sapaan pertama", "Gagaksatu pertama"),
        "kursus/contoh-singkat/kuis/akhir.md": ("(x) Begitu", "(x) Gagakdua Begitu"),
    }
    for path, (old, new) in texts.items():
        edit(content, path, old, new)

    with app.app_context():
        assert publish_all(content, NOW).is_ok

        assert not [word for word in terms() | spelled() if "gagak" in word]
        assert found("gagaksatu") == found("gagakdua") == []


def test_an_index_lost_or_not_yet_made_is_filled_without_a_change(app, db, published):
    with app.app_context():
        publish_all(published, NOW)
        before = everything()
        for model in TABLES:
            database.session.execute(delete(model))
        database.session.commit()

        report = publish_all(published, NOW)

        assert {o.state for o in report.outcomes} == {"unchanged"}
        assert everything() == before
        assert found("loket") == ["contoh-singkat"]


def test_an_index_made_by_older_rules_is_made_anew(app, db, published, monkeypatch):
    with app.app_context():
        publish_all(published, NOW)
        monkeypatch.setattr(index, "RULES", index.RULES + 1)
        assert not index.is_complete()
        database.session.rollback()

        publish_all(published, NOW)

        assert index.is_complete()
        database.session.rollback()


def test_a_complete_index_is_not_written_again(app, db, published):
    with app.app_context():
        publish_all(published, NOW)
        name = index.revision()
        database.session.rollback()

        publish_all(published, NOW)

        assert index.revision() == name
        database.session.rollback()


def test_rebuilding_gives_the_same_index(app, db, published):
    with app.app_context():
        publish_all(published, NOW)
        before = everything()

        assert index.rebuild() == 2
        database.session.commit()

        assert everything() == before


def test_a_competency_called_otherwise_is_found_by_its_new_name(app, db, content):
    with app.app_context():
        publish_all(content, NOW)
        old = (content / "kompetensi.yml").read_text()
        line = next(line for line in old.splitlines() if "nama:" in line)
        edit(content, "kompetensi.yml", line, "    nama: Keramahtamahan")
        publish_all(content, NOW)

        assert found("keramahtamahan")
        labels = shelf.current().labels["competency"].values()
        assert "Keramahtamahan" in labels
        database.session.rollback()


def test_the_shelf_is_read_once_for_each_state_of_the_index(app, db, published):
    with app.app_context():
        first = shelf.current()
        assert shelf.current() is first
        database.session.rollback()

        index.touch()
        database.session.commit()

        assert shelf.current() is not first
        database.session.rollback()


def test_other_processes_see_a_new_course(app, db, content):
    """What this process remembers does not hide what another has published."""
    with app.app_context():
        publish_all(content, NOW, only=["contoh-mini"])
        assert found("loket") == []
        publish_all(content, NOW)  # forgets nothing by itself

        assert found("loket") == ["contoh-singkat"]


def test_one_state_has_one_name(app, db, published):
    with app.app_context():
        for _ in range(3):
            index.touch()
            database.session.commit()

        count = select(func.count()).where(SearchSpelling.variant == index.REVISION)
        assert database.session.scalar(count) == 1
        database.session.rollback()


def test_courses_forget_empties_the_shelf_too(app, db, published):
    with app.app_context():
        first = shelf.current()
        courses.forget()

        assert shelf.current() is not first
        database.session.rollback()


def test_authors_and_headings_of_lessons_are_found(app, db, published):
    with app.app_context():
        for words in ("hendra", "tiga langkah menyapa", "kalimat baku"):
            assert found(words) == ["contoh-singkat"], words


def test_a_heading_taken_out_of_a_lesson_is_found_no_more(app, db, content):
    lesson = "kursus/contoh-singkat/01-menyapa.md"
    edit(content, lesson, "## Kalimat baku", "## Gagaktiga")
    with app.app_context():
        publish_all(content, NOW)
        assert found("gagaktiga") == ["contoh-singkat"]
        edit(content, lesson, "## Gagaktiga", "## Kalimat baku")
        publish_all(content, NOW)
        assert found("gagaktiga") == []
