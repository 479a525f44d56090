"""The bar of a competency: what fills a step, what only outlines it."""

import pytest

from lms.catalog.promising import Card
from lms.competency.overview import advice_for, offers_for, sections_of
from lms.competency.standing import Row


def row(required=0, shown=0, learned=0, code="PPB", group="manajerial") -> Row:
    gap = max(0, required - max(shown, learned))
    return Row(code, code.title(), group, required, shown, learned, gap)


def card(course_id: int, level: int) -> Card:
    return Card(course_id, f"kursus-{course_id}", "Judul", "", 3, 90, level)


@pytest.mark.parametrize(
    ("required", "shown", "learned", "steps"),
    [
        (3, 0, 0, "need need need - -"),
        (3, 2, 0, "on on need - -"),
        (3, 1, 2, "on light need - -"),
        (1, 0, 2, "light light - - -"),
        (2, 4, 1, "on on on on -"),
        (5, 0, 1, "light need need need need"),
    ],
)
def test_shown_fills_learned_outlines_and_the_rest_is_missing(
    required, shown, learned, steps
):
    found = row(required, shown, learned).steps

    assert found == tuple("" if step == "-" else step for step in steps.split())


def test_what_is_only_learned_does_not_meet_the_job():
    learned = row(required=2, learned=2)

    assert learned.gap == 0
    assert not learned.is_met


def test_a_course_is_offered_only_when_it_brings_further():
    offers = offers_for(
        row(required=3, shown=1), [card(1, 4), card(2, 1), card(3, 2)], {1: "done"}
    )

    assert [(o.card.course_id, o.level, o.state) for o in offers] == [
        (3, 2, ""),
        (1, 2, "done"),
    ]


def test_without_a_gap_nothing_is_offered():
    met = row(required=1, shown=1)

    assert offers_for(met, [card(1, 2)], {}) == ()
    assert advice_for(met, ()) == ""


def test_a_level_above_two_needs_an_assessment_not_a_course():
    assert advice_for(row(required=3, learned=2), ()) == "assess"
    assert advice_for(row(required=3, shown=1), ()) == "none"
    offers = offers_for(row(required=3, shown=1), [card(1, 2)], {})
    assert advice_for(row(required=3, shown=1), offers) == ""


def test_groups_come_in_the_order_of_the_dictionary_unknown_ones_last():
    class Item:
        def __init__(self, group):
            self.row = row(required=1, group=group)

    sections = sections_of(
        Item(g) for g in ("lain", "teknis", "manajerial", "sosial_kultural", "teknis")
    )

    assert [(s.key, len(s.items)) for s in sections] == [
        ("manajerial", 1),
        ("sosial_kultural", 1),
        ("teknis", 2),
        ("lain", 1),
    ]
