"""Where a learner was last in a course; the newest place of any device wins."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select

from lms.catalog import items
from lms.db import db
from lms.db.prepared import Prepared
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_
from lms.records.facts import INSERTS
from lms.records.models import Enrolled, Enrolment

from . import reading
from .models import ReadingPlace
from .outline import Outline
from .places import Place

OLDEST = timedelta(days=30)  # a phone kept off longer than that tells nothing new
_ANCHOR = re.compile(r"[\w-]{0,120}")


class PlaceUnreadable(Invalid):
    message = N_("Letak membaca tidak dapat dibaca. Muat ulang halaman ini.")


@dataclass(frozen=True, slots=True)
class At:
    """A place to go on from.

    anchor   id of the heading or check, "" = the top
    heading  the section's title, "" at the top
    at       when it was read, by the server's clock
    """

    item_code: str
    title: str
    anchor: str
    heading: str
    at: datetime


def note(
    enrolment: Enrolment | Enrolled,
    item_code: str,
    anchor: str | None,
    now: datetime,
    ago: timedelta = timedelta(),
) -> bool:
    """Note where somebody reads; return whether it is the newest of the item.

    anchor  id of a heading or check, "" = the top, None = where one was before; one
            that the text has no more is skipped on reading
    ago     how long ago by the device's clock, which may be wrong: see `bounded`
    raises  PlaceUnreadable
    """
    if anchor and not _ANCHOR.fullmatch(anchor):
        raise PlaceUnreadable
    make = INSERTS[db.session.get_bind().dialect.name](ReadingPlace)
    fresh = make.excluded
    change = {"at": fresh.at} | ({} if anchor is None else {"anchor": fresh.anchor})
    statement = make.values(
        enrolment_id=enrolment.id,
        item_code=item_code,
        anchor=anchor or "",
        at=now - bounded(ago),
    ).on_conflict_do_update(
        index_elements=[ReadingPlace.enrolment_id, ReadingPlace.item_code],
        set_=change,
        # What lies ahead of the clock was written before the clock was put right.
        where=or_(ReadingPlace.at < fresh.at, ReadingPlace.at > now),
    )
    told = statement.returning(ReadingPlace.item_code)
    return db.session.scalar(told) is not None


def bounded(ago: timedelta) -> timedelta:
    """Return an age that a jumping clock cannot make absurd: 0 to 30 days."""
    return min(max(ago, timedelta()), OLDEST)


def _newest_statement():
    """The newest place of each enrolment; the index answers it."""
    other = ReadingPlace.__table__.alias()
    newest = select(func.max(other.c.at)).where(
        other.c.enrolment_id == ReadingPlace.enrolment_id
    )
    return (
        select(
            ReadingPlace.enrolment_id,
            ReadingPlace.item_code,
            ReadingPlace.anchor,
            ReadingPlace.at,
        )
        .where(
            ReadingPlace.enrolment_id.in_(bindparam("enrolments", expanding=True)),
            ReadingPlace.at == newest.scalar_subquery(),
        )
        .order_by(ReadingPlace.item_code)
    )


# Built once: making a statement costs more than running it.
_NEWEST = Prepared(_newest_statement(), many="enrolments")
Spot = tuple[str, str, datetime]  # item code, anchor, instant


def newest(enrolment_ids: Iterable[int]) -> dict[int, Spot]:
    """Return the newest place of each enrolment that has one, in one statement."""
    wanted = list(enrolment_ids)
    if not wanted:
        return {}
    rows = _NEWEST.rows(enrolments=wanted)
    return {row.enrolment_id: (row.item_code, row.anchor, row.at) for row in rows}


def where(place: Place, outline: Outline, spot: Spot | None) -> At | None:
    """Return the place to go on from, in words; None when there is none.

    An item that is done, or that the course has no more, is none: the next one is
    the better place.
    """
    if spot is None:
        return None
    item_code, anchor, at = spot
    row = next((r for r in outline.rows if r.code == item_code), None)
    if row is None or row.state == "done":
        return None
    heading = ""
    if anchor and row.kind == "module":
        source = place.source_of(item_code)
        sha = source.manifest["item_shas"][item_code]
        body = items.find_version(source.course_id, item_code, sha).body
        heading = reading.heading_at(body, anchor)
    return At(item_code, row.title, anchor if heading else "", heading, at)
