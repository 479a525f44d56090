"""How the page looks to whoever reads it: the person's wish, else the browser's."""

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

from lms.kernel.display import USUAL, Display, of, of_word

COOKIE = "tampilan"
YEAR = 365 * 24 * 3600  # seconds


def init_app(app: Flask) -> None:
    app.jinja_env.globals["display"] = display


def display() -> Display:
    """Return how this page is to look; asks once per request who reads it."""
    if "display" not in g:
        reader = current_user._get_current_object()
        wanted = getattr(reader, "display", None)
        g.display = _for_this_network(wanted or of_word(request.cookies.get(COOKIE)))
    return g.display


def _for_this_network(wanted: Display) -> Display:
    """Save data as well where the browser itself was told to."""
    if request.environ.get("HTTP_SAVE_DATA") == "on":
        return of(wanted.theme, wanted.text_size, True)
    return wanted


def keep(answer: Response, wanted: Display) -> None:
    """Let this browser look so before anybody has signed in, the sign-in page too."""
    if of_word(request.cookies.get(COOKIE)) == wanted:
        return
    answer.set_cookie(
        COOKIE,
        wanted.word if wanted != USUAL else "",
        max_age=YEAR if wanted != USUAL else 0,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["TLS"]),
    )
