"""How many bytes a phone loads."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from .client import Client
from .line import line
from .stage import Stage

LINKED = re.compile(r'(?:href|src)="(/static/[^"#]+)')
FONTS = re.compile(r"url\(\"?([^)\"]+)\"?\)")


def measure(stage: Stage) -> Iterator[dict]:
    """Yield the size of a lesson's HTML and of a whole first visit to it, gzip."""
    rani = stage.rani()
    path = "/kursus/ukur/modul-5"
    html = len(rani.send("GET", path)[2])
    files = first_visit(rani, rani.text(path))
    yield line("lesson_html_kb_gzip", html / 1000, "kB", 12)
    yield line("first_visit_kb", (html + sum(files.values())) / 1000, "kB", 60)


def first_visit(client: Client, page: str) -> dict[str, int]:
    """Return path -> bytes of every static file the page needs, scripts included."""
    wanted = set(LINKED.findall(page))
    sizes: dict[str, int] = {}
    while wanted - sizes.keys():
        path = min(wanted - sizes.keys())
        sizes[path] = len(client.send("GET", path)[2])
        if path.endswith(".css"):
            css = client.text(path)
            wanted |= {
                urljoin(path, name)
                for name in FONTS.findall(css)
                if not name.startswith("data:")
            }
    return sizes
