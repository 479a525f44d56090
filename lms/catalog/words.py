"""Words of texts and of searches: folded, stemmed, forgiven. Pure.

Stemmed once here in Python, so both databases find the same.
source  Snowball's Indonesian stemmer; spellings after SymSpell (Garbe): a word and a
        misspelling of it meet where letters are left out of both
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock

import snowballstemmer

LONGEST = 60  # letters of a word that count
LONG = 8  # letters from which two mistakes are forgiven
_WORD = re.compile(r"[a-z0-9]+")
# Words that say nothing about a course, Indonesian and English.
_SAY_NOTHING = (
    "ada adalah agar akan anda antara apa atas atau bagaimana bagi bahwa baik banyak"
    " bila bisa dalam dan dapat dari demi dengan di dia guna hal hanya hingga ia ini"
    " itu jadi jika juga kami kapan karena ke kepada ketika kita kursus lain lalu lebih"
    " maka mana masing mereka mulai namun oleh pada para paling pelajaran per perlu"
    " saat saja sama sampai sangat saya se sebagai sebelum secara sedang sehingga"
    " sejak seluruh semua seperti serta sesuai sesudah setelah setiap suatu sudah"
    " supaya tanpa tapi telah tentang terhadap tersebut tiap untuk yaitu yang"
    " a an and are as at by for from how in is of on or that the this to with"
)
STOP = frozenset(_SAY_NOTHING.split())
_stemmer = snowballstemmer.stemmer("indonesian")
_one_at_a_time = Lock()  # the stemmer keeps the word it works on in itself


def fold(text: str) -> str:
    """Return `text` in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    """Return the words of a text in order, folded: letters a to z and digits only."""
    return [word[:LONGEST] for word in _WORD.findall(fold(text))]


def telling(text: str) -> list[str]:
    """Return the words of a text that say something; all, when none does."""
    found = words(text)
    return [word for word in found if is_telling(word)] or found


def is_telling(word: str) -> bool:
    return word not in STOP and (len(word) > 1 or word.isdigit())


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a folded word: "pelayanan" and "melayani" -> "layan"."""
    if word.isdigit():
        return word
    with _one_at_a_time:
        return _stemmer.stemWord(word)


def variants(word: str, depth: int = 1) -> set[str]:
    """Return the word and what is left of it without up to `depth` letters."""
    found = last = {word}
    for _ in range(depth):
        last = {w[:n] + w[n + 1 :] for w in last for n in range(len(w)) if len(w) > 2}
        found = found | last
    return found


def mistakes_forgiven(word: str) -> int:
    """Return how many mistakes a typed word may hold: none in a very short one."""
    return 0 if len(word) < 4 else 1 if len(word) < LONG else 2


def distance(first: str, second: str) -> int:
    """Return the letters to add, drop, change, or swap with a neighbour."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(second, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and b == first[i - 2]:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


def after(prefix: str) -> str:
    """Return the first text behind all that begin with `prefix`; "" when none is."""
    cut = prefix.rstrip("z")
    if not cut:
        return ""
    last = "a" if cut[-1] == "9" else chr(ord(cut[-1]) + 1)
    return cut[:-1] + last


def each_once(text: str) -> Iterator[str]:
    """Yield the telling words of a text, each once, in order."""
    yield from dict.fromkeys(telling(text))
