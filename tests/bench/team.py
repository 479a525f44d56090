"""How long a superior of 30 people waits for the team's page, as time of the server."""

from collections.abc import Iterator
from datetime import timedelta

from lms.db import db, reading
from lms.kernel import clock, ids

from .client import Client, cost
from .line import line
from .stage import Stage

PEOPLE, TIMES = 30, 60


def measure(stage: Stage) -> Iterator[dict]:
    """Yield milliseconds of CPU per page, once everything is warm."""
    yohanes = _fill(stage)
    page = yohanes.text("/tim")
    assert page.count("mate__act") == PEOPLE, page.count("mate__act")
    for _ in range(5):
        yohanes.text("/tim")
    seconds = cost(stage.server.pid, lambda: yohanes.text("/tim"), TIMES)
    yield line("team_30", seconds * 1000, "ms", 100)


def _fill(stage: Stage) -> Client:
    """Give Yohanes 30 people: each owes a course, two in three are in the middle."""
    from lms.accounts import sessions
    from lms.accounts.models import Person
    from lms.assignments.models import Assignment, Duty
    from lms.catalog import courses
    from lms.records import enrolments, facts
    from tests.cast import CAST

    with stage.app.app_context():
        reading.set(False)
        live, now = courses.live("ukur"), clock.now()
        today = now.date()
        superior = CAST["yohanes"].id
        order = Assignment(
            uid=ids.new_uid(), course_id=live.course_id, unit_id=1, starts_on=today,
            due_on=today, created_at=now,
        )  # fmt: skip
        people = [
            Person(
                uid=ids.new_uid(), name=f"Staf Contoh {n:02}", asn_status="PNS",
                unit_id=4, job_id=1, supervisor_id=superior, created_at=now,
                updated_at=now,
            )
            for n in range(PEOPLE - 1)  # Rani is one of the team already
        ]  # fmt: skip
        db.session.add_all([order, *people])
        db.session.flush()
        for n, person in enumerate(people):
            due = today + timedelta(days=n - 10)
            db.session.add(
                Duty(
                    assignment_id=order.id, person_id=person.id,
                    course_id=live.course_id, starts_on=due - timedelta(days=30),
                    due_on=due, assigned_at=now,
                )
            )  # fmt: skip
            if n % 3:
                enrolment = enrolments.enrol(person, live, now)
                for item in list(live.items)[: n * 3]:
                    facts.add(enrolment, item["code"], "read", now)
        token = sessions.open_for(superior, now, device="bench")
        db.session.commit()
    return Client(stage.port, {stage.cookie: token})
