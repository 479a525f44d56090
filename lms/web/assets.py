"""Static files without a build step.

All files live under one digest, /static/<digest>/..., so they can be cached for
ever. The style sheets are joined, in order, into one app.css, the scripts into one
file per kind of page: one request each on a slow network.
"""

import gzip
import hashlib
import mimetypes
import re
from pathlib import Path

from flask import Flask, Response, request, url_for
from markupsafe import Markup

from lms.kernel.errors import NotFound

from . import scripts
from .access import public

# Cascade order. A file may only speak inside the layer its folder is named after.
CSS = ("layers", "tokens", "reset", "base", "layout", "parts/*", "utilities", "print")
# Parts that only pages of the office need: learners on a slow line do not fetch them.
STAFF_CSS = ("staff/*",)
SPRITES = ("img/icons.svg", "img/office.svg")  # the second as the staff's sheet
A_YEAR = 365 * 24 * 3600  # seconds
ICON = Markup('<svg class="i {}" aria-hidden="true"><use href="{}#{}"/></svg>')
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


def init_app(app: Flask) -> None:
    root = Path(app.root_path) / "static"
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix not in (".css", ".js")
    }
    files["app.css"] = join_css(root / "css", CSS).encode()
    files["staff.css"] = join_css(root / "css", STAFF_CSS).encode()
    joined = scripts.bundles(root / "js")
    files |= {name: source.encode() for name, source in joined.items()}
    digest = hashlib.blake2b(digest_size=6)
    for name, data in files.items():
        digest.update(name.encode() + b"\0" + data)
    version = digest.hexdigest()
    # A few hundred kB: kept in memory with their compressed form.
    packed = {name: gzip.compress(data, 9, mtime=0) for name, data in files.items()}

    @public
    def static(version: str, filename: str) -> Response:
        if filename not in files:
            raise NotFound
        kind = TYPES.get(Path(filename).suffix) or mimetypes.guess_type(filename)[0]
        answer = Response(mimetype=kind or "application/octet-stream")
        small = len(packed[filename]) < len(files[filename])
        if small and "gzip" in request.headers.get("Accept-Encoding", ""):
            answer.data = packed[filename]
            answer.content_encoding = "gzip"
        else:
            answer.data = files[filename]
        answer.vary.add("Accept-Encoding")
        answer.cache_control.public = True
        answer.cache_control.max_age = A_YEAR
        answer.cache_control.immutable = True
        return answer

    app.add_url_rule("/static/<version>/<path:filename>", "static", static)
    sprites = {
        sign: name
        for name in SPRITES
        for sign in re.findall(r'<symbol id="([\w-]+)"', files[name].decode())
    }
    addresses: dict[str, str] = {}
    drawn: dict[tuple[str, str], Markup] = {}

    def asset(name: str) -> str:
        if name not in addresses:
            if name not in files:
                raise LookupError(f"no static file {name}")
            addresses[name] = url_for("static", version=version, filename=name)
        return addresses[name]

    def icon(name: str, extra: str = "") -> Markup:
        """Draw an icon of a sprite; always beside words, so hidden from readers."""
        if (name, extra) not in drawn:
            drawn[name, extra] = ICON.format(extra, asset(sprites[name]), name)
        return drawn[name, extra]

    app.jinja_env.globals.update(asset=asset, icon=icon)


def join_css(folder: Path, names: tuple[str, ...]) -> str:
    """Return style sheets in cascade order as one text."""
    paths = [p for name in names for p in sorted(folder.glob(f"{name}.css"))]
    return squeeze("\n".join(p.read_text("utf-8") for p in paths))


def squeeze(sheet: str) -> str:
    """Leave out what a browser skips: comments, indentation, last semicolons."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    parts = re.split(r'("[^"]*")', sheet)  # every second one is a text: left alone
    parts[::2] = [_squeeze(part) for part in parts[::2]]
    return "".join(parts).strip()


def _squeeze(rules: str) -> str:
    rules = re.sub(r" ?([{};,>]) ?", r"\1", re.sub(r"\s+", " ", rules))
    return rules.replace(": ", ":").replace(";}", "}")
