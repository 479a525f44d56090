"""Lengths of time as authors write them: "25 menit", "1 jam 30 menit", "2 tahun"."""

import re

_PART = re.compile(r"([0-9]{1,5})\s*(menit|jam|hari)")
_MONTHS = re.compile(r"([0-9]{1,3})\s*(bulan|tahun)")
_MINUTES = {"menit": 1, "jam": 60, "hari": 24 * 60}
NONE = "tidak ada"


def minutes(text: str) -> int | None:
    """Whole minutes, at least 1; None when the text is no length of time."""
    text = " ".join(text.casefold().split())
    if not re.fullmatch(rf"{_PART.pattern}(?: {_PART.pattern})*", text):
        return None
    return sum(int(n) * _MINUTES[unit] for n, unit in _PART.findall(text)) or None


def months(text: str) -> int | None:
    """Whole months, at least 1; None when the text is no length of time."""
    match = _MONTHS.fullmatch(" ".join(text.casefold().split()))
    if match is None:
        return None
    return int(match.group(1)) * (12 if match.group(2) == "tahun" else 1) or None
