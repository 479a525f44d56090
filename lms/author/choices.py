"""What an author chooses to follow from changes. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.courseware.changes import Change
from lms.kernel.i18n import N_

# As sent by forms -> as kept: for a question, and for what the course demands.
QUESTION = {"biarkan": "keep", "ulang": "again", "benar": "right"}
RULE = {"baru": "new", "semua": "all", "edisi": "edition"}
QUESTION_NAMES = {
    "biarkan": N_("Biarkan: nilai yang sudah ada tetap"),
    "ulang": N_("Hitung ulang dengan kunci yang baru"),
    "benar": N_("Anggap benar bagi semua yang mendapat soal ini"),
}
RULE_NAMES = {
    "baru": N_("Hanya pendaftar baru"),
    "semua": N_("Juga yang sedang berjalan"),
    "edisi": N_("Wajib ulang bagi semua (edisi baru)"),
}
FIELD, RULE_FIELD = "soal-", "syarat"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen.

    questions  code -> "again" or "right"; those left alone are not in it
    rule       new: only who enrols later; all: who is taking the course as well;
               edition: everybody anew, which wants another edition
    """

    questions: Mapping[str, str] = field(default_factory=dict)
    rule: str = "new"

    @property
    def is_default(self) -> bool:
        return not self.questions and self.rule == "new"

    def as_json(self) -> dict[str, Any]:
        return {"questions": dict(self.questions), "rule": self.rule}

    def sent(self, code: str) -> str:
        """Return the choice for a question as forms send it."""
        kept = self.questions.get(code, "keep")
        return next(sent for sent, meant in QUESTION.items() if meant == kept)

    @property
    def sent_rule(self) -> str:
        return next(sent for sent, meant in RULE.items() if meant == self.rule)


def asked(changes: Iterable[Change]) -> list[str]:
    """Return the questions whose finished attempts can be counted again."""
    found = [c.question for c in changes if c.kind.asks == "score"]
    return list(dict.fromkeys(found))


def asks_rule(changes: Iterable[Change]) -> bool:
    """Say whether a choice is to be made for those who are taking the course."""
    return any(change.kind.asks == "rule" for change in changes)


def read(values: Mapping[str, str], changes: Iterable[Change]) -> Choices:
    """Read choices as sent; what is not asked, or not known, is left alone."""
    changes = list(changes)
    questions = {
        code: meant
        for code in asked(changes)
        if (meant := QUESTION.get(values.get(FIELD + code, ""), "keep")) != "keep"
    }
    rule = RULE.get(values.get(RULE_FIELD, ""), "new") if asks_rule(changes) else "new"
    return Choices(questions, rule)
