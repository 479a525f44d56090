"""Counting answers: distributions, means, spreads, and what may be shown. Pure.

Counts are kept and shares worked out when they are shown: nothing here is stored.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lms.courseware.numbers import read_number
from lms.courseware.sanitize import plain
from lms.kernel import few

LOW_LEVELS = 2  # of a scale: "hardly" and worse
LOW_SHARE_BP, LOW_PEOPLE = 3_000, 10


@dataclass(frozen=True, slots=True)
class Counted:
    """How often one answer was given to one version of a question.

    answer  JSON as stored; of a text only whether there is one
    """

    version_id: int
    code: str
    kind: str
    body: Mapping[str, Any]
    answer: str
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer: its words, how many gave it, its share in basis points."""

    label: str
    count: int
    share_bp: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Answers to one statement, or to a question without statements.

    count  people who answered
    mean, deviation  of levels or numbers, from 1; None = no such figure
    levels of a scale; 0 = it is none
    """

    code: str
    text: str
    count: int
    bars: tuple[Bar, ...] = ()
    mean: float | None = None
    deviation: float | None = None
    levels: int = 0

    @property
    def is_low(self) -> bool:
        """Say whether many people chose the lowest levels: somebody should look."""
        low = sum(bar.share_bp for bar in self.bars[:LOW_LEVELS])
        return (
            self.levels > LOW_LEVELS
            and self.count >= LOW_PEOPLE
            and low >= LOW_SHARE_BP
        )


@dataclass(frozen=True, slots=True)
class Result:
    """A question and what was answered.

    asked     people who saw it; answered = who did not leave it open
    spreads   one, or one for each statement; none of texts
    is_older  a wording that the newest release has no more
    version_ids  all versions that are counted here
    key          code, kind and what the numbers mean: the same in a part of the whole
    """

    code: str
    kind: str
    text: str
    asked: int
    answered: int
    spreads: tuple[Spread, ...]
    is_older: bool
    version_ids: tuple[int, ...]
    key: tuple


def results(counted: Iterable[Counted], newest: Mapping[str, int]) -> list[Result]:
    """Return the results of a survey's questions.

    newest  question code -> its version in the release that is live, in its order
    Versions whose answers mean the same are counted together; others stand apart.
    """
    groups: dict[tuple, list[Counted]] = {}
    for one in counted:
        key = (one.code, one.kind, _meaning(one.kind, one.body))
        groups.setdefault(key, []).append(one)
    order = {code: place for place, code in enumerate(newest)}
    found = [_result(key, group, newest) for key, group in groups.items()]
    return sorted(
        found, key=lambda r: (r.is_older, order.get(r.code, len(order)), r.code)
    )


def _meaning(kind: str, body: Mapping[str, Any]) -> tuple:
    """Return what an answer's numbers stand for: the same may be counted together."""
    if kind == "likert":
        return tuple(body["scale"])
    if kind in ("single", "multiple"):
        return tuple((o["number"], plain(o["html"])) for o in body["options"])
    return (body.get("unit", ""),)


def _result(key: tuple, group: list[Counted], newest: Mapping[str, int]) -> Result:
    code = key[0]
    versions = sorted({one.version_id for one in group})
    shown = max(
        group, key=lambda one: (one.version_id == newest.get(code), one.version_id)
    )
    asked = sum(one.count for one in group)
    given = [
        (json.loads(one.answer), one.count) for one in group if one.answer != "null"
    ]
    return Result(
        code=code,
        kind=shown.kind,
        text=plain(shown.body["stem_html"]),
        asked=asked,
        answered=sum(count for _answer, count in given),
        spreads=_spreads(shown, given),
        is_older=newest.get(code) not in versions,
        version_ids=tuple(versions),
        key=key,
    )


def _spreads(shown: Counted, given: list[tuple[Any, int]]) -> tuple[Spread, ...]:
    body = shown.body
    if shown.kind == "likert":
        return tuple(
            _scale(statement, body["scale"], given) for statement in body["statements"]
        )
    if shown.kind == "numeric":
        return (_numbers(body.get("unit", ""), given),)
    if shown.kind in ("single", "multiple"):
        total = sum(count for _answer, count in given)
        chosen: Counter[int] = Counter()
        for answer, count in given:
            for number in answer if isinstance(answer, list) else [answer]:
                chosen[number] += count
        bars = (
            _bar(plain(o["html"]), chosen[o["number"]], total) for o in body["options"]
        )
        return (Spread("", "", total, tuple(bars)),)
    return ()


def _scale(
    statement: Mapping[str, str], scale: list[str], given: list[tuple[Any, int]]
) -> Spread:
    code = statement["code"]
    levels: Counter[int] = Counter()
    for answer, count in given:
        if code in answer:
            levels[answer[code]] += count
    total = levels.total()
    mean, deviation = moments(levels)
    return Spread(
        code=code,
        text=plain(statement["html"]),
        count=total,
        bars=tuple(_bar(label, levels[n], total) for n, label in enumerate(scale, 1)),
        mean=mean,
        deviation=deviation,
        levels=len(scale),
    )


def _numbers(unit: str, given: list[tuple[Any, int]]) -> Spread:
    values: Counter[float] = Counter()
    for answer, count in given:
        number = read_number(str(answer))
        if number is not None:
            values[float(number)] += count
    mean, deviation = moments(values)
    return Spread("", unit, values.total(), (), mean, deviation)


def _bar(label: str, count: int, total: int) -> Bar:
    return Bar(label, count, count * 10_000 // total if total else 0)


def moments(values: Mapping[Any, int]) -> tuple[float | None, float | None]:
    """Return mean and standard deviation (of a sample), on two places.

    values  value -> how often; one value alone has no spread
    """
    total = sum(values.values())
    if not total:
        return None, None
    mean = math.fsum(value * count for value, count in values.items()) / total
    if total < 2:
        return round(mean, 2), None
    squares = math.fsum((v - mean) ** 2 * count for v, count in values.items())
    return round(mean, 2), round(math.sqrt(squares / (total - 1)), 2)


def shown_results(
    part: Iterable[Result], whole: Iterable[Result], least: int
) -> list[Result]:
    """Return the results of a part that may be shown: of each wording by itself.

    A wording that few people saw is as good as a name, and so is one that few of the
    others saw.
    """
    asked = {one.key: one.asked for one in whole}
    return [one for one in part if few.may_show(one.asked, asked[one.key], least)]
