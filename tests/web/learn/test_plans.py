"""The action plan after a course: three fields, and a superior who supports it."""

import pytest
from sqlalchemy import func, select

from lms.db import db as _db
from lms.learn.models import ActionPlan, PlanConfirmation
from lms.records import completions, seeds
from lms.records.models import Completion
from tests.web.records import samples

COURSE = "/kursus/layanan-prima"
RANI = "00000000-0000-4000-8000-000000000004"
PLAN = {
    "apa": "Menulis tanggal selesai pada setiap tanda terima.",
    "sampai": "2027-01-31",
    "dukungan": "Pak Yohanes",
}


@pytest.fixture
def publish(app, db, clock):
    def as_asked(action_plan):
        with app.app_context():
            seeds.load(_db.session)
            _db.session.commit()
            return samples.publish(clock.now(), action_plan=action_plan)

    return as_asked


def learn_all(app, live, clock, person_id=4):
    with app.app_context():
        enrolment = samples.start(person_id, live, clock.now())
        samples.do_all(enrolment, clock.now())
        done = completions.settle(enrolment, clock.now())
        _db.session.commit()
        return done is not None


def count(app, model):
    with app.app_context():
        return _db.session.scalar(select(func.count()).select_from(model))


def test_a_course_that_asks_for_it_is_finished_by_the_plan(
    app, sign_in, publish, clock
):
    assert not learn_all(app, publish("required"), clock)
    rani = sign_in("rani")
    before = rani.get(COURSE).text

    answer = rani.post(f"{COURSE}/rencana", data=PLAN)
    page = rani.get(COURSE).text

    assert "Kursus ini selesai setelah rencana ini ditulis." in before
    assert "Tulis rencana tindak lanjut" in before
    assert answer.status_code == 303
    assert count(app, Completion) == 1
    assert PLAN["apa"] in page
    assert "Sampai 31 Januari 2027, didukung Pak Yohanes." in page


def test_where_it_is_offered_only_the_course_is_finished_without(
    app, sign_in, publish, clock
):
    assert learn_all(app, publish("optional"), clock)
    rani = sign_in("rani")

    assert "Rencana tindak lanjut" in rani.get(COURSE).text
    assert rani.post(f"{COURSE}/rencana", data=PLAN).status_code == 303
    assert count(app, Completion) == 1


def test_a_course_without_one_takes_none(app, sign_in, publish, clock):
    learn_all(app, publish("none"), clock)
    rani = sign_in("rani")

    assert "Rencana tindak lanjut" not in rani.get(COURSE).text
    assert rani.post(f"{COURSE}/rencana", data=PLAN).status_code == 404


def test_it_is_written_after_everything_else(app, sign_in, publish, clock):
    live = publish("required")
    with app.app_context():
        samples.start(4, live, clock.now())
        _db.session.commit()

    answer = sign_in("rani").post(f"{COURSE}/rencana", data=PLAN)

    assert answer.status_code == 409
    assert count(app, ActionPlan) == 0


def test_who_takes_no_part_is_led_to_the_course(sign_in, publish):
    publish("required")

    answer = sign_in("rani").post(f"{COURSE}/rencana", data=PLAN)

    assert (answer.status_code, answer.location) == (303, COURSE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"apa": " "}, "Wajib diisi."),
        ({"apa": "a" * 1001}, "Paling panjang 1.000 karakter."),
        ({"apa": "a\u202eb"}, "Ada tanda tak kasat mata"),
        ({"sampai": "besok"}, "Tanggal ini tidak terbaca."),
        ({"sampai": "2026-11-21"}, "Tanggal ini sudah lewat."),
        ({"sampai": "2099-01-01"}, "Paling jauh dua tahun lagi."),
        ({"sampai": ""}, "Wajib diisi."),
        ({"dukungan": ""}, "Wajib diisi."),
        ({"dukungan": "a" * 201}, "Paling panjang 200 karakter."),
    ],
)
def test_what_cannot_be_read_is_explained_and_kept(
    app, sign_in, publish, clock, change, said
):
    learn_all(app, publish("required"), clock)

    answer = sign_in("rani").post(f"{COURSE}/rencana", data=PLAN | change)

    assert answer.status_code == 422
    assert said in answer.text
    assert count(app, ActionPlan) == count(app, Completion) == 0


def test_the_same_plan_twice_is_one_and_a_new_one_counts(app, sign_in, publish, clock):
    learn_all(app, publish("required"), clock)
    rani = sign_in("rani")

    rani.post(f"{COURSE}/rencana", data=PLAN)
    rani.post(f"{COURSE}/rencana", data=PLAN)
    assert count(app, ActionPlan) == 1
    rani.post(f"{COURSE}/rencana", data=PLAN | {"apa": "Menaruh kursi prioritas."})

    assert count(app, ActionPlan) == 2
    assert count(app, Completion) == 1
    page = rani.get(COURSE).text
    assert "<p>Menaruh kursi prioritas.</p>" in page


@pytest.fixture
def plan_uid(app, sign_in, publish, clock):
    learn_all(app, publish("required"), clock)
    sign_in("rani").post(f"{COURSE}/rencana", data=PLAN)
    with app.app_context():
        return _db.session.scalar(select(ActionPlan.uid))


def test_the_superior_reads_and_supports_it_once(app, sign_in, plan_uid):
    yohanes = sign_in("yohanes")
    assert PLAN["apa"] in yohanes.get(f"/tim/{RANI}").text

    for _twice in range(2):
        answer = yohanes.post(f"/tim/{RANI}/rencana/{plan_uid}")

    assert answer.status_code == 303
    assert count(app, PlanConfirmation) == 1
    assert "Didukung atasan" in sign_in("rani").get(COURSE).text


def test_support_stays_with_the_plan_it_was_said_of(app, sign_in, plan_uid):
    sign_in("yohanes").post(f"/tim/{RANI}/rencana/{plan_uid}")
    rani = sign_in("rani")
    rani.post(f"{COURSE}/rencana", data=PLAN | {"apa": "Lain sama sekali."})

    assert "Belum ditanggapi atasan" in rani.get(COURSE).text


@pytest.mark.parametrize("name", ["agus", "hendra", "siti", "rani"])
def test_nobody_else_reads_or_supports_it(app, sign_in, plan_uid, name):
    client = sign_in(name)

    answer = client.post(f"/tim/{RANI}/rencana/{plan_uid}")

    assert answer.status_code in (403, 404)
    assert count(app, PlanConfirmation) == 0
    assert PLAN["apa"] not in client.get(f"/tim/{RANI}").text


@pytest.mark.parametrize("plan", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_plan_that_is_not_there_is_missing(sign_in, plan_uid, plan):
    assert sign_in("yohanes").post(f"/tim/{RANI}/rencana/{plan}").status_code == 404


def test_the_person_finds_it_among_their_data(sign_in, plan_uid):
    page = sign_in("rani").get("/data-saya").text

    assert PLAN["apa"] in page
