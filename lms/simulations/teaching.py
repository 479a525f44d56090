"""How an instructor's simulations were played: endings and choices, never who.

An instructor sees the courses that name them as author, played by the people of the
units over which they hold that role.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, func, select

from lms.accounts import roles
from lms.accounts.models import Person, Unit
from lms.catalog import items
from lms.catalog.courses import Live
from lms.db import db
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.quiz.teaching import courses_of

from .models import Run, Step


class NotTaught(NotFound):
    message = N_("Simulasi ini tidak ada dalam kursus yang Anda ajar.")


@dataclass(frozen=True, slots=True)
class Played:
    """A simulation, or one version of it, and how often it was played.

    version_id  None = all versions
    mean_bp     of the runs that ended; None = none did
    """

    course: Live
    code: str
    title: str
    version_id: int | None
    begun: int
    ended: int
    passed: int
    mean_bp: int | None


@dataclass(frozen=True, slots=True)
class TakenChoice:
    """A choice of a scene; `times` of the scene's `n` it was taken."""

    html: str
    points: int
    is_best: bool
    times: int


@dataclass(frozen=True, slots=True)
class TakenScene:
    """A scene with choices; `n` = how often somebody chose in it."""

    title: str
    n: int
    choices: tuple[TakenChoice, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """One version, counted.

    endings  (title of the scene, good | fair | poor, times), in the order of the file
    most     points of the best path
    """

    endings: tuple[tuple[str, str, int], ...]
    scenes: tuple[TakenScene, ...] = field(default=())
    most: int = 0


def listed(user) -> list[Played]:
    """Return the simulations of the courses that `user` teaches, as they are live."""
    taught = {live.course_id: live for live in courses_of(user)}
    if not taught:
        return []
    counts = _counts(user, Run.course_id.in_(taught), Run.course_id, Run.item_code)
    return [
        _played(
            live, item["code"], item["title"], None, counts.get((key, item["code"]))
        )
        for key, live in taught.items()
        for item in live.items
        if item["kind"] == "simulation"
    ]


def find(user, course_code: str, item_code: str) -> Live:
    """Return the live course of a simulation that `user` teaches. Raises NotTaught."""
    for live in courses_of(user):
        entry = live.item(item_code) if live.code == course_code else None
        if entry is not None and entry["kind"] == "simulation":
            return live
    raise NotTaught


def versions(user, live: Live, item_code: str) -> list[Played]:
    """Return the versions of a simulation, the live one first, then the newest."""
    sha = live.manifest["item_shas"][item_code]
    newest = items.find_version(live.course_id, item_code, sha)
    is_this = (Run.course_id == live.course_id) & (Run.item_code == item_code)
    counts = _counts(user, is_this, Run.item_version_id)
    older = sorted((n for (n,) in counts if n != newest.id), reverse=True)
    return [
        _played(live, item_code, items.version(n).body["title"], n, counts.get((n,)))
        for n in (newest.id, *older)
    ]


def tally(user, version_id: int) -> Tally:
    """Count endings and choices of one version. Reads the key."""
    body, key = items.version(version_id).body, items.item_key(version_id)
    ends, taken = _ends(user, version_id), _taken(user, version_id)
    return Tally(
        endings=tuple(
            (body["scenes"][code]["title"], scene["ending"], ends.get(code, 0))
            for code, scene in key["scenes"].items()
            if scene["ending"]
        ),
        scenes=tuple(
            _scene(body["scenes"][code], scene, taken.get(code, {}))
            for code, scene in key["scenes"].items()
            if scene["choices"]
        ),
        most=key["most"],
    )


def _scene(
    shown: Mapping[str, Any], scene: Mapping[str, Any], taken: Mapping[int, int]
) -> TakenScene:
    return TakenScene(
        title=shown["title"],
        n=sum(taken.values()),
        choices=tuple(
            TakenChoice(
                html=choice["html"],
                points=scene["choices"][str(choice["number"])]["points"],
                is_best=choice["number"] in scene["best"],
                times=taken.get(choice["number"], 0),
            )
            for choice in shown["choices"]
        ),
    )


def _played(live: Live, code: str, title: str, version_id: int | None, row) -> Played:
    counts = row or (0, 0, 0, None)
    mean = None if counts[3] is None else int(counts[3])
    return Played(live, code, title, version_id, *counts[:3], mean)


def _counts(user, condition, *keys) -> dict[tuple, tuple]:
    """Return (begun, ended, passed, mean score) by the given columns."""
    passed = case((Run.score_bp >= Run.pass_bp, 1), else_=0)
    rows = db.session.execute(
        _of_units(
            select(
                *keys, func.count(), func.count(Run.ended_at), func.sum(passed),
                func.avg(Run.score_bp),
            ),
            user,
        ).where(condition).group_by(*keys)
    )  # fmt: skip
    return {tuple(row[: len(keys)]): tuple(row[len(keys) :]) for row in rows}


def _ends(user, version_id: int) -> dict[str, int]:
    """Return how often each scene was come to; come to an end, a run is over."""
    wanted = select(Step.to, func.count()).join(Run, Run.id == Step.run_id)
    rows = db.session.execute(
        _of_units(wanted, user)
        .where(Run.item_version_id == version_id)
        .group_by(Step.to)
    )
    return {scene: times for scene, times in rows}


def _taken(user, version_id: int) -> dict[str, dict[int, int]]:
    """Return how often each choice was taken: scene -> number -> times."""
    wanted = select(Step.scene, Step.choice, func.count())
    rows = db.session.execute(
        _of_units(wanted.join(Run, Run.id == Step.run_id), user)
        .where(Run.item_version_id == version_id)
        .group_by(Step.scene, Step.choice)
    )
    found: dict[str, dict[int, int]] = {}
    for scene, choice, times in rows:
        found.setdefault(scene, {})[choice] = times
    return found


def _of_units(wanted, user):
    """Keep to runs of people taught; one's own trying out does not count."""
    return (
        wanted.join(Person, Person.id == Run.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(roles.units_held(user, "instructor"), Person.id != user.id)
    )
