"""What the views of the office share: which day it is there, and why an act failed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext

from lms.kernel.errors import LmsError
from lms.web import formats


def day_of(user, now: datetime) -> date:
    """Return the day it is in the agency of who is asking."""
    return now.astimezone(ZoneInfo(user.timezone)).date()


def words(refusal: LmsError) -> str:
    """Return the sentence of a refusal in the reader's language, with its facts."""
    facts = {
        key: formats.date_id(value) if isinstance(value, date) else value
        for key, value in refusal.facts.items()
    }
    text = gettext(refusal.message)
    return text % facts if facts else text
