"""When a page a browser has kept may be shown again. Knows no request."""

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KINDS = {".py", ".html", ".po", ".css", ".js", ".svg"}


def tag(*parts: object) -> str:
    """Return a short name for a page made of `parts` by this program."""
    digest = hashlib.blake2b(program().encode(), digest_size=12)
    for part in parts:
        digest.update(b"\0" + repr(part).encode())
    return digest.hexdigest()


@cache
def program() -> str:
    """Return a digest of our own files: another version draws other pages."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(ROOT.rglob("*")):
        if path.suffix in KINDS:
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()
