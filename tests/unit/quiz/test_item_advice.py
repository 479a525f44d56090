"""Each rule speaks when it should, and never of a few answers."""

from dataclasses import replace

import pytest

from lms.quiz import item_advice
from lms.quiz.item_advice import CONSIDER, LOOK, NOTE, Asked
from lms.quiz.item_statistics import Figures, OptionUse

FINE = Figures(
    n=100, mean_bp=6_000, upper_bp=8_500, lower_bp=3_500, correlation=0.45,
    options=(
        OptionUse(1, 60, 6_000, 8_500, 3_500),
        OptionUse(2, 25, 2_500, 1_000, 4_000),
        OptionUse(3, 15, 1_500, 500, 2_500),
    ),
)  # fmt: skip
ASKED = Asked(frozenset({1}), guessed=3_333, letters={1: "A", 2: "B", 3: "C"})


def told(asked=ASKED, **changed) -> list[tuple[int, str]]:
    found = item_advice.of(replace(FINE, **changed), asked)
    return [(one.care, (one.text % dict(one.facts)).split(".")[0]) for one in found]


def uses(*rows) -> tuple[OptionUse, ...]:
    return tuple(
        OptionUse(n, count, count * 100, upper, lower)
        for n, (count, upper, lower) in enumerate(rows, start=1)
    )


def test_a_good_question_needs_nothing():
    assert told() == []
    assert item_advice.care([]) == 0


BACKWARDS = {"upper_bp": 3_000, "lower_bp": 7_000, "correlation": -0.4}
KEY = "Soal ini lebih sering dijawab benar oleh peserta yang nilainya rendah"


def test_a_question_the_weak_get_right_has_a_doubtful_key():
    assert told(**BACKWARDS) == [(LOOK, KEY)]


@pytest.mark.parametrize("n", [0, 5, 15])
def test_few_answers_are_never_blamed(n):
    bad = BACKWARDS | {"mean_bp": 0, "empty": n, "options": uses((0, 0, 0))}

    assert told(n=n, **bad) == []


def test_what_chance_may_explain_is_not_blamed():
    slightly = {"upper_bp": 5_900, "lower_bp": 6_000, "correlation": -0.1}

    assert told(n=30, **slightly) == []


def test_a_wrong_option_that_tempts_the_best_is_named():
    options = uses((40, 3_000, 4_000), (50, 6_500, 4_000), (10, 500, 2_000))

    [(care, text)] = told(options=options)

    assert care == LOOK
    assert text.startswith("Peserta yang nilainya tinggi lebih sering memilih B ")


def test_a_wrong_option_a_little_ahead_is_not():
    options = uses((40, 4_500, 4_000), (50, 5_500, 4_000), (10, 500, 2_000))

    assert told(options=options) == []


def test_worse_than_guessing_is_told_instead_of_hard():
    assert told(mean_bp=1_500) == [(LOOK, "Hasilnya lebih rendah daripada menebak")]


def test_few_right_answers_ask_whether_it_is_taught():
    [(care, text)] = told(replace(ASKED, guessed=None), mean_bp=2_900)

    assert (care, text) == (CONSIDER, "Sedikit peserta yang menjawab benar")


def test_a_question_that_separates_nobody():
    flat = {"correlation": 0.0, "upper_bp": 6_000, "lower_bp": 6_000}

    [(care, text)] = told(**flat)

    assert care == CONSIDER
    assert "hampir sama sering benar" in text
    assert told(n=45, **flat) == []
    assert told(mean_bp=9_100, **flat) == []  # too easy to separate


def test_many_left_it_empty():
    assert told(empty=19) == []
    assert told(empty=20) == [(CONSIDER, "Banyak peserta tidak menjawab")]


def test_options_nobody_takes_are_named():
    one = uses((70, 8_000, 6_000), (30, 2_000, 4_000), (0, 0, 0))
    two = uses((100, 8_000, 6_000), (0, 0, 0), (0, 0, 0))

    assert told(options=one) == [(NOTE, "Hampir tidak ada yang memilih C")]
    assert told(options=two) == [(CONSIDER, "Hampir tidak ada yang memilih B, C")]
    assert told(n=45, options=one) == []
    assert told(options=one[::2]) == []  # of two, one must be wrong


def test_an_easy_question_may_be_meant_so():
    assert told(mean_bp=9_600) == [(NOTE, "Hampir semua peserta menjawab benar")]


def test_the_most_urgent_comes_first():
    found = item_advice.of(replace(FINE, **BACKWARDS, empty=30), ASKED)

    assert [one.care for one in found] == [LOOK, CONSIDER]
    assert item_advice.care(found) == LOOK
