"""Matching: key {"pairs": {"1": 3, "2": 1}, "partial": true}, answer {"1": 3}.

Left sides are numbered as in the file. Right sides are sorted by their text first, so
that neither their order nor their numbers tell which belongs where.
"""

from collections.abc import Iterable
from typing import Any

from lms.courseware.schema import Question
from lms.courseware.scoring.kind import (
    FULL,
    Body,
    Html,
    Key,
    Name,
    Scored,
    Typed,
    numbers,
    one_of,
    parts,
)
from lms.courseware.scoring.telling import in_neutral_order


def right_sides(question: Question) -> list[str]:
    """The right sides, each once, in an order that tells nothing."""
    rights = [right for _left, right in question.asks.pairs]
    return in_neutral_order([*rights, *question.asks.extra])


def _key(question: Question) -> dict[str, Any]:
    number = {text: n for n, text in enumerate(right_sides(question), 1)}
    pairs = enumerate(question.asks.pairs, 1)
    return {
        "pairs": {str(left): number[right] for left, (_text, right) in pairs},
        "partial": question.partial,
    }


def _score(key: Key, answer: Any, _typed: Typed) -> int:
    if not isinstance(answer, dict):
        return 0
    pairs = key["pairs"]
    right = sum(
        not isinstance(answer.get(left), bool) and answer.get(left) == option
        for left, option in pairs.items()
    )
    if not key["partial"]:
        return FULL if right == len(pairs) else 0
    return right * FULL // len(pairs)


def _check(raw: Any, body: Body) -> dict[str, int] | None:
    lefts, options = numbers(body["left"]), numbers(body["options"])
    found = {
        str(one_of(left, lefts)): one_of(option, options)
        for left, option in parts(raw, len(lefts)).items()
    }
    return dict(sorted(found.items(), key=lambda pair: int(pair[0]))) or None


def _texts(question: Question) -> Iterable[tuple[Name, str]]:
    for number, (left, _right) in enumerate(question.asks.pairs, 1):
        yield ("left", number), left
    for number, right in enumerate(right_sides(question), 1):
        yield ("right", number), right


def _body(question: Question, html: Html) -> dict[str, Any]:
    return {
        what: [
            {"number": number, "html": text}
            for (name, number), text in html.items()
            if name == side
        ]
        for what, side in (("left", "left"), ("options", "right"))
    }


KIND = Scored("matching", _key, _score, _check, _texts, _body)
