"""Why somebody did something: short, readable, and without anybody's number. Pure."""

import re

from .errors import Invalid
from .i18n import N_
from .text import has_hidden, one_line

SHORTEST, LONGEST = 5, 500  # letters
# Nobody's NIP or NIK may slip into what others read.
LONG_NUMBER = re.compile(r"\d(?:[\s.-]?\d){8,}")


class ReasonMissing(Invalid):
    message = N_("Tulis alasan 5 sampai 500 karakter, tanpa NIP atau NIK.")


def check(text: str) -> str:
    """Return a reason on one line; raises ReasonMissing when it is none."""
    reason = one_line(text)
    if not is_good(reason):
        raise ReasonMissing
    return reason


def is_good(reason: str) -> bool:
    """Say whether a reason on one line may be kept."""
    return (
        SHORTEST <= len(reason) <= LONGEST
        and not has_hidden(reason)
        and not LONG_NUMBER.search(reason)
    )
