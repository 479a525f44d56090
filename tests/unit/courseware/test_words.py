"""Small readings: lengths of time, draws, codes, marks, labels, placeholders."""

from typing import get_args

import pytest

from lms.courseware import durations, marks, question_labels, scoring
from lms.courseware.answers import BY_LABEL, FORMS
from lms.courseware.answers.form import USES
from lms.courseware.guess import closest, code_from, is_code
from lms.courseware.kinds import KINDS
from lms.courseware.kinds.quiz import read_draw
from lms.courseware.numbers import read_strict
from lms.courseware.question_labels import LABELS
from lms.courseware.schema import Draw, QuestionKind


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("25 menit", 25),
        ("1 jam 30 menit", 90),
        ("24 jam", 1_440),
        ("2 hari", 2_880),
        ("90menit", 90),
        ("0 menit", None),
        ("jam", None),
        ("1,5 jam", None),
        ("-5 menit", None),
        ("25", None),
    ],
)
def test_a_length_of_time_is_whole_minutes(text, minutes):
    assert durations.minutes(text) == minutes


def test_a_validity_is_whole_months():
    assert [durations.months(t) for t in ("24 bulan", "2 tahun", "2 hari", "")] == [
        24,
        24,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "draw"),
    [
        ("semua", Draw()),
        ("3 dari bank/a.md", Draw("bank/a.md", 3)),
        ("semua dari ./bank/a.md", Draw("bank/a.md")),
        ("2 dari bank/a.md yang sulit", Draw("bank/a.md", 2, "hard")),
        ("dua dari bank/a.md", None),
        ("0 dari bank/a.md", None),
        ("3 dari", None),
        ("3 dari bank/a.md yang aneh", None),
    ],
)
def test_a_draw_is_read_from_one_line(text, draw):
    assert read_draw(text) == draw


def test_authors_write_numbers_strictly():
    assert str(read_strict("1.234,5")) == "1234.5"
    assert read_strict("78.5") is None
    assert read_strict("") is None


def test_a_code_is_made_from_a_title():
    assert code_from("Kuis Akhir: Pelayanan & Étika!") == "kuis-akhir-pelayanan-etika"
    assert code_from("🎉") == "kode"
    assert is_code("a-1")
    assert not is_code("a--1")
    assert not is_code("a" * 61)


def test_the_nearest_word_is_found_in_english_as_well():
    assert closest("kuiz", KINDS) == "kuis"
    assert closest("quiz", KINDS) == "kuis"
    assert closest("zzz", KINDS) == ""


@pytest.mark.parametrize(
    "line",
    [
        *("- ( ) a", "- (x) a", "* [X] a", "+ [ ] a", "1) (x) a", "a. ( ) a", "( ) a"),
        *("[x] a", "-[ ]a", "> - (x) a", "\t- (50%) a", "- (x a", "- ( ] a", "– (x) a"),
        *("- (✓) a", "- （x） a", "• ( ) a", "☑ a", "teks - (x) a", "- [ a"),
    ],
)
def test_whatever_looks_like_an_option_is_seen(line):
    assert marks.looks_like_option(line)


@pytest.mark.parametrize(
    "line",
    [
        *("- teks", "- [teks](a.md)", "- [x](a.md)", "[x]: a.md", "(lihat bab 2) teks"),
        *("- (lihat bab 2) teks", "f(x) = 2", "| a | b |", "- `[ ]` kode", "**tebal**"),
        *("pasal 5 (lima)", "- [1] rujukan", "![x](a.png)", "sebesar 50% - (naik)"),
    ],
)
def test_ordinary_prose_is_no_option(line):
    assert not marks.looks_like_option(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Jawaban: a",
            "jawaban : a",
            "**Jawaban:** a",
            "- Jawaban: a",
            "> Jawaban: a",
        ),
        *("Jawabn: a", "Kunci jawaban: a", "Answer: a", "Pembahasan: a", "Isian:"),
        *("Pernyataan ini: benar", "Jika tepat: a", "Lihat Jawaban: a"),
    ],
)
def test_whatever_looks_like_an_answer_is_seen(line):
    assert question_labels.shows_answer(line)


@pytest.mark.parametrize(
    "line",
    [
        *("Perhatikan: ada tiga", "Contoh: a", "Catatan: a", "Poin: a", "Waktu: 09.00"),
        *("jawaban dari warga", "Tanya jawab: pukul 10", "https://a.go.id: b"),
    ],
)
def test_ordinary_words_before_a_colon_are_no_answer(line):
    assert not question_labels.shows_answer(line)


def test_every_answer_form_has_its_own_label_and_a_place_to_stand():
    assert len(BY_LABEL) == len(FORMS)
    for form in FORMS:
        assert form.uses
        assert form.uses <= USES
        assert form.label in LABELS or not form.label


def test_every_kind_of_question_can_be_scored():
    assert set(scoring.KINDS) == set(get_args(QuestionKind))
    assert all(name == kind.kind for name, kind in scoring.KINDS.items())


def test_every_kind_of_the_format_is_known():
    assert set(KINDS) == {"modul", "kuis", "bank", "tugas", "survei", "simulasi"}
