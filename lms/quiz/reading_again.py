"""What to read again after a quiz: the parts of lessons about weak competencies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lms.catalog import items
from lms.catalog.courses import Live

HEADING = re.compile(r'<h[2-4]\b[^>]*\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Part:
    """A lesson, or the place in it from a heading on.

    anchor, heading  "" for the whole lesson
    """

    code: str
    title: str
    minutes: int
    anchor: str = ""
    heading: str = ""


def parts(codes: Iterable[str], live: Live) -> list[Part]:
    """Return what teaches one of these competencies, in reading order.

    The heading above a check is exact where the check names its competency; else it
    is the lesson that names it. All lessons when none does: reading again helps.
    """
    wanted = set(codes)
    modules = [entry for entry in live.items if entry["kind"] == "module"]
    found = [part for entry in modules for part in _of_module(entry, wanted, live)]
    return found or [_whole(entry) for entry in modules]


def _of_module(entry: dict[str, Any], wanted: set[str], live: Live) -> list[Part]:
    sha = live.manifest["item_shas"][entry["code"]]
    body = items.find_version(live.course_id, entry["code"], sha).body
    asked = list(_checks(body))
    questions = items.question_by_sha(live.course_id, {c: s for c, s, _ in asked})
    headings = {heading["id"]: heading["text"] for heading in body["headings"]}
    anchors = [
        anchor
        for code, _sha, anchor in asked
        if anchor in headings and wanted & _codes(questions[code].body["competencies"])
    ]
    if anchors:
        whole = (entry["code"], entry["title"], entry["minutes"])
        return [Part(*whole, a, headings[a]) for a in dict.fromkeys(anchors)]
    return [_whole(entry)] if wanted & _codes(body["competencies"]) else []


def _checks(body: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (check code, question sha, id of the heading above) of a lesson."""
    anchor = ""
    for segment in body["segments"]:
        if "check" in segment:
            yield segment["check"], segment["question_sha"], anchor
        elif above := HEADING.findall(segment["html"]):
            anchor = above[-1]


def _codes(competencies: list[list[Any]]) -> set[str]:
    return {code for code, _level in competencies}


def _whole(entry: dict[str, Any]) -> Part:
    return Part(entry["code"], entry["title"], entry["minutes"])
