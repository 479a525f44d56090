"""What pages show of what graders said: nothing early, and no name of a peer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.kernel.i18n import N_

from . import queries
from .models import Outcome, Work

ROLES = {
    "instructor": N_("Pengajar"),
    "superior": N_("Atasan"),
    "peer": N_("Sejawat"),
    "second": N_("Penilai kedua"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion as one grader filled it in; level_html "" = not chosen."""

    title_html: str
    weight: int
    value: int | None
    top: int
    level_html: str
    remark: str

    @property
    def is_told(self) -> bool:
        """Say whether the grader said anything of it."""
        return bool(self.level_html or self.remark)


@dataclass(frozen=True, slots=True)
class Opinion:
    """A published review; grader "" = a peer, who stays unnamed.

    reason       why it was mended; "" for the first one of a seat
    is_replaced  a later one of the same seat counts instead
    """

    role: str
    grader: str
    result: str
    score_bp: int | None
    remark: str
    rows: tuple[Row, ...]
    at: datetime
    reason: str = ""
    is_replaced: bool = False


def opinions(
    work: Work, outcome: Outcome | None, rubric: Sequence[Mapping[str, Any]]
) -> list[Opinion]:
    """Return what graders said, for the learner: only when something came out."""
    if outcome is None:
        return []
    return _all(queries.reviews_of(work.id), rubric)


def of_one(
    work: Work, grader_id: int, rubric: Sequence[Mapping[str, Any]]
) -> list[Opinion]:
    """Return what one grader has published of a round, and what became of it."""
    said = queries.reviews_of(work.id)
    seats = {_seat(one) for one in said if one.review.grader_id == grader_id}
    return _all([one for one in said if _seat(one) in seats], rubric)


def _seat(said: queries.Said) -> tuple[str, int]:
    return said.review.role, said.review.seat


def _all(
    said: Sequence[queries.Said], rubric: Sequence[Mapping[str, Any]]
) -> list[Opinion]:
    newest = {_seat(one): one.review.number for one in said}
    return [_opinion(one, rubric, newest[_seat(one)]) for one in said]


def _opinion(
    said: queries.Said, rubric: Sequence[Mapping[str, Any]], newest: int = 0
) -> Opinion:
    review = said.review
    return Opinion(
        role=ROLES[review.role],
        grader="" if review.role == "peer" else said.grader,
        result=review.result,
        score_bp=review.score_bp,
        remark=review.remark,
        rows=tuple(_row(line, review.levels, review.remarks) for line in rubric),
        at=review.at,
        reason=review.reason,
        is_replaced=review.number < newest,
    )


def _row(
    line: Mapping[str, Any], levels: Mapping[str, int], remarks: Mapping[str, str]
) -> Row:
    value = levels.get(line["code"])
    texts = {level["value"]: level["html"] for level in line["levels"]}
    return Row(
        title_html=line["title_html"],
        weight=line["weight"],
        value=value,
        top=max(texts),
        level_html=texts.get(value, "") if value is not None else "",
        remark=remarks.get(line["code"], ""),
    )
