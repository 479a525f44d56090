"""What people do with simulations: begin a run, choose, come to an end.

These functions change the session but never commit; the view does, once. All that
change a run lock its row first, so two tabs never cross.
"""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import Row, bindparam, insert, select

from lms.catalog import items
from lms.catalog.items import Version
from lms.courseware.best_path import score_bp
from lms.db import db
from lms.kernel import ids
from lms.kernel.errors import Conflict, Invalid, NotFound
from lms.kernel.i18n import N_
from lms.learn import places
from lms.learn.places import Place
from lms.records import completions, facts

from . import binding, grants, queries
from .models import Run, Step

_OWN = select(Run).where(
    Run.id == bindparam("id"), Run.person_id == bindparam("person")
)
_OWN_LOCKED = _OWN.with_for_update(of=Run).execution_options(populate_existing=True)
_ADD = insert(Step.__table__)


class RunMissing(NotFound):
    message = N_("Simulasi ini tidak ada, atau bukan milik Anda.")


class SimulationMissing(NotFound):
    message = N_("Simulasi ini tidak ada dalam kursus.")


class NotEnrolled(Conflict):
    message = N_("Ikuti kursus ini dahulu, lalu mulai simulasinya.")


class NoRunsLeft(Conflict):
    message = N_("Batas %(limit)d kali bermain sudah tercapai.")


class ChoiceUnknown(Invalid):
    message = N_("Pilih salah satu tindakan pada halaman ini.")


class StepUnknown(Invalid):
    message = N_("Langkah ini tidak dikenal. Muat ulang halaman simulasi.")


class StepTaken(Conflict):
    message = N_(
        "Langkah itu sudah Anda ambil di halaman atau perangkat lain. Inilah keadaan"
        " sekarang."
    )


class EnrolmentEnded(Conflict):
    message = N_("Anda sudah berhenti dari kursus ini. Ikuti lagi untuk melanjutkan.")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a run is: the scene to choose in, and the step that led there.

    number  of the next step, from 1
    """

    scene: str
    number: int
    last: Row | None


def start(person_id: int, course_code: str, item_code: str, now: datetime) -> Run:
    """Return the running run, or begin the next one.

    The unique number decides between two starts at once; the loser is run again by the
    web edge and finds the running one.

    raises  ItemMissing, SimulationMissing, NotEnrolled, NoRunsLeft
    """
    place = places.find(person_id, course_code)
    enrolment, version = place.enrolment, version_at(place, item_code)
    if enrolment is None:
        raise NotEnrolled
    begun = queries.list_runs(enrolment.id, item_code, lock=True)
    for run in begun:
        if not run.is_ended:
            return run
    at = grants.standing(version.body, begun, enrolment.id, item_code)
    if at.left == 0:
        raise NoRunsLeft(limit=at.limit)

    run = Run(
        person_id=person_id,
        enrolment_id=enrolment.id,
        course_id=place.live.course_id,
        item_code=item_code,
        item_version_id=version.id,
        number=at.used + 1,
        pass_bp=version.body["pass_percent"] * 100,
        begun_at=now,
    )
    db.session.add(run)
    db.session.flush()  # gives run.id, which the redirect needs
    return run


def version_at(place: Place, item_code: str) -> Version:
    """Return what a run beginning now is played by.

    raises  ItemMissing, SimulationMissing
    """
    place.source_of(item_code)  # neither live nor still owed: refused
    version = binding.to_play(place.bound, place.live, item_code)
    if version is None:
        raise SimulationMissing
    return version


def find(person_id: int, run_id: int, lock: bool = False) -> Run:
    """Return the person's own run; anybody else's does not exist for them.

    lock  hold the row until the transaction ends, and read it as it is now
    """
    if not 0 < run_id <= ids.LARGEST:
        raise RunMissing
    wanted = _OWN_LOCKED if lock else _OWN
    run = db.session.scalar(wanted, {"id": run_id, "person": person_id})
    if run is None:
        raise RunMissing
    return run


def check_open(run: Run) -> None:
    """Raise EnrolmentEnded when the person has left the course."""
    if run.enrolment.withdrawn_at is not None:
        raise EnrolmentEnded


def spot(run: Run, version: Version) -> Spot:
    """Return where a run is: after its last step, or at the first scene."""
    last = queries.last_step(run.id)
    if last is None:
        return Spot(version.body["start"], 1, None)
    return Spot(last.to, last.number + 1, last)


def shown_order(run: Run, version: Version, scene: str) -> list[int]:
    """Return the numbers of a scene's choices as the run shows them.

    Shuffled, so that their places say nothing; the same whenever one comes back.
    """
    numbers = [c["number"] for c in version.body["scenes"][scene]["choices"]]
    Random(f"{run.id} {scene}").shuffle(numbers)  # noqa: S311  (places, no secret)
    return numbers


def choose(run: Run, number: int, place: int, now: datetime) -> None:
    """Take the `number`-th step of a locked run; the last one ends it.

    place   of the choice in the order shown, from 0
    The same step sent again changes nothing.

    raises  StepTaken  another choice was made at this step already
            StepUnknown, ChoiceUnknown, EnrolmentEnded
    """
    version = items.version(run.item_version_id)
    here = spot(run, version)
    if 1 <= number < here.number:
        _check_same(run, version, number, place)
        return
    if number != here.number or run.is_ended:
        raise StepUnknown
    check_open(run)
    order = shown_order(run, version, here.scene)
    if not 0 <= place < len(order):
        raise ChoiceUnknown
    key = items.item_key(version.id)
    to = key["scenes"][here.scene]["choices"][str(order[place])]["to"]
    db.session.execute(
        _ADD,
        {"run_id": run.id, "number": number, "scene": here.scene,
         "choice": order[place], "to": to, "at": now},
    )  # fmt: skip
    if ending := key["scenes"][to]["ending"]:
        _end(run, key, ending, now)


def points_of(run: Run, key: dict[str, Any]) -> int:
    """Return what the choices taken in a run earn; each counts once."""
    return sum(
        key["scenes"][scene]["choices"][str(choice)]["points"]
        for scene, choice in queries.taken(run.id)
    )


def _check_same(run: Run, version: Version, number: int, place: int) -> None:
    step = queries.step_at(run.id, number)
    assert step is not None  # steps are numbered without gaps
    order = shown_order(run, version, step.scene)
    if not (0 <= place < len(order) and order[place] == step.choice):
        raise StepTaken


def _end(run: Run, key: dict[str, Any], ending: str, now: datetime) -> None:
    """Score a run that has come to an end; passing is told to the records."""
    run.score_bp = score_bp(points_of(run, key), key["most"])
    run.ending, run.ended_at = ending, now
    db.session.flush()  # the update first: a lost race must not reach the records
    if run.passed:
        enrolment = run.enrolment
        facts.add(
            enrolment, run.item_code, "passed", now,
            score_bp=run.score_bp, proof_id=run.id,
        )  # fmt: skip
        completions.settle(enrolment, now)
