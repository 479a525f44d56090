"""The filters beside a search: their values, how many courses each leaves. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lms.kernel.i18n import N_

from .query import FACETS, SWITCHES, Query
from .shelf import Shelf

MOST_VALUES = 40  # of one filter; the ones with the most courses
TITLES = {
    "topic": N_("Topik"),
    "competency": N_("Kompetensi"),
    "group": N_("Jenis kompetensi"),
    "jp": N_("Jumlah JP"),
    "family": N_("Untuk jabatan"),
    "language": N_("Bahasa"),
    "gaps": N_("Menutup kesenjangan saya"),
    "fresh": N_("Belum saya ikuti"),
}
OURS = frozenset({"group", "jp", "language"})  # whose values are called by us


# A value of a filter: value, what people read, whether that is a text of ours and to
# be translated, how many courses it leaves, whether it is chosen. A bare tuple: a page
# holds a hundred.
Option = tuple[str, str, bool, int, bool]


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter by one of several values; `name` stands in the address."""

    name: str
    title: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Switch:
    """A filter that holds or does not."""

    name: str
    title: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that holds, and the address without it.

    title    a text of ours; "" = the label says it all
    label    its value; "" = the title says it all
    is_ours  the label is a text of ours, to be translated
    """

    title: str
    label: str
    is_ours: bool
    address: str


@dataclass(frozen=True, slots=True)
class Sieve:
    """What each filter of a query lets through, by its field in the query."""

    everything: int
    through: Mapping[str, int]

    def all_but(self, name: str = "") -> int:
        """Return what passes every filter, or every other one."""
        left = self.everything
        for field, courses in self.through.items():
            if field != name:
                left &= courses
        return left


def choices(shelf: Shelf, query: Query, sieve: Sieve) -> Iterator[Facet]:
    """Yield the filters that can narrow anything, with how much each value leaves."""
    for kind, name in FACETS.items():
        left = sieve.all_but(kind)
        chosen = getattr(query, kind)
        counted = [
            (value, count)
            for value, courses in shelf.values[kind].items()  # in reading order
            if (count := (courses & left).bit_count()) or value == chosen
        ]
        if chosen and chosen not in shelf.values[kind]:
            counted.append((chosen, 0))
        if len(counted) > 1 or chosen:
            labels, is_ours = shelf.labels[kind], kind in OURS
            options: list[Option] = [
                (
                    value,
                    labels.get(value, value),
                    is_ours and value in labels,
                    count,
                    value == chosen,
                )
                for value, count in _most(counted, chosen)
            ]
            yield Facet(name, TITLES[kind], options)


def _most(counted: list[tuple[str, int]], chosen: str) -> list[tuple[str, int]]:
    """Return the values with the most courses, the chosen one among them."""
    if len(counted) <= MOST_VALUES:
        return counted
    by_count = sorted(counted, key=lambda one: (one[0] != chosen, -one[1]))
    kept = {value for value, _count in by_count[:MOST_VALUES]}
    return [one for one in counted if one[0] in kept]


def chips(shelf: Shelf, query: Query) -> Iterator[Chip]:
    """Yield the conditions that hold, the words first."""
    if query.text:
        yield Chip(N_("Kata"), query.text, False, query.address_without("text"))
    for kind in query.filters:
        label, is_ours = "", False
        if kind not in SWITCHES:
            value = getattr(query, kind)
            label = shelf.labels[kind].get(value, value)
            is_ours = kind in OURS and value in shelf.labels[kind]
        yield Chip(TITLES[kind], label, is_ours, query.address_without(kind))
