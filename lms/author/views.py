"""Pages of those who write courses: the list, the review, publishing. /tulis"""

from contextlib import contextmanager
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask_login import current_user

from lms.accounts import views_confirm
from lms.audit import accesses, log, looks
from lms.catalog.publishing import Outcome
from lms.db import db, only_reading
from lms.jobs import worker
from lms.kernel import clock
from lms.kernel.i18n import N_
from lms.quiz import regrade_rounds
from lms.web.access import roles as only_roles

from . import affected, choices, rebindings, reviews, written
from .choices import Choices
from .forms import PublishForm
from .gates import Agreement
from .reviews import Review

bp = Blueprint("author", __name__, url_prefix="/tulis")

AT_ONCE = 3  # seconds of counting again within a request; the worker goes on
SAID = {
    "published": (N_("Kursus diterbitkan."), "ok"),
    "unchanged": (N_("Folder itu sudah sama dengan yang tayang."), ""),
    "draft": (N_("Kursus ini berstatus draf, jadi tidak diterbitkan."), ""),
}


def content_root() -> Path:
    return Path(current_app.config["CONTENT_DIR"])


@bp.get("")
@only_roles("instructor")
def index():
    """List the courses one writes, and how the folder of each stands."""
    return render_template(
        "author/courses.html", found=written.of_user(current_user, content_root())
    )


@bp.get("/<kursus>/tinjau")
@only_roles("instructor")
def review(kursus: str):
    """Show what publishing would change; with choices, what these would do."""
    found = _review(kursus)
    chosen = choices.read(request.args, found.changes)
    return _page(found, chosen, _form(found, chosen))


@bp.post("/<kursus>/tinjau")
@only_roles("instructor")
def publish(kursus: str):
    """Publish what was read, with what was chosen."""
    with _looking():  # rendering takes a second: nobody waits for it
        found = _review(kursus)
        chosen = choices.read(request.form, found.changes)
        form = _form(found, chosen)
        is_good = form.validate_on_submit()
        if form.mark.data != found.fingerprint:
            return _page(found, chosen, form, is_stale=True), 409
        if not is_good:
            return _page(found, chosen, form), 422
    agreed = Agreement(
        form.note.data, chosen, current_user.id, bool(form.takes_passes.data)
    )
    try:
        outcome = reviews.publish(found, content_root(), agreed, clock.now())
    except reviews.FolderChanged:
        with _looking():
            found = _review(kursus)
            return _page(found, chosen, _form(found, chosen), is_stale=True), 409
    except (reviews.EditionWanted, reviews.NotPublished):
        with _looking():  # the page says what is missing
            found = _review(kursus)
            return _page(found, chosen, _form(found, chosen)), 422
    db.session.commit()
    _go_on()
    return _answer(outcome, kursus)


def _answer(outcome: Outcome, code: str):
    flash(*SAID[outcome.state])
    return redirect(url_for(".review", kursus=code), code=303)


def _go_on() -> None:
    """Do at once what follows, for as long as a person waits; the rest later."""
    is_done = regrade_rounds.go_on(db.session.commit, AT_ONCE)
    if not (rebindings.go_on(db.session.commit, AT_ONCE) and is_done):
        worker.wake()


@bp.get("/<kursus>/peserta")
@only_roles("instructor")
def running(kursus: str):
    """List who is taking the course, of the units one teaches."""
    one = written.find(current_user, content_root(), kursus)
    course_id = one.live.course_id if one.live else 0
    after = request.args.get("sesudah", 0, type=int)
    people, _onward = affected.running(current_user, course_id, after)
    note_look(affected.RUNNING, {p.person_id for p in people})
    people, onward = affected.running(current_user, course_id, after)
    here = url_for(".running", kursus=kursus)
    return render_template(
        "author/running.html",
        course=one,
        people=people,
        first=here if after else "",
        following=f"{here}?sesudah={onward}" if onward else "",
    )


@bp.post("/<kursus>/peserta/berkas")
@only_roles("instructor")
def running_file(kursus: str):
    """Send the whole list as CSV; who is in it can read who has taken it."""
    one = written.find(current_user, content_root(), kursus)
    if way := views_confirm.wanted(url_for(".running", kursus=kursus)):
        return way
    course_id, now = one.live.course_id if one.live else 0, clock.now()
    people = affected.people_running(current_user, course_id)
    accesses.record(
        "exported", affected.RUNNING, people, actor_id=current_user.id, now=now
    )
    log.record(
        "course.learners_exported",
        actor_id=current_user.id,
        object_kind="course",
        object_id=course_id,
        facts={"people": len(people)},
        now=now,
    )
    db.session.commit()
    file = affected.file(current_user, course_id, current_user.timezone)
    answer = Response(stream_with_context(file))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"peserta-{one.code}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _review(code: str) -> Review:
    root = content_root()
    return reviews.of(written.find(current_user, root, code), root)


def _form(found: Review, chosen: Choices) -> PublishForm:
    form = PublishForm(found.tint, found.written.code, not chosen.is_default)
    if not form.is_submitted():
        form.mark.data = found.fingerprint
    return form


def _page(
    found: Review, chosen: Choices, form: PublishForm, is_stale: bool = False
) -> str:
    if is_stale:
        form.mark.data = found.fingerprint
    tried = reviews.trials(found, chosen) if chosen.questions else {}
    people = {line.person_id for trial in tried.values() for line in trial.lines}
    named = affected.names(current_user, people)
    if request.method == "GET":
        note_look(affected.RESCORED, set(named))
    return render_template(
        "author/review.html",
        review=found,
        chosen=chosen,
        form=form,
        is_stale=is_stale,
        trials=tried,
        names=named,
        asked=choices.asked(found.changes) if found.live else [],
        asks_rule=choices.asks_rule(found.changes),
        question_names=choices.QUESTION_NAMES,
        rule_names=choices.RULE_NAMES,
    )


def note_look(what: str, people: set[int]) -> None:
    """Note who is looked at by name; what was loaded before is to be loaded anew."""
    looks.note(
        "viewed", what, people,
        actor_id=current_user.id, role="instructor", now=clock.now(),
    )  # fmt: skip


@contextmanager
def _looking():
    """Let a POST look without holding the lock for writing."""
    db.session.rollback()
    with only_reading():
        try:
            yield
        finally:
            db.session.rollback()
