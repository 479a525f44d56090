"""Pages of whoever does an assignment: /tugas/..., and its cover in the course."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from lms.accounts import people
from lms.catalog import courses, translated
from lms.catalog.courses import Live
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.errors import LmsError, TooMany
from lms.kernel.i18n import N_
from lms.kernel.reasons import ReasonMissing
from lms.learn import covers, duties, further
from lms.records.models import Enrolled
from lms.uploads import files, uses
from lms.web import tongue
from lms.web.errors import wants_json
from lms.web.formats import time_id
from lms.web.limits import wait_for
from lms.web.requests import refuse_other_digits, takes_file

from . import (
    appeals,
    attachments,
    binding,
    drafts,
    forms,
    graders,
    holdings,
    open_tasks,
    queries,
    receipts,
    rounds,
    showing,
    spoken,
    telling,
    terms,
    works,
)
from .models import Work

bp = Blueprint("tasks", __name__, url_prefix="/tugas")

NUMBER = f"int(max={ids.LARGEST})"


class SentTooFast(TooMany):
    message = N_(
        "Draf dikirim terlalu sering. Tunggu %(retry_after)s detik, lalu coba lagi."
    )


bp.before_request(refuse_other_digits)


@bp.post("/<kursus>/<butir>/mulai")
def start(kursus: str, butir: str):
    """Begin a draft, or go back to the one that is open."""
    work = works.begin(current_user, kursus, butir, clock.now())
    uid = work.uid
    db.session.commit()
    return redirect(url_for(".show", uid=uid), code=303)


@bp.get("/<uid>")
def show(uid: str):
    """Show a draft to go on with, or what was handed in and what came out of it."""
    work = works.find(current_user.id, uid)
    if not work.is_submitted:
        return _draft_page(work)
    return _work_page(work)


@bp.post("/<uid>")
@takes_file(files.LARGEST_MB, files.UploadTooLarge, forms.FILE)
def save(uid: str):
    """Save the text, then attach the file that came with it; JSON for the script."""
    wait = wait_for("ANSWER_LIMIT", str(current_user.id))
    if wait:
        raise SentTooFast(retry_after=wait)
    work, now = works.find(current_user.id, uid, lock=True), clock.now()
    works.check_open(work)
    sent, act = forms.read_draft(), forms.read_act()
    asked = _terms(work)
    saved = drafts.take(work, sent, now) if asked.takes_text else None
    db.session.commit()
    if wants_json():
        return _acknowledge(saved)
    mistake = _attach(uid, asked, now)
    if mistake is not None or (saved and saved.is_older):
        work = works.find(current_user.id, uid)
        lost = drafts.clean(sent.text) if saved and saved.is_older else ""
        return _draft_page(work, mistake, lost), mistake.status if mistake else 409
    if act == "kumpulkan":
        return redirect(url_for(".submit", uid=uid), code=303)
    flash(N_("Draf tersimpan."), "ok")
    return redirect(url_for(".show", uid=uid), code=303)


def _attach(uid: str, asked: terms.Terms, now: datetime) -> LmsError | None:
    """Attach the file that was sent, if any; return why it was not taken.

    The text is kept already. The file is looked at while no transaction is open.
    """
    sent = forms.read_file()
    if sent is None or not asked.takes_files:
        return None
    try:
        sent.stream.seek(0)  # the view may be run again after a lost race
        name = sent.filename or ""
        received = files.receive(sent.stream, name, asked.accept, asked.max_bytes)
        work = works.find(current_user.id, uid, lock=True)
        works.check_open(work)
        upload = files.keep(current_user.id, received, now)
        attachments.attach(work.id, upload, now)
        db.session.commit()
    except LmsError as mistake:
        db.session.rollback()
        return mistake
    return None


@bp.post(f"/<uid>/berkas/<{NUMBER}:nomor>/hapus")
def take_off(uid: str, nomor: int):
    """Take a file off the draft; twice is once."""
    work = works.find(current_user.id, uid, lock=True)
    works.check_open(work)
    attachments.take_off(work.id, nomor)
    db.session.commit()
    flash(N_("Lampiran dihapus dari draf."), "ok")
    return redirect(url_for(".show", uid=uid), code=303)


@bp.route("/<uid>/kumpulkan", methods=["GET", "POST"])
def submit(uid: str):
    """Show what will be handed in; hand it in, once however often it is sent."""
    is_sent = request.method == "POST"
    work = works.find(current_user.id, uid, lock=is_sent)
    if not is_sent:
        if work.is_submitted:
            return redirect(url_for(".show", uid=uid), code=303)
        works.check_open(work)
        return _submit_page(work)
    try:
        seen = 0 if work.is_submitted else forms.read_seen()
        now = clock.now()
        if works.submit(work, _terms(work), seen, now):
            telling.handed_in(work, now)
            flash(N_("Tugas Anda sudah diterima."), "ok")
    except (works.NothingWritten, works.NothingAttached, works.DraftChanged) as mistake:
        db.session.rollback()
        return _submit_page(works.find(current_user.id, uid), mistake), mistake.status
    db.session.commit()
    return redirect(url_for(".show", uid=uid), code=303)


@bp.post("/<uid>/penilaian-kedua")
def appeal(uid: str):
    """Ask another instructor for a second opinion, once, with a reason."""
    work, now = works.find(current_user.id, uid, lock=True), clock.now()
    try:
        is_new = appeals.ask(work, forms.read_reason(), now)
    except ReasonMissing as mistake:
        db.session.rollback()
        return _work_page(works.find(current_user.id, uid), mistake), mistake.status
    if is_new:
        telling.appealed(work, now)
        flash(
            N_("Penilaian kedua diminta. Nilai yang lebih tinggi yang berlaku."), "ok"
        )
    db.session.commit()
    return redirect(url_for(".show", uid=uid), code=303)


def cover(user, live: Live, item: dict[str, Any], enrolment: Enrolled, now: datetime):
    """Show what is asked, how it is graded and by whom, and how far one is."""
    bound = courses.release(enrolment.release_id)
    task = binding.binding_task(bound, live, item["code"])
    if task is None:
        raise binding.TaskMissing
    asked = terms.of(task.body)
    known = queries.rounds_of(enrolment.id, item["code"])
    zone = user.timezone
    due = terms.due_at(asked.due_days, enrolment.started_at, zone)
    if known:
        due = known[-1].work.due_at
    return render_template(
        "tasks/cover.html",
        course=live,
        item=item,
        task=spoken.body(task, bound, tongue.of(live.code)),
        terms=asked,
        at=rounds.standing(known, asked.attempts),
        rounds=known,
        due=due,
        graders=_graders(user, live, now),
    )


def _graders(user, live: Live, now: datetime) -> graders.Graders:
    today = now.astimezone(ZoneInfo(user.timezone)).date()
    return graders.of_person(people.find(user.id), live, today)


covers.register("task", cover)
further.register("task", queries.standings)
duties.register(open_tasks.duties)
uses.register("tasks", holdings.USE)


def _body(work: Work) -> Mapping[str, Any]:
    return spoken.of_work(work, _tongue(work))


def _tongue(work: Work) -> str:
    """Return the language in which the course of a round is read."""
    return tongue.of(courses.release(work.enrolment.release_id).code)


def _terms(work: Work) -> terms.Terms:
    return terms.of(_body(work))


def _frame(work: Work) -> dict[str, Any]:
    """Return what every page of a round shows around it."""
    body = _body(work)
    bound = courses.release(work.enrolment.release_id)
    return {
        "work": work,
        "task": body,
        "terms": terms.of(body),
        "course": translated.course(courses.live(bound.code), _tongue(work)),
        "files": queries.files_of(work.id),
        "now": clock.now(),
    }


def _draft_page(work: Work, mistake: LmsError | None = None, lost: str = "") -> str:
    """Show a draft.

    mistake  why the file was not taken
    lost     a text that does not count, because something newer is held
    """
    works.check_open(work)
    draft = queries.newest_draft(work.id)
    before = None
    if work.number > 1:
        known = queries.rounds_of(work.enrolment_id, work.item_code)
        before = next(r for r in known if r.work.number == work.number - 1)
    frame = _frame(work)
    return render_template(
        "tasks/draft.html",
        draft=draft,
        seq=draft.seq + 1 if draft else 1,
        before=before,
        opinions=showing.opinions(before.work, before.outcome, frame["task"]["rubric"])
        if before
        else [],
        mistake=mistake,
        lost=lost,
        longest=drafts.LONGEST,
        most=attachments.MOST,
        **frame,
    )


def _submit_page(work: Work, mistake: LmsError | None = None) -> str:
    draft = queries.newest_draft(work.id)
    frame = _frame(work)
    if mistake is None:
        try:
            works.check_whole(work, frame["terms"])
        except (works.NothingWritten, works.NothingAttached) as found:
            mistake = found
    return render_template(
        "tasks/submit.html",
        draft=draft,
        mistake=mistake,
        graders=_graders(current_user, frame["course"], frame["now"]),
        **frame,
    )


def _work_page(work: Work, mistake: LmsError | None = None) -> str:
    known = queries.rounds_of(work.enrolment_id, work.item_code)
    here = next(r for r in known if r.work.id == work.id)
    frame = _frame(work)
    shas = [file.sha256 for file in frame["files"]]
    return render_template(
        "tasks/work.html",
        round=here,
        is_newest=known[-1].work.id == work.id,
        at=rounds.standing(known, frame["terms"].attempts),
        opinions=showing.opinions(work, here.outcome, frame["task"]["rubric"]),
        appeal=queries.appeal_of(work.id),
        has_second=any(
            said.review.role == "second" for said in queries.reviews_of(work.id)
        ),
        waived=[showing.ROLES[role] for role in sorted(queries.waived(work.id))],
        mistake=mistake,
        fingerprint=receipts.fingerprint(work.text, shas),
        graders=_graders(current_user, frame["course"], frame["now"]),
        **frame,
    )


def _acknowledge(saved: drafts.Saved | None) -> dict[str, Any]:
    """Answer the page's script: what the server holds now."""
    return {
        "seq": saved.seq if saved else 0,
        "at": time_id(saved.saved_at) if saved else "",
        "is_older": bool(saved and saved.is_older),
        "text": saved.text if saved and saved.is_older else None,
    }
