"""Pages of a course and its lessons: /kursus/<kursus>, /kursus/<kursus>/<butir>."""

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user

from lms.catalog import marks, translated
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.records import enrolments
from lms.records.models import Completion
from lms.web import appearance, offline, tongue
from lms.web.language import current_language
from lms.web.templating import csrf_token

from . import (
    checks,
    covers,
    freshness,
    lessons,
    marking,
    overview,
    places,
    plans,
)
from .forms import (
    AnswerUnreadable,
    is_moved,
    read_answer,
    sent_values,
    wants_fragment,
)
from .forms_plan import PlanForm
from .lessons import Lesson
from .places import NotEnrolled, Place


class LanguageMissing(NotFound):
    message = N_("Kursus ini tidak tersedia dalam bahasa itu.")


bp = Blueprint("learn", __name__)
marks.register(marking.marks_of)


@bp.errorhandler(NotEnrolled)
def _enrol_first(_err: NotEnrolled):
    """Lead whoever opens a lesson from outside to the page that offers the course."""
    flash(NotEnrolled.message, "warn")
    return redirect(url_for(".course", **_course_of_request()), code=303)


def _course_of_request() -> dict[str, str]:
    return {"kursus": (request.view_args or {})["kursus"]}


@bp.get("/kursus/<kursus>")
def course(kursus: str):
    """Show what the course is, how far one is, and the next step."""
    return _course_page(_place(kursus))


def _place(kursus: str) -> Place:
    return places.find(current_user.id, kursus).read_in(tongue.of(kursus))


@bp.post("/kursus/<kursus>/bahasa")
def read_in(kursus: str):
    """Read the course in another of its languages, and go back to where one was."""
    place = places.find(current_user.id, kursus)
    language = request.form.get("bahasa", "")
    if language not in translated.languages(place.live):
        raise LanguageMissing
    tongue.choose(kursus, language)
    item_code = request.form.get("butir", "")
    if item_code and place.live.item(item_code):
        return redirect(url_for(".item", kursus=kursus, butir=item_code), code=303)
    return redirect(url_for(".course", kursus=kursus), code=303)


def _course_page(place: Place, refused: str = "", form: PlanForm | None = None):
    may_keep = place.enrolment is not None and not offline.holds_notice()
    page = overview.of(place, current_user, clock.now(), _lead_days())
    is_asked = plans.is_offered(place)
    if is_asked and form is None:
        form = PlanForm(formdata=None, obj=plans.newest(place))
    text = render_template(
        "learn/course.html",
        place=place,
        page=page,
        refused=refused,
        plan=plans.newest(place) if is_asked else None,
        form=form if is_asked else None,
    )
    if refused:
        return text, 409
    if form is not None and form.errors:
        return text, 422
    answer = make_response(text)
    return offline.may_keep(answer, place.live.title) if may_keep else answer


def _lead_days() -> int:
    return current_app.config["RENEWAL_DAYS"]


@bp.post("/kursus/<kursus>/ikuti")
def enrol(kursus: str):
    """Take part in the course; say what is wanted first where something is."""
    place = _place(kursus)
    try:
        overview.enrol(place, current_user, clock.now(), _lead_days())
    except overview.PriorMissing as refusal:
        return _course_page(place, refusal.message)
    db.session.commit()
    flash(N_("Anda mengikuti kursus ini. Mulailah dari butir pertama."), "ok")
    return redirect(url_for(".course", kursus=kursus), code=303)


@bp.post("/kursus/<kursus>/rencana")
def plan(kursus: str):
    """Take the action plan; a course that asks for it may be finished by it."""
    place = _place(kursus)
    now = clock.now()
    form = PlanForm()
    form.today = enrolments.today_of(current_user, now)
    if plans.is_offered(place) and not form.validate_on_submit():
        return _course_page(place, form=form)
    done = plans.write(place, form.what.data, form.due_on.data, form.support.data, now)
    db.session.commit()
    if not _say_completed(done, now):
        flash(N_("Rencana tindak lanjut disimpan. Atasan Anda dapat membacanya."), "ok")
    return redirect(url_for(".course", kursus=kursus, _anchor="rencana"), code=303)


@bp.post("/kursus/<kursus>/berhenti")
def withdraw(kursus: str):
    """Leave the course; what was done is kept for coming back."""
    place = _place(kursus)
    left = enrolments.withdraw(current_user, place.live.course_id, clock.now())
    db.session.commit()
    if left:
        flash(N_("Anda berhenti mengikuti kursus ini. Kemajuan Anda tetap disimpan."))
    return redirect(url_for(".course", kursus=kursus), code=303)


@bp.get("/kursus/<kursus>/<butir>")
def item(kursus: str, butir: str):
    """Show a lesson, or the cover page of another kind of item."""
    place = _place(kursus)
    entry = place.entry(butir)
    if place.enrolment is None:
        raise NotEnrolled
    if cover := covers.of(entry["kind"]):
        return cover(current_user, place.live, entry, place.enrolment, clock.now())
    lesson = lessons.open_at(place, butir)
    return _kept(lesson, request.args.get("bahas", ""))


