"""A lesson for who pays for every byte: pictures wait to be asked for. Pure."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

_PICTURE = re.compile(r"<img [^>]*>")
_ATTRIBUTE = re.compile(r'\b(src|alt)="([^"]*)"')
_FIGURE = re.compile(r"<figure[^>]*>\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of stored HTML; a picture when it has an address.

    alt        what the picture shows, in words
    size       bytes, 0 = not known
    is_figure  stands by itself, not within a sentence
    """

    html: str
    address: str = ""
    alt: str = ""
    size: int = 0
    is_figure: bool = False


def parts(text: str, sizes: Mapping[str, int]) -> tuple[Part, ...]:
    """Return stored HTML cut at its pictures; joined again it is the same.

    sizes  bytes of each picture by its address
    """
    found: list[Part] = []
    at = 0
    for picture in _PICTURE.finditer(text):
        before = text[at : picture.start()]
        said = {n: html.unescape(v) for n, v in _ATTRIBUTE.findall(picture.group())}
        address = said.get("src", "")
        if not address:
            continue
        found.append(Part(before))
        found.append(
            Part(
                picture.group(),
                address,
                said.get("alt", ""),
                sizes.get(address, 0),
                bool(_FIGURE.search(before)),
            )
        )
        at = picture.end()
    return (*found, Part(text[at:]))
