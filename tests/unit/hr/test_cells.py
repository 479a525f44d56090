"""No cell is a formula, and every text comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.hr import cells


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+62811",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        ";=1",
        ",=1",
        '"=1',
        " =1",
        "\u3000=1",
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(text):
    assert cells.safe(text) == "'" + text
    assert cells.plain(cells.safe(text)) == text


@pytest.mark.parametrize("text", ["", "Rani", "199508252022212902", "A;B", "a=b", "–"])
def test_other_texts_stay_as_they_are(text):
    assert cells.safe(text) == text


def test_a_name_that_begins_with_an_apostrophe_comes_back():
    assert cells.plain(cells.safe("'Aisyah")) == "'Aisyah"


@given(st.text(alphabet="=+-@'\t ;,\"aＡ＝", max_size=6))
def test_plain_is_the_reverse_of_safe(text):
    assert cells.plain(cells.safe(text)) == text


@given(st.text(max_size=8))
def test_no_safe_text_begins_like_a_formula(text):
    assert cells.safe(text).lstrip(" \xa0")[:1] not in set("=+-@\t\r\n＝＋－＠")


@pytest.mark.parametrize(
    ("bp", "mark", "text"),
    [
        (None, ".", ""),
        (0, ".", "0"),
        (10_000, ".", "100"),
        (8_600, ".", "86"),
        (7_345, ".", "73.45"),
        (7_340, ",", "73,4"),
        (7_305, ",", "73,05"),
    ],
)
def test_scores_are_exact_decimals(bp, mark, text):
    assert cells.decimal(bp, mark) == text
