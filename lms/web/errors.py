"""Turn errors into answers: HTML for people, JSON for programs."""

from flask import Flask, current_app, g, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from lms.db import db
from lms.kernel.errors import LmsError, Unavailable
from lms.kernel.i18n import N_

from . import problems
from .access import ask_nobody
from .requests import logger

# A row like ours was inserted, or our row was changed, since we looked.
LOST_RACE = (IntegrityError, StaleDataError)
# PostgreSQL: two waited for each other, and we were picked to give way.
DEADLOCK = "40P01"

TITLES = {
    400: N_("Permintaan tidak terbaca"),
    401: N_("Anda perlu masuk"),
    403: N_("Anda belum berwenang"),
    404: N_("Halaman tidak ditemukan"),
    405: N_("Tindakan ini tidak berlaku di sini"),
    409: N_("Keadaan sudah berubah"),
    413: N_("Kiriman terlalu besar"),
    415: N_("Bentuk kiriman tidak dikenal"),
    422: N_("Isian belum benar"),
    429: N_("Terlalu sering dicoba"),
    500: N_("Terjadi gangguan"),
    503: N_("Layanan sedang sibuk"),
}
TEXTS = {
    400: N_(
        "Kiriman dari peramban Anda tidak dapat dibaca. Muat ulang halaman, lalu coba"
        " lagi."
    ),
    404: N_("Alamat ini tidak ada, atau Anda tidak berwenang melihatnya."),
    405: N_("Buka halaman lewat menu atau tombol yang tersedia."),
    413: N_("Kecilkan kiriman Anda, lalu kirim lagi."),
    415: N_("Kirim formulir dari halaman ini, bukan dari aplikasi lain."),
    429: N_("Tunggu beberapa menit, lalu coba lagi."),
}
# The same to programs, which have no buttons.
API_TEXTS = {
    400: N_("Permintaan ini tidak dapat dibaca."),
    405: N_("Alamat API ini hanya dapat dibaca, dengan metode GET."),
    413: N_("Kiriman terlalu besar."),
    415: N_("Bentuk kiriman tidak dikenal."),
}
CSRF_TEXT = N_(
    "Formulir ini sudah tidak berlaku, biasanya karena Anda masuk atau keluar di tab"
    " lain. Muat ulang halaman, lalu kirim lagi."
)


def init_app(app: Flask) -> None:
    app.register_error_handler(LmsError, _refuse)
    for lost_race in LOST_RACE:
        app.register_error_handler(lost_race, _retry)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(PoolTimeout, _busy)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _crash)
    # `_crash` logs; Flask's own line would hold the address, one-time link and all.
    app.log_exception = lambda _info: None


def _refuse(err: LmsError):
    db.session.rollback()
    facts = {k: gettext(v) if isinstance(v, str) else v for k, v in err.facts.items()}
    text = gettext(err.message) % facts if facts else gettext(err.message)
    fields = {name: gettext(said) for name, said in (err.fields or {}).items()}
    answer = _answer(err.status, err.code, text, fields)
    if "retry_after" in err.facts:
        answer[2]["Retry-After"] = str(err.facts["retry_after"])
    return answer


def _retry(err: Exception):
    """Run the view once more: its double-tapped twin was first to write."""
    db.session.rollback()
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or g.get("tried_again"):
        return _crash(err)
    g.tried_again = True
    try:
        return view(**(request.view_args or {}))
    except LOST_RACE as again:
        return _crash(again)
    except OperationalError as away:
        return _busy(away)
    except LmsError as refusal:
        return _refuse(refusal)


def _busy(err: Exception):
    gave_way = getattr(getattr(err, "orig", None), "sqlstate", "") == DEADLOCK
    if gave_way and "tried_again" not in g:
        return _retry(err)
    db.session.rollback()
    logger.error("database busy or away: %s", type(err).__name__, exc_info=err)
    return _refuse(Unavailable(retry_after=5))


def _csrf(_err: CSRFError):
    return _answer(400, "CsrfTokenWanted", gettext(CSRF_TEXT))


def _http(err: HTTPException):
    if err.response is not None:
        return err.response
    if (
        isinstance(err, SecurityError) and not problems.wanted()
    ):  # no address can be built for this host
        return "Nama host tidak dikenal.", 400, {"Content-Type": "text/plain"}
    status = err.code or 500
    texts = TEXTS | API_TEXTS if problems.wanted() else TEXTS
    text = texts.get(status, LmsError.message if status >= 500 else texts[400])
    answer = _answer(status, err.name.replace(" ", ""), gettext(text))
    for name, value in err.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer[2][name] = value
    return answer


def _crash(err: Exception):
    db.session.rollback()
    original = getattr(err, "original_exception", None) or err
    logger.error("unhandled %s", type(original).__name__, exc_info=original)
    return _answer(500, "InternalError", gettext(LmsError.message))


def wants_json() -> bool:
    """Say whether a program asks: it names JSON before HTML."""
    return request.accept_mimetypes.best == "application/json"


def _answer(
    status: int, code: str, text: str, fields: dict[str, str] | None = None
) -> tuple:
    title = gettext(TITLES.get(status, TITLES[400 if status < 500 else 500]))
    if problems.wanted():
        return problems.answer(status, code, title, text, fields)
    headers = {"Cache-Control": "no-store"}
    request_id = g.get("request_id", "-")
    if wants_json():
        body = {"error": code, "message": text, "request_id": request_id}
        return body, status, headers
    if status >= 500:
        ask_nobody()
    signed_in = status < 500 and current_user.is_authenticated
    action = (url_for("home.index"), gettext("Kembali ke beranda"))
    if status == 401 or (status < 500 and not signed_in):
        action = (url_for("accounts.sign_in"), gettext("Halaman masuk"))
    page = render_template(
        "errors/error.html",
        status=status,
        title=title,
        text=text,
        request_id=request_id,
        action=action,
    )
    return page, status, headers
