"""The manual shows only what the linter accepts."""

import re
from pathlib import Path

import pytest

import lms.author
from lms.author import manual
from lms.courseware import kinds, source, translation_files
from lms.courseware.beginnings import EXAMPLES, PLACES
from lms.courseware.competencies import Dictionary
from lms.courseware.notes import Notes
from lms.courseware.translation_files import Base, Language

TEMPLATES = Path(lms.author.__file__).parent / "templates" / "manual"


def test_there_is_one_example_of_every_kind():
    names = {path.stem for path in EXAMPLES.glob("*.md")}

    assert names == {name for name, kind in kinds.KINDS.items() if kind.read}
    assert names == PLACES.keys()


@pytest.mark.parametrize("kind", PLACES)
def test_every_example_is_clean_and_of_its_kind(kind):
    notes = Notes(f"{kind}.md")
    text = source.read((EXAMPLES / f"{kind}.md").read_bytes(), notes)

    reading = kinds.read(text, f"{kind}.md", Dictionary(), notes)

    assert notes.found == []
    assert reading.kind == kind
    assert reading.item is not None


@pytest.mark.parametrize("kind", PLACES)
def test_the_mirror_of_every_example_is_clean_until_it_is_translated(kind):
    path = f"{kind}.md"
    text = source.read((EXAMPLES / path).read_bytes(), Notes(path))
    base = kinds.read(text, path, Dictionary(), Notes(path))
    made = source.read(manual.mirrored(path).encode(), Notes(path))
    course = Base(None, {path: base}, {path: text})

    notes = translation_files.read(
        made, f"en/{path}", course, Dictionary(), Language("en")
    )

    assert [(f.code, f.is_error) for f in notes.found] == [("T812", False)]


def test_every_chapter_has_its_page_and_every_page_its_chapter():
    pages = {path.stem for path in TEMPLATES.glob("*.html")} - {"index"}

    assert pages == {chapter.name for chapter in manual.CHAPTERS}


def test_every_example_a_chapter_names_is_there():
    named = re.compile(r"manual\.(whole|data_part|section|mirrored)\(([^)]*)\)")
    shown = [
        getattr(manual, what)(*re.findall(r'"([^"]+)"', names))
        for path in TEMPLATES.glob("*.html")
        for what, names in named.findall(path.read_text("utf-8"))
    ]

    assert len(shown) > 20
    assert all(text.strip() for text in shown)


def test_every_kind_of_question_is_shown():
    text = (TEMPLATES / "soal.html").read_text("utf-8")
    codes = set(re.findall(r"\{#([a-z-]+)\}", manual.whole("kuis.md")))
    criteria = {"masalah", "perbaikan"}

    assert codes - criteria == set(re.findall(r'"kuis.md", "([a-z-]+)"', text))


def test_a_chapter_that_does_not_exist_is_not_found():
    with pytest.raises(manual.ChapterMissing):
        manual.find("tidak-ada")
