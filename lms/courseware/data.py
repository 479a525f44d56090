"""The data part: YAML as a tree of texts with their places. Nothing is converted.

Read from parser events, one after the other, so that deep nesting costs no stack and
aliases are refused before anything is copied.
"""

from dataclasses import dataclass
from typing import Any

import yaml

from lms.courseware import data_mistakes
from lms.courseware.notes import Notes
from lms.courseware.source import check_line

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as Loader

MAX_BYTES = 64 * 1024
MAX_DEPTH = 20
MAX_NODES = 20_000


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written; `quoted` says whether it stood in quotes or a block."""

    text: str
    line: int
    column: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A list."""

    items: tuple["Node", ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """Keys in the order of the file: name -> (the key itself, its value)."""

    rows: dict[str, tuple[Text, "Node"]]
    line: int
    column: int


Node = Text | Rows | Table


class Refused(Exception):
    """The data part holds something we never read; it has been noted."""


def read(lines: tuple[str, ...], first_line: int, notes: Notes) -> Table | None:
    """The data as a table, or None when it cannot be read; mistakes are noted.

    lines       without their ends
    first_line  number of `lines[0]` in the file
    """
    text = "\n".join(lines)
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        notes.error("A147", first_line, 1, "bagian data lebih dari 64 KB")
        return None
    before = notes.errors
    data_mistakes.look_first(lines, first_line, notes)
    try:
        root = _Tree(first_line, notes).build(text)
    except Refused:
        return None
    except yaml.YAMLError as problem:
        if notes.errors == before:
            data_mistakes.explain(lines, first_line, problem, notes)
        return None
    if root is None or (isinstance(root, Text) and not root.text):
        return Table({}, first_line, 1)
    if not isinstance(root, Table):
        notes.error(
            "A119",
            root.line,
            root.column,
            'susunan data tidak terbaca: setiap baris harus berbentuk "kunci: isi"',
        )
        return None
    return root


class _Tree:
    """Builds the tree; `stack` holds the open lists and tables."""

    def __init__(self, first_line: int, notes: Notes) -> None:
        self.first_line = first_line
        self.notes = notes
        self.stack: list[list[Any]] = []  # [kind, line, column, content, key]
        self.root: Node | None = None
        self.nodes = 0
        self.documents = 0

    def build(self, text: str) -> Node | None:
        for event in yaml.parse(text, Loader=Loader):
            line = event.start_mark.line + self.first_line
            column = event.start_mark.column + 1
            if isinstance(event, yaml.DocumentStartEvent):
                self._open_document(line, column)
            elif isinstance(event, yaml.AliasEvent):
                self._refuse_reference(line, column, "*")
            elif isinstance(event, yaml.ScalarEvent):
                self._check_plain(event, line, column)
                check_line(event.value, line, column, self.notes)
                self._put(Text(event.value, line, column, bool(event.style)))
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._check_plain(event, line, column)
                self._open(event, line, column)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._close()
        return self.root

    def _open_document(self, line: int, column: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(
                "A119", line, column, 'susunan data tidak terbaca: ada "---" kedua'
            )

    def _check_plain(self, event: yaml.NodeEvent, line: int, column: int) -> None:
        if event.anchor is not None:
            self._refuse_reference(line, column, "&")
        if event.tag is not None:
            self._refuse_reference(line, column, "!")

    def _refuse_reference(self, line: int, column: int, sign: str) -> None:
        self._refuse(
            "A145",
            line,
            column,
            data_mistakes.REFERENCE.format(sign),
            data_mistakes.REFERENCE_FIX,
        )

    def _refuse(
        self, code: str, line: int, column: int, message: str, fix: str = ""
    ) -> None:
        self.notes.error(code, line, column, message, fix)
        raise Refused

    def _open(self, event: yaml.NodeEvent, line: int, column: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(
                "A146",
                line,
                column,
                f"data bersarang lebih dari {MAX_DEPTH} tingkat",
                "sederhanakan susunannya",
            )
        is_table = isinstance(event, yaml.MappingStartEvent)
        if self.stack and self.stack[-1][0] and self.stack[-1][4] is None:
            self._refuse(
                "A114",
                line,
                column,
                f'isi data tidak boleh diawali "{"{" if is_table else "["}" '
                "tanpa tanda kutip",
                "apit isinya dengan tanda kutip",
            )
        self.stack.append([is_table, line, column, {} if is_table else [], None])

    def _close(self) -> None:
        is_table, line, column, content, _key = self.stack.pop()
        if is_table:
            self._put(Table(content, line, column))
        else:
            self._put(Rows(tuple(content), line, column))

    def _put(self, node: Node) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse("A147", node.line, node.column, "bagian data terlalu panjang")
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        if not frame[0]:
            frame[3].append(node)
        elif frame[4] is None:
            frame[4] = node
        else:
            self._put_pair(frame, frame[4], node)
            frame[4] = None

    def _put_pair(self, frame: list[Any], key: Text, value: Node) -> None:
        first = frame[3].get(key.text)
        if first is None:
            frame[3][key.text] = (key, value)
            return
        self.notes.error(
            "A120",
            key.line,
            key.column,
            f'"{key.text}" ditulis dua kali (pertama di baris {first[0].line})',
            "hapus salah satu",
        )
