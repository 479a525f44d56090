"""Corrections of records: /sdm/penyelesaian/<record>, with reason and proof."""

from datetime import datetime

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_login import current_user

from lms.accounts.models import Person
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.i18n import N_
from lms.learn.queries import certificate_code
from lms.records import amendments, jp_lines, proofs, retakes
from lms.records.models import Completion
from lms.web.access import roles as only_roles
from lms.web.requests import takes_file

from . import letters, queries
from .forms_person import CorrectForm, ReasonForm, RevokeForm
from .views_person_acts import NotYourOwn, office

bp = Blueprint("completions", __name__, url_prefix="/sdm/penyelesaian")

PROOF_MB = proofs.LARGEST // (1024 * 1024)
SANDBOX = "default-src 'none'; sandbox"
DONE = {
    "koreksi": N_("JP dikoreksi. Orangnya membaca alasannya di halaman JP."),
    "cabut": N_("Penyelesaian dicabut. Orangnya membaca alasannya di halaman JP."),
}


@bp.get("/<uid>")
@only_roles("hr")
def show(uid: str):
    """Show a completion with its entries, and the forms to correct it."""
    completion, person = queries.completion_held(current_user, uid)
    correct = CorrectForm(formdata=None, jp=completion.jp)
    return _page(completion, person, correct, RevokeForm(formdata=None))


@bp.post("/<uid>/koreksi")
@only_roles("hr")
@takes_file(PROOF_MB)
def correct(uid: str):
    """Correct the JP: a new entry; the same form twice is one."""
    return _amend_by(uid, "koreksi", CorrectForm())


@bp.post("/<uid>/cabut")
@only_roles("hr")
@takes_file(PROOF_MB)
def revoke(uid: str):
    """Revoke: a new entry; the same form twice is one."""
    return _amend_by(uid, "cabut", RevokeForm())


@bp.route("/<uid>/ulang", methods=["GET", "POST"])
@only_roles("hr")
def again(uid: str):
    """Let the person earn a revoked completion anew; the same form twice is one."""
    completion, person = queries.completion_held(current_user, uid)
    if person.id == current_user.id:
        raise NotYourOwn
    form, now = ReasonForm(), clock.now()
    if form.validate_on_submit():
        if retakes.allow(completion, form.reason.data, current_user.id, now):
            letters.tell_again(person, completion, office(), now)
        person_uid = person.uid
        db.session.commit()
        flash(N_("Kursus dibuka lagi; orangnya mulai dari awal."), "ok")
        return redirect(
            url_for("people.show", uid=person_uid, _anchor="kursus"), code=303
        )
    retakes.check(completion, person, now)
    page = render_template(
        "hr/act_again.html", form=form, person=person, completion=completion
    )
    return page, 422 if form.is_submitted() else 200


def _amend_by(uid: str, act: str, form: RevokeForm):
    completion, person = queries.completion_held(current_user, uid)
    if person.id == current_user.id:
        raise NotYourOwn
    if not form.validate_on_submit() or not (proof := _proof(form)):
        return _wrong(completion, person, act, form)
    amended = _amend(completion, act, form, proof, clock.now())
    if amended:
        letters.tell(person, act, completion.uid, office(), clock.now())
    person_uid = person.uid
    db.session.commit()
    flash(DONE[act], "ok")
    return redirect(url_for("people.show", uid=person_uid, _anchor="jp"), code=303)


def _proof(form: RevokeForm) -> proofs.Proof | None:
    """Return the checked proof, or None with the error put to its field."""
    sent = form.file.data
    data = sent.read(proofs.LARGEST + 1) if sent else b""
    try:
        return proofs.read(form.reference.data, data)
    except proofs.ReferenceMissing as wrong:
        form.reference.errors = [wrong.message]
    except (proofs.FileRefused, proofs.FileTooLarge) as wrong:
        form.file.errors = [wrong.message]
    return None


def _amend(
    completion: Completion, act: str, form, proof: proofs.Proof, now: datetime
) -> bool:
    """Do it; return whether anything changed."""
    uid, reason, by = completion.uid, form.reason.data, current_user.id
    if act == "koreksi":
        before = completion.jp
        amendments.correct_jp(
            uid, form.jp.data, reason, by, now, proof=proof, ground=form.ground.data
        )
        return completion.jp != before
    if amendments.was_revoked_so(uid, reason):
        return False
    amendments.revoke(uid, reason, by, now, proof=proof, ground=form.ground.data)
    return True


def _wrong(completion: Completion, person: Person, act: str, form):
    if act == "koreksi":
        other = RevokeForm(formdata=None)
        return _page(completion, person, form, other, act), 422
    correct = CorrectForm(formdata=None, jp=completion.jp)
    return _page(completion, person, correct, form, act), 422


def _page(completion, person, correct, revoke, wrong: str = "") -> str:
    return render_template(
        "hr/completion.html",
        completion=completion,
        person=person,
        lines=[one for one in jp_lines.of(person.id) if one.uid == completion.uid],
        proofs=proofs.of_person(person.id),
        correct=correct,
        revoke=revoke,
        is_self=person.id == current_user.id,
        again=retakes.standing(completion, person, clock.now()),
        problem=wrong,
        code=certificate_code(completion),
    )


@bp.get(f"/<uid>/bukti/<int(max={ids.LARGEST}):nomor>")
@only_roles("hr")
def proof(uid: str, nomor: int):
    """Answer with the scanned letter as a file to keep, never shown in place."""
    completion, _person = queries.completion_held(current_user, uid)
    file = proofs.file_of(completion.id, nomor)
    answer = Response(file.data, content_type=proofs.TYPES[file.kind])
    name = f"bukti-{completion.course_code}-{nomor}.{file.kind}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
