"""By which key an attempt is explained: the one it counts by, in its own numbers."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from lms.catalog import items
from lms.courseware import pairing, renumbering
from lms.db import db

from . import queries
from .models import Attempt, Regrade

Key = Mapping[str, Any]
CORRECTED = "corrected"  # marks a key that is not the one of its own version


def of(attempt: Attempt) -> tuple[dict[int, Key], set[int]]:
    """Return the keys of the questions asked, and those that count as right for all.

    returns  question version id -> key, marked where CORRECTED; ids of versions
    """
    asked = {place["q"] for place in attempt.layout}
    keys = items.keys(asked)
    if attempt.again_bp is None:
        return dict(keys), set()
    acts = [rescore.act for rescore in queries.rescores([attempt.id])]
    wanted = select(Regrade).where(Regrade.uid.in_(acts)).order_by(Regrade.id)
    return after(keys, db.session.scalars(wanted))


def after(
    stored: Mapping[int, Key], acts: Iterable[Regrade]
) -> tuple[dict[int, Key], set[int]]:
    """Return what `of` returns for these versions, after these acts in their order."""
    keys = dict(stored)
    free: set[int] = set()
    for regrade in acts:
        concerned = keys.keys() & set(regrade.old_versions)
        if regrade.target_id is None:
            free |= concerned
            continue
        free -= concerned
        bodies = items.question_versions({*concerned, regrade.target_id})
        new, key = bodies[regrade.target_id].body, items.keys([regrade.target_id])
        for number in concerned:
            old = bodies[number].body
            carried = _carried(key[regrade.target_id], new, old)
            if carried:
                keys[number] = {**carried, CORRECTED: True}
    return keys, free


def _carried(key: Key, new: Key, old: Key) -> Key | None:
    """Return the key of a later version in the numbers of an earlier one, or None."""
    if new["kind"] != old["kind"]:
        return None
    parts = renumbering.parts(new, old)
    if not parts.is_whole and new["kind"] not in ("single", "multiple"):
        return None
    carried = renumbering.key(key, parts)
    numbers = pairing.numbers(parts.options)
    carried["feedback"] = {
        str(numbers[int(n)]): html
        for n, html in key.get("feedback", {}).items()
        if n.isdigit() and int(n) in numbers
    }
    if "credit" in carried:  # an option that was taken out later is no right one
        ours = {str(option["number"]): 0 for option in old["options"]}
        carried["credit"] = ours | carried["credit"]
    return carried
