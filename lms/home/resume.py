"""The one next step: where to go on, or what to begin."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lms.catalog import items
from lms.learn.outline import Row
from lms.learn.progress import Running


@dataclass(frozen=True, slots=True)
class Resume:
    """Where to go on.

    item_code  "" = the course's own page: nothing is left to open
    anchor     id of the heading, "" = the top
    number     of the item in the course, from 1
    days_ago   when it was last open; None = never
    seen_on    that day, by the reader's calendar
    minutes    left of the item, by its heading
    """

    course_code: str
    course_title: str
    title: str
    item_code: str
    number: int
    anchor: str
    heading: str
    days_ago: int | None
    seen_on: date | None
    minutes: int
    done: int
    total: int


def of(one: Running, now: datetime, zone: str) -> Resume:
    """Return where to go on in a course: the last heading, else the next item."""
    shown, live, at = one.outline, one.live, one.at
    row = shown.row(at.item_code) if at else shown.next_row
    place = ZoneInfo(zone)
    today = now.astimezone(place).date()
    seen_on = at.at.astimezone(place).date() if at else None
    return Resume(
        course_code=live.code,
        course_title=live.title,
        title=row.title if row else live.title,
        item_code=row.code if row else "",
        number=shown.place_of(row.code) + 1 if row else 0,
        anchor=at.anchor if at else "",
        heading=at.heading if at else "",
        days_ago=max(0, (today - seen_on).days) if seen_on else None,
        seen_on=seen_on,
        minutes=_minutes(one, row) if row else 0,
        done=shown.done,
        total=shown.total,
    )


def _minutes(one: Running, row: Row) -> int:
    """Return the minutes left of an item: the share of headings still ahead."""
    if one.at is None or not one.at.anchor or row.kind != "module":
        return row.minutes
    sha = one.live.manifest["item_shas"].get(row.code)
    if sha is None:
        return row.minutes
    body = items.find_version(one.live.course_id, row.code, sha).body
    names = [heading["id"] for heading in body["headings"]]
    if one.at.anchor not in names:
        return row.minutes
    ahead = len(names) - names.index(one.at.anchor)
    return max(1, -(-row.minutes * ahead // len(names)))
