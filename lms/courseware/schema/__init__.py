"""What a course folder may say, as frozen dataclasses. Texts are still Markdown."""

from lms.courseware.schema.course import (
    Chapter,
    Course,
    Item,
    Promise,
    Requirement,
)
from lms.courseware.schema.finding import (
    Finding,
)
from lms.courseware.schema.lesson import (
    Completion,
    Module,
    Prose,
)
from lms.courseware.schema.question import (
    CompetencyRef,
    NumberKey,
    Option,
    Question,
    QuestionKind,
)
from lms.courseware.schema.quiz import (
    Bank,
    Draw,
    Explain,
    Quiz,
)
from lms.courseware.schema.rubric import (
    Criterion,
    Level,
)

__all__ = [
    "Bank",
    "Chapter",
    "CompetencyRef",
    "Completion",
    "Course",
    "Criterion",
    "Draw",
    "Explain",
    "Finding",
    "Item",
    "Level",
    "Module",
    "NumberKey",
    "Option",
    "Promise",
    "Prose",
    "Question",
    "QuestionKind",
    "Quiz",
    "Requirement",
]
