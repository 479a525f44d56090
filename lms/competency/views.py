"""What the job asks and where one stands: /kompetensi."""

from flask import Blueprint, render_template
from flask_login import current_user

from lms.kernel import clock
from lms.records import jp

from . import overview, standards

bp = Blueprint("competency", __name__)


@bp.get("/kompetensi")
def index():
    """Show one's competencies against the job, with evidence and what would help."""
    return render_template(
        "competency/index.html",
        page=overview.of(
            current_user.id, jp.day_of(clock.now(), current_user.timezone)
        ),
        level_names=overview.LEVEL_NAMES,
        loaded=standards.loaded(),
    )
