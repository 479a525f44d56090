"""Orders that tell nothing: what a file lists in the right order is sorted by text."""

import re
import unicodedata
from collections.abc import Iterable

_MARKUP = re.compile(r"[\W_]+")


def in_neutral_order(texts: Iterable[str]) -> list[str]:
    """Each text once, by its letters and digits alone, so that no mark-up decides."""
    return sorted(set(texts), key=lambda text: (bare(text), text))


def bare(text: str) -> str:
    """A text without case, accents of another spelling, mark-up and spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_MARKUP.sub(" ", folded).split())
