"""/api/v1: the resources, the OpenAPI document and its readable page."""

import json
from collections.abc import Iterator
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    render_template,
    request,
    url_for,
)

from lms.db import db, reading
from lms.kernel import clock, ids
from lms.kernel.errors import TooMany
from lms.records import jp
from lms.web import limits
from lms.web.access import by_token, public, tokens_by

from . import cursors, openapi, queries, readers, tokens
from .queries import NothingThere, Scope
from .resources import (
    ALL,
    ASSIGNMENTS,
    COMPLETIONS,
    COURSES,
    DUTIES,
    PEOPLE,
    SCOPES,
    UNITS,
)
from .shapes import MOST, UNKNOWN, ParametersBad, Resource
from .tokens import Bearer

bp = Blueprint("api", __name__, url_prefix="/api/v1")

LIMIT = "API_LIMIT"


@tokens_by
def check(scope: str) -> None:
    """Find the token of this request; refuse when it does not open the view."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    now = clock.now()
    secret = secret.strip() if kind.lower() == "bearer" else ""
    bearer = tokens.load(secret, now) if secret else None
    source = bearer.uid if bearer else request.remote_addr or "-"
    if wait := limits.wait_for(LIMIT, source):
        raise TooMany(retry_after=wait)
    if bearer is None:
        raise tokens.TokenWanted
    if scope not in bearer.scopes:
        raise tokens.ScopeMissing(scope=scope)
    g.bearer = bearer
    if bearer.is_stale(now):
        _write(lambda: tokens.touch(bearer.id, now))


def _write(work) -> None:
    """Do a short write in a transaction of its own; reading goes on after it."""
    db.session.rollback()
    token = reading.set(False)
    try:
        work()
        db.session.commit()
    finally:
        reading.reset(token)


@bp.after_request
def _tell_limit(answer: Response) -> Response:
    if bearer := g.get("bearer"):
        answer.headers.update(limits.left_of(LIMIT, bearer.uid))
        answer.headers["Vary"] = "Authorization, Accept"
    return answer


@bp.get("/")
@public
def guide():
    """Explain the API to people who write programs."""
    return render_template(
        "api/guide.html",
        resources=ALL,
        scopes=SCOPES,
        base=current_app.config["BASE_URL"].rstrip("/") + "/api/v1",
        limit=current_app.config[LIMIT],
    )


@bp.get("/openapi.json")
@public
def description():
    """Show the OpenAPI document."""
    config = current_app.config
    said = openapi.document(config["SITE_NAME"], config["BASE_URL"].rstrip("/"))
    return _tagged(json.dumps(said), "public, max-age=300")


def _tagged(text: str, caching: str) -> Response:
    """Answer with JSON, or 304 to who has it already, packed or not."""
    answer = Response(text, content_type="application/json")
    answer.headers["Cache-Control"] = caching
    answer.add_etag()
    tag = answer.get_etag()[0]
    packed = f"{tag}:gzip"  # how the compression names its copy
    if request.if_none_match.contains_weak(packed):
        answer.set_etag(packed)
    return answer.make_conditional(request)


@bp.get("/people")
@by_token("people:read")
def list_people():
    """List people who work in the token's units."""
    return _page(PEOPLE)


@bp.get("/people/<uid>")
@by_token("people:read")
def show_people(uid: str):
    """Show one person."""
    return _one(PEOPLE, uid)


@bp.get("/units")
@by_token("units:read")
def list_units():
    """List the token's units."""
    return _page(UNITS)


@bp.get("/units/<int:number>")
@by_token("units:read")
def show_units(number: int):
    """Show one unit."""
    if number > ids.LARGEST:  # databases refuse to look
        raise NothingThere
    return _one(UNITS, number)


@bp.get("/courses")
@by_token("courses:read")
def list_courses():
    """List courses."""
    return _page(COURSES)


@bp.get("/courses/<code>")
@by_token("courses:read")
def show_courses(code: str):
    """Show one course."""
    return _one(COURSES, code)


@bp.get("/completions")
@by_token("completions:read")
def list_completions():
    """List completions by their newest change, in pages or as one stream."""
    kinds = ["application/json", openapi.NDJSON]
    if request.accept_mimetypes.best_match(kinds) == openapi.NDJSON:
        return _stream(COMPLETIONS)
    return _page(COMPLETIONS)


@bp.get("/completions/<uid>")
@by_token("completions:read")
def show_completions(uid: str):
    """Show one completion."""
    return _one(COMPLETIONS, uid)


@bp.get("/assignments")
@by_token("assignments:read")
def list_assignments():
    """List assignments with how far people are."""
    return _page(ASSIGNMENTS)


@bp.get("/assignments/<uid>")
@by_token("assignments:read")
def show_assignments(uid: str):
    """Show one assignment."""
    return _one(ASSIGNMENTS, uid)


