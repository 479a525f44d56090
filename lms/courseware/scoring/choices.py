"""Single and multiple choice.

single    key {"credit": {"1": 0, "2": 100}}              answer 2
multiple  key {"right": [1, 3], "count": 4, "partial": b}  answer [1, 3]
"""

from typing import Any

from lms.courseware.schema import Question
from lms.courseware.scoring.kind import FULL, Body, Key, Scored, Typed, one_of


def _single_key(question: Question) -> dict[str, Any]:
    return {"credit": {str(o.number): o.credit for o in question.options}}


def _single(key: Key, answer: Any, _typed: Typed) -> int:
    if isinstance(answer, bool) or not isinstance(answer, int):
        return 0
    return key["credit"].get(str(answer), 0) * 100


def _check_single(raw: Any, body: Body) -> int:
    return one_of(raw, range(1, len(body["options"]) + 1))


def _multiple_key(question: Question) -> dict[str, Any]:
    return {
        "right": [o.number for o in question.options if o.credit > 0],
        "count": len(question.options),
        "partial": question.partial,
    }


def _multiple(key: Key, answer: Any, _typed: Typed) -> int:
    """Part credit: (right ticked - wrong ticked) / right, never below nothing."""
    if not isinstance(answer, list):
        return 0
    right = set(key["right"])
    chosen = {n for n in answer if isinstance(n, int) and not isinstance(n, bool)}
    if not key["partial"]:
        return FULL if chosen == right else 0
    return max(0, len(chosen & right) - len(chosen - right)) * FULL // len(right)


def _check_multiple(raw: Any, body: Body) -> list[int]:
    if isinstance(raw, str | int):
        raw = [raw]
    if not isinstance(raw, list | tuple) or len(raw) > len(body["options"]):
        raise ValueError("not a list of options")
    return sorted({_check_single(item, body) for item in raw})


SINGLE = Scored("single", _single_key, _single, _check_single)
MULTIPLE = Scored("multiple", _multiple_key, _multiple, _check_multiple)
