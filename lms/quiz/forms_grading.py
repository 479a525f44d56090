"""Reading what the page of a grader sends."""

import re
from collections.abc import Iterable

from flask import request

from lms.kernel.text import one_line

from .forms import NAME, NUMBER, FormUnreadable
from .grades import Opinion

ACT, SEEN, LOST = "isian", "dilihat-", "kelulusan-hilang"
LEVEL, POINTS, REMARK, REASON = "tingkat-", "nilai-", "komentar-", "alasan-"
LONGEST_POINTS = 20  # letters


def read_act() -> str:
    """Return the name of the form: the same sent twice counts once."""
    act = request.form.get(ACT, "")
    if not act or not NAME.fullmatch(act):
        raise FormUnreadable
    return act


def read_takes_pass() -> bool:
    """Say whether it was ticked that a pass may be lost."""
    return LOST in request.form


def read_opinions(slots: Iterable[int]) -> dict[int, Opinion]:
    """Return what is said of each answer, by slot. Raises FormUnreadable.

    slots  of the answers that the page shows
    """
    return {slot: _opinion(str(slot + 1)) for slot in slots}


def _opinion(number: str) -> Opinion:
    level = re.compile(rf"{LEVEL}{number}-(.+)", re.DOTALL)
    levels = {}
    for name, value in request.form.items():
        found = level.fullmatch(name)
        if found and value:
            levels[found[1]] = _number(value)
    return Opinion(
        levels=levels,
        points=request.form.get(POINTS + number, "").strip()[:LONGEST_POINTS],
        remark=request.form.get(REMARK + number, "").replace("\r\n", "\n").strip(),
        reason=one_line(request.form.get(REASON + number, "")),
        seen=_number(request.form.get(SEEN + number, "0")),
    )


def _number(value: str) -> int:
    if not NUMBER.fullmatch(value):
        raise FormUnreadable
    return int(value)
