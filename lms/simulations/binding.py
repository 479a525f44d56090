"""Which version of a simulation binds a learner who begins a run.

Ways, points and rules are those of the terbitan joined; better texts show at once.
"""

from collections.abc import Mapping
from typing import Any

from lms.catalog import items
from lms.catalog.courses import Live
from lms.catalog.items import Version

RULES = ("pass_percent", "attempts", "start")


def of_release(release: Live, item_code: str) -> Version | None:
    """Return the simulation of a release, or None when it has no such one."""
    entry = release.item(item_code)
    if entry is None or entry["kind"] != "simulation":
        return None
    sha = release.manifest["item_shas"][item_code]
    return items.find_version(release.course_id, item_code, sha)


def to_play(bound: Live, live: Live, item_code: str) -> Version | None:
    """Return the version a run beginning now is played by; None = there is none.

    bound  the release joined
    The live one, when it only tells the same story in better words; or is new.
    """
    old, new = of_release(bound, item_code), of_release(live, item_code)
    if old is None or new is None or old.id == new.id:
        return old or new
    has_same_rules = all(old.body[name] == new.body[name] for name in RULES)
    return new if has_same_rules and _ways(old) == _ways(new) else old


def _ways(version: Version) -> Mapping[str, Any]:
    """Return where every choice leads and what it earns, without any text."""
    scenes = items.item_key(version.id)["scenes"]
    return {
        code: (
            scene["ending"],
            [(n, c["to"], c["points"]) for n, c in sorted(scene["choices"].items())],
        )
        for code, scene in scenes.items()
    }