@bp.get("/assignments/<uid>/duties")
@by_token("assignments:read")
def list_duties(uid: str):
    """List what each person owes by one assignment."""
    scope = _scope()
    queries.one("assignments", scope, uid)
    asked = DUTIES.read(request.args.to_dict(flat=False))
    bound = asked | {"assignment": uid}
    after = cursors.read(_key(), DUTIES.name, bound)
    rows = queries.duties(scope, uid, after, asked["limit"] + 1)
    return _answer_page(DUTIES, bound, after, rows, end=0)


def _scope() -> Scope:
    bearer: Bearer = g.bearer
    today = jp.day_of(clock.now(), bearer.timezone)
    return Scope(bearer.path, today, current_app.config["BASE_URL"].rstrip("/"))


def _key() -> str:
    return current_app.config["SECRET_KEY"]


def _page(resource: Resource) -> Response:
    asked = resource.read(request.args.to_dict(flat=False))
    after = cursors.read(_key(), resource.name, asked)
    end = queries.end_of(resource.name)
    rows = queries.listed(resource.name, _scope(), asked, after, asked["limit"] + 1)
    return _answer_page(resource, asked, after, rows, end)


def _answer_page(
    resource: Resource, asked: dict[str, Any], after: Any, rows: list[dict], end: int
) -> Response:
    """Answer with one page; `rows` has one more when there are further ones.

    end  how far was read when that was all
    """
    has_more = len(rows) > asked["limit"]
    rows = rows[: asked["limit"]]
    last = rows[-1]["row"] if rows else after
    # Completions can be asked for what changes later; other lists end.
    goes_on = has_more or resource is COMPLETIONS
    if goes_on and not has_more:
        last = max(last, end)
    cursor = cursors.write(_key(), resource.name, asked, last) if goes_on else None
    answer = _send(
        resource,
        {
            "data": [resource.write(row) for row in rows],
            "next_cursor": cursor,
            "has_more": has_more,
        },
        rows,
    )
    if has_more:
        given = {k: v for k, v in request.args.items() if k != "cursor"}
        view, places = request.endpoint, request.view_args or {}
        address = url_for(view, **places, **given, cursor=cursor)  # type: ignore[arg-type]
        base = current_app.config["BASE_URL"].rstrip("/")
        answer.headers["Link"] = f'<{base}{address}>; rel="next"'
    return answer


def _one(resource: Resource, key: Any) -> Response:
    if request.args:
        raise ParametersBad({name[:80]: UNKNOWN for name in request.args})
    row = queries.one(resource.name, _scope(), key)
    return _send(resource, resource.write(row), [row])


def _send(resource: Resource, said: Any, rows: list[dict]) -> Response:
    """Answer with JSON and its ETag; what leaves about people is noted first."""
    answer = _tagged(json.dumps(said), "private, no-cache")
    if resource.personal and answer.status_code == 200 and rows:
        _note(g.bearer, resource, rows)
    return answer


def _note(bearer: Bearer, resource: Resource, rows: list[dict]) -> None:
    people = {row["whose"] for row in rows}
    now = clock.now()
    _write(lambda: readers.note(bearer, resource.name, len(rows), people, now))


def _stream(resource: Resource) -> Response:
    """Send all rows as lines; the last one holds the cursor behind everything sent."""
    asked = resource.read(request.args.to_dict(flat=False))
    after = cursors.read(_key(), resource.name, asked)
    bearer, scope, site = g.bearer, _scope(), current_app._get_current_object()

    def pieces() -> Iterator[str]:
        last, rows = after, [{}]
        while rows:
            now = asked | {"after": last}
            rows, end = _piece(site, resource, bearer, scope, now)
            last = rows[-1]["row"] if rows else max(last, end)
            yield "".join(json.dumps(resource.write(row)) + "\n" for row in rows)
        cursor = cursors.write(site.config["SECRET_KEY"], resource.name, asked, last)
        yield json.dumps({"next_cursor": cursor}) + "\n"

    answer = Response(pieces(), content_type=openapi.NDJSON)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _piece(
    site: Flask, resource: Resource, bearer: Bearer, scope: Scope, asked: dict[str, Any]
) -> tuple[list[dict], int]:
    """Read and note the next rows, each in a short transaction of its own.

    Also returns how far was read when there are none.

    Nobody who writes waits for a slow reader, and none of it is open while one reads.
    """
    with site.app_context():
        token = reading.set(True)
        try:
            end = queries.end_of(resource.name)
            rows = queries.listed(resource.name, scope, asked, asked["after"], MOST)
            if rows:
                _note(bearer, resource, rows)
            return rows, end
        finally:
            reading.reset(token)
