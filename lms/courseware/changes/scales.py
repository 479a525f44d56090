"""Changes of a scale in a survey: its statements are told by their codes."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware import pairing
from lms.courseware.pairing import words

from . import change
from .change import Change
from .shown import value_text


def of_scale(
    facts: dict[str, Any], was: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[Change]:
    """Yield the changes of a scale and its statements, told by their codes."""
    question = facts["question"]
    if was["scale"] != now["scale"]:
        before, after = value_text(was["scale"]), value_text(now["scale"])
        yield Change(change.SCALE, facts, question=question, old=before, new=after)
    old, new = (
        {one["code"]: words(one["html"]) for one in body["statements"]}
        for body in (was, now)
    )
    recoded = _recoded(old, new)
    for code, text in old.items():
        about = facts | {"what": code}
        if code in recoded:
            yield Change(change.STATEMENT_RECODED, about, question=question,
                         old=f"{code}: {text}",
                         new=f"{recoded[code]}: {new[recoded[code]]}")  # fmt: skip
        elif code not in new:
            yield Change(change.STATEMENT_GONE, about, question=question, old=text)
        elif text != new[code]:
            yield Change(change.STATEMENT_TEXT, about, question=question, old=text,
                         new=new[code])  # fmt: skip
    for code, text in new.items():
        if code not in old and code not in recoded.values():
            yield Change(change.STATEMENT_ADDED, facts | {"what": code},
                         question=question, new=text)  # fmt: skip


def _recoded(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return old code -> new code of statements that say the same under another."""
    before = [code for code in old if code not in new]
    after = [code for code in new if code not in old]
    found = pairing.pairs(
        {n: old[code] for n, code in enumerate(before)},
        {n: new[code] for n, code in enumerate(after)},
    )
    return {before[a]: after[b] for a, b in pairing.numbers(found).items()}
