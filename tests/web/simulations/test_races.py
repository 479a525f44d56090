"""Many at once, over real connections: one run, one step, one result."""

from collections import Counter

from lms.db import db as _db
from lms.records.models import Completion, ItemFact
from lms.simulations.models import Run, Step
from tests.statements import sent
from tests.web.quiz.test_races import MANY, at_once

from . import stage
from .stage import BEST, START


def test_24_starts_begin_one_run(app, simulation, sign_in):
    simulation()

    answers = at_once(sign_in, lambda client, _n: client.post(START))

    assert len({(a.status_code, a.location) for a in answers}) == 1
    with app.app_context():
        assert _db.session.query(Run).count() == 1


def test_24_last_steps_end_a_run_once(app, simulation, sign_in):
    simulation()
    rani = sign_in("rani")
    run_id = stage.begin(rani)
    page = stage.play(rani, run_id, BEST[:1]).text
    data = {"pilihan": stage.place_of(page, BEST[1])}
    address = stage.step_url(run_id, 2)

    answers = at_once(sign_in, lambda client, _n: client.post(address, data=data))

    places = Counter((a.status_code, a.location) for a in answers)
    assert places == {(303, f"/simulasi/main/{run_id}/hasil"): MANY}
    with app.app_context():
        query = _db.session.query
        assert query(Step).count() == 2
        assert query(Run).one().version == 2
        assert query(ItemFact).count() == 1
        assert query(Completion).count() == 1


def test_24_different_steps_take_one_way(app, simulation, sign_in):
    simulation()
    run_id = stage.begin(sign_in("rani"))
    address = stage.step_url(run_id, 1)

    answers = at_once(
        sign_in, lambda client, n: client.post(address, data={"pilihan": str(n % 2)})
    )

    assert Counter(a.status_code for a in answers) == {303: MANY / 2, 409: MANY / 2}
    with app.app_context():
        assert _db.session.query(Step).count() == 1


def test_a_step_costs_at_most_five_statements(app, simulation, sign_in):
    simulation()
    rani = sign_in("rani")
    run_id = stage.begin(rani)
    page = rani.get(stage.scene_url(run_id)).text
    data = {"pilihan": stage.place_of(page, "antrean")}
    with app.app_context():
        engine = _db.engine
    with sent(engine) as seen:
        rani.post(stage.step_url(run_id, 1), data=data)
        written = [s for s in seen if s != "COMMIT" and not s.startswith("BEGIN")]
        seen.clear()
        rani.get(stage.scene_url(run_id))
        read = [s for s in seen if not s.startswith(("BEGIN", "COMMIT", "ROLLBACK"))]

    assert len(written) <= 5, written
    assert len(read) <= 4, read
