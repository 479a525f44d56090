"""One question through all its versions, for those who write its course."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from lms.catalog import items
from lms.catalog.items import Version
from lms.courseware.changes import Asked
from lms.courseware.changes.publication import shas_of
from lms.courseware.changes.shown import key_text
from lms.courseware.pairing import words
from lms.db import db
from lms.kernel.errors import Invalid, NotFound
from lms.kernel.i18n import N_
from lms.quiz import recounting
from lms.quiz.models import Regrade
from lms.quiz.recounting import Recount

from . import gates
from .models import FormerCode
from .written import Written

RULES = ("again", "right")


class QuestionMissing(NotFound):
    message = N_("Soal ini tidak ada dalam kursus.")


class NothingChosen(Invalid):
    message = N_("Pilih paling sedikit satu versi soal yang akan dihitung ulang.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A version as its author reads it.

    number   1 = the first one published
    finished submitted attempts that asked it
    key      what is right, in words
    """

    id: int
    number: int
    code: str
    kind: str
    stem: str
    options: tuple[str, ...]
    key: str
    finished: int
    is_live: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a course with its former codes, the newest version first."""

    course: Written
    code: str
    title: str
    versions: tuple[Shown, ...]
    live_id: int | None
    regrades: tuple[Regrade, ...]

    @property
    def others(self) -> list[Shown]:
        """Return the versions that attempts were asked and that are not live."""
        return [v for v in self.versions if not v.is_live and v.finished]

    @property
    def counted(self) -> list[Shown]:
        return [v for v in self.versions if v.finished]


def of(course: Written, code: str) -> Question:
    """Return a question with its versions. Raises QuestionMissing."""
    if course.live is None:
        raise QuestionMissing
    course_id = course.live.course_id
    codes = {code, *_former(course_id, code)}
    versions = gates.old_versions(course_id, codes)
    if not versions:
        raise QuestionMissing
    keys = items.keys(versions)
    counts = recounting.finished(versions)
    live_sha = _live_sha(course, code)
    live_id = next(
        (n for n, v in versions.items() if (v.code, v.sha) == (code, live_sha)), None
    )
    shown = tuple(
        _shown(versions[n], keys[n], number, counts.get(n, 0), n == live_id)
        for number, n in enumerate(sorted(versions), 1)
    )
    title = versions[live_id or max(versions)].body.get("title") or code
    acts = db.session.scalars(
        select(Regrade)
        .where(Regrade.course_id == course_id, Regrade.question_code.in_(codes))
        .order_by(Regrade.id.desc())
    )
    return Question(course, code, title, shown[::-1], live_id, tuple(acts))


def _former(course_id: int, code: str) -> list[str]:
    return list(
        db.session.scalars(
            select(FormerCode.former).where(
                FormerCode.course_id == course_id, FormerCode.code == code
            )
        )
    )


def _live_sha(course: Written, code: str) -> str:
    live = course.live
    assert live is not None
    for entry in live.items:
        sha = live.manifest["item_shas"][entry["code"]]
        body = items.find_version(live.course_id, entry["code"], sha).body
        if found := shas_of(body).get(code):
            return found
    return ""


def _shown(version: Version, key, number: int, finished: int, is_live: bool) -> Shown:
    return Shown(
        id=version.id,
        number=number,
        code=version.code,
        kind=version.kind,
        stem=words(version.body["stem_html"]),
        options=tuple(words(o["html"]) for o in version.body.get("options", ())),
        key=key_text(Asked(version.kind, version.body, key)),
        finished=finished,
        is_live=is_live,
    )


def chosen(question: Question, sent: Iterable[str], rule: str) -> list[int]:
    """Return the versions that were chosen, of those that can be."""
    offered = question.others if rule == "again" else question.counted
    wanted = set(sent)
    return [v.id for v in offered if str(v.id) in wanted]


def recount(question: Question, versions: Collection[int], rule: str) -> Recount:
    """Return how the versions count by a rule. Raises NothingChosen."""
    if not versions or rule not in RULES or question.live_id is None:
        raise NothingChosen
    wanted = items.question_versions({*versions, question.live_id})
    target = None
    if rule == "again":
        live = wanted[question.live_id]
        target = (live.body, items.keys([live.id])[live.id])
    return Recount({n: wanted[n].body for n in versions}, target)


def mark(question: Question, versions: Collection[int], rule: str) -> str:
    """Return the fingerprint of what was tried out: another trial has another."""
    said = f"{question.live_id} {rule} {sorted(versions)}"
    return hashlib.sha256(said.encode()).hexdigest()
