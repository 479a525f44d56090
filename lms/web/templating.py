"""Where templates are found, and the filters and globals they may use."""

from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, request
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
from .access import may
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
        has_endpoint=has_endpoint,
        site_name=app.config["SITE_NAME"],
        url_for=_remembering(app),
        once=_once(),
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


def _once():
    """Return once(macro, *values): a piece that nothing but its values decides.

    The same values in the same language draw the same piece, so it is kept for
    anybody. Never for a macro that asks who reads, or writes a token.
    """

    # typed: markup and text that look alike are escaped differently.
    @lru_cache(maxsize=4096, typed=True)
    def draw(_language: str, macro: Macro, *values: Hashable) -> Markup:
        return macro(*values)

    def once(macro: Macro, *values: Hashable) -> Markup:
        return draw(current_language(), macro, *values)

    return once


def content_html(stored: str) -> Markup:
    """Show course HTML that was sanitised when it was published; nothing else."""
    return Markup(stored)  # noqa: S704  (cleaned by nh3; the one place that says so)


def has_endpoint(name: str) -> bool:
    """Say whether a page is built; one that is not is not linked."""
    return name in current_app.view_functions
