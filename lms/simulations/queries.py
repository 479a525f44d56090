"""Look-ups of runs and their steps."""

from collections.abc import Sequence

from sqlalchemy import Row, bindparam, select

from lms.db import db

from .models import Run, Step

# Built once: making a statement costs more than running it.
_LAST = (
    select(Step.number, Step.scene, Step.choice, Step.to, Step.at)
    .where(Step.run_id == bindparam("run"))
    .order_by(Step.number.desc())
    .limit(1)
)
_AT = select(Step.scene, Step.choice).where(
    Step.run_id == bindparam("run"), Step.number == bindparam("number")
)
_TAKEN = select(Step.scene, Step.choice).where(Step.run_id == bindparam("run"))
_TAKEN = _TAKEN.distinct()


def list_runs(enrolment_id: int, item_code: str, lock: bool = False) -> Sequence[Run]:
    """Return all runs of an enrolment through a simulation, the first one first."""
    wanted = (
        select(Run)
        .where(Run.enrolment_id == enrolment_id, Run.item_code == item_code)
        .order_by(Run.number)
    )
    if lock:
        wanted = wanted.with_for_update(of=Run)
    return db.session.scalars(wanted).all()


def last_step(run_id: int) -> Row | None:
    """Return the newest step: number, scene, choice, to, at; None before the first."""
    # Straight on the connection: steps are never pending in the session.
    return db.session.connection().execute(_LAST, {"run": run_id}).first()


def step_at(run_id: int, number: int) -> Row | None:
    """Return scene and choice of one step."""
    asked = {"run": run_id, "number": number}
    return db.session.connection().execute(_AT, asked).first()


def taken(run_id: int) -> set[tuple[str, int]]:
    """Return the choices taken in a run, each once: (scene, number)."""
    rows = db.session.connection().execute(_TAKEN, {"run": run_id})
    return {(row.scene, row.choice) for row in rows}


def steps(run_id: int, most: int) -> Sequence[Row]:
    """Return the first `most` steps of a run: number, scene, choice, to."""
    wanted = (
        select(Step.number, Step.scene, Step.choice, Step.to)
        .where(Step.run_id == run_id)
        .order_by(Step.number)
        .limit(most)
    )
    return db.session.execute(wanted).all()
