"""Cover pages of items that are no lessons; the feature that owns a kind draws them.

A cover gets (user, live, item, enrolment, now): the person, the live release, the
item's entry in the outline, the enrolment (never None), the instant. It answers like
a view.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from lms.catalog.courses import Live
from lms.records.models import Enrolled

Cover = Callable[[Any, Live, dict[str, Any], Enrolled, datetime], Any]
_covers: dict[str, Cover] = {}


def register(kind: str, cover: Cover) -> None:
    """Let `cover` draw the page of every item of this kind."""
    _covers[kind] = cover


def of(kind: str) -> Cover | None:
    """Return the cover of a kind, or None: the page is not built."""
    return _covers.get(kind)
