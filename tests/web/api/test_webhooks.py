"""Webhooks: every event once, signed, again when it failed, and seen by the office."""

import pytest
from sqlalchemy import select

from lms.api import sending
from lms.api.models import Delivery, Webhook
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.jobs import worker
from lms.jobs.models import OutboxEntry
from lms.records import amendments
from tests.web.api.receiver import Receiver
from tests.web.records import samples

EVENTS = ["completion.created", "completion.corrected", "completion.revoked"]


class Stage:
    """Made's webhooks, their receiver, and a worker that is started by hand."""

    def __init__(self, app, sign_in, live, clock) -> None:
        self.app, self.sign_in, self.live, self.clock = app, sign_in, live, clock
        self.receiver = Receiver()

    @property
    def made(self):
        """Return Made's browser, freshly signed in."""
        return self.sign_in("made")

    def add(self, **changes) -> tuple[str, str]:
        """Add a webhook on the page; return its uid and secret."""
        form = {"alamat": self.receiver.url, "unit": "1", "peristiwa": EVENTS}
        made, form = self.made, form | changes
        page = made.post("/kelola/webhook", data=form, follow_redirects=True)
        assert page.status_code == 200, page.text
        secret = page.text.partition('id="rahasia" value="')[2].partition('"')[0]
        with self.app.app_context():
            newest = select(Webhook.uid).order_by(Webhook.id.desc())
            return _db.session.scalars(newest).first(), secret

    def finish(self, *people: int) -> list[str]:
        """Have people finish the course; return the uids of their completions."""
        with self.app.app_context():
            now = self.clock.now()
            return [samples.finish(one, self.live, now).uid for one in people]

    def work(self) -> None:
        """Do a round of the worker."""
        worker.run_once(self.app, with_daily=False)

    def sent(self) -> list[Delivery]:
        """Return all deliveries in the order of the ledger."""
        with self.app.app_context():
            return list(_db.session.scalars(select(Delivery).order_by(Delivery.seq)))


@pytest.fixture
def stage(app, live, sign_in, clock, monkeypatch):
    monkeypatch.setitem(app.config, "WEBHOOK_PRIVATE", True)
    stage = Stage(app, sign_in, live, clock)
    yield stage
    stage.receiver.close()


def test_each_event_is_sent_once_and_signed(stage, app, clock):
    _uid, secret = stage.add()
    (rani,) = stage.finish(4)
    with app.app_context():
        amendments.correct_jp(rani, 6, "Jam dihitung ulang", 2, clock.now())
        amendments.revoke(rani, "Diikuti orang lain", 2, clock.now())
        _db.session.commit()

    stage.work()
    stage.work()

    assert [body["event"] for body in stage.receiver.bodies] == EVENTS
    assert {body["completion_id"] for body in stage.receiver.bodies} == {rani}
    assert all(stage.receiver.is_signed(number, secret) for number in range(3))
    headers, _body = stage.receiver.seen[0]
    assert headers["X-Lms-Event"] == "completion.created"
    assert headers["X-Lms-Delivery"] == stage.receiver.bodies[0]["id"]
    assert {one.state for one in stage.sent()} == {"done"}


def test_the_notice_names_nobody_and_leads_to_the_api(stage, program):
    stage.add()
    stage.finish(4)

    stage.work()

    _headers, raw = stage.receiver.seen[0]
    body = stage.receiver.bodies[0]
    assert b"Rani" not in raw
    assert b"1995" not in raw
    path = body["url"].partition("/api/v1")[2]
    assert program().get(path).json["seq"] == body["seq"]


def test_only_the_units_and_events_asked_for_are_told(stage, app, clock):
    stage.finish(3)  # before there was a webhook
    stage.add(unit="3", peristiwa=["completion.created"])
    rani, _agus, _siti = stage.finish(4, 5, 2)
    with app.app_context():
        amendments.correct_jp(rani, 6, "Jam dihitung ulang", 2, clock.now())
        _db.session.commit()

    stage.work()

    assert [body["completion_id"] for body in stage.receiver.bodies] == [rani]


