"""Cloze: a text with gaps; the score is the mean of the gaps.

key     {"gaps": [{"shape": "text", "accepted": [...], "exact_case": false},
                  {"shape": "number", "low": "14", "high": "14"},
                  {"shape": "choice", "right": 2}], "partial": true}
answer  {"1": "maklumat", "2": "14", "3": 2}, by the number of the gap
"""

from collections.abc import Iterable
from typing import Any

from lms.courseware import holes
from lms.courseware.schema import Gap, Question
from lms.courseware.scoring import numeric, short_text
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

TEXT: Name = ("gaps", 1)


def _key(question: Question) -> dict[str, Any]:
    gaps = [_gap_key(gap, question.exact_case) for gap in question.asks.gaps]
    return {"gaps": gaps, "partial": question.partial}


def _gap_key(gap: Gap, exact_case: bool) -> dict[str, Any]:
    if gap.shape == "number":
        return {"shape": "number", "low": str(gap.low), "high": str(gap.high)}
    if gap.shape == "choice":
        right = in_neutral_order(gap.choices).index(gap.choices[0]) + 1
        return {"shape": "choice", "right": right}
    return {
        "shape": "text",
        "accepted": list(gap.accepted),
        "exact_case": exact_case,
    }


def _score(key: Key, answer: Any, typed: Typed) -> int:
    if not isinstance(answer, dict):
        return 0
    gaps = key["gaps"]
    right = sum(
        is_right(gap, answer.get(str(number)), typed.language)
        for number, gap in enumerate(gaps, 1)
    )
    if not key["partial"]:
        return FULL if right == len(gaps) else 0
    return right * FULL // len(gaps)


def is_right(gap: Key, answer: Any, language: str = "id") -> bool:
    """Say whether a gap of a key was filled rightly."""
    if gap["shape"] == "number":
        return numeric.is_between(*numeric.ends(gap, {}), answer, language)
    if gap["shape"] == "choice":
        return not isinstance(answer, bool) and answer == gap["right"]
    return short_text.is_accepted(gap, answer)


def _check(raw: Any, body: Body) -> dict[str, Any] | None:
    gaps = {gap["number"]: gap for gap in body["gaps"]}
    found = {}
    for part, value in parts(raw, len(gaps)).items():
        number = one_of(part, gaps)
        filled = _filled(gaps[number], value)
        if filled is not None:
            found[str(number)] = filled
    return dict(sorted(found.items(), key=lambda gap: int(gap[0]))) or None


def _filled(gap: Body, value: Any) -> Any:
    if gap["shape"] == "number":
        return numeric.number(value)
    if gap["shape"] == "choice":
        return one_of(value, numbers(gap["options"]))
    return short_text.line(value)


def _texts(question: Question) -> Iterable[tuple[Name, str]]:
    yield TEXT, holes.join(question.asks.pieces)


def _body(question: Question, html: Html) -> dict[str, Any]:
    """Gaps without what fills them; pieces are only together a whole text."""
    return {
        "pieces": holes.split(html[TEXT], question.asks.pieces),
        "gaps": [
            {
                "number": number,
                "shape": gap.shape,
                "options": [
                    {"number": n, "text": text}
                    for n, text in enumerate(in_neutral_order(gap.choices), 1)
                ],
            }
            for number, gap in enumerate(question.asks.gaps, 1)
        ],
    }


KIND = Scored("cloze", _key, _score, _check, _texts, _body)
