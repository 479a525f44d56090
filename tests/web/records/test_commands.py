"""lms records and the seeds."""

import json

import pytest
from sqlalchemy import func, select, text

from lms.db import db as _db
from lms.db import reading
from lms.records import cli, ledger_guard, seeds
from lms.records.models import Completion, JpPolicy, JpRule


@pytest.fixture
def run(app):
    """run("verify", …) -> the result of `lms records verify …`."""

    def run(*arguments):
        token = reading.set(False)
        try:
            runner = app.test_cli_runner()
            return runner.invoke(cli.records, [str(a) for a in arguments])
        finally:
            reading.reset(token)

    return run


def test_a_whole_ledger_is_said_to_be_whole(run, done):
    result = run("verify")

    assert result.exit_code == 0
    assert "Buku besar utuh: 3 baris." in result.output


def test_the_verdict_as_json(run, done):
    answer = json.loads(run("verify", "--json").output)

    assert answer["ok"] is True
    assert (answer["count"], answer["seq"]) == (3, 3)


def test_tampering_is_exit_code_1_and_names_the_row(app, run, done):
    with app.app_context():
        ledger_guard.disarm(_db.session.connection())
        _db.session.execute(text("UPDATE ledger_entries SET body = '{}' WHERE seq = 2"))
        ledger_guard.arm(_db.session.connection())
        _db.session.commit()

    result = run("verify")
    assert result.exit_code == 1
    assert "RUSAK di baris 2" in result.output
    answer = json.loads(run("verify", "--json").output)
    assert answer["fault"] == {"seq": 2, "kind": "moved"} or answer["fault"]["seq"] == 2


def test_a_changed_table_is_exit_code_1_and_can_be_mended(app, run, done):
    with app.app_context():
        _db.session.execute(text("UPDATE completions SET jp = 40"))
        _db.session.commit()

    result = run("verify")
    assert result.exit_code == 1
    assert f"BERBEDA: completions {done}: jp" in result.output
    assert run("rebuild").exit_code == 1
    assert run("rebuild", "--terapkan").exit_code == 0
    assert run("verify").exit_code == 0


def test_a_checkpoint_file_is_kept_and_checked(run, done, tmp_path):
    file = tmp_path / "titik.txt"

    assert run("checkpoint", "-o", file).exit_code == 0
    assert run("checkpoint", "-o", file).exit_code == 0

    assert len(file.read_text().splitlines()) == 2
    assert run("checkpoint").output.startswith("kelas-asn/checkpoint/1 3 ")
    assert run("verify", "--checkpoint", file).exit_code == 0
    file.write_text(f"kelas-asn/checkpoint/1 9 {'a' * 64}\n")
    assert "hilang dari ujung" in run("verify", "--checkpoint", file).output


@pytest.mark.parametrize("content", [b"bukan titik cek", b"\xff\xfe\x00"])
def test_a_file_that_is_no_checkpoint_is_wrong_use(run, done, tmp_path, content):
    file = tmp_path / "titik.txt"
    file.write_bytes(content)

    assert run("verify", "--checkpoint", file).exit_code == 2
    assert run("verify", "--checkpoint", tmp_path / "tidak-ada").exit_code == 2


def test_revoking_from_the_command_line(app, run, done):
    assert run("revoke", done).exit_code == 2
    assert run("revoke", "tidak-ada", "--alasan", "Salah orang").exit_code == 1

    result = run("revoke", done, "--alasan", "Salah orang")

    assert result.exit_code == 0
    assert "Dicabut" in result.output
    assert run("revoke", done, "--alasan", "Salah orang").exit_code == 1
    with app.app_context():
        assert _db.session.scalars(select(Completion.state)).one() == "revoked"


def test_seeds_are_loaded_once_and_never_overwrite(app, live):
    with app.app_context():
        rule = _db.session.get_one(JpRule, 16)
        rule.name = "Pelatihan daring"
        policy = _db.session.scalars(
            select(JpPolicy).where(JpPolicy.asn_status == "PNS")
        ).one()
        policy.target = 30
        _db.session.commit()

        assert seeds.load(_db.session) == 0
        _db.session.commit()

        assert _db.session.get_one(JpRule, 16).name == "Pelatihan daring"
        assert policy.target == 30
        assert _db.session.scalar(select(func.count()).select_from(JpRule)) == 25


def test_every_seed_names_its_source(app, live):
    with app.app_context():
        for row in (*_db.session.scalars(select(JpRule)),
                    *_db.session.scalars(select(JpPolicy))):  # fmt: skip
            assert row.source
        unsure = _db.session.scalars(
            select(JpPolicy.asn_status).where(~JpPolicy.is_sure)
        )
        assert set(unsure) == {"CPNS", "PPPK", "PPPK_PW"}
