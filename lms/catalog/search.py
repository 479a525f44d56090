"""Search the catalogue: one page of cards, with the filters around it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import NamedTuple

from . import cards, facets, finding, shelf
from .cards import Card
from .facets import Chip, Facet, Sieve, Switch
from .finding import Found
from .memory import Memory
from .query import FACETS, SWITCHES, Query
from .shelf import Shelf, members

PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class Reader:
    """Who searches.

    marks  course id -> "running" or "done"
    gaps   competency code -> level reached, where the reader's job asks for more
    """

    marks: Mapping[int, str] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)


NOBODY = Reader()


class Shown(NamedTuple):
    """A card for one reader.

    state    "running", "done" or ""
    reasons  names of the reader's gaps that the course closes
    """

    card: Card
    state: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A condition to drop where nothing was found, and what is found then."""

    chip: Chip
    count: int


# Compared as what it is, not by its contents: what is drawn is kept by page.
@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """The answer to a query.

    query       as answered: its page is one that exists
    shown       the cards of this page
    found       courses in all pages
    total       courses of the catalogue
    last        number of the last page, at least 1
    understood  the words as they were read, where a spelling was forgiven; else ""
    offers      only where nothing was found
    """

    query: Query
    shown: tuple[Shown, ...]
    found: int
    total: int
    last: int
    understood: str
    facets: tuple[Facet, ...]
    switches: tuple[Switch, ...]
    chips: tuple[Chip, ...]
    offers: tuple[Offer, ...]


# Many ask the same: while the index is the same, so is the answer.
_remembered: Memory[tuple, Page] = Memory(limit=200)


def find(query: Query, reader: Reader = NOBODY) -> Page:
    """Answer a query. Reads only; three small statements when all is remembered."""
    stock = shelf.current()
    known = frozenset(reader.marks.items()), frozenset(reader.gaps.items())
    key = (stock.name, query, *known)
    page = _remembered.get([key]).get(key) if stock.name else None
    if page is None:
        page = _answer(stock, query, reader)
        _remembered.put({key: page})
    return page


def forget() -> None:
    """Empty this process's memory; tests call it between databases."""
    _remembered.clear()


def _answer(stock: Shelf, query: Query, reader: Reader) -> Page:
    query = _known(stock, query)
    words = finding.find(stock, query.text) if query.text else Found(stock.everything)
    sieve = _sieve(stock, query, reader, words)
    left = sieve.all_but()
    count = left.bit_count()
    last = max(1, -(-count // PER_PAGE))
    query = query.at(min(query.page, last))
    return Page(
        query=query,
        shown=tuple(_shown(stock, reader, _ordered(stock, query, left, words))),
        found=count,
        total=len(stock.releases),
        last=last,
        understood=words.understood,
        facets=tuple(facets.choices(stock, query, sieve)),
        switches=tuple(_switches(stock, query, reader, sieve)),
        chips=tuple(facets.chips(stock, query)),
        offers=() if count else tuple(_offers(stock, query, reader, sieve)),
    )


def _known(stock: Shelf, query: Query) -> Query:
    """Return the query with values written as the catalogue writes them."""
    if query.topic:
        query = replace(query, topic=query.topic.casefold())
    if query.jp and query.jp not in stock.labels["jp"]:
        query = query.without("jp")
    return query


def _sieve(stock: Shelf, query: Query, reader: Reader, words: Found) -> Sieve:
    through = {"text": words.courses} if query.text else {}
    for name in query.filters:
        if name in FACETS:
            through[name] = stock.having(name, getattr(query, name))
        else:
            through[name] = _switched(stock, reader, name)
    return Sieve(stock.everything, through)


def _switched(stock: Shelf, reader: Reader, name: str) -> int:
    if name == "gaps":
        return stock.raising(reader.gaps)
    return stock.everything & ~stock.of_ids(reader.marks)


def _switches(
    stock: Shelf, query: Query, reader: Reader, sieve: Sieve
) -> Iterator[Switch]:
    """Yield the switches; one that leaves all courses, or none, is left out."""
    for name, word in SWITCHES.items():
        is_chosen = getattr(query, name)
        before = sieve.all_but(name)
        left = _switched(stock, reader, name) & before
        if is_chosen or (left and left != before):
            yield Switch(word, facets.TITLES[name], left.bit_count(), is_chosen)


def _ordered(stock: Shelf, query: Query, left: int, words: Found) -> list[int]:
    """Return the numbers of this page's courses, in order."""
    if query.order in ("terbaru", "jp"):
        rank = stock.ranks["newest" if query.order == "terbaru" else "jp"]
        found: Iterable[int] = sorted(members(left), key=rank.__getitem__)
    elif query.order == "relevan":
        found = chain.from_iterable(map(members, words.ranked(left)))
    else:
        found = members(left)  # a shelf is ordered by title
    start = (query.page - 1) * PER_PAGE
    return list(islice(found, start, start + PER_PAGE))


def _shown(stock: Shelf, reader: Reader, places: list[int]) -> Iterator[Shown]:
    names, gaps = stock.labels["competency"], reader.gaps
    for card in cards.of(stock.releases[place] for place in places):
        mark, reasons = reader.marks.get(card.course_id, ""), ()
        if gaps and mark != "done":
            reasons = tuple(
                names.get(code, code)
                for code, level in card.promises.items()
                if level > gaps.get(code, level)
            )
        yield Shown(card, mark, reasons)


def _offers(
    stock: Shelf, query: Query, reader: Reader, sieve: Sieve
) -> Iterator[Offer]:
    """Yield each condition that could be dropped, with what would be found then."""
    fields = ("text",) if query.text else ()
    for name, chip in zip(
        (*fields, *query.filters), facets.chips(stock, query), strict=True
    ):
        yield Offer(chip, sieve.all_but(name).bit_count())
    for word, rest in finding.shorter(query.text):
        courses = finding.find(stock, rest).courses & sieve.all_but("text")
        if courses:
            address = replace(query, text=rest, page=1).address
            yield Offer(Chip("", word, False, address), courses.bit_count())
