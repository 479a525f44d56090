"""Pages on which surveys are filled in: /survei, and their cover in a course."""

from datetime import datetime
from typing import Any

from flask import (
    Blueprint,
    after_this_request,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user

from lms.accounts import preferences
from lms.catalog import translated
from lms.catalog.courses import Live
from lms.db import db
from lms.kernel import clock
from lms.kernel.i18n import N_
from lms.learn import covers
from lms.records.models import Completion, Enrolled
from lms.web import tongue
from lms.web.access import public
from lms.web.language import current_language, is_chosen, speak
from lms.web.limits import limited

from . import calls, changes, fillings, own, rounds, sheet, surveys, waiting
from .calls import Called
from .sheet import Sheet
from .surveys import Survey

bp = Blueprint("feedback", __name__, url_prefix="/survei")

WORK = (rounds,)  # loaded here: what it registers is for the worker
OPENED = "60 per minute"  # links, by one network address
SENT = N_("Terima kasih. Jawaban Anda sudah terkirim.")
SENT_BEFORE = N_(
    "Survei ini sudah Anda kirim sebelumnya. Yang pertama yang dihitung; jawaban kali"
    " ini tidak disimpan."
)


@bp.get("")
def index():
    """List the surveys that wait for the reader, and those they have filled in."""
    now = clock.now()
    return render_template(
        "feedback/index.html",
        open=waiting.of_person(current_user.id, now),
        filled=waiting.listed(current_user.id),
        read=_read_course,
    )


@bp.route("/<kursus>/<butir>", methods=["GET", "POST"])
def fill(kursus: str, butir: str):
    """Fill in a survey of a course one takes."""
    now = clock.now()
    mine = own.to_fill(current_user, kursus, butir, now)
    survey = _spoken(mine.survey)
    cover = url_for("learn.item", kursus=kursus, butir=butir)
    if request.method == "GET":
        if mine.filled_on:
            return redirect(cover, code=303)
        return _page(survey, sheet.blank(survey.questions), back=cover)
    if mine.filled_on:
        flash(SENT_BEFORE, "warn")
        return redirect(cover, code=303)
    filled = _read(survey)
    if filled.wrong:
        return _page(survey, filled, back=cover), 422
    done = fillings.fill(mine.seat, filled, mine.today, now)
    db.session.commit()
    flash(SENT if done.is_new else SENT_BEFORE, "ok" if done.is_new else "warn")
    if _say_completed(done.completion, now):
        return redirect(url_for("learn.course", kursus=kursus), code=303)
    return redirect(cover, code=303)


@bp.route("/tentang/<uid>/isi", methods=["GET", "POST"])
def fill_called(uid: str):
    """Fill in a survey about somebody else, signed in."""
    called = calls.by_uid(uid, current_user.id, clock.now())
    return _fill_called(called, url_for(".decline_called", uid=uid), url_for(".index"))


@bp.post("/tentang/<uid>/tolak")
def decline_called(uid: str):
    """Say that one does not want to answer."""
    calls.decline(calls.by_uid(uid, current_user.id, clock.now()), clock.now())
    db.session.commit()
    return redirect(url_for(".fill_called", uid=uid), code=303)


@bp.route("/undangan/<token>/isi", methods=["GET", "POST"])
@public
@limited(OPENED)
def fill_invited(token: str):
    """Fill in a survey by the link of a letter, without signing in."""
    called = _invited(token)
    return _fill_called(called, url_for(".decline_invited", token=token))


@bp.post("/undangan/<token>/tolak")
@public
@limited(OPENED)
def decline_invited(token: str):
    """Say by the link of a letter that one does not want to answer."""
    calls.decline(_invited(token), clock.now())
    db.session.commit()
    return redirect(url_for(".fill_invited", token=token), code=303)


def _invited(token: str) -> Called:
    """Return whose link it is; nobody else shall learn of it, no robot keep it."""

    @after_this_request
    def _quiet(answer):
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    called = calls.by_token(token, clock.now())
    if not (current_user.is_authenticated or is_chosen()):
        speak(preferences.of(called.call.respondent_id).language or "id")
    return called


def _fill_called(called: Called, decline_url: str, back: str = ""):
    """Show or take a survey about a learner; what was sent stands for good."""
    if called.filled_on:
        is_late = request.method == "POST"
        page = render_template(
            "feedback/sent.html",
            called=called,
            survey=_spoken(called.survey),
            back=back,
            is_late=is_late,
        )
        return page, 409 if is_late else 200
    survey = _spoken(called.survey)
    if request.method == "GET":
        blank = sheet.blank(survey.questions)
        return _page(survey, blank, called, decline_url, back)
    filled = _read(survey)
    if filled.wrong:
        return _page(survey, filled, called, decline_url, back), 422
    fillings.fill(called.seat, filled, called.today, clock.now())
    db.session.commit()
    return redirect(request.path, code=303)


def _spoken(survey: Survey) -> Survey:
    """Return a survey in the language in which its course is read."""
    return surveys.spoken(survey, tongue.of(survey.live.code))


def _read_course(live: Live) -> Live:
    return translated.course(live, tongue.of(live.code))


def _read(survey: Survey) -> Sheet:
    fields = dict(request.form.lists())
    return sheet.read(survey.questions, fields, current_language())


def _page(
    survey: Survey,
    filled: Sheet,
    called: Called | None = None,
    decline_url: str = "",
    back: str = "",
) -> str:
    return render_template(
        "feedback/fill.html",
        survey=survey,
        sheet=filled,
        called=called,
        decline_url=decline_url,
        back=back,
        status=422 if filled.wrong else 200,
    )


def _say_completed(completion: Completion | None, now: datetime) -> bool:
    """Tell once what finishing the course brought."""
    if completion is None or completion.finished_at != now:
        return False
    text = gettext(
        "Kursus selesai. Anda mendapat %(jp)s JP. Sertifikat siap.", jp=completion.jp
    )
    flash(text, "ok")
    return True


def cover(
    user, live: Live, item: dict[str, Any], _enrolment: Enrolled, now: datetime
) -> str:
    """Show what a survey of a course is: who fills it in, when, what is kept of it."""
    mine = own.find(user, live.code, item["code"], now)
    told = changes.newest(live.course_id)
    return render_template(
        "feedback/cover.html",
        own=mine,
        course=live,
        survey=_spoken(mine.survey),
        told=told,
    )


covers.register("survey", cover)
