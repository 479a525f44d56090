"""What is done and what comes next, worked by hand."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lms.catalog.courses import Live
from lms.learn import outline

READ, PASSED = ("read", ""), ("passed", "")


def item(code: str, kind="module", *, completion="read", checks=(), required=True):
    return {
        "code": code,
        "kind": kind,
        "title": code.title(),
        "required": required,
        "minutes": 10,
        "questions": 5 if kind == "quiz" else None,
        "completion": completion if kind == "module" else None,
        "checks": list(checks),
        "pass_percent": 70 if kind == "quiz" else None,
    }


def release(number: int, *items, passing=()) -> Live:
    return Live(
        course_id=1,
        code="kursus",
        release_id=number,
        number=number,
        edition=1,
        title="Kursus",
        summary="",
        jp=2,
        manifest={
            "language": "id",
            "chapters": [{"title": "Bab", "items": list(items)}],
            "passing": [list(p) for p in passing],
        },
        published_at=datetime(2026, 11, 22, tzinfo=UTC),
    )


A, B, QUIZ = (
    item("a"),
    item("b", completion="checks_answered", checks="xy"),
    item("q", "quiz"),
)
LIVE = release(1, A, B, QUIZ, passing=[("q", "passed")])


def states(facts, live=LIVE, bound=LIVE) -> str:
    return " ".join(row.state for row in outline.build(live, bound, facts).rows)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, "todo todo todo"),
        ({"a": {READ}}, "done todo todo"),
        ({"b": {READ}}, "todo running todo"),
        ({"b": {("check_answered", "x")}}, "todo running todo"),
        ({"b": {("check_answered", "x"), ("check_answered", "y")}}, "todo done todo"),
        ({"q": {("opened", "")}}, "todo todo running"),
        ({"q": {PASSED}}, "todo todo done"),
        ({"q": {READ}}, "todo todo running"),
    ],
)
def test_states_of_items(facts, found):
    assert states(facts) == found


def test_progress_counts_items_and_minutes():
    shown = outline.build(LIVE, LIVE, {"a": {READ}})

    assert (shown.done, shown.total, shown.minutes_left) == (1, 3, 20)


def test_the_first_undone_item_comes_next():
    assert outline.build(LIVE, LIVE, {"a": {READ}}).next_row.code == "b"
    assert outline.build(LIVE, LIVE, {"b": {READ}}).next_row.code == "a"


def test_optional_items_come_last_and_do_not_count():
    live = release(1, item("o", required=False), A)

    assert outline.build(live, live, {}).next_row.code == "a"
    after = outline.build(live, live, {"a": {READ}})
    assert (after.total, after.done, after.next_row.code) == (1, 1, "o")


def test_what_only_makes_sense_before_is_not_offered_when_all_is_done():
    said, later = (item(code, "survey", required=False) for code in ("said", "later"))
    later["after_days"] = 90
    pre, more = item("pre", "quiz", required=False), item("o", required=False)
    live = release(1, pre, more, A, said, later)

    assert outline.build(live, live, {"a": {READ}}).next_row.code == "o"
    after = outline.build(live, live, {"a": {READ}, "o": {READ}})
    assert after.next_row.code == "said"
    every = {"a": {READ}, "o": {READ}, "said": {("filled", "")}}
    assert outline.build(live, live, every).next_row is None


def test_work_that_waits_for_a_grade_is_no_next_step():
    live = release(1, A, item("t", "task"))
    built = outline.build(live, live, {"a": {READ}, "t": {("opened", "")}})
    read, work = built.rows
    waits = outline.Chapter("Bab", (read, replace(work, state="waiting")))

    assert built.next_row == work
    assert outline.Outline((waits,)).next_row is None


def test_an_optional_item_in_the_rule_counts():
    live = release(1, item("o", required=False), A, passing=[("o", "finished")])

    assert outline.build(live, live, {}).total == 2


def test_nothing_comes_after_the_last():
    everything = {
        "a": {READ},
        "b": {("check_answered", c) for c in "xy"},
        "q": {PASSED},
    }

    assert outline.build(LIVE, LIVE, everything).next_row is None


def test_what_the_binding_release_wants_stays_in_the_outline():
    live = release(2, A)

    shown = outline.build(live, LIVE, {})

    assert [c.is_ours for c in shown.chapters] == [False, True]
    assert [row.code for row in shown.rows] == ["a", "b", "q"]


def test_an_item_is_judged_by_the_binding_rule():
    live = release(2, A, item("b", completion="checks_right", checks="xyz"), QUIZ)

    assert (
        states({"b": {("check_answered", c) for c in "xy"}}, live) == "todo done todo"
    )


def test_what_is_new_since_enrolling_does_not_count():
    live = release(2, A, item("n"), B, QUIZ)

    shown = outline.build(live, LIVE, {"n": {READ}})

    assert shown.total == 3
    assert [(row.counts, row.state) for row in shown.rows][1] == (False, "done")


def test_neighbours_in_reading_order():
    shown = outline.build(LIVE, LIVE, {})

    assert [row and row.code for row in shown.beside("b")] == ["a", "q"]
    assert shown.beside("a")[0] is None
    assert shown.beside("q")[1] is None
