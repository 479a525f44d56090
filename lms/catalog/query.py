"""What somebody asks of the catalogue, read from an address and written into one. Pure.

Whatever the address says, a query comes out: unknown names are left out, too long or
too many values are cut.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from lms.kernel.text import has_hidden, one_line

LONGEST = 100  # letters of a search that are read
VALUE = 80  # letters of a filter's value
LAST_PAGE = 10_000
SORTS = ("judul", "terbaru", "jp")
# Filters by one value of a facet: field -> name in the address.
FACETS = {
    "topic": "topik",
    "competency": "kompetensi",
    "group": "jenis",
    "jp": "jp",
    "family": "jabatan",
    "language": "bahasa",
}
# Filters that hold or do not.
SWITCHES = {"gaps": "kesenjangan", "fresh": "belum"}


@dataclass(frozen=True, slots=True)
class Query:
    """A search.

    text   as typed, on one line
    gaps   only what closes a gap of the reader
    fresh  only what the reader has not taken up
    sort   one of SORTS; "" = the usual: relevance for words, else title
    """

    text: str = ""
    topic: str = ""
    competency: str = ""
    group: str = ""
    jp: str = ""
    family: str = ""
    language: str = ""
    gaps: bool = False
    fresh: bool = False
    sort: str = ""
    page: int = 1

    @property
    def order(self) -> str:
        """Return the sort that holds: one of SORTS, or "relevan"."""
        return self.sort or usual_sort(bool(self.text))

    @property
    def filters(self) -> tuple[str, ...]:
        """Return the fields of the filters that hold."""
        return tuple(name for name in (*FACETS, *SWITCHES) if getattr(self, name))

    @property
    def is_narrow(self) -> bool:
        """Say whether it asks for less than everything."""
        return bool(self.text or self.filters)

    def without(self, *fields: str) -> "Query":
        """Return the query without some of its conditions, from its first page."""
        usual = {name: getattr(NOTHING, name) for name in fields}
        return replace(self, page=1, **usual)

    def at(self, page: int) -> "Query":
        return self if page == self.page else replace(self, page=page)

    @property
    def address(self) -> str:
        """Return "?…" with what is said only, always in the same order; or ""."""
        return _written(self._said())

    def address_without(self, *fields: str) -> str:
        """Return the address of the first page without some of the conditions."""
        return _written(self._said({*fields, "page"}))

    @property
    def page_address(self) -> str:
        """Return the address of any page, with {page} where its number goes."""
        first = self.address_without()
        return f"{first}{'&' if first else '?'}halaman={{page}}"

    def _said(self, left_out: Container[str] = ()) -> Iterator[tuple[str, str]]:
        has_words = bool(self.text) and "text" not in left_out
        if has_words:
            yield "cari", self.text
        for name, word in FACETS.items():
            if (value := getattr(self, name)) and name not in left_out:
                yield word, value
        for name, word in SWITCHES.items():
            if getattr(self, name) and name not in left_out:
                yield word, "1"
        if self.sort and self.sort != usual_sort(has_words):
            yield "urut", self.sort
        if self.page > 1 and "page" not in left_out:
            yield "halaman", str(self.page)


def usual_sort(has_words: bool) -> str:
    """Return how results are sorted unless somebody asks for something else."""
    return "relevan" if has_words else "judul"


def _written(said: Iterator[tuple[str, str]]) -> str:
    words = urlencode(list(said))
    return f"?{words}" if words else ""


NOTHING = Query()


def of(said: Mapping[str, str]) -> Query:
    """Read the names and values of an address."""
    sort = said.get("urut", "")
    return Query(
        text=_clean(said.get("cari", ""), LONGEST),
        **{name: _clean(said.get(word, ""), VALUE) for name, word in FACETS.items()},
        **{name: said.get(word) == "1" for name, word in SWITCHES.items()},
        sort=sort if sort in SORTS else "",
        page=_page(said.get("halaman", "")),
    )


def _clean(text: str, longest: int) -> str:
    text = one_line(text[: longest * 4])[:longest].strip()
    return "" if has_hidden(text) else text


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE))
    return max(1, min(int(text), LAST_PAGE)) if is_number else 1
