"""Places in a text that Markdown must not touch: gaps, and numbers drawn later.

Each is replaced by a token before the text is converted. Tokens depend on the text, so
no author can write one, and all come back once, among the words and not in a tag.
"""

import hashlib
import re
from collections.abc import Sequence

_LINK = re.compile(r"<a\b[^>]*>(?:(?!</a>).)*</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class Lost(ValueError):
    """A place stands where nothing can be put; `number` from 0."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"place {number} is lost")


def tokens(pieces: Sequence[str], *, digits: bool = False) -> list[str]:
    """A token for each place between two pieces of a text.

    digits  only digits, which formulas between dollar signs take for a number
    """
    salt = hashlib.sha256("\n".join(pieces).encode()).hexdigest()
    if digits:
        start = f"7{int(salt[:12], 16):015d}"
        return [f"{start}{number:03d}" for number in range(len(pieces) - 1)]
    return [f"kelasrumpang{salt[:16]}n{n}x" for n in range(len(pieces) - 1)]


def join(
    pieces: Sequence[str], *, digits: bool = False, like: Sequence[str] = ()
) -> str:
    """The text with a token in each place, to be converted.

    like  pieces of another text whose tokens to use: in a translation, the base
    """
    found = [pieces[0]]
    places = tokens(like or pieces, digits=digits)
    for token, piece in zip(places, pieces[1:], strict=True):
        found += (token, piece)
    return "".join(found)


def split(html: str, pieces: Sequence[str], *, digits: bool = False) -> list[str]:
    """The converted text, cut at its places. Raises Lost.

    pieces  as they were given to `join`
    """
    found, rest = [], html
    hidden = "".join(_TAG.findall(html)) + "".join(_LINK.findall(html))
    for number, token in enumerate(tokens(pieces, digits=digits)):
        before, there, rest = rest.partition(token)
        if not there or token in hidden:
            raise Lost(number)
        found.append(before)
    return [*found, rest]
