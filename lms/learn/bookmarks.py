"""Places in lessons that a person marks, to come back to."""

from datetime import datetime

from lms.db import db

from .models import Bookmark


def put(
    person_id: int, place: tuple[int, str, str], is_on: bool, now: datetime
) -> None:
    """Mark a place, or take the mark off. The same twice changes nothing.

    place  course id, item code, anchor ("" = the lesson as a whole)
    """
    mark = db.session.get(Bookmark, (person_id, *place))
    if mark is None and is_on:
        course_id, item_code, anchor = place
        db.session.add(
            Bookmark(
                person_id=person_id,
                course_id=course_id,
                item_code=item_code,
                anchor=anchor,
                is_on=True,
                at=now,
            )
        )
    elif mark is not None and mark.is_on != is_on:
        mark.is_on, mark.at = is_on, now
