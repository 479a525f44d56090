"""Pages of the catalogue: /katalog, and the files of courses."""

from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    Response,
    get_template_attribute,
    make_response,
    render_template,
    request,
)
from flask_login import current_user

from lms.kernel import clock
from lms.web.language import current_language

from . import assets, gaps, marks, query, search
from .memory import Memory
from .models import Asset

bp = Blueprint("catalog", __name__)

A_YEAR = 365 * 24 * 3600  # seconds
# An author's figure runs nothing and loads nothing, also when opened by itself.
SEALED = "default-src 'none'; sandbox"
# A browser shows a video in a page of its own making, which then asks for it again.
SEALED_VIDEO = "default-src 'none'; media-src 'self'; sandbox allow-same-origin"


@bp.get("/katalog")
def index():
    """Search the courses people may take; the address says all that is asked."""
    person_id = current_user.id
    mine = marks.of(person_id)
    now = clock.now().astimezone(ZoneInfo(current_user.timezone))
    reader = search.Reader(mine, gaps.lately(person_id, mine, now))
    found = search.find(query.of(request.args), reader)
    return render_template("catalog/index.html", found=found, drawn=_drawn(found))


_kept: Memory[tuple[str, search.Page], str] = Memory(limit=200)


def _drawn(found: search.Page) -> str:
    """Draw an answer, or take what was drawn when it was given last."""
    key = (current_language(), found)
    drawn = _kept.get([key]).get(key)
    if drawn is None:
        draw = get_template_attribute("catalog/_results.html", "results")
        drawn = draw(found)
        _kept.put({key: drawn})
    return drawn


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
    if found.media_type.startswith("video/"):
        answer.headers["Content-Security-Policy"] = SEALED_VIDEO
    answer.accept_ranges = "bytes"
    if request.if_none_match.contains_weak(found.sha):
        answer.status_code = 304
    else:
        _fill(answer, found)
    return answer


def _fill(answer: Response, found: Asset) -> None:
    """Give the answer the bytes that were asked for, and read no others.

    Of a long range the first part is sent, as RFC 9110 (14.2) allows: players ask for
    the rest when they come to it, and a slow phone holds none of our threads.
    """
    size = found.size_bytes
    wanted = _range(found.sha, size)
    if wanted is None:
        is_long = size > assets.PIECE
        answer.response = (
            []
            if request.method == "HEAD"
            else (assets.pieces(found.sha, size) if is_long else [found.data])
        )
        answer.content_length = size
        return
    start, end = wanted
    if start >= end:
        answer.status_code = 416
        answer.headers["Content-Range"] = f"bytes */{size}"
        return
    end = min(end, start + assets.PIECE)
    answer.status_code = 206
    answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    answer.data = assets.piece(found.sha, start, end - start)


def _range(sha: str, size: int) -> tuple[int, int] | None:
    """Return the one range asked for: first byte, and the one after the last.

    None = the whole file: nothing was asked, more than one range, what nobody
    understands, or a part of another version. First >= last: it cannot be given.
    """
    asked, only_if = request.range, request.if_range
    if request.method != "GET" or asked is None or asked.units != "bytes":
        return None
    if len(asked.ranges) != 1 or only_if.date is not None:
        return None
    if only_if.etag is not None and only_if.etag != sha:
        return None
    return asked.range_for_length(size) or (size, size)
