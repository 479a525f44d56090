"""Answers that wait for a person, and grading them: /tulis/penilaian."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from lms.audit import accesses
from lms.catalog import courses
from lms.catalog.models import ItemVersion
from lms.db import db, reading
from lms.kernel import clock, ids
from lms.kernel.errors import LmsError
from lms.kernel.i18n import N_
from lms.uploads import uses
from lms.web.access import roles as only_roles
from lms.web.language import current_language

from . import forms_grading, graded_answers, grades, holdings, teaching, telling

bp = Blueprint("quiz_grading", __name__, url_prefix="/tulis/penilaian")

NUMBER = f"int(max={ids.LARGEST})"
WHAT = N_("Jawaban kuis yang dinilai pengajar: teks, berkas, dan nama")
ONCE_IN = timedelta(hours=1)  # the same look is noted once
MISTAKES = (
    grades.NothingGraded,
    grades.LevelMissing,
    grades.PointsUnreadable,
    grades.RemarkTooLong,
    grades.AgainWithoutReason,
    grades.GradedMeanwhile,
    grades.NotForGrading,
    grades.PassAtStake,
)

uses.register("quiz", holdings.USE)


@bp.get("")
@only_roles("instructor")
def index():
    """List the attempts with answers to grade, and those graded last."""
    after = request.args.get("sesudah", 0, type=int)
    waiting, onward = graded_answers.waiting(current_user, after)
    return render_template(
        "quiz/to_grade.html",
        waiting=waiting,
        lately=graded_answers.lately(current_user),
        titles=sorted(live.title for live in teaching.courses_of(current_user)),
        first=url_for(".index") if after else "",
        following=url_for(".index", sesudah=onward) if onward else "",
    )


@bp.get(f"/<{NUMBER}:attempt_id>")
@only_roles("instructor")
def show(attempt_id: int):
    """Show the answers of an attempt beside what they are graded by; noted."""
    _attempt, person, _unit = graded_answers.find(current_user, attempt_id)
    _note_look(person.id)
    return _page(attempt_id, {})


@bp.post(f"/<{NUMBER}:attempt_id>")
@only_roles("instructor")
def grade(attempt_id: int):
    """Save grades of one or more answers; a mistake keeps what was written."""
    now = clock.now()
    attempt, _person, _unit = graded_answers.find(current_user, attempt_id, lock=True)
    shown = graded_answers.of(attempt)
    act = forms_grading.read_act()
    said = forms_grading.read_opinions(answer.slot for answer in shown)
    waited = attempt.waiting
    try:
        is_new = grades.give(
            attempt, {one.slot: one.rubric for one in shown if not one.is_free}, said,
            act=act, by_id=current_user.id, now=now,
            takes_pass=forms_grading.read_takes_pass(),
        )  # fmt: skip
    except MISTAKES as mistake:
        db.session.rollback()
        return _page(attempt_id, said, mistake), mistake.status
    left = attempt.waiting
    if is_new and not left:
        tell = telling.graded if waited else telling.corrected
        tell(attempt, now)
    db.session.commit()
    if left:
        flash(N_("Penilaian disimpan. Masih ada jawaban yang menunggu."), "ok")
        return redirect(url_for(".show", attempt_id=attempt_id), code=303)
    said_so = N_("Penilaian disimpan; peserta diberi tahu.")
    again = N_("Penilaian baru disimpan dan berlaku; peserta diberi tahu.")
    flash(said_so if waited else again, "ok")
    return redirect(url_for(".index"), code=303)


def _page(
    attempt_id: int,
    said: dict[int, grades.Opinion],
    mistake: LmsError | None = None,
) -> str:
    attempt, person, unit = graded_answers.find(current_user, attempt_id)
    return render_template(
        "quiz/grade.html",
        attempt=attempt,
        quiz=db.session.get_one(ItemVersion, attempt.item_version_id).body,
        course=courses.release(attempt.enrolment.release_id),
        name=person.full_name,
        unit=unit,
        answers=graded_answers.of(attempt, current_language()),
        said=said,
        nothing=grades.Opinion(),
        mistake=mistake,
        is_at_stake=isinstance(mistake, grades.PassAtStake),
        act=ids.new_uid(),
        longest=grades.LONGEST,
    )


def _note_look(person_id: int) -> None:
    """Note the look in a short writing transaction of its own, once an hour.

    A GET that writes: the note is the price of reading, not a change.
    """
    now = clock.now()
    known = accesses.not_yet_recorded(
        "viewed", WHAT, {person_id}, actor_id=current_user.id, since=now - ONCE_IN
    )
    if not known:
        return
    db.session.rollback()  # ends the transaction that only reads
    mode = reading.set(False)
    try:
        accesses.record(
            "viewed", WHAT, {person_id}, actor_id=current_user.id, now=now,
            facts={"role": "instructor"},
        )  # fmt: skip
        db.session.commit()
    finally:
        reading.reset(mode)
