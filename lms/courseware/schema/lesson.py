"""A lesson: prose with knowledge checks between."""

from dataclasses import dataclass
from typing import Literal

from lms.courseware.schema.question import CompetencyRef, Question

Completion = Literal["read", "checks_answered", "checks_right"]


@dataclass(frozen=True, slots=True)
class Prose:
    """A run of Markdown between two checks."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Module:
    """A lesson: prose with knowledge checks between. `segments` in reading order."""

    code: str
    title: str
    path: str
    segments: tuple[Prose | Question, ...]
    minutes: int | None = None
    objectives: tuple[str, ...] = ()
    competencies: tuple[CompetencyRef, ...] = ()
    required: bool = True
    completion: Completion = "read"
    formulas: bool = False

    kind = "module"

    @property
    def own_questions(self) -> tuple[Question, ...]:
        return self.checks

    @property
    def checks(self) -> tuple[Question, ...]:
        return tuple(s for s in self.segments if isinstance(s, Question))
