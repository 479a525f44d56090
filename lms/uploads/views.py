"""/berkas/<uid>: a file that somebody has handed in, as an attachment."""

from flask import Blueprint, Response, make_response, request
from flask_login import current_user

from lms.audit import looks
from lms.kernel import clock
from lms.kernel.i18n import N_

from . import files, names

bp = Blueprint("uploads", __name__, url_prefix="/berkas")

# Runs nothing, loads nothing and has no origin, should a browser show it after all.
SEALED = "default-src 'none'; sandbox"
WHAT = N_("Berkas yang Anda lampirkan")
UNNAMED = {"peer"}  # whoever is looked at would read the name of a blind grader


@bp.get("/<uid>")
def show(uid: str) -> Response:
    """Send a file to its owner, or to who may see what it was handed in with."""
    found = files.open_for(current_user, uid)
    if found.role and found.role not in UNNAMED:
        looks.note(
            "exported", WHAT, {found.person_id},
            actor_id=current_user.id, role=found.role, now=clock.now(),
        )  # fmt: skip
    answer = make_response()
    answer.content_type = found.media_type
    answer.headers["Content-Security-Policy"] = SEALED
    answer.headers.set("Content-Disposition", "attachment", **names.header(found.name))
    answer.headers["Cache-Control"] = "private, no-store"
    answer.content_length = found.size
    answer.response = (
        [] if request.method == "HEAD" else files.pieces(found.content_id, found.size)
    )
    return answer
