"""What a superior's pages show: a member who is late, one who learns, a message."""

from datetime import timedelta

from lms.kernel import clock, ids
from tests.cast import CAST


def places(app, course: str) -> list[str]:
    """Let Rani and Hendra work for Yohanes; return the addresses of his pages."""
    from lms.accounts.models import Deputy, Person
    from lms.assignments.models import Assignment, Duty
    from lms.catalog import courses
    from lms.db import db
    from lms.team import encouragements, sentences
    from lms.team.encouragements import About

    with app.app_context():
        now = clock.now()
        today, live = now.date(), courses.live(course)
        superior, rani, other = (CAST[n].id for n in ("yohanes", "rani", "hendra"))
        db.session.query(Person).filter_by(id=other).update({"supervisor_id": superior})
        uid = db.session.query(Person.uid).filter_by(id=other).scalar()
        order = Assignment(
            uid=ids.new_uid(), course_id=live.course_id, unit_id=1, starts_on=today,
            due_on=today, created_at=now,
        )  # fmt: skip
        db.session.add(order)
        db.session.flush()
        for person_id, days in ((other, -3), (rani, 4)):
            due = today + timedelta(days=days)
            db.session.add(
                Duty(
                    assignment_id=order.id, person_id=person_id, wave=2,
                    course_id=live.course_id, starts_on=due - timedelta(days=9),
                    due_on=due, assigned_at=now,
                )
            )  # fmt: skip
        db.session.add(
            Deputy(
                superior_id=CAST["siti"].id, deputy_id=superior, valid_from=today,
                valid_to=today, granted_at=now,
            )
        )  # fmt: skip
        for person_id in (rani, other):
            encouragements.send(
                superior, person_id, "uji", sentences.written("waktu", ""),
                About(live.course_id), today=today, now=now,
            )  # fmt: skip
        db.session.commit()
    return ["/tim", f"/tim/{uid}", "/tim/waktu", "/tim/daftar"]
