"""An assignment: work that people hand in and other people grade."""

from dataclasses import dataclass
from typing import Literal

from lms.courseware.schema.question import CompetencyRef, Question
from lms.courseware.schema.rubric import Criterion

Grader = Literal["instructor", "superior"]
MB = 1_000_000  # bytes, as pages write sizes


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment with its rubric. Percent, days and minutes whole; None = no limit.

    graders     each of them grades on their own
    peers       how many colleagues grade as well; 0 = none
    takes_text, takes_files  what is handed in
    accept      kinds of files, as in `berkas:`
    due_days    after the course was begun
    attempts    how often it may be handed in to be graded; being asked to rework it
                does not count
    """

    code: str
    title: str
    path: str
    text: str
    rubric: tuple[Criterion, ...]
    graders: tuple[Grader, ...] = ("instructor",)
    peers: int = 0
    takes_text: bool = True
    takes_files: bool = False
    accept: tuple[str, ...] = ()
    max_bytes: int = 5 * MB
    due_days: int | None = None
    pass_percent: int = 70
    attempts: int | None = 3
    minutes: int = 60
    competencies: tuple[CompetencyRef, ...] = ()
    required: bool = True
    formulas: bool = False

    kind = "task"

    @property
    def own_questions(self) -> tuple[Question, ...]:
        return ()
