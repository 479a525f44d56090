"""lms assignments: the daily round by hand, and what runs.

Exit codes: 0 done, 2 wrong use.
"""

import json
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup
from sqlalchemy import case, func, select

from lms.accounts.models import Agency, Unit
from lms.catalog.models import Course
from lms.db import db
from lms.kernel import clock

from . import membership, standing, sweeps
from .models import Assignment, Duty

assignments = AppGroup("assignments", help="Penugasan: hitung ulang, daftar.")
COMMANDS = (assignments,)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Keluaran JSON.")


@assignments.command("refresh")
@AS_JSON
def refresh(as_json: bool) -> None:
    """Sesuaikan penugasan dengan unit, jabatan, dan status pegawai sekarang.

    Pekerja latar melakukannya sekali sehari; dua kali tidak mengubah apa pun.
    """
    counts = membership.Counts()
    sweeps.mark_all()
    sweeps.work(db.session.commit, counts=counts)
    if as_json:
        facts = {
            "assigned": counts.assigned,
            "renewed": counts.renewed,
            "ended": dict(counts.ended),
        }
        click.echo(json.dumps(facts))
        return
    ended = counts.ended
    click.echo(
        f"Ditugaskan {counts.assigned}, diulang {counts.renewed},"
        f" dilepas karena pindah {ended['moved']}, tidak aktif {ended['left']},"
        f" dibebaskan {ended['exempted']}."
    )


@assignments.command("list")
@AS_JSON
def list_running(as_json: bool) -> None:
    """Daftar penugasan yang berjalan: kursus, unit, tenggat, selesai dari semua."""
    found = list(_running())
    if as_json:
        click.echo(json.dumps(found, default=str))
        return
    if not found:
        click.echo("Tidak ada penugasan yang berjalan.")
    for one in found:
        click.echo(
            f"{one['uid']}  {one['course']}  {one['unit']}  tenggat {one['due_on']}"
            f"  selesai {one['done']} dari {one['total']}, terlambat {one['late']}"
        )


def _running():
    rows = db.session.execute(
        select(Assignment, Course.code, Unit.name, Agency.timezone)
        .join(Course, Course.id == Assignment.course_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Agency, Agency.unit_id == Unit.agency_id)
        .where(Assignment.ended_at.is_(None))
        .order_by(Assignment.id)
    ).all()
    for made, code, unit, zone in rows:
        today = clock.now().astimezone(ZoneInfo(zone)).date()
        finished = standing.finished_on()
        is_late = finished.is_(None) & (Duty.due_on < today)
        total, done, late = db.session.execute(
            select(
                func.count(),
                func.count(finished),
                func.coalesce(func.sum(case((is_late, 1), else_=0)), 0),
            ).where(Duty.assignment_id == made.id, Duty.ended_at.is_(None))
        ).one()
        yield {
            "uid": made.uid,
            "course": code,
            "unit": unit,
            "due_on": made.due_on,
            "total": total,
            "done": done,
            "late": late,
        }
