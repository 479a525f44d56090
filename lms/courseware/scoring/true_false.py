"""True or false: key {"truth": true}, answer true."""

from typing import Any

from lms.courseware.schema import Question
from lms.courseware.scoring.kind import FULL, Body, Key, Scored, Typed

WORDS = {"benar": True, "salah": False, "true": True, "false": False}


def _key(question: Question) -> dict[str, Any]:
    return {"truth": question.truth}


def _score(key: Key, answer: Any, _typed: Typed) -> int:
    return FULL if isinstance(answer, bool) and answer == key["truth"] else 0


def _check(raw: Any, _body: Body) -> bool:
    if isinstance(raw, str):
        raw = WORDS.get(raw.strip().casefold())
    if not isinstance(raw, bool):
        raise ValueError("neither true nor false")
    return raw


KIND = Scored("true_false", _key, _score, _check)
