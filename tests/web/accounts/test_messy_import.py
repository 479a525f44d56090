"""Fifteen thousand people in a bad workbook: in, mended, in again."""

import io

import openpyxl
from sqlalchemy import func, select

from lms.accounts import import_apply, import_file, import_rejected, people_import
from lms.accounts.models import Person
from lms.db import db as _db

from . import messy
from .people_files import TODAY


def test_every_damage_is_named_mended_and_in_the_end_everybody_is_there(stage, clock):
    made = messy.build()
    data = made.workbook()

    table = import_file.read(data, TODAY)
    plan = people_import.plan(table, TODAY, "6771")

    said = {f.row: (f.column, f.text) for f in plan.findings if f.is_error}
    for row, (column, words) in made.wrong().items():
        assert said[row][0] == column, (row, said[row])
        assert words in said[row][1], (row, said[row])
    assert said.keys() == made.wrong().keys()

    mended = _mend(made, import_rejected.write(table, plan.findings))
    whole, _origins = import_rejected.merge(data, mended, said, TODAY, {})
    again = people_import.plan(import_file.read(whole, TODAY), TODAY, "6771")
    assert [f for f in again.findings if f.is_error] == []
    assert again.counts["new"] == len(made.good)

    before = _db.session.scalar(select(func.count(Person.id)))
    import_apply.apply(again, TODAY, clock.now())
    after = _db.session.scalar(select(func.count(Person.id)))
    assert after - before == len(made.good)


def _mend(made: messy.Messy, rejected: bytes) -> bytes:
    """Do what HR does: put the right value where the last column says it is wrong."""
    sheet = openpyxl.load_workbook(io.BytesIO(rejected)).active
    for row, (place, (column, _value, _ours, _words)) in zip(
        sheet.iter_rows(min_row=2), sorted(made.damage.items()), strict=True
    ):
        right = made.good[place][column]
        row[column].value = str(right) if right != "" else None
    out = io.BytesIO()
    sheet.parent.save(out)
    return out.getvalue()
