"""Too few people to be told of together: who may be shown beside whom. Pure.

One rule for surveys, simulations and whatever else counts what people did.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def may_show(part: int, whole: int, least: int) -> bool:
    """Say whether a part may be shown beside the whole: neither it nor the rest is few.

    Who knows the whole and all parts but one knows that one as well.
    """
    rest = whole - part
    return part >= least and (rest == 0 or rest >= least)


def shown_parts(parts: Mapping[K, int], least: int) -> set[K]:
    """Return the parts that may be shown each, so that the others stay many."""
    shown = {key for key, count in parts.items() if count >= least}
    hidden = sum(count for key, count in parts.items() if key not in shown)
    for key in sorted(shown, key=lambda key: (parts[key], str(key))):
        if hidden == 0 or hidden >= least:
            break
        shown.discard(key)
        hidden += parts[key]
    return shown if hidden == 0 or hidden >= least else set()
