"""Changes of a survey: whom it asks and when, and what it promises them.

Its questions are compared as all are.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.kernel.i18n import N_

from . import change
from .both import Both
from .change import Change

TERMS = {
    "respondents": N_("siapa yang ditanyai"),
    "when": N_("kapan"),
    "after_days": N_("berapa hari sesudahnya"),
}
KNOWN = {"anonymous", "questions", "question_shas"}


def changes(item: Both) -> Iterator[Change]:
    """Yield what became of a survey as a whole."""
    if item.was["anonymous"] != item.now["anonymous"]:
        yield item.told(change.ANONYMITY, _promise(item.was), _promise(item.now))
    both = set(item.was["questions"]) & set(item.now["questions"])
    order = [
        [code for code in body["questions"] if code in both]
        for body in (item.was, item.now)
    ]
    if order[0] != order[1]:
        yield item.told(change.ORDERED)
    yield from item.terms(TERMS, KNOWN)


def _promise(body: Mapping[str, Any]) -> str:
    return "tanpa nama" if body["anonymous"] else "dengan nama"
