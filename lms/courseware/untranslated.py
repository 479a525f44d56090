"""Texts of a translation that still say what the base says, word for word.

Names, laws and numbers are the same in every language. So short texts do not count
where there are longer ones, and a file is only named when half of it is the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.courseware.notes import Notes
from lms.courseware.schema import Said

LONG = 3  # words of a text that hardly two languages share
SHOWN = 3  # names in a message; the others are counted
_FIX = "terjemahkan bagian yang masih sama, atau hapus berkasnya sampai siap"


@dataclass(slots=True)
class _Count:
    """How many pieces there are, how many are the same, and where the first is."""

    all: int = 0
    same: int = 0
    line: int = 0

    def add(self, is_same: bool, line: int) -> None:
        self.all += 1
        self.same += is_same
        if is_same:
            self.line = min(self.line or line, line)


def note(texts: Iterable[tuple[str, Said]], notes: Notes) -> None:
    """Note a file of which half or more has not been translated yet.

    texts  pairs of what the base and the translation say
    """
    short, long = _Count(), _Count()
    for base, said in texts:
        known = set(_pieces(base))
        for piece in _pieces(said.text):
            words = sum(any(map(str.isalpha, word)) for word in piece.split())
            if words:
                (long if words >= LONG else short).add(piece in known, said.line)
    found = long if long.all else short
    is_enough = found.same * 2 >= found.all if long.all else found.same == found.all
    if found.same and is_enough:
        message = (
            f"{found.same} dari {found.all} bagian teks di sini sama persis dengan"
            " berkas asal, jadi tampak belum diterjemahkan"
        )
        notes.warn("T812", found.line, 1, message, _FIX)


def _pieces(text: str) -> list[str]:
    """Cut a text into paragraphs, white space folded."""
    return [" ".join(piece.split()) for piece in text.split("\n\n")]


def listed(names: Iterable[str]) -> str:
    """Return the first names in quotes, and that there are more."""
    found = list(names)
    shown = ", ".join(f'"{name}"' for name in found[:SHOWN])
    return shown + ", …" if len(found) > SHOWN else shown
