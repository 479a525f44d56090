"""A review: what would change, whom it touches, and publishing what was read."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lms.catalog import publishing
from lms.catalog.publishing import Outcome
from lms.courseware.changes import GREEN, RED, YELLOW, Change, Publication, compare
from lms.kernel.errors import Conflict, Invalid
from lms.kernel.i18n import N_
from lms.quiz import regrades
from lms.quiz.recounting import Recount
from lms.quiz.regrades import Trial

from . import gates, impact, sides
from .choices import Choices
from .gates import Agreement, ReviewGate
from .impact import Impact
from .sides import Folder
from .written import Written


class FolderChanged(Conflict):
    message = N_(
        "Folder kursus berubah sesudah tinjauan ini dibuka. Tidak ada yang"
        " diterbitkan. Tinjau sekali lagi."
    )


class NotPublished(Invalid):
    message = N_("Kursus ini masih bergalat, jadi tidak diterbitkan.")


class EditionWanted(Invalid):
    message = N_(
        "Naikkan “edisi” menjadi %(number)s di kursus.yml, lalu tinjau lagi: hanya"
        " edisi baru yang mewajibkan semua orang mengulang."
    )


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that somebody has to read before publishing.

    fingerprint  of what was read: another folder or another release has another
    finished     question -> submitted attempts that asked it, former codes included
    """

    written: Written
    folder: Folder
    live: Publication | None
    changes: tuple[Change, ...]
    impact: Impact
    finished: Mapping[str, int]
    fingerprint: str

    def of_tint(self, tint: str) -> list[Change]:
        return [change for change in self.changes if change.tint == tint]

    @property
    def tint(self) -> str:
        """The strongest colour of any change; "" when nothing changes."""
        tints = {change.tint for change in self.changes}
        return next((t for t in (RED, YELLOW, GREEN) if t in tints), "")

    @property
    def next_edition(self) -> int:
        return (self.live.manifest["edition"] if self.live else 0) + 1

    @property
    def raises_edition(self) -> bool:
        return self.folder.edition >= self.next_edition


def of(written: Written, root: Path) -> Review:
    """Return the review of a course as its folder stands. Renders; reads only."""
    folder = sides.of_folder(root, written.folder) if written.folder else None
    folder = folder or Folder("", "", written.code)
    live = sides.of_release(written.live) if written.live else None
    found = compare(live, folder.side) if folder.side else ()
    touched = Impact()
    counts: dict[str, int] = {}
    if written.live is not None:
        former = folder.side.former if folder.side else {}
        codes = {c.question: former.get(c.question, "") for c in found if c.question}
        course_id = written.live.course_id
        touched = impact.of_course(course_id, {*codes, *codes.values()} - {""})
        counts = {
            code: sum(touched.finished.get(c, 0) for c in {code, before})
            for code, before in codes.items()
        }
    release = written.live.release_id if written.live else 0
    mark = hashlib.sha256(f"{release} {folder.sha}".encode()).hexdigest()
    return Review(written, folder, live, found, touched, counts, mark)


def trials(review: Review, chosen: Choices) -> dict[str, Trial]:
    """Try out what was chosen: question -> what counting again would do."""
    side, live = review.folder.side, review.written.live
    assert side is not None
    assert live is not None
    found = {}
    for code, rule in chosen.questions.items():
        asked = side.questions[code]
        before = side.former.get(code, code)
        old = gates.old_versions(live.course_id, {code, before})
        target = (asked.body, asked.key) if rule == "again" else None
        recount = Recount({n: v.body for n, v in old.items()}, target)
        found[code] = regrades.trial(recount)
    return found


def publish(review: Review, root: Path, agreed: Agreement, now: datetime) -> Outcome:
    """Publish what was read, with what was chosen; all of it or nothing.

    Begins and ends the session's transactions.

    raises  FolderChanged, NotPublished
            EditionWanted  everybody is to take it again, but the edition is not raised
    """
    if agreed.choices.rule == "edition" and not review.raises_edition:
        raise EditionWanted(number=review.next_edition)
    gate = ReviewGate(root, review.folder.sha, review.changes, agreed)
    report = publishing.publish_all(
        root, now, agreed.by_id, only=[review.folder.name], gate=gate
    )
    [outcome] = report.outcomes
    if gate.is_stale:
        raise FolderChanged
    if outcome.is_bad:
        raise NotPublished
    return outcome
