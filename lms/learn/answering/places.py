"""Places in the order shown, as browsers send them: "0", "1", …"""

import re
from collections.abc import Sequence

from .mistakes import AnswerUnreadable

PLACE = re.compile(r"[0-9]{1,3}", re.ASCII)
BETWEEN = "-"  # between the places of a whole order: "2-0-1"


def read(value: str, count: int) -> int:
    """Return one place of `count`. Raises AnswerUnreadable."""
    if not PLACE.fullmatch(value) or int(value) >= count:
        raise AnswerUnreadable
    return int(value)


def read_order(value: str, count: int) -> list[int]:
    """Return every place once, in the order sent. Raises AnswerUnreadable."""
    found = [read(part, count) for part in value[: 4 * count + 4].split(BETWEEN)]
    if sorted(found) != list(range(count)):
        raise AnswerUnreadable
    return found


def write_order(places: Sequence[int]) -> str:
    return BETWEEN.join(str(place) for place in places)
