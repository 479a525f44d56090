"""What stands on a lesson's page and in which order. Pure, over a module's body."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the page: a section, or a check when `check` is its number.

    anchor  id of the element, without "#"
    """

    anchor: str
    text: str
    check: int = 0


def check_numbers(body: Body) -> dict[str, int]:
    """Return the checks of a lesson, numbered from 1 in reading order."""
    codes = [s["check"] for s in body["segments"] if "check" in s]
    return {code: number for number, code in enumerate(codes, start=1)}


def question_shas(body: Body) -> dict[str, str]:
    """Return the question hash of each check, by its code."""
    return {s["check"]: s["question_sha"] for s in body["segments"] if "check" in s}


def marks(body: Body) -> list[Mark]:
    """Return sections and checks in reading order, for "Di halaman ini"."""
    numbers = check_numbers(body)
    sections = [h for h in body["headings"] if h["level"] == 2]
    found: list[Mark] = []
    for segment in body["segments"]:
        if "check" in segment:
            code = segment["check"]
            found.append(Mark(f"cek-{code}", "", numbers[code]))
            continue
        while sections and f'id="{sections[0]["id"]}"' in segment.get("html", ""):
            section = sections.pop(0)
            found.append(Mark(section["id"], section["text"]))
    return found


def section_before(marks: Iterable[Mark], check_code: str) -> Mark | None:
    """Return the section a check asks about: the last one that begins before it."""
    last = None
    for mark in marks:
        if mark.anchor == f"cek-{check_code}":
            return last
        if not mark.check:
            last = mark
    return None


def link_sections(html: str, marks: Iterable[Mark]) -> str:
    """Make the titles of sections that stand in quotation marks links to them."""
    for mark in marks:
        title = escape(mark.text, quote=False)
        if not mark.check and title in html:
            # What follows "=" is the value of an attribute.
            quoted = rf'(?<!=)(["“]){re.escape(title)}(?=["”])'
            link = f'<a href="#{mark.anchor}">{title}</a>'
            html = re.sub(quoted, lambda found, link=link: found[1] + link, html)
    return html


def heading_at(body: Body, anchor: str) -> str:
    """Return the title of the section at an anchor; a check belongs to its section.

    "" when the text has no such place, or none with a title.
    """
    for heading in body["headings"]:
        if heading["id"] == anchor:
            return heading["text"]
    before = section_before(marks(body), anchor.removeprefix("cek-"))
    return before.text if before and anchor.startswith("cek-") else ""
