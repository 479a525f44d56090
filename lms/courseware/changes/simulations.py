"""Changes of a simulation: scenes by their code, choices by their text."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.courseware import pairing
from lms.courseware.pairing import words

from . import change
from .both import Both
from .change import Change
from .questions import said
from .shown import word

ENDINGS = {"good": "baik", "fair": "cukup", "poor": "buruk", "": "–"}


def changes(item: Both) -> Iterator[Change]:
    """Yield what became of a simulation."""
    was, now = item.was["scenes"], item.now["scenes"]
    for code, scene in was.items():
        if code not in now:
            yield item.told(change.SCENE_GONE, words(scene["html"]),
                            scene=scene["title"])  # fmt: skip
    for code, scene in now.items():
        if code in was:
            yield from _scene(item, code)
        else:
            yield item.told(change.SCENE_ADDED, new=words(scene["html"]),
                            scene=scene["title"])  # fmt: skip
    if item.was["start"] != item.now["start"]:
        yield item.told(change.STARTS, _name(was, item.was["start"]),
                        _name(now, item.now["start"]))  # fmt: skip
    yield from item.terms({}, {"scenes", "start"})


def _name(scenes: Mapping[str, Any], code: str) -> str:
    return scenes[code]["title"] if code in scenes else code


def _scene(item: Both, code: str) -> Iterator[Change]:
    was, now = item.was["scenes"][code], item.now["scenes"][code]
    about = {"scene": now["title"]}
    text = [f"{one['title']}: {words(one['html'])}" for one in (was, now)]
    if was["title"] != now["title"] or said(was["html"]) != said(now["html"]):
        yield item.told(change.SCENE_TEXT, *text, **about)
    ends = [key["scenes"][code]["ending"] for key in (item.was_key, item.now_key)]
    if ends[0] != ends[1]:
        yield item.told(change.ENDING, ENDINGS.get(ends[0], word(ends[0])),
                        ENDINGS.get(ends[1], word(ends[1])), **about)  # fmt: skip
    yield from _choices(item, code, about)


def _choices(item: Both, code: str, about: dict[str, str]) -> Iterator[Change]:
    old, new = (_texts(body["scenes"][code]) for body in (item.was, item.now))
    pairs = pairing.pairs(old, new)
    became = pairing.numbers(pairs)
    if len(became) < len(old) or len(became) < len(new):
        yield item.told(change.CHOICES, _all(old), _all(new), **about)
    before, after = (
        {choice["number"]: choice["html"] for choice in body["scenes"][code]["choices"]}
        for body in (item.was, item.now)
    )
    if any(said(before[a]) != said(after[b]) for a, b in became.items()):
        yield item.told(change.CHOICE_TEXT, _all(old), _all(new), **about)
    if list(became.values()) != sorted(became.values()):
        yield item.told(change.ORDERED)
    yield from _consequences(item, code, about, became)


def _consequences(
    item: Both, code: str, about: dict[str, str], became: Mapping[int, int]
) -> Iterator[Change]:
    was, now = (key["scenes"][code]["choices"] for key in (item.was_key, item.now_key))
    for kind, name in (
        (change.LEADS, "to"),
        (change.CHOICE_POINTS, "points"),
        (change.CONSEQUENCE, "feedback_html"),
    ):
        sides: tuple[list[str], list[str]] = ([], [])
        for a, b in became.items():
            before, after = was[str(a)][name], now[str(b)][name]
            if before == after:
                continue
            label = _texts(item.now["scenes"][code])[b]
            old, new = (
                _value(item, name, value, is_new)
                for value, is_new in ((before, False), (after, True))
            )
            sides[0].append(f"{label}: {old}")
            sides[1].append(f"{label}: {new}")
        if sides[0]:
            yield item.told(kind, "; ".join(sides[0]), "; ".join(sides[1]), **about)


def _value(item: Both, name: str, value: Any, is_new: bool) -> str:
    if name == "to":
        return _name((item.now if is_new else item.was)["scenes"], value)
    return words(value) or "–" if name == "feedback_html" else str(value)


def _texts(scene: Mapping[str, Any]) -> dict[int, str]:
    return {choice["number"]: words(choice["html"]) for choice in scene["choices"]}


def _all(texts: Mapping[int, str]) -> str:
    return "; ".join(texts.values())
