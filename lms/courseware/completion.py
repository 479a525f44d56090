"""What completes an item and a course, over facts. Pure: no database, no clock.

A fact is (what happened, subject): ("opened", ""), ("read", ""), ("passed", ""),
("filled", ""), ("check_answered", check code), ("check_right", check code).
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from lms.courseware.pairs import SUBMITTED
from lms.courseware.schema import Completion, Course, Requirement

Fact = tuple[str, str]
CHECK_FACTS: dict[str, str] = {
    "checks_answered": "check_answered",
    "checks_right": "check_right",
}
# What completes an item of a kind that is no lesson.
DONE_BY: dict[str, str] = {
    "quiz": "passed",
    "simulation": "passed",
    "task": "passed",
    "survey": "filled",
}


@dataclass(frozen=True, slots=True)
class ItemState:
    """What is known of one item for one learner."""

    required: bool
    done: bool


def item_done(
    kind: str,
    completion_rule: Completion | str,
    checks: Iterable[str],
    facts: Set[Fact],
) -> bool:
    """Say whether the facts of one item complete it.

    kind    as stored; all but a module are done by the fact in `DONE_BY`; a quiz that
            only measures (lms.courseware.pairs) also by having been handed in
    checks  codes of the checks of a module; without any, reading is enough
    """
    if kind == "quiz" and completion_rule == SUBMITTED and ("filled", "") in facts:
        return True
    if kind in DONE_BY:
        return (DONE_BY[kind], "") in facts
    checks = tuple(checks)
    wanted = CHECK_FACTS.get(completion_rule)
    if wanted is None or not checks:
        return ("read", "") in facts
    return all((wanted, code) in facts for code in checks)


def missing(
    passing: Iterable[tuple[str, Requirement]], states: Mapping[str, ItemState]
) -> tuple[tuple[str, Requirement], ...]:
    """What a learner still has to do: (item code, requirement), in reading order.

    passing  the `kelulusan` rules; empty = every required item counts
    states   by item code, in the order of the course
    returns  empty = the course is complete; a course without any demand never is
    """
    rules = dict(passing)
    open_items: list[tuple[str, Requirement]] = [
        (code, rules.get(code, "finished"))
        for code, state in states.items()
        if (code in rules or state.required) and not state.done
    ]
    unknown = [(code, rule) for code, rule in rules.items() if code not in states]
    return tuple(open_items + unknown)


def is_complete(
    passing: Iterable[tuple[str, Requirement]], states: Mapping[str, ItemState]
) -> bool:
    """Say whether all rules hold and all required items are done."""
    passing = tuple(passing)
    has_demand = bool(passing) or any(state.required for state in states.values())
    return has_demand and not missing(passing, states)


def states(course: Course, facts: Mapping[str, Set[Fact]]) -> dict[str, ItemState]:
    """The state of every item of a course from the facts by item code."""
    found = {}
    for chapter in course.chapters:
        for code in chapter.items:
            item = course.items[code]
            is_module = item.kind == "module"
            rule = item.completion if is_module else "read"
            checks = [q.code for q in item.own_questions] if is_module else []
            done = item_done(item.kind, rule, checks, facts.get(code, frozenset()))
            found[code] = ItemState(item.required, done)
    return found
