"""The receipt of a hand-in: a page to print, and the signed text to keep."""

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    url_for,
)
from flask_login import current_user

from lms.catalog import courses
from lms.catalog.models import ItemVersion
from lms.db import db
from lms.web.requests import refuse_other_digits

from . import attempts, receipts

bp = Blueprint("receipt", __name__, url_prefix="/kuis/percobaan")


bp.before_request(refuse_other_digits)


@bp.get("/<int:attempt_id>/tanda-terima")
def page(attempt_id: int):
    """Show what was handed in when, with the site's signature."""
    attempt = attempts.find(current_user.id, attempt_id)
    if not attempt.is_submitted:
        return _not_yet(attempt_id)
    quiz = db.session.get_one(ItemVersion, attempt.item_version_id).body
    return render_template(
        "quiz/receipt.html",
        attempt=attempt,
        quiz=quiz,
        course=courses.release(attempt.enrolment.release_id),
        receipt=receipts.of(attempt, current_app.config["SECRET_KEY"]),
        answered=len(receipts.answers_that_count(attempt)),
    )


@bp.get("/<int:attempt_id>/tanda-terima.txt")
def text(attempt_id: int):
    """Send the receipt as a text file; the same bytes each time."""
    attempt = attempts.find(current_user.id, attempt_id)
    if not attempt.is_submitted:
        return _not_yet(attempt_id)
    receipt = receipts.of(attempt, current_app.config["SECRET_KEY"])
    name = f"tanda-terima-{attempt_id}.txt"
    return Response(
        receipt.text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _not_yet(attempt_id: int):
    return redirect(url_for("quiz.review", attempt_id=attempt_id), code=303)
