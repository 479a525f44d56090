"""Writes into a course folder what its author need not type: fixed codes, plain ends.

A code is only ever added, never changed or taken away: it is the identity of what it
stands on. Nothing else of a text is touched but a byte order mark and line ends.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lms.courseware import marks, prose
from lms.courseware.guess import code_from, free_code, is_code

QUESTIONS = ("kuis", "bank", "survei")  # `##` is a question; its code is the course's
SCENES = "simulasi"  # `##` is a scene; its code is the file's
_KIND = re.compile(r"^jenis:\s*[\"']?(?P<kind>[a-z]+)", re.MULTILINE)
_LANGUAGE = re.compile(r"^bahasa:", re.MULTILINE)
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}")
_ROW = re.compile(r"^(?P<name>\s*\|?[^|]*?\S)(?P<rest>\s*\|.*)$")
_STATEMENT = re.compile(r"^\s*-\s+\S")
_LABEL = re.compile(r"^(?P<name>[A-Z][\w ]{1,20}):(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A code that was added: line from 1, and what it now stands on."""

    line: int
    code: str


def tidy(data: bytes, taken: set[str]) -> tuple[bytes, list[Stamp]]:
    """Return the file as it should be, and the codes added to it.

    taken  codes of questions in use anywhere in the course; new ones are added to it
    """
    try:
        text = _text(data)
    except UnicodeDecodeError:
        return data, []  # the linter says why it cannot be read
    if text and not text.endswith("\n"):
        text += "\n"
    lines = text.split("\n")
    stamps: list[Stamp] = []
    head, start = _data_part(lines)
    kind = _KIND.search(head)
    if kind and not _LANGUAGE.search(head):  # a translation has the codes of its base
        stamps = _stamp(lines, start, kind.group("kind"), taken)
    return "\n".join(lines).encode(), stamps


def codes(data: bytes) -> set[str]:
    """Return every code in use in a file whose questions share the course's codes."""
    lines = _text(data, "replace").split("\n")
    head, start = _data_part(lines)
    kind = _KIND.search(head)
    if kind is None or kind.group("kind") == SCENES:
        return set()
    spots = _spots(lines, start, kind.group("kind"))
    return {code for spot in spots if (code := _code_of(lines[spot.index]))}


def _text(data: bytes, errors: str = "strict") -> str:
    """Return a file's text with plain line ends, cut where the linter cuts it."""
    text = data.decode("utf-8-sig", errors)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _data_part(lines: list[str]) -> tuple[str, int]:
    """Return the data part as text, and the index of the first line after it."""
    if not lines or lines[0].rstrip() != "---":
        return "", 0
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:index]), index + 1
    return "", 0


@dataclass(frozen=True, slots=True)
class _Spot:
    """A line that should carry a code; `scope` says among which codes it is unique."""

    index: int
    title: str
    scope: str


def _stamp(lines: list[str], start: int, kind: str, taken: set[str]) -> list[Stamp]:
    spots = list(_spots(lines, start, kind))
    used: dict[str, set[str]] = {"course": taken}
    for spot in spots:
        code = _code_of(lines[spot.index])
        if code:
            used.setdefault(spot.scope, set()).add(code)
    found = []
    for spot in spots:
        line = lines[spot.index]
        if marks.CODE_AT_END.search(_carrier(line)) or "{#" in line:
            continue
        there = used.setdefault(spot.scope, set())
        code = free_code(code_from(spot.title), there)
        there.add(code)
        lines[spot.index] = _with_code(line, code)
        found.append(Stamp(spot.index + 1, code))
    return found


def _spots(lines: list[str], start: int, kind: str) -> Iterator[_Spot]:
    inside, _opened = marks.in_code(lines[start:])
    place, rows, question = "", False, 0
    for index, (line, in_code) in enumerate(
        zip(lines[start:], inside, strict=True), start
    ):
        if in_code:
            continue
        heading = marks.HEADING.match(line)
        fence = prose.fence(line)
        if heading:
            title = heading.group("title") or ""
            question, rows = index, False
            place = "rubric" if kind == "tugas" and _is_rubric(title) else ""
            if kind in QUESTIONS:
                yield _Spot(index, _bare(title), "course")
            elif kind == SCENES:
                yield _Spot(index, _bare(title), "file")
        elif fence and fence.name == prose.QUIZ_BLOCK and kind == "modul":
            question, place = index, ""
            if fence.title:
                yield _Spot(index, _bare(fence.title), "course")
        elif label := _LABEL.match(line):
            rows = False
            place = {"Skala": "scale", "Rubrik": "rubric"}.get(label.group("name"), "")
        elif place == "rubric" and "|" in line:
            row = _ROW.match(line)
            if rows and row:
                name = row.group("name").strip(" |")
                yield _Spot(index, _bare(name), f"rubric {question}")
            rows = rows or _TABLE_RULE.match(line) is not None
        elif place == "scale" and _STATEMENT.match(line):
            yield _Spot(index, _bare(line.strip()[1:]), "statements")


def _is_rubric(title: str) -> bool:
    return _bare(title).casefold() == "rubrik"


def _bare(title: str) -> str:
    return marks.CODE_AT_END.sub("", title).strip()


def _carrier(line: str) -> str:
    """The part of a line that a code ends: of a table row its first cell."""
    row = _ROW.match(line) if line.lstrip().startswith("|") else None
    return row.group("name") if row else line


def _code_of(line: str) -> str:
    match = marks.CODE_AT_END.search(_carrier(line))
    code = match.group("code").strip() if match else ""
    return code if is_code(code) else ""


def _with_code(line: str, code: str) -> str:
    carrier = _carrier(line)
    return f"{carrier.rstrip()} {{#{code}}}{line[len(carrier) :]}"


def tidy_course(
    files: Iterable[tuple[str, bytes]],
) -> Iterator[tuple[str, bytes, list[Stamp]]]:
    """Yield (path, new bytes, codes added) of the files that change.

    files  all Markdown files of a course folder: (path in it, bytes)
    """
    known = sorted(files)
    taken: set[str] = set()
    for _path, data in known:
        taken |= codes(data)
    for path, data in known:
        new, stamps = tidy(data, taken)
        if new != data:
            yield path, new, stamps
