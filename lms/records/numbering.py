"""How certificate numbers, ranks and JP are written out. Pure."""

import re
from datetime import date
from string import Formatter

DEFAULT = "{urut:05d}/{kursus}/{instansi}/{bulan_romawi}/{tahun}"
MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
DIGITS = (
    *("nol", "satu", "dua", "tiga", "empat", "lima"),
    *("enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"),
)
LONGEST = 160
_GRADE = re.compile(r"[IVX]+(/[a-e])?")


def number(pattern: str, urut: int, course: str, agency: str, day: date) -> str:
    """Write a certificate number.

    pattern  places {urut} {urut:05d} {kursus} {instansi} {bulan_romawi} {tahun};
             one that cannot be filled, or would repeat itself, gives DEFAULT
    urut     counts 1, 2, 3 … per agency and year
    agency   its four-digit code (kodeCepat)
    """
    places = {
        "urut": urut,
        "kursus": course,
        "instansi": agency,
        "bulan_romawi": MONTHS[day.month - 1],
        "tahun": day.year,
    }
    text = (pattern if is_usable(pattern) else DEFAULT).format_map(places)
    return text if len(text) <= LONGEST else DEFAULT.format_map(places)[:LONGEST]


def is_usable(pattern: str) -> bool:
    """Say whether a pattern gives a number that is never given twice."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return False
    names = {name for _text, name, _spec, _conversion in parts if name is not None}
    specs = {(name, spec, conv) for _text, name, spec, conv in parts if name}
    known = {"urut", "kursus", "instansi", "bulan_romawi", "tahun"}
    plain = all(
        not conv and (not spec or (name == "urut" and _is_width(spec)))
        for name, spec, conv in specs
    )
    return plain and {"urut", "tahun"} <= names <= known


def _is_width(spec: str) -> bool:
    """Say whether a format is like 05d: at most nine digits."""
    return spec[0] == "0" and spec[-1] == "d" and spec[1:-1] in "123456789"


def rank(stored: str) -> str:
    """Write a rank so that a bare grade tells what it is: "VII" -> "Golongan VII"."""
    return f"Golongan {stored}" if _GRADE.fullmatch(stored) else stored


def in_words(value: int) -> str:
    """Write 0 … 999_999 in Indonesian words: 24 -> "dua puluh empat"."""
    if value < 12:
        return DIGITS[value]
    if value < 20:
        return f"{DIGITS[value - 10]} belas"
    for size, name in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if value >= size:
            count, rest = divmod(value, size)
            head = f"se{name}" if count == 1 else f"{in_words(count)} {name}"
            return f"{head} {in_words(rest)}" if rest else head
    raise ValueError(value)
