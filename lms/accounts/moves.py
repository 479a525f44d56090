"""Who must know that people came, went, or work elsewhere or as something else.

Accounts stand below the features that care (assignments, figures): those add a
listener, which runs in the transaction of the change.
"""

from collections.abc import Callable, Collection
from datetime import datetime

Listener = Callable[[Collection[int], datetime], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Have `listener(person_ids, now)` told of every change; works as a decorator."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell(person_ids: Collection[int], now: datetime) -> None:
    """Tell that unit, job, status or activity of these people changed just now.

    person_ids  flushed; one call however many people, so that an import is one round
    """
    if person_ids:
        for listener in _listeners:
            listener(person_ids, now)
