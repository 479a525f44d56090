"""Large files are made in the background: once, kept a week, told."""

import hashlib
import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from lms.accounts.models import RoleGrant
from lms.audit.models import DataAccess
from lms.db import db as _db
from lms.hr import export_jobs, exports
from lms.hr.models import Taking
from lms.jobs.models import OutboxEntry
from lms.jobs.worker import run_once

PAGE = "/sdm/ekspor"
FORM = {"format": "xlsx"}


@pytest.fixture
def siti(sign_in, done, monkeypatch):
    """Siti, where every XLSX is a large one."""
    monkeypatch.setattr(export_jobs, "FROM_ROWS", 0)
    return sign_in("siti")


def taking(app) -> Taking:
    with app.app_context():
        found = _db.session.scalars(select(Taking)).one()
        _db.session.expunge(found)
        return found


def files(app) -> list[Path]:
    folder = export_jobs.folder(app.config)
    return sorted(folder.iterdir()) if folder.exists() else []


def test_an_order_is_listed_made_told_and_downloaded(app, siti, monkeypatch):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    answer = siti.post(PAGE, data=FORM)
    assert answer.status_code == 303
    assert "Menunggu giliran" in siti.get(PAGE).text
    sent = []
    monkeypatch.setattr("lms.jobs.mail.send", lambda body, **_: sent.append(body))

    run_once(app)

    page = siti.get(PAGE).text
    assert "Menunggu giliran" not in page
    assert "tersedia sampai 29 Nov 2026" in page
    made = taking(app)
    got = siti.get(f"{PAGE}/{made.uid}/berkas")
    assert got.status_code == 200
    assert hashlib.sha256(got.data).hexdigest() == made.file_sha256
    sheet = load_workbook(io.BytesIO(got.data)).worksheets[0]
    assert sheet.max_row == 2 == made.rows + 1
    assert got.headers["Cache-Control"] == "no-store"
    assert [f.stat().st_mode & 0o777 for f in files(app)] == [0o600]
    run_once(app, with_daily=False)
    assert [body["to"] for body in sent] == ["siti@contoh.go.id"]
    app.config["SMTP_URL"] = ""


def test_the_same_order_twice_is_one(app, siti):
    for _ in range(3):
        assert siti.post(PAGE, data=FORM).status_code == 303

    taking(app)


def test_a_fourth_order_waits_for_the_others(app, siti):
    for day in ("2026-01-01", "2026-01-02", "2026-01-03"):
        siti.post(PAGE, data=FORM | {"dari": day})

    answer = siti.post(PAGE, data=FORM)

    assert answer.status_code == 409
    assert "sedang dibuat" in answer.text


def test_a_worker_that_is_killed_leaves_no_half_file_and_it_is_done_again(
    app, siti, clock, monkeypatch
):
    class Killed(BaseException):
        pass

    real = exports.write

    def write(*args, **kwargs):
        args[4].write(b"half")
        raise Killed

    monkeypatch.setattr(exports, "write", write)
    siti.post(PAGE, data=FORM)
    with pytest.raises(Killed):
        run_once(app)
    with app.app_context():
        _db.session.rollback()
    monkeypatch.setattr(exports, "write", real)
    assert run_once(app) <= 3  # still leased: only the daily rounds
    assert taking(app).state != "done"
    clock.skip(minutes=6)

    run_once(app)

    made = taking(app)
    assert made.state == "done"
    assert [f.name for f in files(app)] == [made.uid]
    with app.app_context():
        assert len(_db.session.scalars(select(DataAccess)).all()) == 1


def test_two_workers_make_one_file_that_counts_once(app, siti, monkeypatch):
    siti.post(PAGE, data=FORM)
    real, inner = export_jobs._finish, []

    def finish(number, *args):
        if not inner:  # meanwhile the other worker does it all
            inner.append(True)
            with app.app_context():
                export_jobs.make_ordered({"taking": number}, app.config)
                _db.session.commit()
        return real(number, *args)

    monkeypatch.setattr(export_jobs, "_finish", finish)

    run_once(app)

    made = taking(app)
    [file] = files(app)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == made.file_sha256
    with app.app_context():
        assert len(_db.session.scalars(select(DataAccess)).all()) == 1


def test_progress_is_to_be_seen(app, siti, monkeypatch):
    monkeypatch.setattr(export_jobs, "STEP", 1)
    seen = []
    real = exports.workbook._about

    def about(*args):
        seen.append(siti.get(PAGE).text)
        return real(*args)

    monkeypatch.setattr(exports.workbook, "_about", about)
    siti.post(PAGE, data=FORM)

    run_once(app)

    assert "1 dari 1 baris" in seen[0]
    assert "<progress" in seen[0]


def test_a_role_that_ended_meanwhile_gets_no_file(app, siti, clock):
    siti.post(PAGE, data=FORM)
    with app.app_context():
        _db.session.execute(
            update(RoleGrant)
            .where(RoleGrant.person_id == 2)
            .values(valid_to=date(2026, 11, 1))
        )
        _db.session.commit()

    run_once(app)

    made = taking(app)
    assert made.state == "failed"
    assert "sudah berakhir" in made.trouble
    assert files(app) == []


def test_a_file_is_deleted_after_a_week(app, siti, sign_in, clock):
    siti.post(PAGE, data=FORM)
    run_once(app)
    made = taking(app)
    (export_jobs.folder(app.config) / "sisa.1.ab").write_text("x")
    clock.skip(days=7)
    siti = sign_in("siti")
    assert siti.get(f"{PAGE}/{made.uid}/berkas").status_code == 404

    run_once(app)

    assert files(app) == []
    assert taking(app).deleted_at is not None
    assert "Ambil lagi" in siti.get(PAGE).text


def test_what_nobody_works_at_any_more_is_given_up(app, siti, clock):
    siti.post(PAGE, data=FORM)
    with app.app_context():
        _db.session.execute(update(OutboxEntry).values(tries=99))
        _db.session.commit()
    clock.skip(days=5)

    run_once(app)

    assert taking(app).state == "failed"


def test_a_file_of_units_no_longer_held_is_not_handed_out(app, siti):
    siti.post(PAGE, data=FORM)
    run_once(app)
    made = taking(app)
    assert siti.get(f"{PAGE}/{made.uid}/berkas").status_code == 200
    with app.app_context():
        _db.session.execute(
            update(RoleGrant).where(RoleGrant.person_id == 2).values(unit_id=2)
        )
        _db.session.commit()

    answer = siti.get(f"{PAGE}/{made.uid}/berkas")

    assert answer.status_code == 403
    assert "mengampu unit yang lain" in answer.text
