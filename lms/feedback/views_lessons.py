"""What readers say of lessons: /survei/pelajaran."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.i18n import N_
from lms.web.access import roles as only_roles

from . import lesson_changes, lesson_rules, lesson_voices
from .forms_lessons import ChangeForm

bp = Blueprint("lesson_feedback", __name__, url_prefix="/survei/pelajaran")

LIMITS = {"group": lesson_rules.GROUP, "enough": lesson_rules.ENOUGH,
          "share": lesson_rules.TOO_MANY_BP, "most": lesson_voices.MOST}  # fmt: skip


@bp.get("")
@only_roles("instructor", "hr")
def index():
    """List the lessons that readers have judged, those to act on first."""
    return render_template(
        "feedback/lessons.html",
        lessons=lesson_voices.lessons(current_user),
        limits=LIMITS,
    )


@bp.get("/<kursus>/<butir>")
@only_roles("instructor", "hr")
def lesson(kursus: str, butir: str):
    """Show what readers say of a lesson."""
    return _page(lesson_voices.find(current_user, kursus, butir), ChangeForm())


@bp.post("/<kursus>/<butir>/tindak-lanjut")
@only_roles("instructor", "hr")
def change(kursus: str, butir: str):
    """Note what was changed; the readers of the lesson see it."""
    found, form = lesson_voices.find(current_user, kursus, butir), ChangeForm()
    if not found.is_taught:
        raise lesson_changes.NotTaught
    if not form.validate_on_submit():
        return _page(found, form), 422
    lesson_changes.note(
        found, form.sentence.data, form.word.data, current_user.id, clock.now()
    )
    db.session.commit()
    flash(N_("Perubahan dicatat. Peserta membacanya di pelajaran itu."), "ok")
    return redirect(url_for(".lesson", kursus=kursus, butir=butir), code=303)


def _page(found: lesson_voices.Voiced, form: ChangeForm) -> str:
    form.word.data = form.word.data or ids.new_uid()
    return render_template(
        "feedback/lesson.html",
        of=found,
        comments=lesson_voices.comments(current_user, found),
        changes=lesson_voices.changes(found),
        form=form,
        limits=LIMITS,
    )
