"""What HR does about a person: attempts, time, account. Each on a page of its own."""

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    url_for,
)
from flask_login import current_user

from lms.accounts import changes, links, people, roles
from lms.accounts.letters import Office
from lms.accounts.models import Person
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.errors import Forbidden
from lms.kernel.i18n import N_
from lms.quiz import allowances, grants, tries
from lms.simulations import grants as run_grants
from lms.simulations import used_up
from lms.web.access import roles as only_roles

from . import queries
from .acting import day_of
from .forms_person import LinkForm, ReasonForm, SiasnIdForm, TimeForm

bp = Blueprint("person_acts", __name__, url_prefix="/sdm/pegawai/<uid>")

NUMBER = f"int(max={ids.LARGEST})"


class NotYourOwn(Forbidden):
    message = N_(
        "Tindakan atas data Anda sendiri dilakukan pengelola SDM lain atau"
        " administrator."
    )


def subject(uid: str) -> Person:
    """Return whom an act is about: somebody of one's units, never oneself."""
    person = queries.person_held(current_user, uid)
    if person.id == current_user.id:
        raise NotYourOwn
    return person


def office() -> Office:
    """Return the site as the sender of mails."""
    config = current_app.config
    base_url = config["BASE_URL"].rstrip("/")
    return Office(config["SITE_NAME"], base_url, bool(config["SMTP_URL"]))


def _done(person: Person, text: str, part: str):
    uid = person.uid
    db.session.commit()
    flash(text, "ok")
    return redirect(url_for("people.show", uid=uid, _anchor=part), code=303)


def _ask(form, person: Person, template: str, **values):
    """Show the page of an act, again with what was wrong."""
    status = 422 if form.is_submitted() else 200
    return render_template(template, form=form, person=person, **values), status


@bp.route(
    f"/percobaan/<{NUMBER}:enrolment>/<butir>/<int(max=999):nomor>",
    methods=["GET", "POST"],
)
@only_roles("hr")
def attempt(uid: str, enrolment: int, butir: str, nomor: int):
    """Grant one more attempt at a quiz whose attempts are used up."""
    person, form = subject(uid), ReasonForm()
    if form.validate_on_submit():
        grants.give(
            person.id, enrolment, butir, nomor,
            reason=form.reason.data, by_id=current_user.id, now=clock.now(),
        )  # fmt: skip
        return _done(person, N_("Percobaan tambahan diberikan."), "kuis")
    found = next(
        (
            one
            for one in tries.of_person(person.id)
            if (one.enrolment_id, one.item_code) == (enrolment, butir)
        ),
        None,
    )
    if found is None:
        raise grants.NothingToGrant
    if found.next_number != nomor:
        raise grants.NotNeeded
    return _ask(form, person, "hr/act_attempt.html", quiz=found)


@bp.route(
    f"/simulasi/<{NUMBER}:enrolment>/<butir>/<int(max=999):nomor>",
    methods=["GET", "POST"],
)
@only_roles("hr")
def run(uid: str, enrolment: int, butir: str, nomor: int):
    """Grant one more run through a simulation whose runs are used up."""
    person, form = subject(uid), ReasonForm()
    if form.validate_on_submit():
        run_grants.give(
            person.id, enrolment, butir, nomor,
            reason=form.reason.data, by_id=current_user.id, now=clock.now(),
        )  # fmt: skip
        return _done(person, N_("Kesempatan tambahan diberikan."), "simulasi")
    found = next(
        (
            one
            for one in used_up.of_person(person.id)
            if (one.enrolment_id, one.item_code) == (enrolment, butir)
        ),
        None,
    )
    if found is None:
        raise run_grants.NothingToGrant
    if not nomor or found.next_number != nomor:
        raise run_grants.NotNeeded
    return _ask(form, person, "hr/act_run.html", played=found)


