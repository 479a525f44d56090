"""lms people corrections, correction, email-link: requests of people are answered."""

import json
import re

import pytest
from sqlalchemy import select

from lms import diagnosis
from lms.accounts import corrections, email_changes
from lms.accounts.cli import people as group
from lms.accounts.letters import Office
from lms.accounts.models import CorrectionRequest, Person
from lms.audit import accesses
from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.kernel import clock as _clock
from tests.cast import CAST
from tests.conftest import make_app

OFFICE = Office("Kelas", "http://127.0.0.1:8000", is_open=False)
NEW = "rani.baru@contoh.go.id"


@pytest.fixture
def asked(app, db):
    """Rani has asked for another job title."""
    with app.app_context():
        wish = corrections.Wish("jabatan", "Penata Perizinan", "SK 800\n12/2026")
        corrections.ask(CAST["rani"].id, wish, OFFICE, _clock.now())
        _db.session.commit()


@pytest.fixture
def changing(app, db):
    """Rani has asked for another e-mail address."""
    with app.app_context():
        email_changes.ask(CAST["rani"].id, NEW, OFFICE, _clock.now())
        _db.session.commit()


# --- Corrections


def test_the_requests_are_listed_with_what_is_needed_to_answer(run, asked, clock):
    code, out, _err = run("corrections")

    assert code == 0
    assert "1\tRani Kusumawardhani (199508252022212902)" in out
    assert "Jabatan: Pengelola Layanan Administrasi Keuangan -> Penata Perizinan" in out
    assert "Alasan: SK 800 12/2026" in out
    assert "Jawab sebelum 25-11-2026 14.00 WIB" in out
    assert "TERLAMBAT" not in out
    clock.skip(hours=73)
    assert "TERLAMBAT" in run("corrections")[1]


def test_the_requests_are_listed_for_programs(run, asked):
    (one,) = json.loads(run("corrections", "--json")[1])

    assert (one["id"], one["field"], one["is_late"]) == (1, "Jabatan", False)
    assert one["due_at"] == "2026-11-25T07:00:00+00:00"


def test_whose_request_was_read_can_see_that(app, run, asked):
    run("corrections")

    with app.app_context():
        (seen,) = accesses.of(CAST["rani"].id)
    assert (seen.kind, seen.actor_id) == ("viewed", None)
    assert seen.what == "Permintaan perbaikan data"


def test_nothing_waiting_is_said(run):
    assert run("corrections")[1] == "Tidak ada permintaan yang menunggu.\n"
    assert json.loads(run("corrections", "--json")[1]) == []


def test_a_request_is_answered_by_somebody_named(app, run, asked):
    words = ("--selesai", "--jawaban", "Sudah.", "--oleh", "siti@contoh.go.id")

    for _ in range(2):
        code, out, err = run("correction", "1", *words)
        assert (code, out) == (0, "Permintaan 1 dijawab.\n")
        assert "lms people import" in err

    with app.app_context():
        row = _db.session.get(CorrectionRequest, 1)
        assert (row.state, row.answer) == ("done", "Sudah.")
        acts = _db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "correction.done")
        ).all()
        assert [act.actor_id for act in acts] == [CAST["siti"].id]
    assert "Tidak ada" in run("corrections")[1]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("1", "--jawaban", "Ya."), 2, "pilih --selesai atau --tolak"),
        (("1", "--tolak"), 2, "--jawaban"),
        (("0", "--tolak", "--jawaban", "x"), 2, "NOMOR"),
        (("9", "--tolak", "--jawaban", "x"), 1, "Permintaan itu tidak ada"),
        (("1", "--tolak", "--jawaban", " "), 1, "Tulis jawabannya"),
        (
            ("1", "--tolak", "--jawaban", "x", "--oleh", "tidakada"),
            1,
            "tidak ada orang",
        ),
    ],
)
def test_an_answer_that_cannot_be_given_is_refused(run, asked, words, code, said):
    got, _out, err = run("correction", *words)

    assert got == code
    assert said in err
    assert "Tidak ada" not in run("corrections")[1]


def test_the_doctor_complains_when_somebody_waits_too_long(app, asked, clock):
    def found() -> dict:
        with app.app_context():
            (one,) = [
                f for f in diagnosis.examine(app) if f["name"].startswith("Permintaan")
            ]
            _db.session.rollback()
        return one

    assert found()["ok"]
    assert "1 menunggu" in found()["text"]
    clock.skip(hours=73)
    assert not found()["ok"]
    assert "1 lewat batas" in found()["text"]


# --- The link for a new address


def test_the_link_is_printed_for_a_site_without_mail(app, run, changing):
    code, out, err = run("email-link", "rani@contoh.go.id")

    assert code == 0
    assert f"Kirim hanya ke {NEW}" in err
    path = re.fullmatch(r"http://127\.0\.0\.1:8000(/akun/surel/konfirmasi/\S+)\n", out)
    assert app.test_client().post(path[1]).status_code == 200
    with app.app_context():
        assert _db.session.get(Person, CAST["rani"].id).email == NEW


def test_a_newer_link_voids_the_older(app, run, changing):
    first, second = (
        json.loads(run("email-link", "rani@contoh.go.id", "--json")[1])["url"]
        for _ in range(2)
    )

    path = "/akun/surel/" + first.split("/akun/surel/")[1]
    assert app.test_client().get(path).status_code == 404
    path = "/akun/surel/" + second.split("/akun/surel/")[1]
    assert app.test_client().get(path).status_code == 200


def test_no_link_without_a_wish_or_for_a_taken_address(app, run, changing):
    assert "tidak ada penggantian" in run("email-link", "agus@contoh.go.id")[2]
    with app.app_context():
        _db.session.get(Person, CAST["agus"].id).email = NEW
        _db.session.commit()

    code, out, err = run("email-link", "rani@contoh.go.id")

    assert (code, out) == (1, "")
    assert "tidak dapat dipakai" in err


# --- A database that is not up to date


@pytest.mark.parametrize(
    "words",
    [("link", "rani@contoh.go.id"), ("corrections",), ("admin", "list"), ("export",)],
)
def test_without_tables_a_sentence_says_what_to_do(tmp_path, words):
    bare = make_app(INSTANCE_DIR=str(tmp_path))

    result = bare.test_cli_runner().invoke(group, words)

    with bare.app_context():
        _db.session.rollback()
        _db.engine.dispose()
    assert result.exit_code == 1
    assert result.stderr == (
        "galat: Basis data belum siap. Jalankan `lms db upgrade`, lalu coba lagi.\n"
    )
