"""/berkas/<uid>: a file that somebody has handed in, as an attachment."""

from datetime import timedelta

from flask import Blueprint, Response, make_response, request
from flask_login import current_user

from lms.audit import accesses
from lms.db import db, reading
from lms.kernel import clock
from lms.kernel.i18n import N_

from . import files, names

bp = Blueprint("uploads", __name__, url_prefix="/berkas")

# Runs nothing, loads nothing and has no origin, should a browser show it after all.
SEALED = "default-src 'none'; sandbox"
WHAT = N_("Berkas yang Anda lampirkan")
UNNAMED = {"peer"}  # whoever is looked at would read the name of a blind grader
ONCE_IN = timedelta(hours=1)  # the same look is noted once


@bp.get("/<uid>")
def show(uid: str) -> Response:
    """Send a file to its owner, or to who may see what it was handed in with."""
    found = files.open_for(current_user, uid)
    if found.role and found.role not in UNNAMED:
        _note_look(found)
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


def _note_look(found: files.Opened) -> None:
    """Note who fetched whose file, once an hour: the price of reading, no change."""
    now, asked = clock.now(), {found.person_id}
    known = accesses.not_yet_recorded(
        "exported", WHAT, asked, actor_id=current_user.id, since=now - ONCE_IN
    )
    if not known:
        return
    db.session.rollback()  # ends the transaction that only reads
    mode = reading.set(False)
    try:
        accesses.record(
            "exported", WHAT, asked, actor_id=current_user.id, now=now,
            facts={"role": found.role},
        )  # fmt: skip
        db.session.commit()
    finally:
        reading.reset(mode)
