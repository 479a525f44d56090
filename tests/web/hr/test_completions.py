"""HR corrects or revokes a record: a new entry, a reason, a proof, told to all."""

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.records import completions, ledger, rebuild
from lms.records.models import (
    AmendmentProof,
    Certificate,
    Completion,
    Enrolment,
    LedgerEntry,
    ProofFile,
)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"
LARGEST = 2 * 1024 * 1024
WHY = "Sebagian sesi tidak diikuti"
FORM = {"alasan": WHY, "dasar": "800/123/BKPSDM/2026"}


@pytest.fixture
def record(done):
    return f"/sdm/penyelesaian/{done['rani']}"


def entries(app) -> list[str]:
    with app.app_context():
        rows = select(LedgerEntry.kind).order_by(LedgerEntry.seq)
        return list(_db.session.scalars(rows))[6:]


def check_page(app, client, uid) -> str:
    with app.app_context():
        completion = _db.session.scalars(
            select(Completion).where(Completion.uid == uid)
        ).one()
        code = _db.session.scalars(
            select(Certificate.code).where(Certificate.completion_id == completion.id)
        ).one()
    return client.get(f"/cek/{code}", follow_redirects=True).text


def sent(data: bytes, name: str = "surat.pdf", **form):
    return FORM | form | {"berkas": (io.BytesIO(data), name)}


def test_the_page_is_for_hr_of_the_person(sign_in, done, record):
    assert sign_in("siti").get(record).status_code == 200
    assert sign_in("made").get(record).status_code == 403
    assert sign_in("siti").get(record[:18] + done["agus"]).status_code == 404
    assert sign_in("siti").get("/sdm/penyelesaian/tidak-ada").status_code == 404


def test_jp_are_corrected_by_a_new_entry_and_everybody_reads_why(
    app, sign_in, done, record, monkeypatch
):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")
    siti, rani = sign_in("siti"), sign_in("rani")

    form = FORM | {"jp": "3", "sebab": "sebagian"}
    answers = [siti.post(record + "/koreksi", data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert entries(app) == ["correction"]
    told = check_page(app, sign_in(None), done["rani"])
    assert "Dikoreksi: kini dihitung 3 JP." in told
    assert "Sebab: Sebagian kegiatan tidak diikuti." in told
    assert WHY not in told
    assert WHY in rani.get("/jp").text
    assert "Layanan Prima di Loket. <a" in rani.get("/").text
    assert "800/123/BKPSDM/2026" in rani.get("/data-saya").text
    assert "Dasar: 800/123/BKPSDM/2026" in siti.get(record).text
    with app.app_context():
        assert ledger.verify(ledger.stream()).fault is None
        assert rebuild.compare() == []
        mail = _db.session.query(OutboxEntry).filter_by(topic="mail").one().body
        assert mail["to"] == "rani@contoh.go.id"
        assert WHY not in mail["text"]


def test_a_revoked_record_is_gone_for_good_and_the_check_page_says_so(
    app, sign_in, done, record, clock
):
    siti, rani = sign_in("siti"), sign_in("rani")

    form = FORM | {"sebab": "syarat"}
    answers = [siti.post(record + "/cabut", data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert entries(app) == ["revocation"]
    told = check_page(app, sign_in(None), done["rani"])
    assert "telah dicabut" in told
    assert "Sebab: Syarat kelulusan tidak terpenuhi." in told
    assert WHY not in told  # strangers read a short cause, its owner the reason
    assert WHY in siti.get(record).text
    assert WHY in rani.get("/jp").text
    other = siti.post(record + "/cabut", data=FORM | {"alasan": "Alasan yang lain"})
    assert other.status_code == 409
    with app.app_context():
        # Without HR it is not earned a second time: see test_retakes.py.
        enrolment = _db.session.scalars(
            select(Enrolment).where(Enrolment.person_id == 4)
        ).one()
        assert completions.settle(enrolment, clock.now()).state == "revoked"
        assert _db.session.query(AmendmentProof).count() == 1


@pytest.mark.parametrize(
    ("data", "kind", "media"),
    [(PDF, "pdf", "application/pdf"), (PNG, "png", "image/png"),
     (JPG, "jpg", "image/jpeg")],
)  # fmt: skip
def test_the_proof_is_kept_apart_and_served_as_a_file(
    app, sign_in, done, record, data, kind, media
):
    siti = sign_in("siti")
    siti.post(record + "/cabut", data=sent(data, "../x.exe"))
    with app.app_context():
        seq = _db.session.query(AmendmentProof).one().seq
        assert _db.session.query(ProofFile).one().kind == kind

    answer = siti.get(f"{record}/bukti/{seq}")

    assert answer.data == data
    assert answer.content_type == media
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sign_in("rani").get(f"{record}/bukti/{seq}").status_code == 403
    assert siti.get(f"{record}/bukti/{seq + 1}").status_code == 404
    elsewhere = f"/sdm/penyelesaian/{done['agus']}/bukti/{seq}"
    assert siti.get(elsewhere).status_code == 404


@pytest.mark.parametrize(
    "data", [b"<html>", b"MZ\x90", PDF[:-8], PNG[:-8], b"<svg></svg>", b"GIF89a"]
)
def test_other_files_are_refused_with_nothing_done(app, sign_in, record, data):
    answer = sign_in("siti").post(record + "/cabut", data=sent(data))

    assert answer.status_code == 422
    assert "harus PDF, JPG, atau PNG yang utuh" in answer.text
    assert entries(app) == []


@pytest.mark.parametrize(
    ("size", "status"), [(LARGEST, 303), (LARGEST + 1, 422), (LARGEST * 2, 413)]
)
def test_a_file_of_two_megabytes_is_taken_and_no_larger(sign_in, record, size, status):
    # One piece of bytes: the client would leave its own large files open.
    data = io.BytesIO(PDF[:-6].ljust(size - 6) + PDF[-6:])
    boundary, body = encode_multipart(FORM | {"berkas": FileStorage(data, "a.pdf")})
    kind = f"multipart/form-data; boundary={boundary}"

    answer = sign_in("siti").post(record + "/cabut", data=body, content_type=kind)

    assert answer.status_code == status
    assert ("paling besar 2 MB" in answer.text) is (status == 422)


@pytest.mark.parametrize(
    "wrong",
    [{"alasan": ""}, {"alasan": "NIP 199508252022212902"}, {"dasar": ""},
     {"dasar": "199508252022212902"}, {"jp": "-1"}, {"jp": "1000"}, {"jp": "empat"},
     {"sebab": "dendam"}],
)  # fmt: skip
def test_a_form_error_is_told_and_nothing_is_done(app, sign_in, record, wrong):
    form = FORM | {"jp": "3"} | wrong

    answer = sign_in("siti").post(record + "/koreksi", data=form)

    assert answer.status_code == 422
    assert "Galat: " in answer.text
    assert entries(app) == []


def test_not_elsewhere_and_not_by_others(app, sign_in, done, record):
    form = FORM | {"jp": "3"}

    assert sign_in("made").post(record + "/koreksi", data=form).status_code == 403
    elsewhere = f"/sdm/penyelesaian/{done['agus']}/cabut"
    assert sign_in("siti").post(elsewhere, data=form).status_code == 404
    assert entries(app) == []
