"""What HR does about a person: with a reason, audited, counted once."""

import re

import pytest
from sqlalchemy import select

from lms.accounts import moves
from lms.accounts.models import OneTimeLink, Person, RoleGrant
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.quiz import allowances
from lms.quiz.models import AttemptGrant, TimeAllowance
from tests.cast import CAST, START
from tests.web.quiz import stage

RANI, SITI = CAST["rani"].id, CAST["siti"].id
PAGE = "/sdm/pegawai/00000000-0000-4000-8000-{:012}"
OF = {name: PAGE.format(part.id) for name, part in CAST.items()}
WHY = "Surat keputusan nomor 12 tahun 2026"
ACTS = ("/waktu", "/waktu/akhiri", "/akun/nonaktif", "/akun/aktif", "/akun/tautan",
        "/percobaan/1/kuis-akhir/3")  # fmt: skip


def said(app) -> list[str]:
    with app.app_context():
        return list(
            _db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
        )


@pytest.mark.parametrize("act", ACTS)
def test_only_hr_and_only_of_their_people(sign_in, db, act):
    assert sign_in("made").get(OF["rani"] + act).status_code == 403
    assert sign_in("siti").get(OF["agus"] + act).status_code == 404
    assert sign_in("siti").post(OF["agus"] + act).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_nobody_does_it_to_themselves(sign_in, db, act):
    answer = sign_in("siti").post(OF["siti"] + act, data={"alasan": WHY})

    assert answer.status_code == 403


@pytest.mark.parametrize("act", ["/waktu", "/akun/nonaktif"])
@pytest.mark.parametrize("reason", ["", "abc", "NIP 199508252022212902", "a" * 501])
def test_a_reason_is_wanted(app, sign_in, db, act, reason):
    form = {"alasan": reason, "persen": "50"}

    answer = sign_in("siti").post(OF["rani"] + act, data=form)

    assert answer.status_code == 422
    assert "Tulis alasan 5 sampai 500 karakter" in answer.text
    assert said(app) == []


def test_an_attempt_is_granted_from_the_page_once(app, db, sign_in):
    with app.app_context():
        stage.publish(attempts=1)
        stage.enrol("rani")
    stage.take(app, sign_in("rani"), stage.WRONG)
    siti = sign_in("siti")
    page = siti.get(OF["rani"]).text
    address = re.search(r'href="(\S+/percobaan/\d+/kuis-akhir/2)"', page)[1]

    asked = siti.get(address)
    answers = [siti.post(address, data={"alasan": WHY}) for _ in range(2)]

    assert "kuncinya mungkin sudah dibaca" in asked.text
    assert [answer.status_code for answer in answers] == [303, 303]
    with app.app_context():
        assert _db.session.query(AttemptGrant).one().granted_by == SITI
    assert "1 percobaan tambahan dari Siti Marlina" in siti.get(OF["rani"]).text
    assert siti.get(address).status_code == 409
    assert "1 percobaan tambahan" in sign_in("rani").get(stage.COVER).text


def test_no_answers_and_no_keys_stand_on_the_page(app, db, sign_in):
    with app.app_context():
        stage.publish(attempts=1)
        stage.enrol("rani")
    stage.take(app, sign_in("rani"), stage.WRONG)

    page = sign_in("siti").get(OF["rani"]).text

    assert "Kuis akhir" in page
    assert not [word for word in (*stage.SECRETS, "Polisi") if word in page]


def test_more_time_is_given_once_and_ended_once(app, db, sign_in):
    siti = sign_in("siti")
    form = {"persen": "50", "alasan": WHY}

    given = [siti.post(OF["rani"] + "/waktu", data=form) for _ in range(2)]
    page = siti.get(OF["rani"]).text
    ended = [
        siti.post(OF["rani"] + "/waktu/akhiri", data={"alasan": "Sudah pulih"})
        for _ in range(2)
    ]

    assert {answer.status_code for answer in given + ended} == {303}
    assert "Waktu kuis ditambah 50%" in page
    assert said(app) == ["quiz.extra_time_granted", "quiz.extra_time_ended"]
    with app.app_context():
        allowance = _db.session.query(TimeAllowance).one()
        assert (allowance.reason, allowance.end_reason) == (WHY, "Sudah pulih")
        assert allowances.percent_of(RANI) == 0


@pytest.mark.parametrize("percent", ["0", "301", "abc", ""])
def test_how_much_time_is_a_number_within_bounds(sign_in, db, percent):
    form = {"persen": percent, "alasan": WHY}

    assert sign_in("siti").post(OF["rani"] + "/waktu", data=form).status_code == 422


def test_an_account_is_closed_and_opened_again(app, db, sign_in, monkeypatch):
    told = []
    monkeypatch.setattr(moves, "_listeners", [lambda ids, now: told.append(list(ids))])
    rani, siti = sign_in("rani"), sign_in("siti")
    form = {"alasan": WHY}

    for _ in range(2):
        assert siti.post(OF["rani"] + "/akun/nonaktif", data=form).status_code == 303
    assert rani.get("/").status_code == 302
    assert "Akun nonaktif" in siti.get(OF["rani"]).text
    for _ in range(2):
        assert siti.post(OF["rani"] + "/akun/aktif", data=form).status_code == 303

    assert said(app) == ["person.deactivated", "person.reactivated"]
    assert told == [[RANI], [RANI]]
    assert sign_in("rani").get("/").status_code == 200


@pytest.mark.parametrize("act", ["/akun/nonaktif", "/akun/tautan"])
def test_hr_takes_no_account_with_more_rights(sign_in, db, act):
    answer = sign_in("siti").get(OF["made"] + act)

    assert answer.status_code == 403
    assert "administrator" in answer.text


def test_hr_of_a_part_takes_no_account_of_hr_of_the_whole(app, db, sign_in):
    with app.app_context():
        now = _db.session.get(Person, RANI).created_at
        _db.session.add(RoleGrant(person_id=3, role="hr", unit_id=2, valid_from=START,
                                  granted_at=now))  # fmt: skip
        _db.session.commit()

    assert sign_in("yohanes").get(OF["siti"] + "/akun/tautan").status_code == 403


def test_a_link_is_shown_once_and_the_same_form_gives_the_same(
    app, db, sign_in, monkeypatch
):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")
    siti, address = sign_in("siti"), OF["rani"] + "/akun/tautan"
    once = re.search(r'name="sekali"[^>]*value="([^"]+)"', siti.get(address).text)[1]

    first, second = [siti.post(address, data={"sekali": once}) for _ in range(2)]

    url = re.search(r"http\S+/akun/tautan/[^\"]+", first.text)[0]
    assert url in second.text
    assert "Juga dikirim ke surel orangnya." in first.text
    with app.app_context():
        assert _db.session.query(OneTimeLink).count() == 1
        mail = _db.session.query(OutboxEntry).one()
        assert url in mail.body["text"]
    assert said(app) == ["link.issued"]
    assert "/akun/tautan/" not in siti.get(OF["rani"]).text.replace(address, "")
    path = url.partition("127.0.0.1:8000")[2]
    assert sign_in(None).get(path).status_code == 200


def test_a_link_of_anothers_form_or_a_suspended_account_is_refused(db, sign_in):
    siti, address = sign_in("siti"), OF["rani"] + "/akun/tautan"

    assert siti.post(address, data={"sekali": "x"}).status_code == 422
    siti.post(OF["rani"] + "/akun/nonaktif", data={"alasan": WHY})
    assert siti.get(address).status_code == 409
