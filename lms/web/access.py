"""Who may call which view. Closed by default: a view says so to be open."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, flash, redirect, request, session, url_for
from flask_login import LoginManager, current_user

from lms.kernel.errors import Forbidden
from lms.kernel.i18n import N_

View = TypeVar("View", bound=Callable[..., Any])
login_manager = LoginManager()


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
    view.is_public = True  # type: ignore[attr-defined]
    return view


def roles(*names: str) -> Callable[[View], View]:
    """Let only people holding one of these roles call this view."""

    def mark(view: View) -> View:
        view.roles = frozenset(names)  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    login_manager.session_protection = None  # phones change networks
    login_manager.init_app(app)
    app.before_request(_guard)


def may(role: str) -> bool:
    """Say whether the signed-in person holds `role`; for links in templates."""
    return current_user.is_authenticated and role in current_user.roles


ROLE_NAMES = {
    "hr": N_("pengelola SDM"),
    "admin": N_("administrator"),
    "instructor": N_("pengajar"),
}


def _guard():
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "is_public", False):
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    wanted = getattr(view, "roles", None)
    if wanted and not wanted & current_user.roles:
        raise RoleMissing(role=ROLE_NAMES.get(min(wanted), min(wanted)))
    return None


def _to_sign_in():
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        raise SignInWanted  # a script asked: it opens the sign-in panel in place
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    if back == "/":
        back = None
    elif back:
        _say_once(N_("Masuk dahulu untuk membuka halaman itu."))
    return redirect(url_for("accounts.sign_in", lanjut=back), code=302)


def _say_once(text: str) -> None:
    """Put a notice on the next page, once however many pages were asked for."""
    if text not in [said for _kind, said in session.get("_flashes", ())]:
        flash(text)
