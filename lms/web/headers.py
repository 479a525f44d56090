"""Security and caching headers of every answer."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from flask import Flask, Request, Response, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lms.kernel.errors import Forbidden

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}
HSTS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


class FormCookie(SecureCookieSessionInterface):
    """Flask's signed cookie. Its signer is made once, not at every request; the
    signature of one and the same cookie is checked once, its age each time.

    A cookie signed later than now is ours as well: the clock was set back. Without
    it every form would be refused until the clock has caught up.
    """

    signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        self.signer = self.signer or super().get_signing_serializer(app)
        return self.signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        text = request.cookies.get(self.get_cookie_name(app))
        signer = self.get_signing_serializer(app)
        if text and signer:
            said = _known(signer, text, app.permanent_session_lifetime)
            if said is not None:
                return self.session_class(said)
        return super().open_session(app, request)


def _known(
    signer: URLSafeTimedSerializer, text: str, longest: timedelta
) -> dict[str, str] | None:
    """Return what a good cookie says; None = ask Flask."""
    try:
        said, signed_at = _read(signer, text)
    except BadSignature:
        return None
    if datetime.now(UTC) - signed_at >= longest:
        return None
    # What could be changed in place (notices to show once) is read anew.
    return said if all(type(v) is str for v in said.values()) else signer.loads(text)


@lru_cache(maxsize=4096)
def _read(signer: URLSafeTimedSerializer, text: str) -> tuple[dict, datetime]:
    return signer.loads(text, return_timestamp=True)


def init_app(app: Flask) -> None:
    app.session_interface = FormCookie()
    app.config.update(
        SESSION_COOKIE_NAME="__Host-formulir" if app.config["TLS"] else "formulir",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=bool(app.config["TLS"]),
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch still works
        WTF_CSRF_SSL_STRICT=False,  # Referer may be stripped; _same_site checks
    )
    app.before_request(_same_site)
    app.after_request(_add)


def _same_site() -> Response | None:
    """Refuse writes that another site started (Fetch Metadata; token is the rest)."""
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        if site not in ("same-origin", "none"):
            raise Forbidden
    return None


def _add(answer: Response) -> Response:
    present = {name.lower() for name, _value in answer.headers}
    wanted = HEADERS | HSTS if current_app.config["TLS"] else HEADERS
    answer.headers.extend(
        (name, value) for name, value in wanted.items() if name.lower() not in present
    )
    return answer
