"""Tidying adds the codes an author left out, and touches nothing else."""

import pytest

from lms.courseware import library
from lms.courseware.tidy import Stamp, tidy, tidy_course
from tests.unit.courseware.mistakes import FOLDER, copy_sample


def quiz(body: str, kind: str = "kuis") -> bytes:
    return f"---\njenis: {kind}\nid: a\njudul: A\n---\n\n{body}".encode()


def tidied(text: bytes, taken: set[str] | None = None) -> str:
    return tidy(text, set() if taken is None else taken)[0].decode()


def test_a_question_without_a_code_gets_one_from_its_title():
    new, stamps = tidy(quiz("## Arti maklumat\n\nApa?\n"), set())

    assert "## Arti maklumat {#arti-maklumat}\n" in new.decode()
    assert stamps == [Stamp(7, "arti-maklumat")]


def test_a_code_that_is_there_stays_whatever_it_is():
    text = quiz("## Arti {#lama}\n\nApa?\n\n## Arti {#Salah Tulis}\n\nApa?\n")

    assert tidy(text, set()) == (text, [])


def test_two_questions_of_one_title_get_two_codes():
    text = tidied(quiz("## Arti\n\nA?\n\n## Arti\n\nB?\n"))

    assert "## Arti {#arti}" in text
    assert "## Arti {#arti-2}" in text


def test_a_code_in_use_in_another_file_is_not_given_again():
    files = [
        ("bank/a.md", quiz("## Lama {#arti}\n\nA?\n", "bank")),
        ("kuis/b.md", quiz("## Arti\n\nB?\n")),
    ]

    ((path, new, stamps),) = tidy_course(files)

    assert path == "kuis/b.md"
    assert stamps == [Stamp(7, "arti-2")]
    assert b"{#arti-2}" in new


def test_checks_of_a_lesson_get_codes_and_its_headings_none():
    text = tidied(quiz("## Bagian\n\n/// soal | Cek satu\nApa?\n///\n", "modul"))

    assert "/// soal | Cek satu {#cek-satu}\n" in text
    assert "## Bagian\n" in text


def test_scenes_get_codes_of_their_own_file():
    text = tidied(quiz("## Mulai\n\nAda tamu.\n", "simulasi"), {"mulai"})

    assert "## Mulai {#mulai}" in text


def test_criteria_of_a_rubric_and_statements_of_a_scale_get_codes():
    table = (
        "## Rubrik\n\n| Kriteria | Bobot | 2 | 1 |\n|---|---|---|---|\n"
        "| Bahasa baku | 100 | ya | tidak |\n"
    )
    scale = "## Materi {#materi}\n\nSetuju?\n\nSkala: Ya | Tidak\n- Berguna\n"

    assert "| Bahasa baku {#bahasa-baku} | 100 |" in tidied(quiz(table, "tugas"))
    assert "- Berguna {#berguna}\n" in tidied(quiz(scale, "survei"))


def test_headings_in_code_and_translations_are_left_alone():
    code = quiz("## Arti {#arti}\n\n```\n## Contoh\n```\n")
    english = b"---\njenis: kuis\nid: a\nbahasa: en\n---\n\n## Meaning\n\nWhat?\n"

    assert tidy(code, set()) == (code, [])
    assert tidy(english, set()) == (english, [])


def test_a_mark_of_byte_order_and_foreign_line_ends_go():
    text = tidied(b"\xef\xbb\xbf" + quiz("Halo\r\nsemua"))

    assert text.endswith("\n\nHalo\nsemua\n")
    assert text.startswith("---")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"---\njenis: kuis\n"])
def test_what_cannot_be_read_stays_as_it_is(data):
    assert tidy(data, set())[1] == []


def test_a_tidied_file_is_tidy():
    once = tidied(quiz("## A\n\nA?\n\n## A\n\nB?\n")).encode()

    assert tidy(once, set()) == (once, [])


def test_a_course_without_its_codes_lints_clean_after_tidying(tmp_path):
    root = copy_sample(tmp_path)
    folder = root / FOLDER
    for path in folder.rglob("*.md"):
        text = path.read_text("utf-8")
        head, body = text.split("\n---\n", 1)
        lines = [
            line.split(" {#")[0] if line.startswith(("## ", "/// soal")) else line
            for line in body.split("\n")
        ]
        path.write_text(head + "\n---\n" + "\n".join(lines), "utf-8")
    assert any(f.code == "C301" for f in library.load(root).findings)

    files = [(str(p.relative_to(folder)), p.read_bytes()) for p in folder.rglob("*.md")]
    for path, new, _stamps in tidy_course(files):
        (folder / path).write_bytes(new)

    assert not [f for f in library.load(root).findings if f.code == "C301"]
