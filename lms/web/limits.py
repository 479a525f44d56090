"""How often one network address may ask for costly or guessable things."""

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from .access import View


class ByAddress(Limiter):
    """Flask-Limiter, looking only at requests for views that have a limit."""

    def _check_request_limit(self, *args, **kwargs) -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if getattr(view, "is_limited", False):
            super()._check_request_limit(*args, **kwargs)


limiter = ByAddress(key_func=get_remote_address, headers_enabled=False)


def init_app(app: Flask) -> None:
    app.config.update(
        RATELIMIT_STORAGE_URI=app.config["LIMIT_STORAGE"],
        RATELIMIT_STRATEGY="moving-window",
    )
    limiter.init_app(app)


def limited(rule: str):
    """Let one address call this view only so often: "30 per minute"."""

    def mark(view: View) -> View:
        bounded = limiter.limit(rule)(view)
        bounded.is_limited = True
        return bounded

    return mark
