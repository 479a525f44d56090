"""Errors for programs: `application/problem+json` under /api/.

source  RFC 9457
"""

from flask import current_app, g, json, request

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
GUIDE = "/api/v1/#galat"  # the page that explains `code`


def wanted() -> bool:
    """Say whether the address asked for belongs to programs."""
    return f"{request.path}/".startswith(PREFIX)


def answer(
    status: int, code: str, title: str, text: str, fields: dict[str, str] | None = None
) -> tuple:
    """Return body, status and headers of one problem.

    code    stable name of the refusal
    fields  what is wrong with each parameter: name -> text
    """
    said: dict[str, object] = {
        "type": current_app.config["BASE_URL"].rstrip("/") + GUIDE,
        "title": title,
        "status": status,
        "detail": text,
        "instance": request.path,
        "code": code,
        "request_id": g.get("request_id", "-"),
    }
    if fields:
        said["errors"] = fields
    headers = {"Cache-Control": "no-store", "Content-Type": MEDIA_TYPE}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="api"'
    elif status == 403:
        headers["WWW-Authenticate"] = 'Bearer realm="api", error="insufficient_scope"'
    return json.dumps(said), status, headers
