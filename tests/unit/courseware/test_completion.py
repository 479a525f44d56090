"""What completes an item and a course, and what is still missing."""

import pytest

from lms.courseware import library
from lms.courseware.completion import ItemState, is_complete, item_done, missing, states
from tests.unit.courseware.mistakes import COURSE, SAMPLE

READ, PASSED, OPENED = ("read", ""), ("passed", ""), ("opened", "")
ANSWERED_A, ANSWERED_B = ("check_answered", "a"), ("check_answered", "b")
RIGHT_A, RIGHT_B = ("check_right", "a"), ("check_right", "b")


@pytest.mark.parametrize(
    ("kind", "rule", "checks", "facts", "done"),
    [
        ("module", "read", [], {READ}, True),
        ("module", "read", ["a"], {OPENED}, False),
        ("module", "read", ["a"], {READ}, True),
        ("module", "checks_answered", ["a", "b"], {READ, ANSWERED_A}, False),
        ("module", "checks_answered", ["a", "b"], {ANSWERED_A, ANSWERED_B}, True),
        ("module", "checks_answered", [], {READ}, True),
        ("module", "checks_answered", [], set(), False),
        ("module", "checks_right", ["a", "b"], {ANSWERED_A, ANSWERED_B}, False),
        ("module", "checks_right", ["a", "b"], {RIGHT_A, RIGHT_B}, True),
        ("quiz", "read", [], {READ}, False),
        ("quiz", "read", [], {PASSED}, True),
    ],
)
def test_facts_complete_an_item(kind, rule, checks, facts, done):
    assert item_done(kind, rule, checks, facts) is done


def test_rules_and_required_items_are_missing_in_reading_order():
    found = missing(
        [("akhir", "passed")],
        {
            "satu": ItemState(required=True, done=False),
            "dua": ItemState(required=False, done=False),
            "tiga": ItemState(required=True, done=True),
            "akhir": ItemState(required=False, done=False),
        },
    )

    assert found == (("satu", "finished"), ("akhir", "passed"))


def test_without_rules_all_required_items_count():
    one, two = ItemState(True, True), ItemState(False, False)

    assert is_complete([], {"satu": one, "dua": two})
    assert not is_complete([], {"satu": ItemState(True, False)})


def test_a_rule_for_an_unknown_item_is_never_met():
    assert missing([("hilang", "passed")], {}) == (("hilang", "passed"),)


def test_a_course_without_any_demand_is_never_complete():
    assert not is_complete([], {"satu": ItemState(False, True)})


def test_the_sample_course_is_completed_step_by_step():
    course = library.load(SAMPLE).courses[COURSE]
    facts = {"standar": {READ}}

    assert missing(course.passing, states(course, facts)) == (
        ("standar", "finished"),
        ("kuis-akhir", "passed"),
    )

    facts["standar"] = {("check_answered", "cek-maklumat")}
    assert missing(course.passing, states(course, facts)) == (("kuis-akhir", "passed"),)

    facts["kuis-akhir"] = {PASSED}
    assert is_complete(course.passing, states(course, facts))
