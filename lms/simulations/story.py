"""What a page tells of a run: the scene to choose in, and the path when it is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.catalog import items
from lms.catalog.items import Version

from . import queries, runs
from .models import Run
from .runs import Spot
from .spoken import Telling

MOST_TOLD = 100  # steps of a path; who walks in circles has seen the first ones


@dataclass(frozen=True, slots=True)
class Consequence:
    """The choice made last, and what followed from it."""

    choice_html: str
    feedback_html: str


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a path, looked back at.

    points       what the choice earned; 0 also when it was taken before
    is_again     it was taken before in the same run
    verdict      best, better (there was a better one), "" (not told)
    better_html  the choices that were better; empty unless told
    """

    number: int
    title: str
    choice_html: str
    feedback_html: str
    points: int
    is_again: bool
    verdict: str
    better_html: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A run looked back at: its steps, the scene it ended in, and all its points.

    left_out  how many steps are not in `steps`
    """

    steps: tuple[Told, ...]
    left_out: int
    end_title: str
    end_html: str
    points: int
    most: int


def choices(run: Run, version: Version, scene: str) -> list[str]:
    """Return the choices of a scene as HTML, in the order the run shows them.

    version  in any language: the order is the same
    """
    html = _choices(version, scene)
    return [html[number] for number in runs.shown_order(run, version, scene)]


def consequence(telling: Telling, here: Spot) -> Consequence | None:
    """Return what the last step led to; None at the beginning. Reads the key."""
    last = here.last
    if last is None:
        return None
    html = _choices(telling.version, last.scene)
    return Consequence(html[last.choice], telling.feedback(last.scene, last.choice))


def path(run: Run, telling: Telling, explained: bool) -> Path:
    """Return the whole way of a run that has ended. Reads the key.

    telling    what it was played by
    explained  whether better choices may be told: ask rules.Standing.may_explain
    """
    version = telling.version
    key = items.item_key(version.id)
    here = runs.spot(run, version)
    taken: set[tuple[str, int]] = set()
    told = []
    for step in queries.steps(run.id, MOST_TOLD):
        is_again = (step.scene, step.choice) in taken
        taken.add((step.scene, step.choice))
        told.append(_told(step, telling, key, is_again, explained))
    end = version.body["scenes"][here.scene]
    return Path(
        steps=tuple(told),
        left_out=here.number - 1 - len(told),
        end_title=end["title"],
        end_html=end["html"],
        points=runs.points_of(run, key),
        most=key["most"],
    )


def _told(
    step, telling: Telling, key: Mapping[str, Any], is_again: bool, explained: bool
) -> Told:
    version = telling.version
    scene, html = key["scenes"][step.scene], _choices(version, step.scene)
    chosen = scene["choices"][str(step.choice)]
    has_choice = len(scene["choices"]) > 1
    is_best = step.choice in scene["best"]
    verdict = ("best" if is_best else "better") if explained and has_choice else ""
    return Told(
        number=step.number,
        title=version.body["scenes"][step.scene]["title"],
        choice_html=html[step.choice],
        feedback_html=telling.feedback(step.scene, step.choice),
        points=0 if is_again else chosen["points"],
        is_again=is_again,
        verdict=verdict,
        better_html=tuple(html[n] for n in scene["best"] if verdict == "better"),
    )


def _choices(version: Version, scene: str) -> dict[int, str]:
    return {c["number"]: c["html"] for c in version.body["scenes"][scene]["choices"]}
