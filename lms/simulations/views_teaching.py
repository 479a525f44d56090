"""How simulations were played, and one more run for a learner: /tulis/simulasi."""

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from lms.audit import looks
from lms.db import db
from lms.kernel import clock, ids
from lms.kernel.i18n import N_
from lms.quiz.forms_teaching import GrantForm
from lms.web.access import roles as only_roles

from . import grants, teaching, used_up

bp = Blueprint("simulations_teaching", __name__, url_prefix="/tulis/simulasi")

NUMBER = f"int(max={ids.LARGEST})"


def _least() -> int:
    """Return how many people are told of together, as in surveys."""
    return current_app.config["SURVEY_THRESHOLD"]


@bp.get("")
@only_roles("instructor")
def index():
    """List the simulations of one's courses, and whose runs are used up."""
    waiting = used_up.listed(current_user)
    if waiting and looks.note(
        "viewed", used_up.WHAT, {one.person_id for one in waiting},
        actor_id=current_user.id, role="instructor", now=clock.now(),
    ):  # fmt: skip
        waiting = used_up.listed(current_user)
    return render_template(
        "simulations/taught.html",
        found=teaching.listed(current_user, _least()),
        least=_least(),
        waiting=waiting,
        most=used_up.MOST,
    )


@bp.get("/<kursus>/<butir>")
@only_roles("instructor")
def choices(kursus: str, butir: str):
    """Show how often each ending and each choice was taken, by version."""
    live = teaching.find(current_user, kursus, butir)
    known = teaching.versions(current_user, live, butir, _least())
    asked = request.args.get("versi", "")
    chosen = next((one for one in known if str(one.version_id) == asked), known[0])
    if asked and str(chosen.version_id) != asked:
        raise teaching.NotTaught
    return render_template(
        "simulations/choices.html",
        course=live,
        code=butir,
        known=known,
        chosen=chosen,
        tally=teaching.tally(current_user, chosen, _least()),
        least=_least(),
    )


@bp.route(
    f"/kesempatan/<{NUMBER}:enrolment>/<butir>/<int(max=999):nomor>",
    methods=["GET", "POST"],
)
@only_roles("instructor")
def grant(enrolment: int, butir: str, nomor: int):
    """Grant one more run, with a reason that the learner reads; twice is once."""
    person, form = used_up.learner(current_user, enrolment), GrantForm()
    if form.validate_on_submit():
        grants.give(
            person.id, enrolment, butir, nomor,
            reason=form.reason.data, by_id=current_user.id, now=clock.now(),
        )  # fmt: skip
        db.session.commit()
        flash(N_("Kesempatan tambahan diberikan."), "ok")
        return redirect(url_for(".index"), code=303)
    waits = {
        (one.enrolment_id, one.item_code, one.next_number): one
        for one in used_up.listed(current_user)
    }
    found = waits.get((enrolment, butir, nomor))
    if found is None:
        raise grants.NotNeeded
    status = 422 if form.is_submitted() else 200
    return render_template("simulations/grant.html", form=form, one=found), status
