"""A first file of every kind, commented and valid, for authors to write over.

They are the files in `examples`, which the manual shows as well.
"""

import re
from collections.abc import Collection
from pathlib import Path

from lms.courseware.guess import free_code

EXAMPLES = Path(__file__).parent / "examples"
# Kind -> folder in a course, "" = the course folder itself.
PLACES = {
    "modul": "",
    "kuis": "kuis",
    "bank": "bank",
    "simulasi": "simulasi",
    "tugas": "tugas",
    "survei": "survei",
}
_ID = re.compile(r"^id: .*$", re.MULTILINE)
_TITLE = re.compile(r"^judul: .*$", re.MULTILINE)
_CODE = re.compile(r"\{#([a-z0-9-]+)\}")
_LINE = re.compile(r"^(?!- ).+$", re.MULTILINE)  # any but a statement


def example(name: str) -> str:
    """Return an example file by its name, as in "kuis.md"."""
    return (EXAMPLES / name).read_text("utf-8")


def item(kind: str, code: str, title: str, taken: Collection[str]) -> str:
    """Return a first file of a kind under its own `id` and title.

    taken  codes of questions in use in the course; those of the file give way, but
           not of a survey's statements: by their codes, surveys are compared
    """
    text = _ID.sub(f"id: {code}", example(f"{kind}.md"), count=1)
    text = _TITLE.sub(lambda _m: f'judul: "{_quoted(title)}"', text, count=1)
    if kind in ("simulasi", "tugas"):
        return text  # their codes are the file's own

    def free(found: re.Match[str]) -> str:
        return _CODE.sub(lambda m: "{#" + free_code(m[1], taken) + "}", found[0])

    return _LINE.sub(free, text)


def course(code: str, title: str) -> dict[str, str]:
    """Return the files of a first course by path: data, one lesson, one quiz."""
    data = _ID.sub(f"id: {code}", example("kursus.yml"), count=1)
    data = _TITLE.sub(lambda _m: f'judul: "{_quoted(title)}"', data, count=1)
    return {
        "kursus.yml": data,
        "01-modul-pertama.md": example("modul.md"),
        "kuis/akhir.md": example("kuis.md"),
    }


def _quoted(title: str) -> str:
    return title.replace("\\", "\\\\").replace('"', '\\"')
