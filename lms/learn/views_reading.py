"""Around reading: where one is in a lesson, and the course's list of contents."""

from datetime import timedelta

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user

from lms.db import db
from lms.kernel import clock
from lms.kernel.errors import Conflict
from lms.kernel.i18n import N_
from lms.records import facts
from lms.web import offline, tongue

from . import outline, places, reading_places
from .forms import read_ago
from .places import NotEnrolled

bp = Blueprint("reading", __name__)


class ReaderChanged(Conflict):
    message = N_("Orang lain masuk di perangkat ini. Muat ulang halaman.")


@bp.post("/kursus/<kursus>/<butir>/letak")
def place(kursus: str, butir: str):
    """Note where somebody reads; sent by a script as the page is left."""
    here = places.find(current_user.id, kursus)
    here.entry(butir)
    if here.enrolment is None:
        raise NotEnrolled
    if request.form.get("pembaca", current_user.uid) != current_user.uid:
        raise ReaderChanged  # a page left open by who used this device before
    anchor, ago = request.form.get("letak", ""), timedelta(seconds=read_ago())
    reading_places.note(here.enrolment, butir, anchor, clock.now(), ago)
    db.session.commit()
    return "", 204


@bp.get("/kursus/<kursus>/daftar")
def contents(kursus: str):
    """List the items of a course, for phones: the lesson's outline as its own page."""
    here = places.find(current_user.id, kursus).read_in(tongue.of(kursus))
    if here.enrolment is None:
        flash(NotEnrolled.message, "warn")
        return redirect(url_for("learn.course", kursus=kursus), code=303)
    may_keep = not offline.holds_notice()
    answer = make_response(
        render_template(
            "learn/contents.html",
            course=here.live,
            outline=outline.build(here.live, here.bound, facts.of(here.enrolment.id)),
            current=request.args.get("dari", ""),
        )
    )
    title = gettext("Daftar isi: %(title)s", title=here.live.title)
    return offline.may_keep(answer, title) if may_keep else answer
