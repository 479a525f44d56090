"""Upload: a file that a person grades; answer {"file": uid} of lms.uploads."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lms.courseware.schema import Question
from lms.courseware.scoring.essay import (
    by_a_person,
    no_key,
    rubric_body,
    rubric_texts,
)
from lms.courseware.scoring.kind import Body, Html, Name, Scored

_UID = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)


def _check(raw: Any, _body: Body) -> dict[str, str] | None:
    """The file meant; whose it is, and of which kind, is for lms.uploads to say."""
    if not isinstance(raw, Mapping) or set(raw) - {"file"}:
        raise ValueError("a file wanted")
    uid = raw.get("file")
    if uid in (None, ""):
        return None
    if not isinstance(uid, str) or not _UID.fullmatch(uid):
        raise ValueError("no such file")
    return {"file": uid}


def _texts(question: Question) -> Iterable[tuple[Name, str]]:
    return rubric_texts(question.asks.rubric)


def _body(question: Question, html: Html) -> dict[str, Any]:
    asks = question.asks
    return {
        "accept": list(asks.accept),
        "max_bytes": asks.max_bytes,
        "rubric": rubric_body(asks.rubric, html),
    }


KIND = Scored("upload", no_key, by_a_person, _check, _texts, _body)
