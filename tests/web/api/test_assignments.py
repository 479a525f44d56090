"""Assignments and duties, as far as the token's people go."""

from datetime import date

import pytest

from lms.assignments.models import Assignment, Duty
from lms.db import db as _db
from tests.web.records import samples


@pytest.fixture
def assigned(app, live, clock):
    """Palangka Raya's course for Rani (done), Yohanes (late), Siti and Made (todo)."""
    days = {4: date(2026, 12, 1), 3: date(2026, 11, 1), 2: date(2026, 12, 1)}
    with app.app_context():
        now = clock.now()
        samples.finish(4, live, now)
        rule = Assignment(
            uid="00000000-0000-4000-8000-000000000777", course_id=live.course_id,
            unit_id=1, starts_on=date(2026, 10, 1), due_on=date(2026, 12, 1),
            reason="Semua petugas loket", created_at=now, renew_months=None,
            with_subunits=True, grace_days=14, waves=1, wave_days=0,
        )  # fmt: skip
        _db.session.add(rule)
        _db.session.flush()
        for person, due in days.items():
            _db.session.add(
                Duty(
                    assignment_id=rule.id, person_id=person, course_id=live.course_id,
                    starts_on=date(2026, 10, 1), due_on=due, assigned_at=now,
                    period=1, wave=1, end_reason="",
                )
            )  # fmt: skip
        _db.session.commit()
        return rule.uid


def test_an_assignment_says_how_far_people_are(program, assigned):
    row = program().get(f"/assignments/{assigned}").json

    assert row["course_id"] == "layanan-prima"
    counts = {
        name: row[f"{name}_count"] for name in ("done", "late", "running", "todo")
    }
    assert counts == {"done": 1, "late": 1, "running": 0, "todo": 1}
    assert program().rows("/assignments?state=open") == [row]
    assert program().rows("/assignments?state=ended") == []


def test_duties_are_listed_with_their_states(program, assigned):
    reader = program()

    rows = reader.all_rows(f"/assignments/{assigned}/duties", 1)

    assert [(row["name"].split()[0], row["state"]) for row in rows] == [
        ("Rani", "done"),
        ("Yohanes", "late"),
        ("Siti", "todo"),
    ]
    assert rows[0]["finished_on"] == "2026-11-22"


def test_a_unit_sees_only_its_own_people_in_it(program, assigned):
    office = program(unit=3)

    row = office.get(f"/assignments/{assigned}").json

    assert (row["done_count"], row["late_count"], row["todo_count"]) == (1, 1, 0)
    assert len(office.rows(f"/assignments/{assigned}/duties")) == 2


def test_another_agency_sees_nothing_of_it(program, assigned):
    jambi = program(unit=5)

    assert jambi.rows("/assignments") == []
    assert jambi.get(f"/assignments/{assigned}").status_code == 404
    assert jambi.get(f"/assignments/{assigned}/duties").status_code == 404


def test_a_cursor_belongs_to_its_assignment(program, assigned):
    reader = program()
    page = reader.get(f"/assignments/{assigned}/duties?limit=1").json

    answer = reader.get(f"/assignments/{assigned[:-1]}8/duties?cursor=x")
    assert answer.status_code == 404
    wrong = reader.get(f"/people?cursor={page['next_cursor']}")
    assert wrong.status_code == 400
