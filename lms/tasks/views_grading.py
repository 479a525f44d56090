"""Pages of graders: what waits for them, and the work beside its rubric."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from lms.accounts import people
from lms.accounts.models import Unit
from lms.audit import looks
from lms.catalog import courses, translated
from lms.db import db
from lms.kernel import clock, ids, reasons
from lms.kernel.errors import LmsError
from lms.kernel.i18n import N_
from lms.web import tongue
from lms.web.requests import refuse_other_digits

from . import (
    corrections,
    forms,
    graders,
    queries,
    results,
    reviews,
    showing,
    spoken,
    telling,
)
from .models import Work

bp = Blueprint("grading", __name__, url_prefix="/tugas/menilai")

MISTAKES = (
    reviews.LevelMissing,
    reviews.RemarkTooLong,
    reasons.ReasonMissing,
    corrections.MendedMeanwhile,
    corrections.NothingChanged,
    corrections.PassAtStake,
)
UID = 36  # signs
WHAT = N_("Pekerjaan tugas yang dinilai: teks, lampiran, dan nama")
DONE = {
    "simpan": N_("Penilaian disimpan sebagai draf; belum terlihat siapa pun."),
    "terbit": N_("Penilaian diterbitkan."),
    "kembalikan": N_("Pekerjaan dikembalikan untuk diperbaiki."),
}


bp.before_request(refuse_other_digits)


@bp.get("")
def index():
    """List the work that waits for whoever asks; nobody's is an empty list."""
    now = clock.now()
    after = request.args.get("sesudah", "")[:UID]
    waiting, onward = graders.waiting(current_user, now, after)
    lately = graders.lately(current_user, now)
    titles, named = {}, {}
    for work in (one.work for one in [*waiting, *lately]):
        if work.item_version_id not in titles:
            titles[work.item_version_id] = spoken.of_work(work, _tongue(work))
        named[work.enrolment.release_id] = _course(work)
    return render_template(
        "tasks/waiting.html",
        waiting=waiting,
        lately=lately,
        titles=titles,
        courses=named,
        roles=showing.ROLES,
        first=url_for(".index") if after else "",
        following=url_for(".index", sesudah=onward) if onward else "",
    )


@bp.get("/<uid>")
def show(uid: str):
    """Show a work beside its rubric; who looks is noted for the learner."""
    now = clock.now()
    work, role = graders.find(current_user, uid, now)
    if role != "peer" and looks.note(
        "viewed", WHAT, {work.person_id}, actor_id=current_user.id, role=role, now=now
    ):
        work, role = graders.find(current_user, uid, now)
    opinion = reviews.noted(work.id, current_user.id)
    return _page(work, role, opinion)


@bp.post("/<uid>")
def grade(uid: str):
    """Note, publish, or return the work; a mistake keeps what was written."""
    now = clock.now()
    work, role = graders.find(current_user, uid, now, lock=True)
    act = request.form.get("aksi", "simpan")
    if act not in DONE:
        raise forms.FormUnreadable
    opinion = forms.read_opinion()
    try:
        opinion = reviews.check(opinion, reviews.rubric_of(work))
        before = queries.outcomes([work.id]).get(work.id)
        outcome = before
        if act == "simpan":
            reviews.check_may_grade(work, role, current_user.id)
            reviews.note(work, current_user.id, opinion, now)
        elif act == "terbit":
            outcome = reviews.publish(work, role, current_user.id, opinion, now)
        else:
            outcome = reviews.give_back(work, role, current_user.id, opinion, now)
        if outcome is not None and outcome is not before:
            telling.came_out(work, outcome, now)
    except (
        reviews.LevelMissing,
        reviews.RemarkMissing,
        reviews.RemarkTooLong,
    ) as wrong:
        db.session.rollback()
        work, role = graders.find(current_user, uid, now)
        return _page(work, role, opinion, wrong), wrong.status
    db.session.commit()
    flash(DONE[act], "ok")
    onward = ".show" if act == "simpan" else ".index"
    values = {"uid": uid} if act == "simpan" else {}
    return redirect(url_for(onward, **values), code=303)


