"""A quiz, and the banks it draws from."""

from dataclasses import dataclass
from typing import Literal

from lms.courseware.schema.question import CompetencyRef, Question

Explain = Literal["always", "finished", "passed", "never"]


@dataclass(frozen=True, slots=True)
class Draw:
    """Which questions an attempt gets: own ones (bank "") or `count` of a bank.

    bank   path of the bank file in the course folder; "" = the quiz's own questions
    count  None = all
    """

    bank: str = ""
    count: int | None = None
    difficulty: Literal["easy", "medium", "hard", ""] = ""


@dataclass(frozen=True, slots=True)
class Quiz:
    """A graded quiz. Percent whole, minutes whole; None = no limit."""

    code: str
    title: str
    path: str
    intro: str
    questions: tuple[Question, ...]
    draws: tuple[Draw, ...] = (Draw(),)
    pass_percent: int = 70
    attempts: int | None = 3
    pause_minutes: int = 0
    limit_minutes: int | None = None
    shuffle_questions: bool = False
    shuffle_options: bool = False
    explain: Explain = "finished"
    competencies: tuple[CompetencyRef, ...] = ()
    required: bool = True
    formulas: bool = False
    pair: str = ""

    kind = "quiz"

    @property
    def own_questions(self) -> tuple[Question, ...]:
        return self.questions


@dataclass(frozen=True, slots=True)
class Bank:
    """Questions that quizzes draw from; never shown by itself."""

    code: str
    title: str
    path: str
    questions: tuple[Question, ...]
    competencies: tuple[CompetencyRef, ...] = ()

    kind = "bank"

    @property
    def own_questions(self) -> tuple[Question, ...]:
        return self.questions
