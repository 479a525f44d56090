"""A clock that is set back or jumps ahead: no deadline comes early, no mail twice."""

from lms.db import db as _db
from lms.jobs import mail, worker
from lms.records.models import Completion, ItemFact
from lms.tasks.models import Work

from . import stage
from .stage import GOOD


def the_work(app) -> Work:
    with app.app_context():
        return _db.session.query(Work).one()


def test_a_clock_set_back_makes_nothing_late_and_keeps_every_text(
    app, task, sign_in, clock
):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)
    clock.skip(days=20)
    rani = sign_in("rani")
    stage.write(rani, url, "Pertama.")

    clock.skip(hours=-1)
    saved = stage.write(rani, url, "Kedua.", lampiran=stage.file())
    answer = stage.hand_in(rani, url)

    assert (saved.status_code, answer.status_code) == (303, 303)
    work = the_work(app)
    assert (work.text, work.is_late) == ("Kedua.", False)
    assert "rencana.pdf" in rani.get(url).text


def test_a_deadline_passed_only_by_a_wrong_clock_is_not_passed(
    app, task, sign_in, clock
):
    task(due_days=1)
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url)

    clock.skip(days=2)
    late = sign_in("rani").get(url)
    clock.skip(days=-2)
    stage.hand_in(rani, url)

    assert late.status_code == 200
    assert not the_work(app).is_late


def test_graded_before_it_was_handed_in_it_is_passed_and_dates_nothing_back(
    app, task, sign_in, clock
):
    task()
    url = stage.do(sign_in("rani"))

    clock.skip(hours=-1)
    for name in ("hendra", "yohanes"):
        assert stage.grade(sign_in(name), url, GOOD).status_code == 303

    assert sign_in("rani").get(url).status_code == 200
    with app.app_context():
        done = _db.session.query(Completion).one()
        assert all(done.finished_at >= fact.at for fact in _db.session.query(ItemFact))


def test_graders_are_written_to_once_whatever_the_clock_does(
    app, task, sign_in, clock, monkeypatch
):
    sent = []
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://surat.contoh:25")
    monkeypatch.setattr(mail, "send", lambda body, **_to: sent.append(body))
    task()
    stage.do(sign_in("rani"))

    for hours in (0, -1, 25, -24, 24, 48):
        clock.skip(hours=hours)
        worker.run_once(app)
        worker.run_once(app)

    waiting = [one for one in sent if "menunggu penilaian" in one["subject"]]
    assert sorted(one["to"] for one in waiting) == [
        *("hendra@contoh.go.id", "yohanes@contoh.go.id")
    ]


def test_a_grader_is_done_without_only_after_a_fortnight_of_a_right_clock(
    task, sign_in, clock
):
    task()
    url = stage.do(sign_in("rani"))
    stage.grade(sign_in("hendra"), url, GOOD)

    def waive() -> int:
        data = {"alasan": "Atasan sedang cuti panjang."}
        page = f"{stage.grading(url)}/tanpa/superior"
        return sign_in("hendra").post(page, data=data).status_code

    clock.skip(days=14, hours=-1)
    early = waive()
    clock.skip(hours=-1)
    back = waive()
    clock.skip(hours=3)
    in_time = waive()

    assert (early, back, in_time) == (409, 409, 303)
