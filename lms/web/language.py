"""The language of the page: Indonesian unless the person chose English."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from babel.support import NullTranslations
from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    redirect,
    request,
)
from flask_babel import Babel, Domain, refresh
from flask_login import current_user
from markupsafe import Markup

from .access import public
from .redirects import safe_path

COOKIE = "bahasa"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
YEAR = 365 * 24 * 3600  # seconds

bp = Blueprint("web", __name__)


class Catalogue(NullTranslations):
    """Messages of one .po file, read as it is: nothing to compile or to forget."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        with path.open("rb") as file:
            entries = read_po(file)
        self._texts: dict[str, str] = {}
        self._plurals: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            if isinstance(entry.id, tuple):
                self._plurals[entry.id[0]] = tuple(entry.string)
            elif entry.id and entry.string and not entry.fuzzy:
                self._texts[entry.id] = str(entry.string)

    def gettext(self, message: str) -> str:
        return self._texts.get(message, message)

    def ngettext(self, singular: str, plural: str, num: int) -> str:
        forms = self._plurals.get(singular, ())
        if not any(forms):
            return singular if num == 1 else plural
        return forms[0] if num == 1 else forms[-1]

    ugettext, ungettext = gettext, ngettext


SOURCE = NullTranslations()
# The catalogue of the running request. Pages ask for a hundred texts: looking the
# language up once, not each time, is a third of a page's cost.
_spoken: ContextVar[NullTranslations] = ContextVar("spoken", default=SOURCE)


@cache
def _english() -> Catalogue:
    folder = Path(__file__).parent.parent / "translations"
    return Catalogue(folder / "en" / "LC_MESSAGES" / "messages.po")


def catalogue(language: str) -> NullTranslations:
    """Return the texts of a language, for what is written outside of its pages."""
    return _english() if language == "en" else SOURCE


class Spoken(Domain):
    """Flask-Babel's domain, answered by the catalogue of the request."""

    def get_translations(self) -> NullTranslations:
        return _spoken.get()


def _choose() -> None:
    """Take the request's catalogue: Indonesian needs none."""
    chosen = request.cookies.get(COOKIE, "id")
    _spoken.set(catalogue(chosen))


def is_chosen() -> bool:
    """Say whether somebody has chosen a language in this browser."""
    return request.cookies.get(COOKIE) in LANGUAGES


def speak(language: str) -> None:
    """Answer this request in `language`, whatever the cookie says."""
    chosen = catalogue(language)
    if chosen is not _spoken.get():
        _spoken.set(chosen)
        refresh()


def init_app(app: Flask) -> None:
    babel = Babel()
    babel.init_app(
        app,
        default_locale="id",
        default_timezone="Asia/Jakarta",
        locale_selector=current_language,
    )
    babel.domain_instance = Spoken()
    app.jinja_env.install_gettext_callables(_say, _say_number, newstyle=True)
    # Jinja's own wrappers cost more than the page around them.
    app.jinja_env.globals.update(_=_say, gettext=_say, ngettext=_say_number)
    app.before_request(_choose)
    app.jinja_env.globals["current_language"] = current_language
    app.register_blueprint(bp)


# The texts below are ours, constants of code and templates, so they may be marked as
# safe (S704); what is put into their places is escaped by Markup's own "%".


@lru_cache(maxsize=4096)
def _plain(catalogue: NullTranslations, text: str) -> Markup:
    """Return a text without variables, "%%" read as "%"; the same each time."""
    return Markup(catalogue.gettext(text)) % {}  # noqa: S704


def _say(text: str, /, **variables: object) -> Markup:
    """Say a text of ours in a page; what is put into it is escaped."""
    if not variables:
        return _plain(_spoken.get(), text)
    return Markup(_spoken.get().gettext(text)) % variables  # noqa: S704


def _say_number(one: str, many: str, num: int, /, **variables: object) -> Markup:
    """Say a text of ours that goes with a number."""
    said = _spoken.get().ngettext(one, many, num)
    return Markup(said) % {"num": num, **variables}  # noqa: S704


def current_language() -> str:
    """Return "id" or "en": what the person chose, else what the cookie says."""
    return "id" if _spoken.get() is SOURCE else "en"


# Called with the person's id and the language when somebody signed in chooses one.
_keepers: list[Callable[[int, str], None]] = []


def on_choice(keep: Callable[[int, str], None]) -> None:
    """Let a feature remember the language that a signed-in person chooses."""
    if keep not in _keepers:
        _keepers.append(keep)


@bp.post("/bahasa")
@public
def language():
    """Choose the language and go back to the page."""
    chosen = request.form.get("bahasa", "id")
    chosen = chosen if chosen in LANGUAGES else "id"
    if current_user.is_authenticated:
        for keep in _keepers:
            keep(current_user.id, chosen)
    answer = redirect(safe_path(request.form.get("kembali")) or "/", code=303)
    remember(answer, chosen)
    return answer


def remember(answer: Response, chosen: str) -> None:
    """Let this browser ask for `chosen` from now on."""
    answer.set_cookie(
        COOKIE,
        chosen,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["TLS"]),
    )
