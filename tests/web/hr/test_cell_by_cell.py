"""Every cell of every kind of file says what the database says, however hostile."""

import csv
import io
import json
from datetime import datetime

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from sqlalchemy import select

from lms.accounts.models import Person, Unit
from lms.db import db as _db
from lms.hr import cells
from lms.hr.kinds import KINDS
from lms.records.models import Completion

from . import hostile_rows

COUNT = 2 * len(hostile_rows.TEXTS)
FORMATS = ("xlsx", "csv", "csv-excel", "json", "ndjson")


@pytest.fixture
def files(app, sign_in, live, clock):
    """Take a kind in every form; return format -> rows of texts, by column."""
    with app.app_context():
        hostile_rows.fill(live, clock.now(), COUNT)

    def take(kind: str) -> dict[str, list[dict[str, str]]]:
        siti = sign_in("siti")
        form = {"jenis": kind, "tahun": "2026"}
        found = {}
        for fmt in FORMATS:  # each read to its end: only so many are made at once
            answer = siti.post("/sdm/ekspor", data=form | {"format": fmt})
            assert answer.status_code == 200, answer.text
            found[fmt] = read(fmt, answer.data)
        return found

    return take


def read(fmt: str, data: bytes) -> list[dict[str, str]]:
    if fmt == "xlsx":
        sheet, *_about = load_workbook(io.BytesIO(data), read_only=True).worksheets
        head, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(head, map(cell, row), strict=True)) for row in rows]
    if fmt == "ndjson":
        found = [json.loads(line) for line in data.decode().split("\n")[:-1]]
    elif fmt == "json":
        found = json.loads(data)["rekaman"]
    else:
        is_excel = fmt == "csv-excel"
        file = io.StringIO(
            data.decode("utf-8-sig" if is_excel else "utf-8"), newline=""
        )
        rows = csv.DictReader(file, delimiter=";" if is_excel else ",", strict=True)
        return [{k: cells.plain(v) for k, v in row.items()} for row in rows]
    return [{key: text(value) for key, value in row.items()} for row in found]


def cell(value) -> str:
    """Return a cell of XLSX; "_x000D_" in it is left to its users by the reader."""
    return unescape(value) if isinstance(value, str) else text(value)


def text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value)


@pytest.mark.parametrize("kind", KINDS)
def test_all_forms_of_a_kind_hold_the_same_cells(files, kind):
    found = files(kind)
    shape = KINDS[kind].shape
    commas = {column.name for column in shape.columns if column.kind == "hundredths"}

    for row in found["csv-excel"]:
        row |= {name: row[name].replace(",", ".") for name in commas}
    assert len(found["csv"]) >= len(hostile_rows.TEXTS)
    for fmt in FORMATS:
        assert tuple(found[fmt][0]) == shape.names
        assert found[fmt] == found["csv"], fmt


def test_the_cells_of_the_history_are_those_of_the_database(app, files):
    found = {row["id_rekaman"]: row for row in files("riwayat_kursus")["xlsx"]}

    with app.app_context():
        stored = _db.session.execute(
            select(Completion, Person).join(Person, Person.id == Completion.person_id)
        ).all()
        assert len(found) == len(stored) == COUNT
        for done, person in stored:
            row = found[done.uid]
            score = "" if done.score_bp is None else text(done.score_bp / 100)
            assert [
                row[name]
                for name in ("nama", "gelar_depan", "gelar_belakang", "nip",
                             "pns_orang_id", "perangkat_daerah", "unit_kerja",
                             "unor_id", "jabatan", "jenjang", "nama_kursus",
                             "penyelenggara", "tanggal_selesai", "tahun", "jp",
                             "nilai_akhir", "kompetensi", "level_target")
            ] == [
                person.name, person.title_front, person.title_back, person.nip or "",
                person.pns_orang_id, done.office_name, done.unit_name, done.unor_id,
                done.job_title, done.job_level, done.course_title, done.organiser,
                done.finished_on.isoformat(), str(done.year), str(done.jp), score,
                done.competencies, text(done.competency_level),
            ]  # fmt: skip


def test_the_sums_of_people_and_offices_are_those_of_the_database(app, files):
    people, offices = files("rekap_jp")["xlsx"], files("rekap_opd")["xlsx"]

    with app.app_context():
        done = _db.session.execute(
            select(Completion.person_id, Completion.jp).where(
                Completion.state == "valid", Completion.year == 2026
            )
        )
        jp = dict(map(tuple, done))
        stored = _db.session.execute(
            select(Person.id, Person.name, Unit.name).join(
                Unit, Unit.id == Person.unit_id
            )
            .where(Unit.path.startswith("/1/"))
        ).all()  # fmt: skip
        expected = sorted((n, u, str(jp.get(i, 0))) for i, n, u in stored if i > 4)
        units = set(hostile_rows.TEXTS)
        by_unit = {unit: sum(jp.get(i, 0) > 0 for i, _n, u in stored if u == unit)
                   for unit in units}  # fmt: skip

    got = sorted((row["nama"], row["unit_kerja"] or row["perangkat_daerah"],
                  row["jp_total"]) for row in people)  # fmt: skip
    assert [row for row in got if row[1] in units] == expected
    told = {
        row["perangkat_daerah"]: int(row["jumlah_asn"]) - int(row["asn_nol_jp"])
        for row in offices
    }
    assert {unit: told[unit] for unit in units} == by_unit
