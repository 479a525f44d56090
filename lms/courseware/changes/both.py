"""An item on both sides of a comparison, and the terms that every kind has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.courseware.pairing import words
from lms.kernel.i18n import N_

from . import change
from .change import Change, Kind
from .publication import Body
from .questions import said
from .shown import value_text

TERMS = {
    "pass_percent": N_("nilai lulus"),
    "attempts": N_("percobaan"),
    "competencies": N_("kompetensi"),
}
# The title is compared in the outline, the rest below.
COMMON = {"title", "intro_html", "minutes"}


@dataclass(frozen=True, slots=True)
class Both:
    """An item as it is live and as it would be; keys {} where the kind has none."""

    code: str
    title: str
    was: Body
    now: Body
    was_key: Body = field(default_factory=dict)
    now_key: Body = field(default_factory=dict)

    @property
    def is_same(self) -> bool:
        return (self.was, self.was_key) == (self.now, self.now_key)

    def told(self, kind: Kind, old: str = "", new: str = "", **facts: Any) -> Change:
        """Return a change of this item."""
        return Change(kind, {"item": self.title} | facts, self.code, old=old, new=new)

    def terms(self, names: Mapping[str, str], known: set[str]) -> Iterator[Change]:
        """Yield changed settings, and what nobody has a name for: rather asked about.

        names  of the body -> what it is called
        known  names that are compared elsewhere
        """
        names = TERMS | names
        others = sorted((self.was.keys() | self.now.keys()) - known - COMMON - {*names})
        for name in (*names, *others):
            before, after = self.was.get(name), self.now.get(name)
            if before != after:
                yield self.told(change.QUIZ_RULE, value_text(before), value_text(after),
                                what=names.get(name, name))  # fmt: skip
        if self.was.get("minutes") != self.now.get("minutes"):
            yield self.told(change.MINUTES, value_text(self.was.get("minutes")),
                            value_text(self.now.get("minutes")))  # fmt: skip
        before, after = (one.get("intro_html", "") for one in (self.was, self.now))
        if said(before) != said(after):
            yield self.told(change.PROSE, words(before), words(after))