@bp.post("/<uid>/tanpa/<peran>")
def waive(uid: str, peran: str):
    """Decide not to wait for a grader any longer, with a reason."""
    now = clock.now()
    work, _role = graders.find(current_user, uid, now, lock=True)
    if not graders.may_decide(current_user, work):
        raise graders.WorkNotYours
    before = queries.outcomes([work.id]).get(work.id)
    outcome = reviews.waive(work, peran, current_user.id, forms.read_reason(), now)
    if outcome is not None and outcome is not before:
        telling.came_out(work, outcome, now)
    db.session.commit()
    flash(N_("Penilai itu tidak ditunggu lagi."), "ok")
    return redirect(url_for(".show", uid=uid), code=303)


@bp.post("/<uid>/betulkan")
def mend(uid: str):
    """Put a newer review beside one given by mistake; the same form twice is once."""
    now = clock.now()
    work, role = graders.find(current_user, uid, now, lock=True)
    sent, opinion = forms.read_correction(), forms.read_opinion()
    if not corrections.was_sent(work, sent.uid):
        old = forms.read_old()
        try:
            opinion = reviews.check(opinion, reviews.rubric_of(work))
            review = corrections.find(current_user, work, old)
            mended = corrections.mend(
                work, review, opinion, sent, by_id=current_user.id, now=now
            )
        except MISTAKES as wrong:
            db.session.rollback()
            work, role = graders.find(current_user, uid, now)
            kept = reviews.noted(work.id, current_user.id)
            mending = {
                "old": old, "opinion": opinion, "reason": sent.reason,
                "mistake": wrong,
                "is_at_stake": isinstance(wrong, corrections.PassAtStake),
            }  # fmt: skip
            return _page(work, role, kept, wrong, mending), wrong.status
        if queries.outcomes([work.id]):  # else the learner sees none of it yet
            telling.mended(work, mended, now)
        db.session.commit()
    flash(N_("Pembetulan disimpan dan berlaku; peserta diberi tahu."), "ok")
    return redirect(url_for(".show", uid=uid), code=303)


def _page(
    work: Work,
    role: str,
    opinion: reviews.Opinion,
    mistake: LmsError | None = None,
    mending: Mapping[str, Any] | None = None,
) -> str:
    now = clock.now()
    body = spoken.of_work(work, _tongue(work))
    outcome = queries.outcomes([work.id]).get(work.id)
    own = showing.of_one(work, current_user.id, body["rubric"])
    is_blind = role == "peer"
    person = people.find(work.person_id)
    decides = graders.may_decide(current_user, work)
    missing = sorted(results.missing(work)) if outcome is None else []
    return render_template(
        "tasks/grade.html",
        work=work,
        task=body,
        course=_course(work),
        files=queries.files_of(work.id),
        role=role,
        roles=showing.ROLES,
        name="" if is_blind else person.full_name,
        unit="" if is_blind else db.session.get_one(Unit, person.unit_id).name,
        opinion=opinion,
        mistake=mistake,
        wants_levels=isinstance(mistake, reviews.LevelMissing),
        own=own,
        outcome=outcome,
        may_grade=reviews.may_grade(work, role, current_user.id),
        may_return=role in reviews.RETURNING,
        missing=missing if decides else [],
        waivable=[r for r in missing if decides and reviews.may_waive(work, r, now)],
        appeal=queries.appeal_of(work.id) if role == "second" else None,
        mends=[
            (one, ids.new_uid()) for one in corrections.mendable(current_user, work)
        ],
        mending=mending or {},
        longest=reviews.LONGEST,
    )


def _tongue(work: Work) -> str:
    """Return the language in which the course of a round is read."""
    return tongue.of(courses.release(work.enrolment.release_id).code)


def _course(work: Work) -> courses.Live:
    """Return the release joined, its titles in the reader's language."""
    bound = courses.release(work.enrolment.release_id)
    return translated.course(bound, tongue.of(bound.code))
