"""The certificate's file: made once, the same for ever, handed to its owner alone."""

import hashlib
import threading

import pytest
from sqlalchemy import select

from lms.accounts.models import Agency, Person
from lms.db import db as _db
from lms.jobs import worker
from lms.jobs.models import OutboxEntry
from lms.kernel import ids
from lms.kernel.errors import Unavailable
from lms.records import amendments, certificate_files, typesetting
from lms.records.models import Certificate, CertificateFile
from tests import statements

from .paper import words
from .test_pages import revoke


@pytest.fixture
def code(app, done):
    with app.app_context():
        return ids.show_check_code(_db.session.scalars(select(Certificate.code)).one())


def test_finishing_orders_the_file_and_the_worker_makes_it(app, done):
    with app.app_context():
        [ordered] = _db.session.scalars(
            select(OutboxEntry).where(OutboxEntry.topic == certificate_files.TOPIC)
        )
        assert ordered.done_at is None
        number = ordered.id
    worker.run_once(app, with_daily=False)
    worker.run_once(app, with_daily=False)

    with app.app_context():
        [kept] = _db.session.scalars(select(CertificateFile))
        assert kept.sha256 == hashlib.sha256(kept.data).hexdigest()
        ordered = _db.session.get_one(OutboxEntry, number)
        assert (ordered.last_error, ordered.tries) == ("", 1)
        assert ordered.done_at is not None


def test_a_paper_that_cannot_be_set_is_tried_again(app, done, monkeypatch):
    def fail(*_args):
        raise Unavailable(retry_after=5)

    monkeypatch.setattr(typesetting, "pdf", fail)
    worker.run_once(app, with_daily=False)

    with app.app_context():
        [ordered] = _db.session.scalars(
            select(OutboxEntry).where(OutboxEntry.topic == certificate_files.TOPIC)
        )
        assert ordered.done_at is None
        assert "Unavailable" in ordered.last_error


def test_the_owner_gets_a_file_whose_name_tells_no_nip(sign_in, code, done):
    for address in (code, done):
        answer = sign_in("rani").get(f"/sertifikat/{address}/pdf")
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"] == (
            f"attachment; filename=sertifikat-layanan-prima-{code}.pdf"
        )
        assert answer.data.startswith(b"%PDF-1.7")
        assert "Rani Kusumawardhani" in words(answer.data)
        assert f"http://127.0.0.1:8000/cek/{code}" in words(answer.data)


def test_the_bytes_stay_the_same_whatever_changes(app, sign_in, code, done, clock):
    rani = sign_in("rani")
    first = rani.get(f"/sertifikat/{code}/pdf").data
    with app.app_context():
        _db.session.get_one(Person, 4).name = "Rani Baru"
        _db.session.get_one(Agency, 1).office_name = "Badan Baru"
        amendments.correct_jp(done, 3, "Salah hitung menit", 2, clock.now())
        _db.session.commit()
    worker.run_once(app, with_daily=False)

    assert rani.get(f"/sertifikat/{code}/pdf").data == first
    with app.app_context():
        assert _db.session.scalars(select(CertificateFile.data)).one() == first


def test_a_kept_file_is_handed_out_without_being_set_again(
    sign_in, code, monkeypatch, app
):
    first = sign_in("rani").get(f"/sertifikat/{code}/pdf").data
    monkeypatch.setattr(typesetting, "pdf", None)

    assert sign_in("rani").get(f"/sertifikat/{code}/pdf").data == first


def test_no_transaction_is_open_while_a_paper_is_set(app, sign_in, code, monkeypatch):
    real, seen = typesetting.pdf, []

    def watched(*args):
        seen.append(_db.session().in_transaction())
        return real(*args)

    monkeypatch.setattr(typesetting, "pdf", watched)
    sign_in("rani").get(f"/sertifikat/{code}/pdf")
    with app.app_context():
        _db.session.query(CertificateFile).delete()
        _db.session.commit()
    worker.run_once(app, with_daily=False)

    assert seen == [False, False]


def test_many_who_want_it_at_once_get_the_same_bytes(app, sign_in, code):
    clients = [sign_in("rani") for _ in range(4)]
    answers: list[bytes] = []
    threads = [
        threading.Thread(
            target=lambda c=c: answers.append(c.get(f"/sertifikat/{code}/pdf").data)
        )
        for c in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 4
    assert len(set(answers)) == 1
    with app.app_context():
        assert len(_db.session.scalars(select(CertificateFile.sha256)).all()) == 1


@pytest.mark.parametrize("name", ["agus", "yohanes", "siti", "made"])
def test_nobody_else_gets_the_file(sign_in, code, done, name):
    for address in (code, done):
        assert sign_in(name).get(f"/sertifikat/{address}/pdf").status_code == 404


def test_a_revoked_certificate_is_not_handed_out_as_valid(
    app, sign_in, code, done, clock
):
    rani = sign_in("rani")
    assert rani.get(f"/sertifikat/{code}/pdf").status_code == 200
    revoke(app, done, clock)

    answer = rani.get(f"/sertifikat/{code}/pdf")
    assert answer.status_code == 409
    assert "telah dicabut" in answer.text
    page = rani.get(f"/sertifikat/{code}").text
    assert f"/sertifikat/{code}/pdf" not in page
    assert "tidak dapat diunduh" in page


def test_the_check_page_says_the_fingerprint_of_the_file(app, sign_in, code):
    stranger = sign_in(None)
    assert "SHA-256" not in stranger.get(f"/cek/{code}").text
    assert stranger.get(f"/cek/{code}.json").json["pdf_sha256"] == ""

    sha256 = hashlib.sha256(sign_in("rani").get(f"/sertifikat/{code}/pdf").data)

    assert sha256.hexdigest() in stranger.get(f"/cek/{code}").text
    said = stranger.get(f"/cek/{code}.json").json
    assert said["pdf_sha256"] == sha256.hexdigest()


def test_checking_a_code_never_loads_the_file(app, sign_in, code):
    sign_in("rani").get(f"/sertifikat/{code}/pdf")
    with app.app_context(), statements.sent(_db.engine) as seen:
        sign_in(None).get(f"/cek/{code}")
    assert not any("certificate_files.data" in s for s in seen)


def test_the_command_writes_the_file(app, code, tmp_path):
    run = app.test_cli_runner().invoke
    from lms.records.cli import records

    out = tmp_path / "kertas.pdf"
    answer = run(records, ["certificate", code.lower(), "--out", str(out)])

    assert answer.exit_code == 0, answer.output
    assert "Rani Kusumawardhani" in words(out.read_bytes())
    with app.app_context():
        kept = _db.session.scalars(select(CertificateFile.data)).one()
        assert kept == out.read_bytes()
    assert run(records, ["certificate", "0000-0000-0000-0000"]).exit_code == 1


def test_the_command_refuses_a_revoked_certificate(app, code, done, clock, tmp_path):
    from lms.records.cli import records

    revoke(app, done, clock)
    out = tmp_path / "kertas.pdf"
    answer = app.test_cli_runner().invoke(
        records, ["certificate", code, "--out", str(out)]
    )

    assert answer.exit_code == 1
    assert "dicabut" in answer.output
    assert not out.exists()
