"""The passing rule over a release's manifest and a learner's facts. Pure."""

from collections.abc import Mapping, Set
from typing import Any

from lms.courseware import completion
from lms.courseware.completion import ItemState

Facts = Mapping[str, Set[tuple[str, str]]]  # item code -> {(fact, subject)}


PLAN = "@rencana"  # where an item's code stands, for the action plan; no item's code


def plan_of(manifest: dict[str, Any]) -> str:
    """Return whether the course has an action plan: required, optional or none."""
    return manifest.get("action_plan") or "none"


def done_items(manifest: dict[str, Any], facts: Facts) -> frozenset[str]:
    """Return the codes of all items done, required or not."""
    return frozenset(c for c, state in _states(manifest, facts).items() if state.done)


def missing(manifest: dict[str, Any], facts: Facts) -> list[tuple[str, str]]:
    """Return what is still to do: (item code, requirement), in reading order."""
    states = _states(manifest, facts)
    found = list(completion.missing(_rule(manifest), states))
    return [*found, *([] if _has_plan(manifest, facts) else [(PLAN, "filled")])]


def is_complete(manifest: dict[str, Any], facts: Facts) -> bool:
    """Say whether the course is finished; one that demands nothing never is."""
    is_done = completion.is_complete(_rule(manifest), _states(manifest, facts))
    return is_done and _has_plan(manifest, facts)


def _has_plan(manifest: dict[str, Any], facts: Facts) -> bool:
    """Say whether the action plan is written, or nobody asks for one."""
    is_asked = plan_of(manifest) == "required"
    return not is_asked or ("filled", "") in facts.get(PLAN, frozenset())


def _rule(manifest: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(code, requirement) for code, requirement in manifest["passing"]]


def _states(manifest: dict[str, Any], facts: Facts) -> dict[str, ItemState]:
    return {
        item["code"]: ItemState(
            item["required"],
            completion.item_done(
                item["kind"],
                item["completion"] or "read",
                item["checks"],
                facts.get(item["code"], frozenset()),
            ),
        )
        for chapter in manifest["chapters"]
        for item in chapter["items"]
    }
