"""Numbers as people write them: Indonesian 1.234,5 and, for learners, 1234.5 too."""

import re
from decimal import Decimal

MAX_LENGTH = 30
_STRICT = re.compile(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_FOREIGN = re.compile(r"-?[0-9]+\.[0-9]+")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_GROUPING = {"id": (".", ","), "en": (",", ".")}


def read_number(text: str, language: str = "id") -> Decimal | None:
    """The number a learner typed, or None when it is none.

    "78,5" and "78.5" are the same, "1.000" is one thousand. In English the two signs
    change places. No exponent, no infinity, at most 30 signs.
    """
    text = text.strip().translate(_MINUS)
    if not text or len(text) > MAX_LENGTH:
        return None
    group, point = _GROUPING.get(language, _GROUPING["id"])
    grouped = rf"[1-9][0-9]{{0,2}}(?:\{group}[0-9]{{3}})+(?:\{point}[0-9]+)?"
    plain = r"[0-9]+(?:[.,][0-9]+)?"
    sign, digits = _cut_sign(text)
    if re.fullmatch(grouped, digits):
        digits = digits.replace(group, "").replace(point, ".")
    elif re.fullmatch(plain, digits):
        digits = digits.replace(",", ".")
    else:
        return None
    return Decimal(sign + digits)


def _cut_sign(text: str) -> tuple[str, str]:
    if text[0] in "+-":
        return ("-" if text[0] == "-" else ""), text[1:].lstrip()
    return "", text


def read_strict(text: str) -> Decimal | None:
    """The number an author wrote: comma for decimals, dots between thousands."""
    text = text.strip().translate(_MINUS)
    if len(text) > MAX_LENGTH or _STRICT.fullmatch(text) is None:
        return None
    return Decimal(text.replace(".", "").replace(",", "."))


def is_foreign(text: str) -> bool:
    """Say whether `text` is a number with a decimal point, as in "78.5"."""
    text = text.strip().translate(_MINUS)
    return _FOREIGN.fullmatch(text) is not None and read_strict(text) is None


def written(number: Decimal) -> str:
    """A number as text without exponent and without idle zeros: "78.5", "80"."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