def test_a_failure_is_tried_again_later_under_the_same_id(stage, clock):
    stage.add()
    stage.finish(4)
    stage.receiver.status, stage.receiver.answer = 503, b"sebentar"
    stage.work()
    stage.work()
    assert len(stage.receiver.seen) == 1
    assert [(one.status, one.answer) for one in stage.sent()] == [(503, "sebentar")]

    clock.skip(minutes=1)
    stage.receiver.status = 200
    stage.work()

    assert len({body["id"] for body in stage.receiver.bodies}) == 1
    assert [(one.state, one.tries) for one in stage.sent()] == [("done", 2)]


def test_what_waits_behind_a_failure_does_not_hold_up_the_worker(stage, clock):
    stage.add()
    stage.finish(1, 2, 3, 4)
    stage.receiver.status = 500

    stage.work()

    assert len(stage.receiver.seen) == 1
    stage.receiver.status = 200
    clock.skip(minutes=2)
    stage.work()
    assert {one.state for one in stage.sent()} == {"done"}
    assert len(stage.sent()) == 4


def test_after_three_days_it_stops_and_its_maker_is_told(
    stage, app, clock, monkeypatch
):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")
    uid, _secret = stage.add()
    stage.finish(4)
    stage.receiver.status = 500
    for _try in range(60):
        stage.work()
        clock.skip(hours=2)
    with app.app_context():
        webhook = _db.session.scalars(select(Webhook)).one()
        assert webhook.off_reason == "failing"
        acts = _db.session.query(AuditEntry).filter_by(action="webhook.stopped")
        assert acts.count() == 1
        mails = _db.session.query(OutboxEntry).filter_by(topic="mail").all()
        assert [mail.body["to"] for mail in mails] == ["made@contoh.go.id"]
    assert "Dihentikan: gagal terus" in stage.made.get("/kelola/webhook").text

    stage.receiver.status = 200
    assert stage.made.post(f"/kelola/webhook/{uid}/jalan").status_code == 303
    stage.work()

    assert "held" not in {one.state for one in stage.sent()}
    assert stage.sent()[-1].state == "done"


def test_nothing_is_lost_while_it_is_paused(stage):
    uid, _secret = stage.add()
    stage.made.post(f"/kelola/webhook/{uid}/henti")
    stage.finish(4)
    stage.work()
    assert stage.receiver.seen == []

    stage.made.post(f"/kelola/webhook/{uid}/jalan")
    stage.work()

    assert len(stage.receiver.seen) == 1


def test_a_delivery_is_sent_again_on_demand(stage):
    uid, _secret = stage.add()
    stage.finish(4)
    stage.work()
    (one,) = stage.sent()
    again = f"/kelola/webhook/{uid}/kiriman/{one.uid}/ulang"

    assert stage.made.post(again).status_code == 303
    assert stage.made.post(again).status_code == 303
    stage.work()

    assert len(stage.receiver.seen) == 2
    assert len({body["id"] for body in stage.receiver.bodies}) == 1


def test_a_redirect_is_not_followed(stage):
    stage.add()
    stage.finish(4)
    stage.receiver.status = 302
    stage.receiver.headers = {"Location": "http://127.0.0.1:1/"}

    stage.work()

    assert [(one.state, one.status) for one in stage.sent()] == [("waiting", 302)]


def test_little_of_an_answer_is_kept(stage):
    stage.add()
    stage.finish(4)
    stage.receiver.answer = b"\x00<b>" + b"x" * 5000

    stage.work()

    (one,) = stage.sent()
    assert len(one.answer) == 500
    assert one.answer.startswith(" <b>x")


def test_an_inner_address_is_not_called_when_it_is_not_allowed(stage, app, monkeypatch):
    stage.add()
    stage.finish(4)
    monkeypatch.setitem(app.config, "WEBHOOK_PRIVATE", False)

    stage.work()

    assert stage.receiver.seen == []
    assert stage.sent()[0].answer == "alamat tidak sah"


def test_a_worker_killed_after_reading_the_ledger_starts_over(stage, app, clock):
    from lms.api import deliveries

    stage.add()
    stage.finish(4)
    with app.app_context():
        deliveries.hear(clock.now())
        _db.session.rollback()  # as a kill before the commit leaves it

    stage.work()

    assert len(stage.receiver.seen) == 1