@bp.post("/kursus/<kursus>/<butir>/selesai")
def finish(kursus: str, butir: str):
    """Mark a lesson as read and go on to the next item."""
    lesson = lessons.open_at(_place(kursus), butir)
    now = clock.now()
    done = lessons.finish(lesson, now)
    db.session.commit()
    if done.missing:
        flash(_wanted_text(done.missing), "warn")
        return redirect(_item_url(lesson, butir, f"cek-{done.first}"), code=303)
    if _say_completed(done.completion, now):
        return redirect(url_for(".course", kursus=kursus), code=303)
    following = lesson.outline.beside(butir)[1]
    if following is None:
        return redirect(url_for(".course", kursus=kursus), code=303)
    return redirect(_item_url(lesson, following.code), code=303)


@bp.post("/kursus/<kursus>/<butir>/cek/<kode>")
def check(kursus: str, butir: str, kode: str):
    """Take the answer to a check inside a lesson."""
    place = _place(kursus)
    lesson = lessons.open_at(place, butir)
    question = lesson.question(kode)
    sent = tuple(sent_values()) if not checks.has_options(question) else ()
    try:
        given = read_answer(question, current_language())
    except AnswerUnreadable as err:
        words = gettext(err.message, **err.facts)
        return _draw(lesson, kode, refused=checks.Refused(kode, words, sent)), 422
    if is_moved():
        return _draw(lesson, kode, refused=checks.Refused(kode, "", sent))
    now = clock.now()
    asked = checks.Asked(lesson.enrolment, butir, kode, current_language())
    done = checks.answer(asked, question, given, now)
    db.session.commit()
    _say_completed(done, now)
    return _answered(place, butir, kode)


@bp.post("/kursus/<kursus>/<butir>/cek/<kode>/pembahasan")
def explain(kursus: str, butir: str, kode: str):
    """Tell the explanation of a check; the page does so only after an answer."""
    place = _place(kursus)
    lessons.open_at(place, butir).question(kode)
    return _answered(place, butir, kode, bahas=kode)


def _answered(place: Place, item_code: str, check_code: str, bahas: str | None = None):
    """Answer with the check alone when a script asks, else with its page again."""
    lesson = lessons.open_at(place, item_code)
    if wants_fragment():
        return _draw(lesson, check_code, explained=bahas or "")
    return redirect(_item_url(lesson, item_code, f"cek-{check_code}", bahas), code=303)


def _draw(
    lesson: Lesson,
    check_code: str,
    explained: str = "",
    refused: checks.Refused | None = None,
):
    """Draw one check for a script, or the whole page."""
    shown = lesson.checks(explained, refused, current_language())
    outline = lesson.outline
    if wants_fragment() and check_code:
        return render_template(
            "learn/check.html",
            check=shown[check_code],
            lesson=lesson,
            total=len(shown),
            outline=outline,
            beside=outline.beside(lesson.code),
            needed=places.needed_checks(lesson.rule),
        )
    return render_template(
        "learn/lesson.html",
        lesson=lesson,
        outline=outline,
        beside=outline.beside(lesson.code),
        checks=tuple(shown.values()),
        is_touched=any(check.is_touched for check in shown.values()),
        has_rows=any(check.has_rows for check in shown.values()),
        marks=lesson.marks,
        needed=places.needed_checks(lesson.rule),
        form_word=ids.new_uid(),
        deleted=request.args.get("dihapus", 0, type=int) % 2**31,
    )


def _kept(lesson: Lesson, explained: str):
    """Answer with the lesson's page, or tell the browser that its copy is good."""
    if session.get("_flashes"):
        return _draw(lesson, "", explained)  # a notice is shown once: never kept
    csrf_token()  # the page holds the session's token
    tag = freshness.tag(
        *(current_user.id, current_user.name, current_user.roles),
        *(current_user.shown_zone, appearance.display().word, current_language()),
        *(
            current_app.config["SITE_NAME"],
            session.get("csrf_token"),
            request.full_path,
        ),
        *(lesson.place.live.release_id, lesson.place.bound.release_id),
        *(lesson.version.id, lesson.place.language, lesson.traces.stamp),
    )
    # Compression marks the tag of what it packed.
    kept = any(request.if_none_match.contains_weak(t) for t in (tag, f"{tag}:gzip"))
    answer = make_response("" if kept else _draw(lesson, "", explained))
    if kept:
        answer.status_code = 304
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.vary.add("Save-Data")
    if request.query_string:
        return answer
    return offline.may_keep(answer, lesson.version.body["title"])


def _item_url(
    lesson: Lesson, item_code: str, anchor: str | None = None, bahas: str | None = None
) -> str:
    return url_for(
        ".item",
        kursus=lesson.place.live.code,
        butir=item_code,
        bahas=bahas,
        _anchor=anchor,
    )


def _wanted_text(numbers: list[int]) -> str:
    return gettext(
        "Jawab dahulu cek pemahaman %(numbers)s, lalu tandai selesai.",
        numbers=", ".join(map(str, numbers)),
    )


def _say_completed(completion: Completion | None, now) -> bool:
    """Tell once what finishing the course brought."""
    if completion is None or completion.finished_at != now:
        return False
    if completion.jp:
        text = gettext(
            "Kursus selesai. Anda mendapat %(jp)s JP. Sertifikat siap.",
            jp=completion.jp,
        )
    else:
        text = gettext(
            "Kursus selesai dan diperbarui. JP-nya tahun ini sudah dihitung sebelumnya."
            " Sertifikat baru siap."
        )
    flash(text, "ok")
    return True
