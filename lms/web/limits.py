"""How often one network address may ask for costly or guessable things."""

from functools import lru_cache
from math import ceil
from time import monotonic

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse

from .access import View


class ByAddress(Limiter):
    """Flask-Limiter, looking only at requests for views that have a limit."""

    def _check_request_limit(self, *args, **kwargs) -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if getattr(view, "is_limited", False):
            super()._check_request_limit(*args, **kwargs)


KEPT = 100_000  # sources remembered at once

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


class Pace:
    """How fast each source may go on: an allowance that fills up again steadily.

    Counted in this process alone: cheap enough for what is asked most often, and a
    second process only doubles what is generous already.
    """

    def __init__(self) -> None:
        self._left: dict[str, tuple[float, float]] = {}  # source: (allowance, when)

    def wait(self, source: str, rule: str, now: float) -> int:
        """Count one request; return the seconds to wait, 0 = go on.

        rule  "240 per minute"
        now   seconds of a clock that never goes back
        """
        allowed, per_second = _read_rule(rule)
        if len(self._left) > KEPT:
            self._left.clear()
        left, then = self._left.get(source, (float(allowed), now))
        left = min(allowed, left + (now - then) * per_second)
        self._left[source] = (max(0.0, left - 1), now) if left >= 1 else (left, now)
        return 0 if left >= 1 else ceil((1 - left) / per_second)

    def left(self, source: str) -> int:
        """Return how many requests the source may still send at once."""
        return int(self._left.get(source, (0.0, 0.0))[0])


@lru_cache
def _read_rule(rule: str) -> tuple[int, float]:
    """Return (requests at once, requests a second)."""
    limit = parse(rule)
    return limit.amount, limit.amount / limit.get_expiry()


pace = Pace()


def wait_for(setting: str, source: str) -> int:
    """Count one request of `source`; return the seconds to wait, 0 = go on.

    setting  name of the setting that holds the rule
    """
    if not limiter.enabled:
        return 0
    return pace.wait(f"{setting} {source}", current_app.config[setting], monotonic())


def left_of(setting: str, source: str) -> dict[str, str]:
    """Return headers that tell a program how far it is from its limit.

    source  draft-ietf-httpapi-ratelimit-headers, not yet an RFC: experimental
    """
    if not limiter.enabled:
        return {}
    allowed, per_second = _read_rule(current_app.config[setting])
    left = pace.left(f"{setting} {source}")
    fills = ceil((allowed - left) / per_second)
    return {
        "RateLimit-Policy": f'"token";q={allowed};w={ceil(allowed / per_second)}',
        "RateLimit": f'"token";r={left};t={fills}',
    }
