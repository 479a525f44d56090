"""Pages of the catalogue: /katalog, and the files of courses."""

from flask import Blueprint, Response, make_response, render_template, request
from flask_login import current_user

from lms.kernel.text import one_line

from . import assets, courses, marks
from .filters import LONGEST, matching

bp = Blueprint("catalog", __name__)

A_YEAR = 365 * 24 * 3600  # seconds
# An author's figure runs nothing and loads nothing, also when opened by itself.
SEALED = "default-src 'none'; sandbox"


@bp.get("/katalog")
def index():
    """List the courses people may take."""
    text = one_line(request.args.get("cari", ""))[:LONGEST]
    listed = courses.listed()
    found = matching(listed, text)
    return render_template(
        "catalog/index.html",
        courses=found,
        states=marks.of(current_user.id, [course.course_id for course in found]),
        text=text,
        total=len(listed),
    )


@bp.get("/kursus/<kursus>/aset/<sha>/<name>")
def asset(kursus: str, sha: str, name: str) -> Response:
    """Send a figure or file of a course; its address changes when it does."""
    found = assets.find(kursus, sha)
    answer = make_response()
    answer.content_type = found.media_type
    answer.headers["Content-Security-Policy"] = SEALED
    answer.cache_control.private = True
    answer.cache_control.max_age = A_YEAR
    answer.cache_control.immutable = True
    answer.set_etag(found.sha)
    if request.if_none_match.contains_weak(found.sha):
        answer.status_code = 304
    else:
        answer.data = found.data
    return answer
