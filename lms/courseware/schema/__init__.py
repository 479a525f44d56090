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

__all__ = [
    "Bank",
    "Chapter",
    "CompetencyRef",
    "Completion",
    "Course",
    "Draw",
    "Explain",
    "Finding",
    "Item",
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
