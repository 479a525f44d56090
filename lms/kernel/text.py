"""Cleaning of texts that people or files send us."""

import re
import unicodedata

# Invisible signs that turn or hide text (bidi overrides, zero width); refused in names.
HIDDEN = {
    *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2060, 0x2070)),
    "\ufeff",
}


def one_line(text: str) -> str:
    """Return `text` in NFC with white space folded to single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def has_hidden(text: str) -> bool:
    """Say whether `text` holds control, bidi or zero-width signs, or surrogates."""
    return any(c in HIDDEN or unicodedata.category(c) in ("Cc", "Cs") for c in text)


def slug(text: str) -> str:
    """Return lower-case letters and digits joined by hyphens, for file names."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain.lower()).split())


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """Return a key to sort by as people do: "Bidang 2" before "Bidang 10"."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+|[0-9]+", text.casefold())
    return tuple(
        (False, int(part), "")
        if part.isdecimal() and len(part) < 19
        else (True, 0, part)
        for part in parts
    )
