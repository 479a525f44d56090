"""How simulations were played, for those who teach the course: /tulis/simulasi."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from lms.web.access import roles as only_roles

from . import teaching

bp = Blueprint("simulations_teaching", __name__, url_prefix="/tulis/simulasi")


@bp.get("")
@only_roles("instructor")
def index():
    """List the simulations of one's courses."""
    found = teaching.listed(current_user)
    return render_template("simulations/taught.html", found=found)


@bp.get("/<kursus>/<butir>")
@only_roles("instructor")
def choices(kursus: str, butir: str):
    """Show how often each ending and each choice was taken, by version."""
    live = teaching.find(current_user, kursus, butir)
    known = teaching.versions(current_user, live, butir)
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
        tally=teaching.tally(current_user, chosen.version_id),
    )
