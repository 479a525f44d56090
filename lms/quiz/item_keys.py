"""What is right in a question without options, as its author reads it. Pure.

For those who teach the course only: it tells the key.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

Texts = Mapping[int, str]


def text(body: Mapping[str, Any]) -> str:
    """Return the HTML of a question; gaps stand in it as their numbers, [1]."""
    pieces = body.get("pieces", [])
    marks = (f"<b>[{number}]</b>{piece}" for number, piece in enumerate(pieces))
    return body["stem_html"] + "".join(marks).removeprefix("<b>[0]</b>")


def told(body: Mapping[str, Any], key: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (what, right answer) in reading order, as HTML; [] when nothing is right.

    what  "" when the question asks for one thing only
    """
    teller = TELLERS.get(key["kind"])
    return list(teller(body, key)) if teller else []


def _short_text(_body, key) -> Iterable[tuple[str, str]]:
    yield "", escape(" | ".join(key["accepted"]))


def _numeric(body, key) -> Iterable[tuple[str, str]]:
    if "low" in key:
        unit = f" {body['unit']}" if body["unit"] else ""
        yield "", escape(_between(key) + unit)
    elif key.get("formula"):
        yield "", escape(str(key["formula"]))


def _matching(body, key) -> Iterable[tuple[str, str]]:
    right = _numbered(body["options"])
    for left in body["left"]:
        yield left["html"], right[key["pairs"][str(left["number"])]]


def _ordering(body, key) -> Iterable[tuple[str, str]]:
    steps = _numbered(body["options"])
    for place, number in enumerate(key["order"], 1):
        yield str(place), steps[number]


def _cloze(body, key) -> Iterable[tuple[str, str]]:
    for gap, right in zip(body["gaps"], key["gaps"], strict=True):
        if right["shape"] == "choice":
            texts = {one["number"]: one["text"] for one in gap["options"]}
            text = texts[right["right"]]
        elif right["shape"] == "number":
            text = _between(right)
        else:
            text = " | ".join(right["accepted"])
        yield str(gap["number"]), escape(text)


def _between(key: Mapping[str, Any]) -> str:
    """Return a number, or the two between which it must lie, as Indonesians write."""
    ends = (str(key[end]).replace(".", ",") for end in ("low", "high"))
    return " – ".join(dict.fromkeys(ends))


def _numbered(options: Iterable[Mapping[str, Any]]) -> Texts:
    return {option["number"]: option["html"] for option in options}


TELLERS = {
    "short_text": _short_text,
    "numeric": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
}
