"""Guesses what an author meant: the nearest known word, a code made from a title."""

import difflib
import re
from collections.abc import Collection, Iterable

from lms.kernel.text import slug

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CODE_LENGTH = 60

# English words that authors type, and what they are called here.
ENGLISH = {
    "answer": "jawaban",
    "attempts": "percobaan",
    "author": "penulis",
    "authors": "penulis",
    "competencies": "kompetensi",
    "duration": "durasi",
    "explanation": "pembahasan",
    "hint": "petunjuk",
    "language": "bahasa",
    "module": "modul",
    "objectives": "tujuan",
    "order": "urutan",
    "passing": "kelulusan",
    "points": "poin",
    "pool": "bank",
    "prerequisites": "prasyarat",
    "quiz": "kuis",
    "required": "wajib",
    "simulation": "simulasi",
    "sources": "sumber",
    "summary": "ringkasan",
    "tags": "tag",
    "title": "judul",
    "type": "jenis",
    "yearly": "tahunan",
}


def closest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word nearest to `word`; "" when none is near."""
    known = list(known)
    folded = {name.casefold(): name for name in known}
    wanted = word.strip().casefold()
    wanted = ENGLISH.get(wanted, wanted)
    if wanted in folded:
        return folded[wanted]
    near = difflib.get_close_matches(wanted, folded, 1, cutoff)
    return folded[near[0]] if near else ""


def meant(word: str, known: Iterable[str], template: str = "{}") -> str:
    """A mending that names the nearest known word, or "" when none is near."""
    near = closest(word, known)
    return f'maksud Anda "{template.format(near)}"?' if near else ""


def free_code(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, with a number at its end when it is in use."""
    code, number = wanted, 1
    while code in taken:
        number += 1
        tail = f"-{number}"
        code = wanted[: CODE_LENGTH - len(tail)].rstrip("-") + tail
    return code


def code_from(title: str) -> str:
    """A code made from a title: lower-case letters, digits, single hyphens."""
    return slug(title)[:CODE_LENGTH].strip("-") or "kode"


def is_code(text: str) -> bool:
    """Say whether `text` may be an identity: `CODE`, up to `CODE_LENGTH` signs."""
    return len(text) <= CODE_LENGTH and CODE.fullmatch(text) is not None
