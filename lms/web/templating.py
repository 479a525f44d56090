"""Where templates are found, and the filters and globals they may use."""

from collections.abc import Hashable
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, g, render_template, request, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from jinja2.runtime import Macro
from markupsafe import Markup

from . import formats
from .access import may, rights, section
from .appearance import display
from .language import current_language


class Page(Template):
    """A template whose imports are run once: ours never get globals of their own."""

    def _get_default_module(self, ctx=None):
        return super()._get_default_module(None)


def init_app(app: Flask, features: tuple[str, ...]) -> None:
    """Make "quiz/attempt.html" mean lms/quiz/templates/attempt.html."""
    root = Path(app.root_path)
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(root / "templates"),
            PrefixLoader(
                {f: FileSystemLoader(root / f / "templates") for f in features}
            ),
        ]
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.template_class = Page
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True  # as the catalogue is made
    app.jinja_env.filters.update(formats.FILTERS, content_html=content_html)
    app.jinja_env.globals.update(
        may=may,
        rights=rights,
        section=section,
        has_endpoint=has_endpoint,
        site_name=app.config["SITE_NAME"],
        url_for=_remembering(app),
        once=once,
        csrf_token=csrf_token,
    )


def _remembering(app: Flask):
    """Return Flask's url_for for templates, which ask for the same few addresses."""

    @lru_cache(maxsize=2000)
    def build(_root: str, endpoint: str, values: tuple) -> str:
        return app.url_for(endpoint, **dict(values))

    def url_for(endpoint: str, **values: object) -> str:
        if endpoint.startswith(".") or "_external" in values:
            return app.url_for(endpoint, **values)
        return build(request.script_root, endpoint, tuple(values.items()))

    return url_for


FIELD = "csrf_token"  # Flask-WTF's name, in the session and in forms
# Stands for the session's token in a kept piece. NUL comes from nobody: requests
# that hold one are refused, and no database stores it.
GAP = "\0token\0"
_is_keeping: ContextVar[bool] = ContextVar("is_keeping", default=False)


def csrf_token() -> str:
    """Return the token for a form; in a piece that is kept, the gap for it."""
    if _is_keeping.get():
        return GAP
    if "form_token" not in g:
        if FIELD in session:  # as Flask-WTF does, with a signer that is made once
            secret = current_app.config["SECRET_KEY"]
            g.csrf_token = _signer(secret).dumps(session[FIELD])
        g.form_token = generate_csrf()
    return g.form_token


@lru_cache(maxsize=8)
def _signer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="wtf-csrf-token")


# typed: markup and text that look alike are escaped differently.
@lru_cache(maxsize=4096, typed=True)
def _draw(_language: str, macro: Macro, *values: Hashable) -> tuple[Markup, ...]:
    """Draw a piece; return the texts between its gaps."""
    kept = _is_keeping.set(True)
    try:
        return tuple(Markup(macro(*values)).split(GAP))  # noqa: S704  (of the macro)
    finally:
        _is_keeping.reset(kept)


def once(macro: Macro, *values: Hashable) -> Markup:
    """Draw a piece that nothing but its values decides, or take the kept one.

    The same values in the same language draw the same piece, so it is kept for
    anybody; tokens of forms are put in anew. Never for a macro that asks who reads.
    """
    texts = _draw(current_language(), macro, *values)
    if len(texts) == 1:
        return texts[0]
    return Markup(csrf_token()).join(texts)  # noqa: S704  (letters and dots)


def page_for_strangers(template: str, **values: Hashable) -> str:
    """Draw a page for somebody who has not signed in, or take the kept one.

    Nothing but the values, the address, the language and the looks decides such a page;
    tokens of forms are put in anew. One that has something to say once (a flash) is
    drawn anew as well.
    """
    if "_flashes" in session:
        return render_template(template, **values)
    site = current_app.jinja_env
    look = (site, current_language(), display(), request.full_path)
    texts = _draw_page(look, template, tuple(values.items()))
    return csrf_token().join(texts)


# Few: addresses are anybody's to make up.
@lru_cache(maxsize=64, typed=True)
def _draw_page(_look: Hashable, template: str, values: tuple) -> tuple[str, ...]:
    kept = _is_keeping.set(True)
    try:
        return tuple(render_template(template, **dict(values)).split(GAP))
    finally:
        _is_keeping.reset(kept)


def content_html(stored: str) -> Markup:
    """Show course HTML that was sanitised when it was published; nothing else."""
    return Markup(stored)  # noqa: S704  (cleaned by nh3; the one place that says so)


def has_endpoint(name: str) -> bool:
    """Say whether a page is built; one that is not is not linked."""
    return name in current_app.view_functions
