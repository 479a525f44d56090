"""Names of files as they are kept: readable, harmless, with the true ending. Pure."""

import re
import unicodedata
from urllib.parse import quote

from lms.kernel.text import HIDDEN

LONGEST = 100  # letters before the ending
_BAD = re.compile(r'[<>:"/\\|?*%]+')
_NUMBER = re.compile(r"\d(?:[\s._-]?\d){8,}")
NAMELESS = "berkas"


def clean(raw: str, ending: str) -> str:
    """Return a name without folders, hidden signs and numbers of people.

    ending  of the true kind: "pdf"
    """
    name = re.split(r"[\\/]", raw)[-1]
    name = unicodedata.normalize("NFC", name)
    name = "".join(
        sign
        for sign in name
        if (sign not in HIDDEN and unicodedata.category(sign)[0] not in ("C", "Z"))
        or sign == " "
    )
    name = _NUMBER.sub("#", _BAD.sub(" ", name))
    stem, dot, given = name.rpartition(".")
    if not dot or len(given) > 5:
        stem = name
    stem = " ".join(stem.split()).strip(" .-")[:LONGEST].strip(" .-")
    return f"{stem or NAMELESS}.{ending}"


def header(name: str) -> dict[str, str]:
    """Return the parameters of a Content-Disposition: no header holds other letters.

    source  RFC 6266, appendix D; RFC 8187
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    if plain == name:
        return {"filename": name}
    stem, dot, ending = plain.rpartition(".")
    plain = f"{stem.strip() or NAMELESS}{dot}{ending}"
    return {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}
