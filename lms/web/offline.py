"""Reading without a line: the service worker, what it may keep, its own page.

The worker keeps a page only where the server says so, for the person it was made for:

X-Reader  on every page of somebody signed in: their public id and the language
X-Keep    on pages that may be kept: their title, quoted
"""

from functools import lru_cache
from json import dumps
from pathlib import Path
from urllib.parse import quote

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    render_template,
    request,
    session,
    url_for,
)

from .access import public
from .language import LANGUAGES, current_language, speak

SHELL = (
    "app.css",
    "app.js",
    "lesson.js",
    "answering.js",
    "img/icons.svg",
    "img/favicon.svg",
    "fonts/plus-jakarta-sans-id.woff2",
)
SCRIPT = Path(__file__).parent.parent / "static" / "sw.js"
NEVER_BLIND = "no-cache"  # a new version of the product brings a new worker at once

bp = Blueprint("offline", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.after_request(_say_who)


@bp.get("/sw.js")
@public
def worker() -> Response:
    """Send the service worker; its address decides that it speaks for all pages."""
    asset = current_app.jinja_env.globals["asset"]
    shell = [asset(name) for name in SHELL]  # type: ignore[operator]  (a function)
    pages, words = {}, {}
    for code in LANGUAGES:
        speak(code)
        pages[code] = url_for(".page", bahasa=code)
        words[code] = str(render_template("_copy.html")).strip()
    facts = {"SHELL": shell, "OFFLINE": pages, "COPY": words}
    head = "".join(f"const {name} = {dumps(fact)};\n" for name, fact in facts.items())
    answer = Response(head + SCRIPT.read_text("utf-8"), mimetype="text/javascript")
    answer.headers["Cache-Control"] = NEVER_BLIND
    return answer


@bp.get("/luring")
@public
def page() -> str:
    """Say that there is no line; a script lists the lessons kept on this device."""
    language = request.args.get("bahasa", "")
    if language in LANGUAGES:
        speak(language)
    return render_template("offline.html")


def may_keep(answer: Response, title: str) -> Response:
    """Let the worker keep this page for its reader, under its address without query.

    Not for a page with a notice of what was just done: it is shown once.
    """
    answer.headers["X-Keep"] = _quoted(title)
    return answer


@lru_cache(maxsize=2000)
def _quoted(title: str) -> str:
    return quote(title)


def holds_notice() -> bool:
    """Say whether this page is going to show a notice; ask before it is drawn."""
    return bool(session.get("_flashes"))


def _say_who(answer: Response) -> Response:
    """Tell the worker whose page this is, so that it forgets those of others."""
    uid = getattr(g.get("_login_user"), "uid", None)
    if uid and answer.headers.get("Content-Type", "").startswith("text/html"):
        answer.headers["X-Reader"] = f"{uid} {current_language()}"
    return answer
