"""Short text: key {"accepted": [...], "exact_case": false}, answer "teks"."""

import re
import unicodedata
from typing import Any

from lms.courseware.schema import Question
from lms.courseware.scoring.kind import FULL, Body, Key, Scored, Typed

MAX_TEXT = 500
_ENDS = re.compile(r"^[\W_]+|[\W_]+$")


def plain(text: str, *, exact_case: bool = False) -> str:
    """A short answer as it is compared: spaces folded; else also case and ends."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    return text if exact_case else _ENDS.sub("", text.casefold())


def is_accepted(key: Key, answer: Any) -> bool:
    """Say whether a text is one of those accepted."""
    if not isinstance(answer, str):
        return False
    exact = key["exact_case"]
    given = plain(answer, exact_case=exact)
    accepted = {plain(text, exact_case=exact) for text in key["accepted"]}
    return bool(given) and given in accepted


def line(raw: Any) -> str | None:
    """A short text with spaces folded; None when empty. Raises ValueError."""
    if not isinstance(raw, str) or len(raw) > MAX_TEXT:
        raise ValueError("not a short text")
    text = " ".join(raw.split())
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise ValueError("a text with control signs")
    return text or None


def _key(question: Question) -> dict[str, Any]:
    return {
        "accepted": list(question.accepted),
        "exact_case": question.exact_case,
    }


def _score(key: Key, answer: Any, _typed: Typed) -> int:
    return FULL if is_accepted(key, answer) else 0


def _check(raw: Any, _body: Body) -> str | None:
    return line(raw)


KIND = Scored("short_text", _key, _score, _check)
