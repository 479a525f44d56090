"""Who is affected by a change: counts for everybody who writes the course."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import exists, func, select

from lms.catalog.models import QuestionVersion
from lms.db import db
from lms.quiz import recounting
from lms.quiz.models import Attempt
from lms.records.models import Certificate, Completion, Enrolment

_DONE = exists().where(Completion.enrolment_id == Enrolment.id)


@dataclass(frozen=True, slots=True)
class Impact:
    """How many people and records a course has.

    running   enrolled and not finished, of the live edition or an earlier one
    opened    attempts at quizzes going on now
    finished  question code -> submitted attempts that asked it, in any version
    """

    running: int = 0
    opened: int = 0
    completions: int = 0
    certificates: int = 0
    finished: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_nobody(self) -> bool:
        """Nobody takes the course, and nothing is on record of it."""
        return not (self.running or self.opened or self.completions
                    or any(self.finished.values()))  # fmt: skip


def of_course(course_id: int, codes: Iterable[str] = ()) -> Impact:
    """Count what a course has.

    codes  of the questions to count attempts of
    """
    enrolled = select(func.count()).where(
        Enrolment.course_id == course_id, Enrolment.withdrawn_at.is_(None), ~_DONE
    )
    opened = select(func.count()).where(
        Attempt.course_id == course_id, Attempt.submitted_at.is_(None)
    )
    done = select(func.count(Completion.id), func.count(Certificate.id)).select_from(
        Completion
    )
    completions, certificates = db.session.execute(
        done.outerjoin(Certificate, Certificate.completion_id == Completion.id).where(
            Completion.course_id == course_id
        )
    ).one()
    return Impact(
        running=db.session.scalar(enrolled) or 0,
        opened=db.session.scalar(opened) or 0,
        completions=completions,
        certificates=certificates,
        finished=finished(course_id, codes),
    )


def finished(course_id: int, codes: Iterable[str]) -> dict[str, int]:
    """Return how many submitted attempts asked each question."""
    rows = db.session.execute(
        select(QuestionVersion.id, QuestionVersion.code).where(
            QuestionVersion.course_id == course_id,
            QuestionVersion.code.in_(list(codes)),
        )
    )
    code_of = {number: code for number, code in rows}
    found: Counter[str] = Counter()
    for number, count in recounting.finished(code_of).items():
        found[code_of[number]] += count
    return dict(found)
