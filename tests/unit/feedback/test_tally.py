"""Counting answers, and what of it may be shown."""

import json

import pytest

from lms.feedback.tally import Counted, moments, results
from lms.kernel.few import may_show, shown_parts

SCALE = {
    "stem_html": "<p>Seberapa setuju?</p>",
    "scale": ["Tidak", "Kurang", "Setuju", "Sangat"],
    "statements": [{"code": "a", "html": "Materi <em>sesuai</em>"}],
}


def scale(counts: dict[int, int], version: int = 1, body=SCALE) -> list[Counted]:
    return [
        Counted(version, "materi", "likert", body, json.dumps({"a": level}), count)
        for level, count in counts.items()
    ]


def test_mean_and_spread_of_a_known_row():
    assert moments({2: 1, 4: 3, 5: 2, 7: 1, 9: 1}) == (5, 2.14)


@pytest.mark.parametrize(("values", "found"), [({}, (None, None)), ({3: 1}, (3, None))])
def test_one_value_has_no_spread_and_none_has_no_mean(values, found):
    assert moments(values) == found


def test_a_statement_is_counted_level_by_level():
    spread = results(scale({1: 1, 4: 3}), {"materi": 1})[0].spreads[0]

    assert spread.text == "Materi sesuai"
    assert [bar.count for bar in spread.bars] == [1, 0, 0, 3]
    assert [bar.share_bp for bar in spread.bars] == [2500, 0, 0, 7500]
    assert (spread.count, spread.mean, spread.deviation) == (4, 3.25, 1.5)


def test_left_open_is_asked_but_not_answered():
    counted = [*scale({4: 3}), Counted(1, "materi", "likert", SCALE, "null", 2)]

    found = results(counted, {"materi": 1})[0]

    assert (found.asked, found.answered) == (5, 3)


def test_versions_that_mean_the_same_are_counted_together():
    reworded = SCALE | {"stem_html": "<p>Setujukah Anda?</p>"}
    counted = [*scale({4: 3}, 1), *scale({1: 2}, 2, reworded)]

    found = results(counted, {"materi": 2})

    assert len(found) == 1
    assert found[0].text == "Setujukah Anda?"
    assert found[0].spreads[0].count == 5


def test_another_scale_stands_apart_as_an_older_one():
    longer = SCALE | {"scale": ["1", "2", "3", "4", "5"]}
    counted = [*scale({4: 3}, 1), *scale({5: 2}, 2, longer)]

    found = results(counted, {"materi": 2})

    assert [(r.is_older, r.asked) for r in found] == [(False, 2), (True, 3)]


def test_several_choices_are_shares_of_who_answered():
    body = {
        "stem_html": "<p>Metode?</p>",
        "options": [{"number": n, "html": t} for n, t in ((1, "A"), (2, "B"))],
    }
    counted = [
        Counted(1, "m", "multiple", body, "[1,2]", 3),
        Counted(1, "m", "multiple", body, "[2]", 1),
    ]

    bars = results(counted, {"m": 1})[0].spreads[0].bars

    assert [(bar.label, bar.count, bar.share_bp) for bar in bars] == [
        ("A", 3, 7500),
        ("B", 4, 10_000),
    ]


def test_numbers_have_a_mean():
    body = {"stem_html": "<p>Jam?</p>", "unit": "jam"}
    counted = [Counted(1, "j", "numeric", body, f'"{n}"', 1) for n in ("1,5", "2,5")]

    spread = results(counted, {"j": 1})[0].spreads[0]

    assert (spread.mean, spread.count) == (2, 2)


@pytest.mark.parametrize(
    ("counts", "is_low"),
    [({1: 3, 4: 7}, True), ({1: 2, 4: 7}, False), ({1: 2, 4: 8}, False),
     ({2: 4, 3: 6}, True)],
)  # fmt: skip
def test_a_third_at_the_bottom_of_ten_or_more_wants_a_look(counts, is_low):
    assert results(scale(counts), {"materi": 1})[0].spreads[0].is_low is is_low


@pytest.mark.parametrize(
    ("part", "whole", "is_shown"),
    [(5, 5, True), (4, 4, False), (5, 10, True), (5, 9, False), (9, 10, False)],
)
def test_a_part_is_shown_only_when_the_rest_is_many_as_well(part, whole, is_shown):
    assert may_show(part, whole, 5) is is_shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({"a": 5, "b": 5}, {"a", "b"}),
        ({"a": 5, "b": 7, "c": 1}, {"b"}),  # a hides c
        ({"a": 5, "b": 1}, set()),
        ({"a": 9, "b": 3, "c": 3}, {"a"}),
        ({"a": 4}, set()),
        ({}, set()),
    ],
)
def test_parts_are_hidden_so_that_none_comes_out_by_subtraction(parts, shown):
    assert shown_parts(parts, 5) == shown
