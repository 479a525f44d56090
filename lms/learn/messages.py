"""What others say to a learner, for the pages where a learner looks first.

Those who send (a superior) stand above: they add a source.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Message:
    """Something that waits to be read.

    sender     name with titles
    text       as written, or a text of ours when `is_ours`
    course     (code, title) it is about; None = in general
    endpoint   where "Tandai sudah dibaca" is sent, with its values
    """

    uid: str
    sender: str
    text: str
    sent_at: datetime
    endpoint: str
    values: tuple[tuple[str, str], ...]
    course: tuple[str, str] | None = None
    is_ours: bool = False


Source = Callable[[int], Iterable[Message]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Let `source` (person id) add messages; works as a decorator."""
    if source not in _sources:
        _sources.append(source)
    return source


def unread(person_id: int) -> list[Message]:
    """Return what a person has not marked as read, the newest first."""
    found = [message for source in _sources for message in source(person_id)]
    return sorted(found, key=lambda message: message.sent_at, reverse=True)
