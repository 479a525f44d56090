"""What browsers, and people who are no browsers, send as an answer."""

import pytest

from lms.quiz.forms import AnswerUnreadable, NotANumber, TextTooLong, read_answer

SHOWN = [3, 1, 2]


@pytest.mark.parametrize(
    ("kind", "values", "answer"),
    [
        ("single", ["0"], 3),
        ("single", ["2"], 2),
        ("single", [], None),
        ("multiple", ["0", "1"], [1, 3]),
        ("multiple", [], None),
        ("true_false", ["0"], True),
        ("true_false", ["1"], False),
        ("short_text", ["  Ombudsman   RI "], "Ombudsman RI"),
        ("short_text", ["  "], None),
        ("numeric", ["78,5"], "78,5"),
        ("numeric", ["\u22125"], "\u22125"),
        ("numeric", [""], None),
    ],
)
def test_readable(kind, values, answer):
    assert read_answer({"kind": kind}, SHOWN, values) == answer


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        *(("single", [v]) for v in ("3", "-1", "1e3", "0x1", "١", "1 ", "", "null")),
        ("single", ["9" * 50]),
        ("single", ["0", "1"]),  # two options on single choice
        ("multiple", ["0", "7"]),
        ("multiple", ["0"] * 10_000),
        ("true_false", ["2"]),
        ("true_false", ["0", "1"]),
        ("short_text", ["a", "b"]),
        ("short_text", ["a\x07b"]),
        ("lain", ["0"]),
        *(("numeric", [v]) for v in ("NaN", "1e309", "inf", "dua", "--1", "1,2,3")),
    ],
)
def test_unreadable(kind, values):
    with pytest.raises(AnswerUnreadable):
        read_answer({"kind": kind}, SHOWN, values)


def test_a_text_may_be_so_long_and_no_longer():
    assert read_answer({"kind": "short_text"}, [], ["a" * 500]) == "a" * 500
    with pytest.raises(TextTooLong):
        read_answer({"kind": "short_text"}, [], ["a" * 501])


def test_a_word_for_a_number_is_told_apart():
    with pytest.raises(NotANumber):
        read_answer({"kind": "numeric"}, [], ["dua belas"])


@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [
        ("id", "1.000", "1.000"),  # one thousand
        ("en", "1.000", "1"),
        ("en", "1,234.5", "1234,5"),
        ("en", "78.5", "78,5"),
    ],
)
def test_a_number_is_read_in_the_language_of_the_page(language, typed, kept):
    assert read_answer({"kind": "numeric"}, [], [typed], language) == kept
