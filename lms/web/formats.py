"""How numbers, dates and times are written, in Indonesian and in English."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import g, has_request_context
from flask_babel import get_locale

ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
DEFAULT_ZONE = "Asia/Jakarta"


def _language() -> str:
    return str(get_locale() or "id")


def _zone() -> str:
    """Return the reader's zone: that of the agency, set when the person is loaded."""
    return g.get("timezone", DEFAULT_ZONE) if has_request_context() else DEFAULT_ZONE


def local(when: datetime) -> datetime:
    """Return the instant in the reader's time zone."""
    return when.astimezone(ZoneInfo(_zone()))


def _day(when: date | datetime) -> date:
    return local(when).date() if isinstance(when, datetime) else when


@lru_cache(maxsize=2000)
def _written(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


def date_id(when: date | datetime) -> str:
    """Write "22 November 2026"."""
    return _written(_day(when), "d MMMM y", _language())


def weekday_id(when: date | datetime) -> str:
    """Write "Minggu, 22 November 2026"."""
    return _written(_day(when), "EEEE, d MMMM y", _language())


def short_date(when: date | datetime) -> str:
    """Write "22 Nov 2026"."""
    return _written(_day(when), "d MMM y", _language())


def time_id(when: datetime) -> str:
    """Write "09.41 WIB" (09:41 in English)."""
    mark = ":" if _language() == "en" else "."
    return local(when).strftime(f"%H{mark}%M ") + ZONE_NAMES.get(_zone(), "")


def datetime_id(when: datetime) -> str:
    """Write "22 November 2026, 09.41 WIB"."""
    return f"{date_id(when)}, {time_id(when)}"


def number_id(value: int | float) -> str:
    """Write "1.382" (1,382 in English)."""
    return format_decimal(value, locale=_language())


def score(bp: int) -> str:
    """Write basis points as a score of 100, rounded down: 7_345 -> "73,4"."""
    whole, tenth = divmod(bp // 10, 10)
    mark = "." if _language() == "en" else ","
    return f"{whole}{mark}{tenth}" if tenth else f"{whole}"


def percent(bp: int) -> str:
    """Write basis points as percent, rounded down: 6_999 -> "69,9%"."""
    return f"{score(bp)}%"


def data_size(count: int) -> str:
    """Write bytes as people pay for them: "54 kB", "6,2 MB"; never less than 1 kB."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    mark = "." if _language() == "en" else ","
    return f"{count / 1_000_000:.1f} MB".replace(".", mark)


FILTERS = {
    f.__name__: f
    for f in (
        date_id,
        weekday_id,
        short_date,
        time_id,
        datetime_id,
        number_id,
        score,
        percent,
        data_size,
    )
}
