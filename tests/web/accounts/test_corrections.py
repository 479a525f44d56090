"""Own data: read, asked to be corrected, answered by somebody within three days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.accounts import corrections, personal_data
from lms.accounts.letters import Office
from lms.accounts.models import CorrectionRequest, Person, RoleGrant
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.kernel import clock as _clock
from tests.cast import CAST

PAGE = "/akun/data-diri"
WISH = {"seharusnya": "Penata Perizinan", "alasan": "SK 800/12/2026"}
CLOSED = Office("Kelas", "http://x", is_open=False)


@pytest.fixture
def mail(app, monkeypatch):
    """Mail is set up; mail() -> [(to, text)] of what waits to be sent."""
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://surat.contoh.go.id")

    def waiting() -> list[tuple[str, str]]:
        with app.app_context():
            mails = select(OutboxEntry).where(OutboxEntry.topic == "mail")
            rows = _db.session.scalars(mails.order_by(OutboxEntry.id))
            return [(row.body["to"], row.body["text"]) for row in rows]

    return waiting


def ask(client, field="jabatan", **changes):
    return client.post(f"{PAGE}/{field}", data=WISH | changes)


def stored(app) -> list[CorrectionRequest]:
    with app.app_context():
        return list(_db.session.scalars(select(CorrectionRequest)))


def answer(app, number=1, state="done", text="Sudah diperbaiki.", by="siti"):
    with app.app_context():
        row = corrections.answer(
            number,
            state,
            text,
            actor_id=CAST[by].id,
            office=CLOSED,
            now=_clock.now(),
        )
        _db.session.commit()
        return row


# --- What is stored


def test_one_reads_all_that_hr_has_stored(sign_in):
    page = sign_in("rani").get(PAGE).text

    for text in (
        "Rani Kusumawardhani",
        "PPPK",
        "Bidang Pelayanan Perizinan, Dinas Penanaman Modal dan PTSP",
        "Yohanes Tambing",
        "Pemerintah Kota Palangka Raya",
        "199508252022212902",
        "•••• 2902",
        "3 x 24 jam",
    ):
        assert text in page


def test_the_number_is_shown_only_when_asked_for(sign_in):
    page = sign_in("rani").get(PAGE).text

    before, _, hidden = page.partition("<summary>")
    assert "199508252022212902" not in before
    assert "199508252022212902" in hidden[: hidden.index("</details>")]


def test_whoever_has_no_superior_and_works_at_the_office_itself(sign_in):
    page = sign_in("agus").get(PAGE).text

    assert "Badan Pengembangan SDM" in page
    assert "tidak ada" in page
    assert "Rani" not in page


# --- Asking


def test_a_request_is_stored_with_its_date_and_shown(app, sign_in, clock):
    rani = sign_in("rani")

    sent = ask(rani)

    assert (sent.status_code, sent.location) == (303, PAGE)
    page = rani.get(PAGE).text
    assert "Jabatan: Penata Perizinan" in page
    assert "Dijawab paling lambat 25 November 2026, 14.00 WIB" in page
    assert "Menunggu jawaban" in page
    (row,) = stored(app)
    assert row.due_at - row.created_at == timedelta(hours=72)
    assert row.said == "Pengelola Layanan Administrasi Keuangan"
    assert (row.wanted, row.reason) == ("Penata Perizinan", "SK 800/12/2026")
    with app.app_context():
        (act,) = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "correction.asked")
        )
        assert act.facts == {"person": CAST["rani"].id, "field": "jabatan"}


def test_the_same_request_twice_is_one(app, sign_in, mail):
    rani = sign_in("rani")

    answers = [ask(rani, alasan=text).status_code for text in ("a", "a", "b")]

    assert answers == [303] * 3
    assert len(stored(app)) == len(mail()) == 1


def test_another_wish_for_the_same_thing_waits_for_the_first(app, sign_in):
    rani = sign_in("rani")
    ask(rani)

    refused = ask(rani, seharusnya="Kepala Dinas")

    assert refused.status_code == 409
    assert "masih menunggu jawaban" in refused.text
    assert 'value="Kepala Dinas"' in refused.text
    assert ask(rani, "golongan", seharusnya="IX").status_code == 303
    assert len(stored(app)) == 2


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"seharusnya": ""}, "Tulis data yang benar"),
        ({"seharusnya": "  \n "}, "Tulis data yang benar"),
        ({"seharusnya": "x" * 256}, "Paling panjang 255"),
        ({"alasan": "x" * 1001}, "Paling panjang 1.000"),
        ({"seharusnya": "a\u202eb"}, "tidak terlihat"),
        ({"alasan": "a\u200bb"}, "tidak terlihat"),
    ],
)
def test_a_form_that_cannot_be_right_keeps_what_was_typed(app, sign_in, form, words):
    refused = ask(sign_in("rani"), **form)

    assert refused.status_code == 422
    assert words in refused.text
    assert ("SK 800/12/2026" in refused.text) is ("alasan" not in form)
    assert stored(app) == []


def test_what_is_stored_already_needs_no_correction(app, sign_in):
    refused = ask(sign_in("rani"), "nama", seharusnya=" Rani  Kusumawardhani ")

    assert refused.status_code == 422
    assert "sudah sama" in refused.text


@pytest.mark.parametrize("field", ["sandi", "email", "id", "__class__", "a" * 300])
def test_only_what_is_shown_can_be_asked_about(app, sign_in, field):
    rani = sign_in("rani")

    assert rani.get(f"{PAGE}/{field}").status_code == 404
    assert ask(rani, field).status_code == 404
    assert stored(app) == []


@pytest.mark.parametrize("field", list(personal_data.FIELDS))
def test_each_thing_can_be_asked_about(app, sign_in, field):
    rani = sign_in("rani")
    assert rani.get(f"{PAGE}/{field}").status_code == 200

    assert ask(rani, field).status_code == 303

    assert [row.field for row in stored(app)] == [field]


def test_markup_in_a_request_is_shown_as_text(sign_in):
    rani = sign_in("rani")
    ask(rani, seharusnya="<b>x</b>%(y)s")

    assert "&lt;b&gt;x&lt;/b&gt;%(y)s" in rani.get(PAGE).text


def test_nobody_floods_hr(app, sign_in, clock):
    rani = sign_in("rani")
    for number in range(corrections.A_DAY):
        assert ask(rani, seharusnya=f"Jabatan {number}").status_code == 303
        rani.post(f"/akun/perbaikan/{number + 1}/tarik")

    assert ask(rani, seharusnya="Satu lagi").status_code == 429
    assert ask(sign_in("agus")).status_code == 303
    clock.skip(hours=24)
    assert ask(sign_in("rani"), seharusnya="Satu lagi").status_code == 303


# --- Taking back


def test_a_request_is_taken_back_once_or_twice(app, sign_in):
    rani = sign_in("rani")
    ask(rani)

    answers = [rani.post("/akun/perbaikan/1/tarik").status_code for _ in range(2)]

    assert answers == [303, 303]
    assert "Ditarik" in rani.get(PAGE).text
    assert ask(rani, seharusnya="Kepala Dinas").status_code == 303


def test_nobody_takes_back_what_somebody_else_asked(app, sign_in):
    ask(sign_in("rani"))

    assert sign_in("agus").post("/akun/perbaikan/1/tarik").status_code == 404
    assert sign_in("siti").post("/akun/perbaikan/99/tarik").status_code == 404
    assert [row.state for row in stored(app)] == ["open"]


def test_what_is_answered_cannot_be_taken_back(app, sign_in):
    rani = sign_in("rani")
    ask(rani)
    answer(app)

    assert rani.post("/akun/perbaikan/1/tarik").status_code == 409


# --- Answering


def test_the_answer_is_read_where_it_was_asked_and_changes_no_data(app, sign_in):
    rani = sign_in("rani")
    ask(rani)
    with app.app_context():
        before = _db.session.get(Person, CAST["rani"].id).job_id

    answer(app, text="Diperbaiki di SIASN; tampil setelah impor.")

    page = rani.get(PAGE).text
    assert "Diperbaiki di SIASN" in page
    assert "tidak ikut diubah bersama jawaban ini" in page
    with app.app_context():
        assert _db.session.get(Person, CAST["rani"].id).job_id == before


def test_an_answer_is_given_once(app, sign_in):
    ask(sign_in("rani"))

    for _ in range(2):
        answer(app, state="refused", text="Sesuai SK terakhir.")
    with pytest.raises(corrections.AlreadyAnswered):
        answer(app, state="done", text="Lain.")
    with pytest.raises(corrections.RequestMissing):
        answer(app, number=77)

    (row,) = stored(app)
    assert (row.state, row.answered_by) == ("refused", CAST["siti"].id)
    with app.app_context():
        acts = _db.session.scalars(
            select(AuditEntry.action).where(AuditEntry.object_kind == "correction")
        ).all()
    assert sorted(acts) == ["correction.asked", "correction.refused"]


def test_an_answer_without_words_is_none(app, sign_in):
    ask(sign_in("rani"))

    with pytest.raises(corrections.AnswerWanted):
        answer(app, text="  ")


def test_a_late_answer_is_seen_to_be_late(sign_in, clock):
    ask(sign_in("rani"))
    clock.skip(hours=73)

    assert "Lewat batas" in sign_in("rani").get(PAGE).text


# --- Telling HR


def test_hr_of_the_unit_is_told_without_the_data(sign_in, mail):
    ask(sign_in("rani"))

    ((to, text),) = mail()
    assert to == "siti@contoh.go.id"
    assert "nomor 1" in text
    assert "Penata" not in text
    assert "1995" not in text


def test_without_mail_nothing_is_put_aside(app, sign_in):
    ask(sign_in("rani"))

    with app.app_context():
        mails = select(OutboxEntry).where(OutboxEntry.topic == "mail")
        assert _db.session.scalars(mails).all() == []


def test_hr_asking_for_themselves_is_answered_by_an_administrator(sign_in, mail):
    ask(sign_in("siti"))

    assert [to for to, _text in mail()] == ["made@contoh.go.id"]


def test_hr_whose_time_is_over_is_not_asked(app, sign_in, mail):
    with app.app_context():
        for given in _db.session.scalars(
            select(RoleGrant).where(RoleGrant.person_id == CAST["siti"].id)
        ):
            given.revoked_at = _clock.now()
        _db.session.commit()

    ask(sign_in("rani"))

    assert [to for to, _text in mail()] == ["made@contoh.go.id"]


def test_an_agency_without_anybody_still_takes_the_request(app, sign_in, mail):
    assert ask(sign_in("agus")).status_code == 303

    assert mail() == []
    assert len(stored(app)) == 1
