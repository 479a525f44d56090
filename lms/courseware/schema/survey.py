"""A survey: questions without right answers, for learners and those around them."""

from dataclasses import dataclass
from typing import Literal

from lms.courseware.schema.question import CompetencyRef, Question

Respondent = Literal["learner", "superior", "peer", "subordinate"]
When = Literal["before", "anytime", "after"]


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey.

    respondents  who fills it in; each answers the same questions
    when         before the course is finished, anytime, after it is
    after_days   days between the completion and the survey; 0 = at once
    anonymous    answers are stored apart from who gave them
    """

    code: str
    title: str
    path: str
    intro: str
    questions: tuple[Question, ...]
    respondents: tuple[Respondent, ...] = ("learner",)
    when: When = "after"
    after_days: int = 0
    anonymous: bool = True
    competencies: tuple[CompetencyRef, ...] = ()
    required: bool = False
    formulas: bool = False

    kind = "survey"

    @property
    def own_questions(self) -> tuple[Question, ...]:
        return self.questions

    @property
    def may_be_required(self) -> bool:
        """Say whether a learner can fill it in before the course is finished."""
        return "learner" in self.respondents and not self.after_days
