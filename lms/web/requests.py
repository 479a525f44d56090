"""What every request gets: an id, its access mode, one log line, bounds."""

import logging
import re
import time
from urllib.parse import quote, urlsplit

from flask import Flask, Response, abort, current_app, g, has_request_context, request
from flask_login import current_user
from pythonjsonlogger.json import JsonFormatter
from werkzeug.middleware.proxy_fix import ProxyFix

from lms.db import db, reading
from lms.kernel import ids
from lms.kernel.errors import BadRequest, LmsError, NotFound
from lms.kernel.i18n import N_

logger = logging.getLogger("lms")
READS = {"GET", "HEAD", "OPTIONS"}
# A NIP or NIK: never in a log, whoever put it into an address.
LONG_NUMBER = re.compile(r"\d{9,}")
# A one-time link, also at an address that leads nowhere; or the hash of a file.
LONG_WORD = re.compile(r"[\w-]{40,}", re.ASCII)
# What PostgreSQL tells of a refused row: its values.
DETAIL = re.compile(r"^(DETAIL|CONTEXT):.*", re.MULTILINE)


ROOM = 64 * 1024  # bytes of a form around its file


class FileTooLarge(LmsError):
    status = 413
    message = N_(
        "Berkas lebih besar dari %(mb)s MB. Bagilah menjadi beberapa berkas, atau"
        " mintalah administrator mengimpornya di peladen."
    )


def takes_file(
    largest: str | int, refusal: type[LmsError] = FileTooLarge, name: str = "berkas"
):
    """Let those who may call this view send a file of so many MB with it.

    largest  MB, or the name of the setting that holds the number
    refusal  of a larger one; its text has a place for the MB
    name     of the field
    """

    def mark(view):
        view.file_name = name
        view.largest_file = largest
        view.file_refusal = refusal
        return view

    return mark


def refuse_other_digits() -> None:
    """Refuse digits of other scripts, which the int converter would read.

    For `before_request` of pages that have numbers in their addresses.
    """
    if not request.path.isascii():
        raise NotFound


def init_app(app: Flask) -> None:
    _set_up_log(app.config["LOG"], app.config["LOG_LEVEL"])
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_BODY_KB"] * 1024
    app.config["MAX_FORM_MEMORY_SIZE"] = app.config["MAX_CONTENT_LENGTH"]
    app.config["TRUSTED_HOSTS"] = _hosts(app)
    if app.config["TRUSTED_PROXIES"]:
        n = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_let_go)


def _hosts(app: Flask) -> list[str]:
    """Return the names this site answers to; any other Host header gets a 400."""
    stated = app.config["TRUSTED_HOSTS"] or urlsplit(app.config["BASE_URL"]).hostname
    names = stated if isinstance(stated, list) else stated.split(",")
    if {"127.0.0.1", "localhost"} & set(names):
        names = [*names, "127.0.0.1", "localhost", "[::1]"]
    return [name.strip() for name in names]


def _begin() -> None:
    g.request_id = ids.new_uid()[:13]
    g.began = time.perf_counter()
    reading.set(request.method in READS)
    if request.method not in READS and request.content_encoding:
        abort(415)
    if request.method not in READS:
        _allow_file()
        _refuse_misplaced_files()
    _refuse_unreadable()


def _allow_file() -> None:
    """Raise the limit of the body for a view that takes files; not for strangers."""
    view = current_app.view_functions.get(request.endpoint or "")
    largest = getattr(view, "largest_file", None)
    if largest is None or not current_user.is_authenticated:
        return
    wanted = getattr(view, "roles", None)
    if wanted is None or wanted & current_user.roles:
        mb = current_app.config[largest] if isinstance(largest, str) else largest
        if (request.content_length or 0) > mb * 1024 * 1024 + ROOM:
            raise view.file_refusal(mb=mb)
        request.max_content_length = mb * 1024 * 1024 + ROOM
        # Whoever asks is known. The file comes in while no transaction is open: on
        # SQLite nobody could write until the last byte was here.
        db.session.rollback()


def _refuse_misplaced_files() -> None:
    """Answer 400 to a file in the place of a text: forms would read it as one."""
    view = current_app.view_functions.get(request.endpoint or "")
    if set(request.files) - {getattr(view, "file_name", "")}:
        raise BadRequest


def _refuse_unreadable() -> None:
    """Answer 400 to NUL and lone surrogates: no database stores them."""
    texts = [request.path, *request.view_args.values()] if request.view_args else []
    for source in [request.args] + [request.form] * (request.method not in READS):
        for name, values in source.lists():
            texts += [name, *values]
    for text in texts:
        if isinstance(text, str) and ("\0" in text or _is_broken(text)):
            raise BadRequest


def _is_broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    # Werkzeug replaces bytes that are no UTF-8; nobody types U+FFFD.
    return "\ufffd" in text


def _end(answer: Response) -> Response:
    answer.headers["X-Request-ID"] = g.get("request_id", "-")
    if request.endpoint != "static":
        logger.info(
            "request",
            extra={
                "method": request.method,
                "path": _path_for_log(),
                "status": answer.status_code,
                "ms": round((time.perf_counter() - g.get("began", 0)) * 1000, 1),
            },
        )
    return answer


def _let_go(_error: BaseException | None) -> None:
    """Close what was uploaded."""
    request.close()


def _path_for_log() -> str:
    """Return the path without what must not be kept: one-time links, numbers.

    Quoted, so that no sign of it ends the line or hides what follows.
    """
    if request.url_rule and "token" in (request.view_args or {}):
        return request.url_rule.rule
    path = LONG_NUMBER.sub("#", LONG_WORD.sub("#", request.path[:200]))
    return quote(path, safe="/#:@")


class _Context(logging.Filter):
    """Adds request and person (internal id) to each line of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = record.person_id = None
        if has_request_context():
            record.request_id = g.get("request_id")
            user = g.get("_login_user")  # do not load the person for a log line
            record.person_id = getattr(user, "id", None)
        return True


class _Discreet(logging.Formatter):
    """Leaves out of a trace what may name a person."""

    def formatException(self, ei) -> str:  # noqa: N802  (logging's name)
        trace = DETAIL.sub(r"\1: …", super().formatException(ei))
        return LONG_NUMBER.sub("#", trace)


class _Json(_Discreet, JsonFormatter):
    pass


class _Text(_Discreet):
    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record, '%H:%M:%S')} {record.levelname} "
        if record.msg == "request":
            line += f"{record.method} {record.path} {record.status} {record.ms} ms"
        else:
            line += record.getMessage()
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return f"{line} [{record.request_id or '-'}]"


def _set_up_log(kind: str, level: str) -> None:
    handler = logging.StreamHandler()
    handler.addFilter(_Context())
    fields = "{asctime}{levelname}{message}{request_id}{person_id}"
    as_json = _Json(fields, style="{")
    handler.setFormatter(as_json if kind == "json" else _Text())
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
