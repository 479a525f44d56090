"""Killed in the middle of a step of a simulation: it was taken, or it was not."""

import pytest

from lms.db import db as _db
from lms.records import ledger
from lms.records.models import Certificate, Completion, ItemFact
from lms.simulations.models import Run, Step
from tests.killing import AFTER, BEFORE, kill_during

from . import stage
from .stage import BEST, COVER, START

RESULTS = (ItemFact, Completion, Certificate)


def counts(app, *models) -> tuple[int, ...]:
    with app.app_context():
        found = [_db.session.query(model).count() for model in models]
        _db.session.rollback()
    return tuple(found)


def stepper(client, run_id: int, number: int):
    """Return what sends a step of the best way, as the page offers it now."""
    page = client.get(stage.scene_url(run_id)).text
    data = {"pilihan": stage.place_of(page, BEST[number - 1])}
    return lambda: client.post(stage.step_url(run_id, number), data=data)


@pytest.mark.parametrize(
    ("moment", "taken"),
    [("INSERT INTO simulation_steps", 0), (BEFORE, 0), (AFTER, 1)],
)
def test_a_step_is_taken_or_not(app, simulation, sign_in, moment, taken):
    simulation()
    rani = sign_in("rani")
    run_id = stage.begin(rani)
    send = stepper(rani, run_id, 1)

    kill_during(app, send, moment)

    assert counts(app, Step) == (taken,)
    assert (send().status_code, counts(app, Step)) == (303, (1,))
    assert "Langkah 2" in rani.get(stage.scene_url(run_id)).text


@pytest.mark.parametrize(
    ("moment", "is_ended"),
    [
        ("INSERT INTO simulation_steps", 0),
        ("UPDATE simulation_runs", 0),
        ("INSERT INTO item_facts", 0),
        ("INSERT INTO certificates", 0),
        (BEFORE, 0),
        (AFTER, 1),
    ],
)
def test_the_last_step_brings_all_or_nothing(
    app, simulation, sign_in, moment, is_ended
):
    simulation()
    rani = sign_in("rani")
    run_id = stage.begin(rani)
    stage.play(rani, run_id, BEST[:1])
    send = stepper(rani, run_id, 2)

    kill_during(app, send, moment)

    assert counts(app, Step, *RESULTS) == (1 + is_ended, *[is_ended] * 3)
    with app.app_context():
        assert bool(_db.session.query(Run).one().ended_at) == bool(is_ended)
    if not is_ended:
        assert "Lanjutkan simulasi" in rani.get(COVER).text
    assert send().location == f"/simulasi/main/{run_id}/hasil"
    assert counts(app, Step, *RESULTS) == (2, 1, 1, 1)
    with app.app_context():
        assert _db.session.query(Run).one().score_bp == 10_000
        assert ledger.verify(ledger.stream()).fault is None


@pytest.mark.parametrize(("moment", "begun"), [(BEFORE, 0), (AFTER, 1)])
def test_a_run_is_begun_once(app, simulation, sign_in, moment, begun):
    simulation()
    rani = sign_in("rani")

    kill_during(app, lambda: rani.post(START), moment)

    assert counts(app, Run) == (begun,)
    stage.begin(rani)
    assert counts(app, Run) == (1,)
