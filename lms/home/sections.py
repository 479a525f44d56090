"""The sections of "Data saya": what each feature says it stores about a person."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from lms import FEATURES
from lms.audit import own_data
from lms.audit.own_data import Section

from .readable import Column, Reader


@dataclass(frozen=True)
class Part:
    """A section with its newest rows, readable; `has_more`: others are in the file."""

    section: Section
    columns: list[Column]
    rows: list[list[Any]]
    has_more: bool


@cache
def _load() -> None:
    """Run every feature's own_data.py, also of features that stand after this one."""
    for name in FEATURES:
        if find_spec(f"lms.{name}.own_data"):
            import_module(f"lms.{name}.own_data")


def every() -> list[Section]:
    """Return all sections in the order of the page."""
    _load()
    return own_data.every()


def preview(connection: Connection, person_id: int, most: int) -> Iterator[Part]:
    """Yield each section with at most so many rows, the newest ones."""
    reader = Reader()
    for section in every():
        with closing(section.read(connection, person_id)) as found:
            rows = list(islice(found, most + 1))
        shown = reader.rows(section, rows[:most])
        yield Part(section, reader.columns(section), shown, len(rows) > most)
