"""How an instructor's simulations were played: endings and choices, never who.

An instructor sees the courses that name them as author, played by the people of the
units over which they hold that role. Of fewer people than `least` nothing is counted:
neither of a simulation, nor of a version, of those who came to an end, or of a scene.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import case, func, select

from lms.accounts import roles
from lms.accounts.models import Person, Unit
from lms.catalog import items
from lms.catalog.courses import Live
from lms.db import db
from lms.kernel import few
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
    people      who began it; is_hidden: too few to be told of, all else is 0
    mean_bp     of the runs that ended; None = none did, or too few people
    may_tell    enough people came to an end to tell how it ended
    """

    course: Live
    code: str
    title: str
    version_id: int | None
    begun: int = 0
    ended: int = 0
    passed: int = 0
    mean_bp: int | None = None
    people: int = 0
    is_hidden: bool = False
    may_tell: bool = False


@dataclass(frozen=True, slots=True)
class TakenChoice:
    """A choice of a scene; `times` of the scene's `n` it was taken."""

    html: str
    points: int
    is_best: bool
    times: int


@dataclass(frozen=True, slots=True)
class TakenScene:
    """A scene with choices; `n` = how often somebody chose in it.

    is_hidden  too few people did; n and times are 0
    """

    title: str
    n: int
    choices: tuple[TakenChoice, ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """One version, counted.

    endings  (title of the scene, good | fair | poor, times), in the order of the file
    most     points of the best path
    """

    endings: tuple[tuple[str, str, int], ...]
    scenes: tuple[TakenScene, ...] = field(default=())
    most: int = 0


def listed(user, least: int) -> list[Played]:
    """Return the simulations of the courses that `user` teaches, as they are live.

    least  people who are told of together
    """
    taught = {live.course_id: live for live in courses_of(user)}
    if not taught:
        return []
    counts = _counts(user, Run.course_id.in_(taught), Run.course_id, Run.item_code)
    return [
        _told(
            Played(live, item["code"], item["title"], None),
            counts.get((key, item["code"])),
            least,
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


def versions(user, live: Live, item_code: str, least: int) -> list[Played]:
    """Return the versions of a simulation, the live one first, then the newest.

    One that few have played is hidden, and so is another where it would come out by
    subtraction.
    """
    sha = live.manifest["item_shas"][item_code]
    newest = items.find_version(live.course_id, item_code, sha)
    is_this = (Run.course_id == live.course_id) & (Run.item_code == item_code)
    counts = _counts(user, is_this, Run.item_version_id)
    older = sorted((n for (n,) in counts if n != newest.id), reverse=True)
    may = few.shown_parts({n: row[4] for (n,), row in counts.items()}, least)
    return [
        _told(
            Played(live, item_code, items.version(n).body["title"], n),
            counts.get((n,)),
            least,
            n not in may,
        )
        for n in (newest.id, *older)
    ]


def tally(user, shown: Played, least: int) -> Tally:
    """Count endings and choices of one version, as far as enough people made them.

    Reads the key.
    """
    assert shown.version_id is not None
    version_id = shown.version_id
    body, key = items.version(version_id).body, items.item_key(version_id)
    ends = _ends(user, version_id) if shown.may_tell else {}
    taken, people = _taken(user, version_id), _people(user, version_id)
    if shown.is_hidden:
        taken, people = {}, {}
    return Tally(
        endings=tuple(
            (body["scenes"][code]["title"], scene["ending"], ends.get(code, 0))
            for code, scene in key["scenes"].items()
            if scene["ending"]
        ),
        scenes=tuple(
            _scene(
                body["scenes"][code],
                scene,
                taken.get(code, {}),
                0 < people.get(code, 0) < least,
            )
            for code, scene in key["scenes"].items()
            if scene["choices"]
        ),
        most=key["most"],
    )


def _scene(
    shown: Mapping[str, Any],
    scene: Mapping[str, Any],
    taken: Mapping[int, int],
    is_hidden: bool,
) -> TakenScene:
    taken = {} if is_hidden else taken
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
        is_hidden=is_hidden,
    )


def _told(empty: Played, row, least: int, is_hidden: bool = False) -> Played:
    """Return what may be told of a simulation. row: of `_counts`, or None."""
    begun, ended, passed, mean, people, enders = row or (0, 0, 0, None, 0, 0)
    if people and (is_hidden or people < least):
        return replace(empty, is_hidden=True)
    if enders < least:
        return replace(empty, begun=begun, people=people)
    return replace(
        empty, begun=begun, ended=ended, passed=passed, people=people, may_tell=True,
        mean_bp=None if mean is None else int(mean),
    )  # fmt: skip


def _counts(user, condition, *keys) -> dict[tuple, tuple]:
    """Return (begun, ended, passed, mean score, people, of them to an end) by keys."""
    came_to_end = case((Run.ended_at.is_not(None), Run.person_id))
    passed = case((Run.score_bp >= Run.pass_bp, 1), else_=0)
    rows = db.session.execute(
        _of_units(
            select(
                *keys, func.count(), func.count(Run.ended_at), func.sum(passed),
                func.avg(Run.score_bp), func.count(Run.person_id.distinct()),
                func.count(came_to_end.distinct()),
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


def _people(user, version_id: int) -> dict[str, int]:
    """Return how many people chose in each scene."""
    wanted = select(Step.scene, func.count(Run.person_id.distinct()))
    rows = db.session.execute(
        _of_units(wanted.join(Run, Run.id == Step.run_id), user)
        .where(Run.item_version_id == version_id)
        .group_by(Step.scene)
    )
    return {scene: count for scene, count in rows}


def _of_units(wanted, user):
    """Keep to runs of people taught; one's own trying out does not count."""
    return (
        wanted.join(Person, Person.id == Run.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(roles.units_held(user, "instructor"), Person.id != user.id)
    )
