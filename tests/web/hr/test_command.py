"""lms export riwayat_kursus."""

import csv

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from lms.audit.models import AuditEntry
from lms.db import db as _db
from lms.db import reading
from lms.hr import cli


@pytest.fixture
def run(app, tmp_path, monkeypatch):
    """run("--format", "csv", …) -> the result of `lms export riwayat_kursus …`."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        token = reading.set(False)
        try:
            runner = app.test_cli_runner()
            return runner.invoke(cli.export, ["riwayat_kursus", *map(str, arguments)])
        finally:
            reading.reset(token)

    return run


def test_all_agencies_without_a_unit(app, run, done, tmp_path):
    result = run()

    assert result.exit_code == 0, result.output
    file = tmp_path / "riwayat_kursus_semua_20261122-1400.csv"
    assert "2 baris" in result.output
    with file.open(encoding="utf-8", newline="") as lines:
        assert {r["id_rekaman"] for r in csv.DictReader(lines)} == set(done.values())
    assert file.stat().st_mode & 0o777 == 0o600
    with app.app_context():
        said = _db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[-1]
    assert (said.actor_id, said.facts["rows"]) == (None, 2)


def test_one_unit_and_period_as_xlsx(run, done, tmp_path):
    file = tmp_path / "hasil.xlsx"

    result = run("--format", "xlsx", "--unit", 3, "--dari", "2026-01-01",
                 "--sampai", "2026-12-31", "-o", file)  # fmt: skip

    assert result.exit_code == 0, result.output
    sheet = load_workbook(file).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [done["rani"]]
    names = sorted(p.name for p in tmp_path.iterdir())
    assert names == ["hasil.xlsx", "hasil.xlsx.manifest.json"]


@pytest.mark.parametrize(
    "arguments",
    [["--format", "pdf"], ["--unit", "99"], ["--unit", "x"], ["--dari", "kemarin"]],
)
def test_wrong_use_is_exit_code_2(run, done, arguments, tmp_path):
    assert run(*arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_exit_code_1(run, done, tmp_path):
    assert run("-o", tmp_path / "tidak" / "ada.csv").exit_code == 1


def test_nothing_to_export_is_a_file_with_its_header(run, live, tmp_path):
    file = tmp_path / "kosong.csv"

    result = run("-o", file)

    assert result.exit_code == 0
    assert len(file.read_text("utf-8").splitlines()) == 1
