"""A question with its versions, and counting it again: /tulis/<kursus>/soal/<kode>."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from lms.db import db
from lms.jobs import worker
from lms.kernel import clock, ids
from lms.kernel.i18n import N_
from lms.quiz import regrade_rounds, regrades
from lms.web.access import roles as only_roles

from . import affected, choices, questions, written
from .forms import RegradeForm
from .questions import Question
from .views import AT_ONCE, content_root, note_look

bp = Blueprint("author_questions", __name__, url_prefix="/tulis/<kursus>/soal/<kode>")

DONE = N_("Hitung ulang selesai. Peserta membaca alasannya di halaman hasil.")
GOES_ON = N_("Hitung ulang berjalan. Sisanya dikerjakan dalam beberapa menit.")


@bp.get("")
@only_roles("instructor")
def show(kursus: str, kode: str):
    """Show the versions; with a rule and versions chosen, what counting would do."""
    one = _question(kursus, kode)
    rule = choices.QUESTION.get(request.args.get("aturan", ""), "")
    picked = questions.chosen(one, request.args.getlist("versi"), rule)
    is_asked = bool(request.args.get("aturan"))
    return _page(one, rule, picked, RegradeForm(), is_empty=is_asked and not picked)


@bp.post("")
@only_roles("instructor")
def regrade(kursus: str, kode: str):
    """Count the question again as it was tried out; the same form twice is once."""
    one = _question(kursus, kode)
    rule = choices.QUESTION.get(request.form.get("aturan", ""), "")
    picked = questions.chosen(one, request.form.getlist("versi"), rule)
    form = RegradeForm()
    if form.mark.data != questions.mark(one, picked, rule):
        return _page(one, rule, picked, form, is_stale=True), 409
    if not form.validate_on_submit():
        return _page(one, rule, picked, form), 422
    regrades.order(
        one.course.live.course_id,
        kode,
        questions.recount(one, picked, rule),
        target_id=one.live_id if rule == "again" else None,
        takes_passes=bool(form.takes_passes.data),
        reason=form.note.data,
        by_id=current_user.id,
        now=clock.now(),
        uid=form.uid.data,
    )
    db.session.commit()
    if regrade_rounds.go_on(db.session.commit, AT_ONCE):
        flash(DONE, "ok")
    else:
        worker.wake()
        flash(GOES_ON, "ok")
    return redirect(url_for(".show", kursus=kursus, kode=kode), code=303)


def _question(course_code: str, code: str) -> Question:
    course = written.find(current_user, content_root(), course_code)
    return questions.of(course, code)


def _page(
    one: Question,
    rule: str,
    picked: list[int],
    form: RegradeForm,
    *,
    is_empty: bool = False,
    is_stale: bool = False,
) -> str:
    trial = None
    named: dict[int, tuple[str, str]] = {}
    if picked and rule in questions.RULES and one.live_id is not None:
        trial = regrades.trial(questions.recount(one, picked, rule))
        named = affected.names(current_user, {line.person_id for line in trial.lines})
    if request.method == "GET":
        note_look(affected.RESCORED, set(named))
    form.mark.data = questions.mark(one, picked, rule)
    form.uid.data = form.uid.data or ids.new_uid()
    return render_template(
        "author/question.html",
        one=one,
        rule=next((s for s, meant in choices.QUESTION.items() if meant == rule), ""),
        picked=picked,
        form=form,
        trial=trial,
        names=named,
        is_empty=is_empty,
        is_stale=is_stale,
        rule_names=_rule_names(one),
    )


def _rule_names(one: Question) -> dict[str, str]:
    """Return the ways to count again; by another key only what had another key."""
    left_out = {"biarkan"} if one.others else {"biarkan", "ulang"}
    names = choices.QUESTION_NAMES
    return {sent: name for sent, name in names.items() if sent not in left_out}