@bp.route("/waktu", methods=["GET", "POST"])
@only_roles("hr")
def time(uid: str):
    """Give more time in quizzes, in place of what stood before."""
    person, form = subject(uid), TimeForm()
    if form.validate_on_submit():
        percent, reason = form.percent.data, form.reason.data
        if not allowances.stands(person.id, percent, reason):  # sent twice is once
            allowances.grant(person.id, percent, reason, current_user.id, clock.now())
        return _done(person, N_("Tambahan waktu berlaku."), "kuis")
    percent = allowances.percent_of(person.id)
    return _ask(form, person, "hr/act_time.html", percent=percent)


@bp.route("/waktu/akhiri", methods=["GET", "POST"])
@only_roles("hr")
def end_time(uid: str):
    """Give the usual time again; twice is once."""
    person, form = subject(uid), ReasonForm()
    percent = allowances.percent_of(person.id)
    if form.validate_on_submit():
        if percent:
            allowances.end(
                person.id, current_user.id, clock.now(), reason=form.reason.data
            )
        return _done(person, N_("Tambahan waktu diakhiri."), "kuis")
    return _ask(form, person, "hr/act_end_time.html", percent=percent)


@bp.route("/siasn", methods=["GET", "POST"])
@only_roles("hr")
def siasn_id(uid: str):
    """Set the number that SIASN knows the person by; the same twice is once."""
    person = subject(uid)
    form = SiasnIdForm(value=person.pns_orang_id)
    if form.validate_on_submit():
        try:
            changes.set_siasn_id(
                person, form.value.data, form.reason.data,
                now=clock.now(), by_id=current_user.id,
            )  # fmt: skip
        except (changes.SiasnIdBad, changes.SiasnIdTaken) as refusal:
            db.session.rollback()
            person, form.value.errors = subject(uid), [refusal.message]
        else:
            return _done(person, N_("pnsOrangId disimpan."), "siasn")
    return _ask(form, person, "hr/act_siasn_id.html")


@bp.route("/akun/nonaktif", methods=["GET", "POST"])
@only_roles("hr")
def deactivate(uid: str):
    """Suspend the account; twice is once."""
    person, form, now = subject(uid), ReasonForm(), clock.now()
    today = day_of(current_user, now)
    roles.check_not_above(person, current_user, today)
    if form.validate_on_submit():
        people.deactivate(
            person, today=today, now=now, by=current_user, reason=form.reason.data
        )
        return _done(person, N_("Akun dinonaktifkan; semua sesinya berakhir."), "akun")
    return _ask(form, person, "hr/act_activity.html", wants_active=False)


@bp.route("/akun/aktif", methods=["GET", "POST"])
@only_roles("hr")
def reactivate(uid: str):
    """Open a suspended account again; twice is once."""
    person, form, now = subject(uid), ReasonForm(), clock.now()
    roles.check_not_above(person, current_user, day_of(current_user, now))
    if form.validate_on_submit():
        people.reactivate(person, now=now, by=current_user, reason=form.reason.data)
        return _done(person, N_("Akun aktif lagi."), "akun")
    return _ask(form, person, "hr/act_activity.html", wants_active=True)


@bp.route("/akun/tautan", methods=["GET", "POST"])
@only_roles("hr")
def link(uid: str):
    """Make an activation or reset link and show it this once."""
    person, form, now = subject(uid), LinkForm(), clock.now()
    roles.check_not_above(person, current_user, day_of(current_user, now))
    issued = None
    if form.validate_on_submit():
        secret = current_app.config["SECRET_KEY"]
        issued = links.issue(
            person, secret, form.once.data, office(), by_id=current_user.id, now=now
        )
        db.session.commit()
        person = queries.person_held(current_user, uid)
    elif not person.is_active:
        raise links.AccountSuspended
    purpose = issued.purpose if issued else links.purpose_for(person)
    status = 422 if form.errors else 200
    return render_template(
        "hr/act_link.html", form=form, person=person, issued=issued, purpose=purpose
    ), status
