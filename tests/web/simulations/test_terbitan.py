"""Edits of the file: a run keeps its version; rules bind later enrolments only."""

from sqlalchemy import func, select, update

from lms.catalog.models import ItemKey, ItemVersion
from lms.db import db as _db
from lms.records.models import ItemFact
from lms.simulations.models import Run

from . import stage
from .stage import BEST, DETOUR, STORY, WORST

BETTER_WORDS = STORY.replace("Suasana memanas", "Suasana makin panas").replace(
    "Menjelaskan lembar yang kurang", "Menjelaskan lembar kedua yang kurang"
)
OTHER_POINTS = STORY.replace("(+60)", "(+10)").replace("(+40)", "(0)")
OTHER_WAY = STORY.replace(
    "[Memanggil satpam](#akhir-buruk)", "[Memanggil satpam](#dengar)"
)


def republish(app, story: str) -> None:
    with app.app_context():
        stage.publish(story)


def test_a_running_run_is_played_to_its_end_as_it_began(app, simulation, sign_in):
    simulation()
    rani = sign_in("rani")
    run_id = stage.begin(rani)
    stage.play(rani, run_id, DETOUR[:1])

    republish(app, OTHER_POINTS.replace("Suasana memanas", "Lain sekali"))
    page = stage.play(rani, run_id, DETOUR[1:], first=2)

    assert "80 poin dari 100" in page.text
    assert "Suasana memanas" in page.text
    with app.app_context():
        assert stage.run(run_id).score_bp == 8_000


def test_a_finished_run_never_changes(app, simulation, sign_in):
    simulation()
    rani = sign_in("rani")
    run_id, before = stage.run_through(rani, BEST)

    for story in (OTHER_POINTS, OTHER_WAY, BETTER_WORDS):
        republish(app, story)
    after = rani.get(stage.scene_url(run_id) + "/hasil").text

    for words in ("Nilai Anda 100", "100 poin dari 100", "Menjelaskan lembar yang"):
        assert words in before.text
        assert words in after
    with app.app_context():
        assert _db.session.scalars(select(ItemFact.score_bp)).all() == [10_000]


def test_better_words_show_at_once_in_the_next_run(app, simulation, sign_in):
    simulation()
    rani = sign_in("rani")

    republish(app, BETTER_WORDS)
    page = stage.play(rani, stage.begin(rani), WORST[:1])

    assert "Suasana makin panas" in page.text


def test_other_points_or_ways_bind_only_who_enrols_later(app, simulation, sign_in):
    simulation()
    republish(app, OTHER_WAY.replace("nilai_lulus: 60", "nilai_lulus: 90"))
    with app.app_context():
        stage.enrol("agus")

    rani = stage.begin(sign_in("rani"))
    agus = stage.begin(sign_in("agus"))

    with app.app_context():
        assert (stage.run(rani).pass_bp, stage.run(agus).pass_bp) == (6_000, 9_000)
        versions = {stage.run(n).item_version_id for n in (rani, agus)}
        assert len(versions) == 2


def test_publishing_adds_versions_and_keys_and_changes_none(app, simulation):
    simulation()
    with app.app_context():
        first = _rows()
        stage.publish(OTHER_POINTS)
        second = _rows()

        assert second[: len(first)] == first
        assert len(second) == len(first) + 1
        keys = _db.session.scalar(select(func.count()).select_from(ItemKey))
        assert keys == len(second)


def _rows() -> list:
    found = _db.session.execute(
        select(ItemVersion.id, ItemVersion.sha, ItemVersion.body, ItemKey.key)
        .join(ItemKey, ItemKey.item_version_id == ItemVersion.id)
        .order_by(ItemVersion.id)
    )
    return [tuple(row) for row in found]


def test_a_body_holds_nothing_of_the_key(app, simulation):
    simulation()
    with app.app_context():
        body = str(_db.session.scalars(select(ItemVersion.body)).one())

    for word in (
        "points",
        "'to'",
        "good",
        "poor",
        "feedback",
        "tidak didengar",
        "best",
    ):
        assert word not in body


def test_a_run_is_shown_when_its_item_is_in_no_release(app, simulation, sign_in):
    """A course that lost its simulation still shows a run that was played."""
    simulation()
    rani = sign_in("rani")
    run_id, _page = stage.run_through(rani, WORST)
    with app.app_context():
        _db.session.execute(update(Run).values(item_code="dahulu"))
        _db.session.commit()

    page = rani.get(stage.scene_url(run_id) + "/hasil")

    assert page.status_code == 200
