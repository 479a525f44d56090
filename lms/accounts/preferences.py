"""How a person wants the pages, on every device: read and keep it."""

from dataclasses import dataclass
from datetime import datetime

from lms.db import db
from lms.kernel import display
from lms.kernel.display import Display

from .models import Preference

LANGUAGES = ("id", "en")


@dataclass(frozen=True)
class Wishes:
    """What a person may choose.

    language  id or en; "" = nothing chosen
    timezone  "" = that of the agency
    """

    display: Display = display.USUAL
    language: str = ""
    timezone: str = ""


def of(person_id: int) -> Wishes:
    """Return what a person chose, or what holds for who chose nothing."""
    row = db.session.get(Preference, person_id)
    if row is None:
        return Wishes()
    return Wishes(
        display.of(row.theme, row.text_size, row.data_saver), row.language, row.timezone
    )


def keep(person_id: int, wishes: Wishes, now: datetime) -> None:
    """Store all of it. Two at once: the second meets the first one's row."""
    row = _row(person_id)
    row.theme = wishes.display.theme
    row.text_size = wishes.display.text_size
    row.data_saver = wishes.display.data_saver
    row.language = wishes.language or "id"
    row.timezone = wishes.timezone
    row.updated_at = now
    db.session.flush()


def keep_language(person_id: int, language: str, now: datetime) -> None:
    """Store the language alone; all else stays as it is."""
    row = _row(person_id)
    row.language, row.updated_at = language, now
    db.session.flush()


def _row(person_id: int) -> Preference:
    row = db.session.get(Preference, person_id)
    if row is None:
        row = Preference(person_id=person_id)
        db.session.add(row)
    return row
