"""What instructors do for their learners: another attempt, /tulis/percobaan."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from lms.db import db, reading
from lms.kernel import clock, ids
from lms.kernel.i18n import N_
from lms.web.access import roles as only_roles

from . import grants, teaching
from .forms_teaching import GrantForm

bp = Blueprint("teaching", __name__, url_prefix="/tulis/percobaan")

NUMBER = f"int(max={ids.LARGEST})"
ONCE_IN = timedelta(hours=1)  # the same look is noted once


@bp.get("")
@only_roles("instructor")
def index():
    """List who has used all attempts at a quiz of one's courses."""
    waiting = teaching.used_up(current_user)
    if waiting:
        _note_look({one.person_id for one in waiting})
        waiting = teaching.used_up(current_user)
    return render_template(
        "quiz/used_up.html",
        waiting=waiting,
        titles=sorted(live.title for live in teaching.courses_of(current_user)),
        most=teaching.MOST,
    )


def _note_look(people: set[int]) -> None:
    """Note the look in a short writing transaction of its own, once an hour.

    A GET that writes: the note is the price of reading, not a change.
    """
    now = clock.now()
    if not teaching.unnoted(current_user, people, now - ONCE_IN):
        return
    db.session.rollback()  # ends the transaction that only reads
    mode = reading.set(False)
    try:
        fresh = teaching.unnoted(current_user, people, now - ONCE_IN)
        teaching.note_look(current_user, fresh, now)
        db.session.commit()
    finally:
        reading.reset(mode)


@bp.route(
    f"/<{NUMBER}:enrolment>/<butir>/<int(max=999):nomor>", methods=["GET", "POST"]
)
@only_roles("instructor")
def grant(enrolment: int, butir: str, nomor: int):
    """Grant one more attempt, with a reason that the learner reads; twice is once."""
    person, form = teaching.learner(current_user, enrolment), GrantForm()
    if form.validate_on_submit():
        grants.give(
            person.id, enrolment, butir, nomor,
            reason=form.reason.data, by_id=current_user.id, now=clock.now(),
        )  # fmt: skip
        db.session.commit()
        flash(N_("Percobaan tambahan diberikan."), "ok")
        return redirect(url_for(".index"), code=303)
    waits = {
        (one.enrolment_id, one.item_code, one.next_number): one
        for one in teaching.used_up(current_user)
    }
    quiz = waits.get((enrolment, butir, nomor))
    if quiz is None:
        raise grants.NotNeeded
    status = 422 if form.is_submitted() else 200
    return render_template("quiz/grant.html", form=form, quiz=quiz), status
