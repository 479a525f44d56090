"""What must never happen, as far as the files of a course can tell: see test_never."""

import pytest

from lms.courseware import kinds, library, source
from lms.courseware.competencies import Dictionary
from lms.courseware.notes import Notes
from tests import everything
from tests.everything import (
    COURSE,
    LESSON,
    PLACES,
    QUIZ,
    STORY,
)


def test_5_no_line_of_a_file_is_ignored():
    """A word on a line of its own, anywhere: it is kept, or its line is reported."""
    for path, text in everything.files().items():
        if not path.endswith(".md") or path.startswith("en/"):
            continue
        lines = text.split("\n")
        start = lines.index("---", 1)
        for at in range(start + 1, len(lines) + 1):
            changed = "\n".join([*lines[:at], "Xyzzy", *lines[at:]])
            notes = Notes(path)
            read = source.read(changed.encode(), notes)
            item = kinds.read(read, path, Dictionary(), notes).item

            told = {finding.line for finding in notes.found}
            is_kept = item is not None and "Xyzzy" in repr(item)
            assert is_kept or at + 1 in told, (path, at, notes.found)


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("target", ["../../kompetensi.yml", "/etc/passwd",
                                    "%2e%2e/%2e%2e/a.png", "..\\a.png"])  # fmt: skip
def test_9_an_author_reads_nothing_outside_the_folder(tmp_path, path, target):
    root = everything.copy(tmp_path)
    words = PLACES[path]
    everything.edit(root, path, words, f"![Isi]({target})\n\n{words}")

    read = library.load(root)

    assert COURSE not in read.courses
    assert {f.code for f in read.findings if f.is_error} <= {"D401", "D402", "D408"}


def test_9_a_link_of_the_file_system_is_not_followed(tmp_path):
    root = everything.copy(tmp_path / "a")
    (tmp_path / "rahasia.md").write_text(everything.files()[LESSON], "utf-8")
    lesson = root / "kursus" / COURSE / LESSON
    lesson.unlink()
    lesson.symlink_to(tmp_path / "rahasia.md")

    read = library.load(root)

    assert COURSE not in read.courses
    assert "A148" in {finding.code for finding in read.findings}


MARKS = [
    (QUIZ, "- (x) Tanggal terima", "- ( ) Tanggal terima",
     "- ( ) Warna", "- (x) Warna"),
    (QUIZ, "- [ ] Harga", "- [x] Harga"),
    (QUIZ, "Pernyataan ini: salah", "Pernyataan ini: benar"),
    (STORY, "(#dihitung) (+40)", "(#dihitung) (+90)"),
    (STORY, "Akhir: buruk", "Akhir: baik"),
    (LESSON, "- (x) Mencatat", "- ( ) Mencatat", "- ( ) Mengembalikan",
     "- (x) Mengembalikan"),
]  # fmt: skip


@pytest.mark.parametrize("marks", MARKS, ids=lambda marks: marks[2])
def test_10_a_translation_with_other_marks_is_refused(tmp_path, marks):
    root = everything.copy(tmp_path)
    path, *changes = marks
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        everything.edit(root, f"en/{path}", old, new)

    read = library.load(root)

    assert COURSE not in read.courses
    assert "T806" in {finding.code for finding in read.findings if finding.is_error}
