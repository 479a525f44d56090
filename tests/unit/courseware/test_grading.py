"""Scores worked out by hand, and answers that are none."""

from decimal import Decimal

import pytest

from lms.courseware import grading, library
from lms.courseware.grading import check_answer, grade, question_score, read_number
from tests.unit.courseware.mistakes import COURSE, SAMPLE

SINGLE = {"kind": "single", "credit": {"1": 0, "2": 100, "3": 50}}
MULTIPLE = {"kind": "multiple", "right": [1, 2, 4], "count": 5, "partial": True}
WHOLE = {**MULTIPLE, "partial": False}
TRUTH = {"kind": "true_false", "truth": False}
TEXT = {"kind": "short_text", "accepted": ["Ombudsman RI", "ORI"], "exact_case": False}
EXACT = {"kind": "short_text", "accepted": ["SKM"], "exact_case": True}
NUMBER = {"kind": "numeric", "low": "78", "high": "79"}


@pytest.mark.parametrize(
    ("key", "answer", "score"),
    [
        (SINGLE, 2, 10_000),
        (SINGLE, 3, 5_000),
        (SINGLE, 1, 0),
        (SINGLE, 9, 0),
        (SINGLE, True, 0),
        (SINGLE, "2", 0),
        (SINGLE, None, 0),
        (MULTIPLE, [1, 2, 4], 10_000),
        (MULTIPLE, [1, 2], 6_666),
        (MULTIPLE, [1, 2, 3], 3_333),
        (MULTIPLE, [1, 3, 5], 0),
        (MULTIPLE, [1, 2, 3, 4, 5], 3_333),
        (MULTIPLE, [], 0),
        (MULTIPLE, "124", 0),
        (WHOLE, [1, 2, 4], 10_000),
        (WHOLE, [1, 2], 0),
        (TRUTH, False, 10_000),
        (TRUTH, True, 0),
        (TRUTH, 0, 0),
        (TRUTH, None, 0),
        (TEXT, "ombudsman ri", 10_000),
        (TEXT, "  Ombudsman   RI. ", 10_000),
        (TEXT, "Ombudsman", 0),
        (TEXT, "...", 0),
        (TEXT, 5, 0),
        (EXACT, " SKM ", 10_000),
        (EXACT, "skm", 0),
        (NUMBER, "78,5", 10_000),
        (NUMBER, "78.5", 10_000),
        (NUMBER, "78", 10_000),
        (NUMBER, "79", 10_000),
        (NUMBER, "79,01", 0),
        (NUMBER, "kira-kira", 0),
        (NUMBER, 78, 0),
    ],
)
def test_an_answer_earns_its_basis_points(key, answer, score):
    assert question_score(key, answer) == score


@pytest.mark.parametrize(
    ("slots", "score"),
    [
        ([], 0),
        ([(1, 10_000)], 10_000),
        ([(1, 10_000), (1, 0), (1, 0)], 3_333),
        ([(2, 10_000), (1, 5_000)], 8_333),
        ([(3, 6_999), (1, 7_002)], 6_999),
    ],
)
def test_a_grade_is_the_weighted_mean_rounded_down(slots, score):
    assert grade(slots) == score


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("78,5", "78.5"),
        ("78.5", "78.5"),
        ("1.000", "1000"),
        ("1.234.567,89", "1234567.89"),
        ("1.23", "1.23"),
        ("0.123", "0.123"),
        ("1000", "1000"),
        (" 42 ", "42"),
        ("\u22125", "-5"),
        ("-5", "-5"),
        ("+5", "5"),
        ("- 5", "-5"),
    ],
)
def test_a_number_is_read_in_indonesian(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "1e5", "NaN", "inf", "Infinity", "1,2,3", "1.00.000", "--5"),
        *(
            "5-",
            ",5",
            "5,",
            "1_000",
            "٣",
            "²",
            "0x10",
            "9" * 31,
            "1 000",
            "-",
            "\0" + "5",
        ),
    ],
)
def test_what_is_no_number_is_none(text):
    assert read_number(text) is None


def test_in_english_the_signs_change_places():
    assert read_number("1,000", "en") == 1000
    assert read_number("1.000", "en") == 1
    assert read_number("78,5", "en") == Decimal("78.5")


@pytest.mark.parametrize(
    ("kind", "raw", "answer"),
    [
        ("single", "2", 2),
        ("single", 3, 3),
        ("single", None, None),
        ("single", "", None),
        ("multiple", ["3", "1", "3"], [1, 3]),
        ("multiple", "2", [2]),
        ("multiple", [], []),
        ("true_false", "benar", True),
        ("true_false", "salah", False),
        ("true_false", False, False),
        ("short_text", "  dua   kata ", "dua kata"),
        ("short_text", "   ", None),
        ("numeric", "78,5", "78,5"),
        ("numeric", "1,234.5", "1,234.5"),
    ],
)
def test_an_answer_is_brought_to_its_stored_form(kind, raw, answer):
    assert check_answer(kind, 3, raw) == answer


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        *(("single", raw) for raw in (0, 4, "4", -1, True, 1.0, "1.0", [1], {}, "٢")),
        *(("single", raw) for raw in ("9" * 5000, "a", b"1")),
        *(
            ("multiple", raw)
            for raw in ({}, [0], [1, "x"], [1, 2, 3, 1], 5, [[1]], True)
        ),
        *(("true_false", raw) for raw in ("ya", 1, 0, [], "\0")),
        *(("short_text", raw) for raw in (5, "a" * 501, "a\0b", "\ud800", ["a"])),
        *(("numeric", raw) for raw in ("abc", "1e9", [], 1.5, True, "9" * 400)),
        ("hologram", "teks"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(kind, raw):
    with pytest.raises(ValueError, match=r"\w"):
        check_answer(kind, 3, raw)


def test_keys_hold_everything_needed_to_score():
    quiz = library.load(SAMPLE).courses[COURSE].items["kuis-akhir"]

    assert [grading.make_key(q) for q in quiz.questions] == [
        {"kind": "single", "credit": {"1": 0, "2": 100, "3": 50}},
        {"kind": "multiple", "right": [1, 2, 4], "count": 4, "partial": True},
        {"kind": "true_false", "truth": False},
        {
            "kind": "short_text",
            "accepted": ["Ombudsman", "Ombudsman RI"],
            "exact_case": False,
        },
        {"kind": "numeric", "low": "78.0", "high": "79.0"},
        {"kind": "numeric", "low": "10", "high": "15"},
    ]
