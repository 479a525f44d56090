"""Huge questions are refused quickly: no form is slower than its text is long."""

import time

import pytest

from lms.courseware import kinds, source
from lms.courseware.notes import Notes
from tests.unit.courseware.asking import DICTIONARY

HEAD = "---\njenis: kuis\nid: k\njudul: K\n---\n\n## A {#a}\n\nTanya.\n\n"
SIZE = 200_000
DRAWN = "Angka: n = 1 sampai 1000 langkah 1\nJawaban angka: {{n}}\n"
TABLE = "Uraian: bebas\nRubrik:\n| Kriteria | Bobot | 2 | 1 |\n|-|-|-|-|\n"


def many(piece):
    """`piece` again and again, with a number in it where it has a %d."""
    count = SIZE // (len(piece) + 3 * ("%d" in piece))
    return "".join(piece % n if "%d" in piece else piece for n in range(count))


def lint(text):
    """Return the codes found in a file, and the seconds of work they took."""
    notes = Notes("kuis/k.md")
    start = time.process_time()
    read = source.read(text.encode(), notes)
    kinds.read(read, "kuis/k.md", DICTIONARY, notes)
    return {finding.code for finding in notes.found}, time.process_time() - start


def grows_with_its_length(long, short):
    """Compare eight times the text: eightfold work is usual, 64-fold a trap."""
    usual = max(min(lint(short)[1] for _ in range(3)), 0.02)
    return min(lint(long)[1] for _ in range(2)) < 24 * usual


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Pasangkan:\n" + many("- a%d -> b\n"), {"C366"}),
        ("Pasangkan:\n- " + many("a -> "), {"C355"}),
        ("Urutkan:\n" + many("1. langkah %d\n"), {"C366"}),
        ("Urutkan:\n1. " + many("a 2. "), {"C365", "C366"}),
        ("Isian:\n" + many("x [[a%d]]\n"), {"C366"}),
        ("Isian:\n" + many("[[ a\n"), {"C360"}),
        ("Isian: [[pilih: " + many("a%d|") + "]]", {"C366"}),
        ("Isian: [[" + many("a:") + "]]", {"C346"}),
        (DRAWN + "Pembahasan:\n" + many("{{n * %d}}\n"), {"C366"}),
        (DRAWN + "Pembahasan: " + many("`{{n}} "), {"C366"}),
        ("Angka: " + many("a%d = 1 | 2;") + "\nJawaban angka: 1", {"C366"}),
        ("Angka: n = " + many("%d |") + "\nJawaban angka: {{n}}", {"C366"}),
        ("Jawaban angka: 1" + " " * SIZE + "x", {"C350"}),
        ("Jawaban angka: " + many("1 sampai "), {"C350"}),
        (TABLE + many("| a {#a%d} | 1 | a | b |\n"), {"E507"}),
        ("Uraian: bebas\nRubrik:\n" + many("|"), {"E501"}),
        ("Unggah: " + many("pdff,"), {"A138"}),
    ],
)
def test_a_huge_question_is_refused_without_growing_work(text, codes):
    found, _seconds = lint(HEAD + text)

    assert codes <= found
    assert grows_with_its_length(HEAD + text, HEAD + text[: SIZE // 8])


def test_values_are_tried_within_bounds_in_a_whole_file():
    def quiz(count):
        return HEAD + "".join(
            f"{DRAWN.replace('}}', f' * {n}}}}}')}\n## A {{#a{n}}}\n\n"
            "Tanya {{n}}.\n\n"
            for n in range(count)
        )

    found, _seconds = lint(quiz(900))

    assert "C369" in found
    assert grows_with_its_length(quiz(900), quiz(112))


# Where a line can be cut at blanks, one long run of them: quadratic work is minutes.
BLANKS = " " * (SIZE // 4)
STORY = "---\njenis: simulasi\nid: s\njudul: S\n---\n\n## A {#a}\n\nTeks.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + f"## B{BLANKS}b\n",
        HEAD + f"Angka: n = 1 | 2;{BLANKS}m\nJawaban angka: 1\n",
        HEAD + f"Angka: n = 1{BLANKS}sampai 3{BLANKS}langkah 1\nJawaban angka: 1\n",
        HEAD + f"Pasangkan:\n- a{BLANKS}b -> c{BLANKS}d\n- e{BLANKS}f\n",
        HEAD + f"Urutkan:\n1. a{BLANKS}b\n- c{BLANKS}d\n",
        HEAD + f"Isian: [[a{BLANKS}b]] c{BLANKS}d\n",
        HEAD + f"{TABLE}| a{BLANKS}b | 100 | c | d{BLANKS}e |\n",
        STORY + f"- [a{BLANKS}b](#a){BLANKS}(+2{BLANKS}0) c\n",
        STORY + f"Akhir: a{BLANKS}b\n",
    ],
    ids=["heading", "names", "range", "pairs", "steps", "gaps", "rubric", "choice",
         "ending"],
)  # fmt: skip
def test_blanks_in_the_middle_of_a_line_cost_nothing(text):
    found, seconds = lint(text)

    assert found
    assert seconds < 2
