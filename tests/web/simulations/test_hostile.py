"""Bad input of every kind: refused in words, and nothing is written."""

import pytest
from sqlalchemy import func, select

from lms.db import db as _db
from lms.records.models import Enrolment
from lms.simulations.models import Run, Step
from tests.web.hostile import NUMBERS, TEXTS

from . import stage
from .stage import BEST, COVER, DETOUR, START, WORST


@pytest.fixture
def running(simulation, sign_in):
    """Rani stands before her second step."""
    simulation()
    rani = sign_in("rani")
    run_id = stage.begin(rani)
    stage.play(rani, run_id, DETOUR[:1])
    return rani, run_id


def steps(app) -> int:
    with app.app_context():
        return _db.session.scalar(select(func.count()).select_from(Step))


CHOICES = {"0", "1"}  # those of the page


@pytest.mark.parametrize(
    "value", [v for v in (*NUMBERS, *TEXTS, "", None, "12") if v not in CHOICES]
)
def test_a_choice_that_is_not_there_changes_nothing(app, running, value):
    rani, run_id = running
    data = {} if value is None else {"pilihan": value}

    answer = rani.post(stage.step_url(run_id, 2), data=data)

    assert answer.status_code == 422
    assert "Pilih salah satu tindakan" in answer.text
    assert "Suasana memanas" in answer.text
    assert steps(app) == 1


def test_two_choices_at_once_are_none(app, running):
    rani, run_id = running

    answer = rani.post(stage.step_url(run_id, 2), data={"pilihan": ["0", "1"]})

    assert answer.status_code == 422
    assert steps(app) == 1


@pytest.mark.parametrize("number", [0, 3, 999_999])
def test_a_step_out_of_turn_is_refused(app, running, number):
    rani, run_id = running

    answer = rani.post(stage.step_url(run_id, number), data={"pilihan": "0"})

    assert answer.status_code == 422
    assert steps(app) == 1


@pytest.mark.parametrize("number", ["-1", "1000000", "9223372036854775808", "٣", "x"])
def test_an_address_without_a_run_or_step_is_404(running, number):
    rani, run_id = running

    assert rani.get(f"/simulasi/main/{number}").status_code == 404
    assert rani.get(f"/simulasi/main/{number}/hasil").status_code == 404
    answer = rani.post(f"/simulasi/main/{run_id}/langkah/{number}")
    assert answer.status_code == 404


def test_the_same_form_sent_twice_counts_once(app, running):
    rani, run_id = running
    page = rani.get(stage.scene_url(run_id)).text
    data = {"pilihan": stage.place_of(page, "Meminta maaf")}

    answers = [rani.post(stage.step_url(run_id, 2), data=data) for _ in range(2)]

    assert [a.status_code for a in answers] == [303, 303]
    assert steps(app) == 2


def test_another_choice_from_another_tab_shows_where_the_run_is(app, running):
    rani, run_id = running
    page = rani.get(stage.scene_url(run_id)).text
    stage.play(rani, run_id, DETOUR[1:2], first=2)

    other = stage.place_of(page, "Memanggil satpam")
    answer = rani.post(stage.step_url(run_id, 2), data={"pilihan": other})

    assert answer.status_code == 409
    assert "sudah Anda ambil" in answer.text
    assert "Mencari jalan keluar" in answer.text
    assert steps(app) == 2


def test_a_tab_left_open_leads_to_the_result_of_a_run_that_ended(app, running):
    rani, run_id = running
    page = rani.get(stage.scene_url(run_id)).text
    stage.play(rani, run_id, DETOUR[1:], first=2)

    other = stage.place_of(page, "Memanggil satpam")
    answer = rani.post(
        stage.step_url(run_id, 2), data={"pilihan": other}, follow_redirects=True
    )

    assert answer.request.path.endswith("/hasil")
    assert "sudah Anda ambil" in answer.text
    assert steps(app) == 3
    assert rani.post(stage.step_url(run_id, 4)).status_code == 422


def test_nobody_else_sees_or_moves_a_run(app, running, sign_in):
    _rani, run_id = running
    for name in ("agus", "siti", "hendra", "yohanes", "made"):
        client = sign_in(name)
        for path in (stage.scene_url(run_id), stage.scene_url(run_id) + "/hasil"):
            assert client.get(path).status_code == 404
        answer = client.post(stage.step_url(run_id, 2), data={"pilihan": "0"})
        assert answer.status_code == 404
    assert sign_in(None).get(stage.scene_url(run_id)).status_code in (302, 303)
    assert steps(app) == 1


def test_who_takes_no_part_begins_nothing(app, simulation, sign_in):
    simulation()

    answer = sign_in("agus").post(START)

    assert answer.status_code == 409
    assert "Ikuti kursus ini dahulu" in answer.text
    with app.app_context():
        assert _db.session.scalar(select(func.count()).select_from(Run)) == 0


@pytest.mark.parametrize("word", TEXTS)
def test_a_simulation_that_is_not_there_is_not_found(simulation, sign_in, word):
    simulation()

    answer = sign_in("rani").post(f"/simulasi/{stage.COURSE}/{word}/mulai")

    assert answer.status_code in (400, 404, 405, 308)


def test_who_has_left_the_course_cannot_go_on(app, running, clock):
    rani, run_id = running
    with app.app_context():
        _db.session.query(Enrolment).one().withdrawn_at = clock.now()
        _db.session.commit()

    assert rani.get(stage.scene_url(run_id)).status_code == 409
    answer = rani.post(stage.step_url(run_id, 2), data={"pilihan": "0"})
    assert answer.status_code == 409
    assert "berhenti dari kursus" in answer.text
    assert steps(app) == 1
    assert "belum sampai akhir" not in rani.get("/").text


def test_a_page_before_its_time_leads_to_where_the_run_is(running):
    rani, run_id = running

    answer = rani.get(stage.scene_url(run_id) + "/hasil")

    assert (answer.status_code, answer.location) == (303, stage.scene_url(run_id))


def test_nothing_of_the_key_is_sent_before_it_is_earned(simulation, sign_in):
    """No points, no target, no feedback, no other scene, no ending; whoever asks."""
    simulation()
    rani = sign_in("rani")
    before = [rani.get(COVER).text]
    run_id = stage.begin(rani)
    before.append(rani.get(stage.scene_url(run_id)).text)

    for page in before:
        for word in ("tidak didengar", "mulai tenang", "Suasana memanas", "satpam",
                     "Ombudsman", "Selesai dengan baik", "akhir-baik", "antrean\"",
                     "#dengar", "+40", "poin", "Akhir yang"):  # fmt: skip
            assert word not in page, word
    after = stage.play(rani, run_id, DETOUR[:1]).text
    for word in ("mulai tenang", "Mencari jalan", "Ombudsman", "berterima kasih",
                 "+20", "poin"):  # fmt: skip
        assert word not in after, word


def test_no_page_of_a_passed_run_tells_another_learner_the_way(simulation, sign_in):
    simulation()
    stage.run_through(sign_in("rani"), BEST)

    for path in (COVER, f"/kursus/{stage.COURSE}", "/katalog?cari=satpam"):
        assert "Mencari jalan keluar" not in sign_in("agus").get(path).text


def test_a_debrief_beside_a_running_run_tells_no_better_choice(simulation, sign_in):
    simulation()
    rani = sign_in("rani")
    stage.run_through(rani, BEST)
    worst, _page = stage.run_through(rani, WORST)
    result = stage.scene_url(worst) + "/hasil"
    assert "Lebih baik:" in rani.get(result).text

    stage.begin(rani)

    assert "Lebih baik:" not in rani.get(result).text
