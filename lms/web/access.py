"""Who may call which view. Closed by default: a view says so to be open."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user

from lms.kernel.errors import Forbidden
from lms.kernel.i18n import N_

from .redirects import safe_path

WANTED = N_("Masuk dahulu untuk membuka halaman itu.")
SENT_IN_VAIN = N_(
    "Sesi Anda sudah berakhir, jadi yang baru saja Anda kirim belum tersimpan. Masuk"
    " lagi: Anda kembali ke halaman tadi. Isilah sekali lagi di sana."
)

# Who may call views for programs; the feature that knows the tokens says so.
TokenCheck = Callable[[str], None]
_check_token: list[TokenCheck] = []

View = TypeVar("View", bound=Callable[..., Any])


class Entrance(LoginManager):
    """Flask-Login asking only our own sessions: it has none of its own to look at."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(self._request_callback(request))


login_manager = Entrance()


class SignInWanted(Forbidden):
    status = 401
    message = N_("Sesi Anda sudah berakhir. Masuk lagi untuk melanjutkan.")


class RoleMissing(Forbidden):
    message = N_(
        "Halaman ini hanya untuk %(role)s. Bila Anda memerlukannya, mintalah"
        " peran itu kepada administrator instansi Anda."
    )


def public(view: View) -> View:
    """Let anyone call this view, signed in or not."""
    view.is_public = True  # type: ignore[attr-defined]  (our mark)
    return view


def roles(*names: str) -> Callable[[View], View]:
    """Let only people holding one of these roles call this view."""

    def mark(view: View) -> View:
        view.roles = frozenset(names)  # type: ignore[attr-defined]  (our mark)
        return view

    return mark


def by_token(scope: str) -> Callable[[View], View]:
    """Let only programs whose token has this scope call this view.

    No cookie is looked at, so nothing a browser sends by itself opens such a view: it
    needs no CSRF token.
    """

    def mark(view: View) -> View:
        view.token_scope = scope  # type: ignore[attr-defined]  (our mark)
        return view

    return mark


def tokens_by(check: TokenCheck) -> TokenCheck:
    """Have `check(scope)` refuse requests whose token does not open the view."""
    _check_token[:] = [check]
    return check


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
    # It would look for a "remember me" cookie to write: we have none.
    app.after_request_funcs[None].remove(login_manager._update_remember_cookie)
    app.before_request(_guard)


def ask_nobody() -> None:
    """Answer without the database: who was not loaded yet counts as a stranger."""
    if "_login_user" not in g:  # where Flask-Login keeps who is asking
        g._login_user = login_manager.anonymous_user()


def may(role: str) -> bool:
    """Say whether the signed-in person holds `role`; for links in templates."""
    return current_user.is_authenticated and role in current_user.roles


def rights() -> tuple[str, ...]:
    """Return what opens further parts of the site: superior, hr …; for links."""
    held = current_user.roles & {"instructor", "hr", "admin"}
    leads = ("superior",) if current_user.is_superior else ()
    return (*leads, *sorted(held))


# Blueprints of views_<topic>.py, by the part of the site they belong to.
SECTIONS = {
    "team": "superior",
    **dict.fromkeys(
        ("teaching", "item_analysis", "author", "author_questions", "manual",
         "simulations_teaching", "quiz_grading"),
        "instructor",
    ),
    **dict.fromkeys(
        ("hr", "dashboard", "people", "people_import", "person_acts", "completions",
         "assignments", "organisation", "units", "job_titles", "deputies", "trail",
         "corrections", "siasn"),
        "hr",
    ),
    **dict.fromkeys(("admin", "agencies", "api_tokens", "webhooks"), "admin"),
}  # fmt: skip


# The same of those that several rights open: it stands in the first that one has.
SHARED = {
    "grading": ("instructor", "superior"),
    "lesson_feedback": ("instructor", "hr"),
    "survey_results": ("instructor", "hr"),
}


def section(endpoint: str | None) -> str:
    """Return the part of the site an endpoint stands in; else the endpoint itself."""
    endpoint = endpoint or ""
    blueprint = endpoint.split(".")[0]
    if blueprint in SHARED:
        held = rights()
        return next((one for one in SHARED[blueprint] if one in held), endpoint)
    return SECTIONS.get(blueprint, endpoint)


ROLE_NAMES = {
    "hr": N_("pengelola SDM"),
    "admin": N_("administrator"),
    "instructor": N_("pengajar"),
}


def _guard():
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "is_public", False):
        return None
    if scope := getattr(view, "token_scope", None):
        return _guard_by_token(scope)
    if not current_user.is_authenticated:
        return _to_sign_in()
    wanted = getattr(view, "roles", None)
    if wanted and not wanted & current_user.roles:
        raise RoleMissing(role=ROLE_NAMES.get(min(wanted), min(wanted)))
    return None


def _guard_by_token(scope: str) -> None:
    ask_nobody()  # whoever's cookie came along: it counts for nothing here
    if not _check_token:
        raise Forbidden
    for check in _check_token:
        check(scope)


def _to_sign_in():
    is_page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if not is_page or request.accept_mimetypes.best == "application/json":
        raise SignInWanted  # a script asked: it opens the sign-in panel in place
    if request.method == "GET":
        back, text = request.full_path.rstrip("?"), WANTED
    else:
        back, text = _page_of_form(), SENT_IN_VAIN
    if back == "/":
        back = None
    elif back:
        _say_once(text)
    return redirect(url_for("accounts.sign_in", lanjut=back), code=302)


def _page_of_form() -> str | None:
    """Return the page a form was sent from, or None: ours, as the browser says."""
    came_from = urlsplit(request.referrer or "")
    is_ours = came_from.netloc == request.host
    return safe_path(came_from.path) if is_ours else None


def _say_once(text: str) -> None:
    """Put a notice on the next page, once however many pages were asked for."""
    if text not in [said for _kind, said in session.get("_flashes", ())]:
        flash(text)
