"""Files of translations as they are begun, and the mark of what they were made of.

A mirror says what its base says, with the same codes, until somebody translates it. Its
`sumber` is the fingerprint of the base it was compared with.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lms.courseware.course_file import LANGUAGES
from lms.courseware.keys import COURSE_TEXT_KEYS, TRANSLATION_KEYS
from lms.courseware.translation_files import base_path, language_of
from lms.courseware.translations import fingerprint

COURSE_FILE = "kursus.yml"
_SOURCE = re.compile(
    r"^sumber:(?:[ \t]+(?P<said>[^\s#]\S*))?(?P<rest>[ \t]*(?:#.*)?)$", re.MULTILINE
)
_LANGUAGE = re.compile(r"^bahasa:.*\n", re.MULTILINE)
_OWN = re.compile(r"^bahasa:[ \t]*[\"']?(?P<code>[a-z]+)", re.MULTILINE)
_CHAPTER = re.compile(r"^\s*-\s+bab:[ \t]*(?P<title>\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A translation whose `sumber` is not that of its base.

    data      the file with the mark of its base as it is now
    is_stale  the base has changed since, in more than what tidying adds: somebody has
              to look at the translation before the mark may be renewed
    """

    path: str
    data: bytes
    is_stale: bool


def own_language(course_file: bytes) -> str:
    """Return the language a course is written in, by its kursus.yml."""
    found = _OWN.search(course_file.decode("utf-8-sig", "replace"))
    return found.group("code") if found else "id"


def marks(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[Mark]:
    """Yield the translations to be marked anew, by path.

    before, after  all files of a course by path, as they were found and once tidied
    """
    own = own_language(after.get(COURSE_FILE, b""))
    for path, data in sorted(after.items()):
        base = base_path(path)
        if not language_of(path, own) or base not in after:
            continue
        now = fingerprint(_text(after[base]))
        head, body = _cut(_text(data))
        found = _SOURCE.search(head)
        said = (found.group("said") or "").strip("\"'") if found else ""
        if said == now:
            continue
        new = _marked(head, found, now)
        if new != head:
            is_stale = bool(said) and said != fingerprint(_text(before[base]))
            yield Mark(path, (new + body).encode(), is_stale)


def _text(data: bytes) -> str:
    """Return a file's text as tidying leaves it; "" when it cannot be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cut(text: str) -> tuple[str, str]:
    """Cut a file after its data part; kursus.yml is all data."""
    if not text.startswith("---\n"):
        return (text, "") if _LANGUAGE.search(text) else ("", text)
    end = text.find("\n---", 4)
    return (text[: end + 1], text[end + 1 :]) if end > 0 else ("", text)


def _marked(head: str, found: re.Match[str] | None, now: str) -> str:
    if found:
        rest = found.group("rest")
        return f"{head[: found.start()]}sumber: {now}{rest}{head[found.end() :]}"
    if re.search(r"^sumber:", head, re.MULTILINE):
        return head  # in a form that nobody expects: the linter says what is wrong
    return _LANGUAGE.sub(lambda line: f"{line.group()}sumber: {now}\n", head, count=1)


def mirror(base: str, text: str, language: str) -> str:
    """Return the first translation of a file: its texts and codes, none of its rules.

    base  path in the course folder
    """
    text = _text(text.encode())
    made = {
        "bahasa": f"bahasa: {language}\n",
        "sumber": f"sumber: {fingerprint(text)}\n",
    }
    if base == COURSE_FILE:
        titles = [match.group("title") for match in _CHAPTER.finditer(text)]
        made["bab"] = "".join(["bab:\n", *(f"  - {title}\n" for title in titles)])
        rows = _rows(text) | made
        return "".join(rows[name] for name in COURSE_TEXT_KEYS if name in rows)
    head, body = _cut(text)
    rows = _rows(head) | made
    said = "".join(rows[name] for name in TRANSLATION_KEYS if name in rows)
    return f"---\n{said}{body}"


def _rows(head: str) -> dict[str, str]:
    """Return the lines of each name of a data part; comments are the base's."""
    rows: dict[str, str] = {}
    name = ""
    for line in head.splitlines(keepends=True):
        if line.strip() in ("", "---") or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace() and not line.startswith("-"):
            name = line.partition(":")[0].strip()
        rows[name] = rows.get(name, "") + line
    return rows


def is_language(code: str, own: str) -> bool:
    """Say whether a course written in `own` can be translated into a language."""
    return code in LANGUAGES and code != own
