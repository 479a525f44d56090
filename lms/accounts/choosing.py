"""Find the person or unit that somebody typed, among those they may choose from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlalchemy import Select, func

from lms.db import db
from lms.kernel.text import has_hidden, one_line

from .models import Person, Unit
from .people import account_name

MANY = 8  # offered at most
Row = TypeVar("Row", Person, Unit)


@dataclass(frozen=True)
class Choice(Generic[Row]):
    """What was found: one row, or several to choose from, or none of both."""

    row: Row | None = None
    offers: Sequence[Row] = field(default_factory=list)
    is_cut: bool = False  # more are left out


def person(among: Select[tuple[Person]], text: str, uid: str = "") -> Choice[Person]:
    """Return who is meant by a NIP, an e-mail or a part of a name.

    among  the people who may be chosen
    uid    of one who was offered before; wins over the text
    """
    if uid:
        found = db.session.scalar(among.where(Person.uid == uid[:36]))
        if found is not None:
            return Choice(found)
    name, words = account_name(one_line(text)), _words(text)
    if not words:
        return Choice()
    if "@" in name or (name.isdigit() and len(name) >= 9):
        column = Person.email if "@" in name else Person.nip
        return Choice(db.session.scalar(among.where(column == name)))
    wanted = among.where(*(_holds(Person.name, word) for word in words))
    return _narrowed(wanted.order_by(Person.name, Person.id))


def unit(among: Select[tuple[Unit]], text: str, unit_id: str = "") -> Choice[Unit]:
    """Return which unit is meant by a part of its name or its short name.

    Of units of one name, words of the units above tell which: "umum dinas sosial".
    """
    if unit_id.isascii() and unit_id.isdigit() and len(unit_id) < 19:
        found = db.session.scalar(among.where(Unit.id == int(unit_id)))
        if found is not None:
            return Choice(found)
    words = _words(text)
    if not words:
        return Choice()
    line = Unit.name + " " + Unit.short_name
    wanted = among.where(*(_holds(line, word) for word in words))
    found = _narrowed(wanted.order_by(func.length(Unit.name), Unit.path))
    if not found.offers and found.row is None:
        return _by_way(among, words)
    exact = [row for row in found.offers if row.name.casefold() == " ".join(words)]
    return Choice(exact[0]) if len(exact) == 1 else found


def _by_way(among: Select[tuple[Unit]], words: list[str]) -> Choice[Unit]:
    """Return units by words of their own name and of those they stand in."""
    columns = among.with_only_columns(Unit.id, Unit.path, Unit.name, Unit.short_name)
    said, paths = {}, {}
    for number, path, *names in db.session.execute(columns):
        said[number] = " ".join(names).casefold()
        paths[number] = [int(part) for part in path.strip("/").split("/")]
    found = [
        number
        for number, path in paths.items()
        if any(word in said[number] for word in words)
        and all(any(word in said.get(up, "") for up in path) for word in words)
    ]
    found.sort(key=lambda number: (len(paths[number]), number))
    shown = among.where(Unit.id.in_(found[:MANY]))
    rows = sorted(db.session.scalars(shown), key=lambda row: found.index(row.id))
    if len(found) == 1:
        return Choice(rows[0])
    return Choice(offers=rows, is_cut=len(found) > MANY)


def _words(text: str) -> list[str]:
    text = one_line(text).casefold()
    return [] if has_hidden(text) or len(text) > 255 else text.split()[:8]


def _holds(column, word: str):
    return func.lower(column).contains(word, autoescape=True)


def _narrowed(wanted: Select) -> Choice:
    found = db.session.scalars(wanted.limit(MANY + 1)).all()
    if len(found) == 1:
        return Choice(found[0])
    return Choice(offers=found[:MANY], is_cut=len(found) > MANY)