def test_a_worker_killed_while_sending_sends_the_same_id_again(
    stage, clock, monkeypatch
):
    stage.add()
    stage.finish(4)
    real = sending.send

    def send_and_die(*words):
        real(*words)
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "send", send_and_die)
    with pytest.raises(KeyboardInterrupt):
        stage.work()
    monkeypatch.setattr(sending, "send", real)
    clock.skip(minutes=6)  # the lease ends
    stage.work()

    assert len(stage.receiver.seen) == 2
    assert len({body["id"] for body in stage.receiver.bodies}) == 1
    assert [one.state for one in stage.sent()] == ["done"]


def test_the_secret_is_not_in_the_database(stage, app):
    _uid, secret = stage.add()

    with app.app_context():
        row = _db.session.scalars(select(Webhook)).one()
        assert not any(
            secret.removeprefix("whsec_") in str(v) for v in vars(row).values()
        )


def test_a_secret_is_shown_once_beside_an_empty_form(stage, app):
    made = stage.made
    form = {"alamat": stage.receiver.url, "unit": "1", "peristiwa": EVENTS}

    answer = made.post("/kelola/webhook", data=form)
    first, again = made.get("/kelola/webhook").text, made.get("/kelola/webhook").text

    assert answer.status_code == 303
    assert "whsec_" in first
    assert 'name="alamat" type="text" value=""' in first
    assert "whsec_" not in again
    with app.app_context():
        assert _db.session.query(Webhook).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"alamat": ""},
        {"alamat": "ftp://a.id/"},
        {"alamat": "https://nama:sandi@a.id/"},
        {"alamat": "https://a.id/#x"},
        {"unit": "5"},
        {"peristiwa": []},
        {"peristiwa": ["semua"]},
    ],
)
def test_a_form_that_is_wrong_adds_nothing(stage, app, wrong):
    form = {"alamat": stage.receiver.url, "unit": "1", "peristiwa": EVENTS} | wrong

    page = stage.made.post("/kelola/webhook", data=form)

    assert page.status_code == 422
    with app.app_context():
        assert _db.session.query(Webhook).count() == 0


@pytest.mark.parametrize(
    "url", ["http://a.id/", "https://127.0.0.1/", "https://[::1]/", "https://10.1/"]
)
def test_inner_addresses_are_refused_at_once(app, stage, monkeypatch, url):
    monkeypatch.setitem(app.config, "WEBHOOK_PRIVATE", False)
    form = {"alamat": url, "unit": "1", "peristiwa": EVENTS}

    assert stage.made.post("/kelola/webhook", data=form).status_code == 422


def test_a_removed_webhook_is_gone(stage):
    uid, _secret = stage.add()
    stage.finish(4)

    assert stage.made.post(f"/kelola/webhook/{uid}/hapus").status_code == 303
    stage.work()

    assert stage.receiver.seen == []
    assert stage.made.get(f"/kelola/webhook/{uid}").status_code == 404


def test_webhooks_of_another_agency_are_nowhere(stage, app):
    uid, _secret = stage.add()
    with app.app_context():
        _db.session.scalars(select(Webhook)).one().unit_id = 5
        _db.session.commit()

    assert stage.made.get(f"/kelola/webhook/{uid}").status_code == 404
    for act in ("henti", "jalan", "hapus", "kiriman/x/ulang"):
        assert stage.made.post(f"/kelola/webhook/{uid}/{act}").status_code == 404
    assert (
        "127.0.0.1" not in stage.made.get("/kelola/webhook").text.partition("daftar")[2]
    )


@pytest.mark.parametrize("name", ["rani", "siti", "hendra"])
def test_webhooks_are_for_administrators(sign_in, name):
    assert sign_in(name).get("/kelola/webhook").status_code == 403


def test_deliveries_are_shown_with_their_answers(stage, app):
    uid, _secret = stage.add()
    stage.finish(4)
    stage.receiver.status = 503
    stage.work()

    page = stage.made.get(f"/kelola/webhook/{uid}").text

    assert "Menunggu" in page
    assert "503" in page
    assert "Sedang gagal" in page
    assert stage.made.get(f"/kelola/webhook/{uid}?sebelum=1").status_code == 200
    with app.app_context():
        assert _db.session.query(OutboxEntry).filter_by(topic="webhook").count() == 1
