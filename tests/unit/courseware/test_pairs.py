"""Which quiz is before and which after the lessons, and what that means."""

import pytest

from lms.courseware import completion, pairs


def entry(code, pair="", kind="quiz"):
    return {"code": code, "kind": kind, "pair": pair, "completion": None}


OUTLINE = [entry("awal"), entry("baca", None, "module"), entry("akhir", "awal")]


@pytest.mark.parametrize("code", ["awal", "akhir"])
def test_either_may_name_the_other_and_the_order_decides(code):
    assert pairs.pre_and_post(OUTLINE, code) == ("awal", "akhir")


def test_others_are_in_no_pair():
    assert pairs.pre_and_post(OUTLINE, "baca") is None
    assert pairs.pre_and_post([entry("a", "a")], "a") is None
    assert pairs.pre_and_post([entry("a", "weg")], "a") is None


def test_a_pretest_is_done_when_handed_in_and_its_post_test_is_not():
    outline = [{"items": [dict(row) for row in OUTLINE]}]

    pairs.note_pretests(outline, [("akhir", "passed")])

    rules = [row["completion"] for row in outline[0]["items"]]
    assert rules == ["submitted", None, None]
    assert completion.item_done("quiz", "submitted", [], {("filled", "")})
    assert completion.item_done("quiz", "submitted", [], {("passed", "")})
    assert not completion.item_done("quiz", "", [], {("filled", "")})


def test_an_author_may_ask_for_its_pass():
    outline = [{"items": [dict(row) for row in OUTLINE]}]

    pairs.note_pretests(outline, [("awal", "passed")])

    assert outline[0]["items"][0]["completion"] is None
