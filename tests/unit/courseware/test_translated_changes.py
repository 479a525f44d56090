"""What publishing would change of translations: told by language and by part."""

from pathlib import Path

import pytest

from lms.courseware import bundle, changes, library
from tests import translated
from tests.publishing import SAMPLES

COURSE = translated.FOLDER
LESSON, QUIZ, SETUP = "en/01-menyapa.md", "en/kuis/akhir.md", "en/kursus.yml"


def publication(root: Path) -> changes.Publication:
    course = library.load(root).courses[COURSE]
    return changes.of_bundle(bundle.build(course), course)


def told(found: tuple[changes.Change, ...]) -> list[str]:
    return [f"{one.code} {one.tint}: {one.message}" for one in found]


@pytest.fixture
def folder(tmp_path):
    return translated.copy_translated(tmp_path)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ((LESSON, "## ", "## Now: "),
         "V984 green: Terjemahan bahasa Inggris berubah: Menyapa warga."),
        ((QUIZ, "When", "At what time"),
         "V983 yellow: Soal dalam terjemahan bahasa Inggris berubah: sapaan."),
        ((SETUP, "ringkasan: ", "ringkasan: In short. "),
         "V985 green: Keterangan kursus dalam terjemahan bahasa Inggris berubah."),
    ],
)  # fmt: skip
def test_an_edit_of_a_translation_is_told_by_its_parts(folder, edit, expected):
    root = folder.parents[1]
    before = publication(root)
    name, old, new = edit
    translated.edit(folder / name, old, new)

    assert told(changes.compare(before, publication(root))) == [expected]


def test_a_part_that_is_not_translated_any_more_is_named(folder):
    root = folder.parents[1]
    before = publication(root)
    (folder / LESSON).unlink()

    found = told(changes.compare(before, publication(root)))

    assert found == [
        "V982 yellow: Terjemahan bahasa Inggris tidak lagi memuat: Menyapa warga."
    ]


def test_a_translation_comes_and_goes(folder):
    without = publication(SAMPLES)
    with_it = publication(folder.parents[1])

    assert told(changes.compare(without, with_it)) == [
        "V980 green: Terjemahan bahasa Inggris ditambahkan."
    ]
    assert told(changes.compare(with_it, without)) == [
        "V981 yellow: Terjemahan bahasa Inggris hilang."
    ]


def test_of_many_parts_only_the_first_are_named(folder):
    root = folder.parents[1]
    before = publication(root)
    said = dict(before.manifest["translations"]["en"])
    many = {f"soal-{number}": "a" for number in range(8)}
    now = dict(before.manifest)
    now["translations"] = {"en": said | {"questions": said["questions"] | many}}
    after = changes.Publication(now, before.items, before.questions)

    [change] = changes.compare(before, after)

    assert change.message.endswith("soal-0; soal-1; soal-2; soal-3; soal-4; … (+3).")
