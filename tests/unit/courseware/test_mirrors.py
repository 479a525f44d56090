"""Translations begun as mirrors of their base, and the mark of what that was."""

import shutil
from pathlib import Path

import pytest

from lms.courseware import library, mirrors, translations
from tests.translated import edit

CONTENT = Path(__file__).parents[3] / "content"
COURSE = "layanan-prima-di-loket"
OLD = translations.fingerprint("lain")


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content" / "kursus" / COURSE


def findings(folder) -> list:
    return list(library.load(folder.parents[1]).findings_of(COURSE))


def test_a_mirror_of_every_kind_is_valid_and_said_to_be_untranslated(folder):
    shutil.rmtree(folder / "en")
    for base in [folder / "kursus.yml", *sorted(folder.rglob("*.md"))]:
        path = base.relative_to(folder)
        target = folder / "en" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = mirrors.mirror(path.as_posix(), base.read_text("utf-8"), "en")
        target.write_text(text, "utf-8")

    found = findings(folder)
    assert {(f.code, f.is_error) for f in found} == {("T812", False)}
    assert {f.path.partition("/en/")[2] for f in found} == {
        path.relative_to(folder / "en").as_posix()
        for path in (folder / "en").rglob("*.*")
    }


def test_a_mirror_has_texts_and_codes_and_no_rules(folder):
    base = (folder / "kuis/awal.md").read_text("utf-8")

    made = mirrors.mirror("kuis/awal.md", base, "en")

    head, body = made.split("---\n", 2)[1:]
    assert head.splitlines() == [
        "jenis: kuis",
        "id: kuis-awal",
        "judul: Kuis awal",
        "bahasa: en",
        f"sumber: {translations.fingerprint(base)}",
    ]
    assert body == base.split("---\n", 2)[2]


BASE = b"---\njenis: kuis\nid: a\njudul: A\n---\n\nHalo.\n"
NOW = translations.fingerprint(BASE.decode())


def said(line: str) -> bytes:
    return f"---\njenis: kuis\nid: a\njudul: B\nbahasa: en\n{line}---\n\nHi.\n".encode()


def marks(translation: bytes, before: bytes = BASE, after: bytes = BASE):
    files = {"kursus.yml": b"bahasa: id\n", "a.md": before, "en/a.md": translation}
    return list(mirrors.marks(files, files | {"a.md": after}))


def test_a_translation_without_mark_gets_it_below_its_language():
    [mark] = marks(said(""))

    assert mark.data == said(f"sumber: {NOW}\n")
    assert not mark.is_stale


def test_a_translation_that_only_lacks_new_codes_of_its_base_is_not_stale():
    [mark] = marks(said(f"sumber: {NOW}\n"), after=BASE + b"## Baru {#baru}\n")

    assert not mark.is_stale


def test_a_translation_of_an_older_base_is_stale_and_keeps_its_remark():
    [mark] = marks(said(f"sumber: {OLD}  # dari Siti\n"))

    assert mark.is_stale
    assert mark.data == said(f"sumber: {NOW}  # dari Siti\n")


@pytest.mark.parametrize(
    "translation",
    [
        said(f"sumber: {NOW}\n"),
        said(f'sumber: "{NOW}"\n'),
        said("sumber: [satu, dua]\n"),
        b"tanpa data\n",
        b"\xff\xfe\x00",
        b"---\nbahasa: en\n",
    ],
)
def test_what_is_marked_or_cannot_be_read_is_left_alone(translation):
    assert marks(translation) == []


def test_the_course_file_is_marked_as_well():
    files = {"kursus.yml": b"judul: A\n", "en/kursus.yml": b"bahasa: en\njudul: B\n"}

    [mark] = mirrors.marks(files, files)

    now = translations.fingerprint("judul: A\n")
    assert mark.data == f"bahasa: en\nsumber: {now}\njudul: B\n".encode()


def test_a_number_drawn_later_is_the_same_in_a_translation(folder):
    edit(folder / "en/kuis/awal.md", "serves {{n}} people", "serves {{n * 2}} people")

    found = findings(folder)

    assert [f.code for f in found if f.is_error] == ["T805"]
    assert "rumus" in next(f.message for f in found if f.code == "T805")


def test_a_gap_may_begin_the_sentence_of_a_translation(folder):
    edit(folder / "en/kuis/awal.md", "At an open counter, an officer says the ", "")

    assert findings(folder) == []
