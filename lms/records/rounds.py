"""Which time somebody takes an edition of a course in a year, told by the period.

"" and "2026" are the first; ".2" and "2026.2" the second: after a revocation, or when
what was earned runs out. After the ninth come letters, so that periods sort as texts.
"""

from sqlalchemy import ColumnElement, or_

from .models import Enrolment

SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"


def year_of(period: str) -> str:
    """Return the year of a yearly course, else ""."""
    return period.partition(".")[0]


def after(period: str) -> str:
    """Return the period of the next round, "" after the last."""
    year, _, number = period.partition(".")
    following = SIGNS.index(number or "1") + 1
    return f"{year}.{SIGNS[following]}" if following < len(SIGNS) else ""


def of_year(year: str) -> ColumnElement[bool]:
    """Return the condition on Enrolment that it is any round of a year ("" = none)."""
    # Of no year: ".2" begins with its dot, while "2026" does not.
    return or_(Enrolment.period == year, Enrolment.period.startswith(f"{year}."))
