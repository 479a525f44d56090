"""The web edge: everything that knows about HTTP but about no feature."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect

from . import (
    access,
    appearance,
    assets,
    compression,
    errors,
    headers,
    health,
    language,
    limits,
    offline,
    requests,
    templating,
)


def init_app(app: Flask, features: tuple[str, ...]) -> None:
    """Register the edge, then each feature's blueprint in dependency order."""
    # Each request passes them in this order. Language and access mode come first: a
    # thread still holds those of the request before. Then the guard, ahead of the
    # CSRF check: a stranger is sent to sign in, whatever the form holds.
    language.init_app(app)
    requests.init_app(app)
    access.init_app(app)
    CSRFProtect(app)
    templating.init_app(app, features)
    appearance.init_app(app)
    assets.init_app(app)
    errors.init_app(app)
    limits.init_app(app)
    headers.init_app(app)
    compression.init_app(app)
    for name in features:
        if find_spec(f"lms.{name}.models"):
            import_module(f"lms.{name}.models")
        # views.py, and views_<topic>.py of a feature with many pages
        for path in sorted((Path(app.root_path) / name).glob("views*.py")):
            module = import_module(f"lms.{name}.{path.stem}")
            if hasattr(module, "bp"):  # some hold what several of them share
                app.register_blueprint(module.bp)
    health.init_app(app)
    offline.init_app(app)
