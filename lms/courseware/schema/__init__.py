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
from lms.courseware.schema.question_forms import (
    Asks,
    Computed,
    Essay,
    Gap,
    GapText,
    Pairs,
    Parameter,
    Scale,
    Steps,
    Upload,
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
from lms.courseware.schema.simulation import (
    Choice,
    Ending,
    Scene,
    Simulation,
)
from lms.courseware.schema.survey import (
    Respondent,
    Survey,
    When,
)
from lms.courseware.schema.task import (
    Grader,
    Task,
)
from lms.courseware.schema.translation import (
    Said,
    Spoken,
    Translation,
)

__all__ = [
    "Asks",
    "Bank",
    "Chapter",
    "Choice",
    "CompetencyRef",
    "Completion",
    "Computed",
    "Course",
    "Criterion",
    "Draw",
    "Ending",
    "Essay",
    "Explain",
    "Finding",
    "Gap",
    "GapText",
    "Grader",
    "Item",
    "Level",
    "Module",
    "NumberKey",
    "Option",
    "Pairs",
    "Parameter",
    "Promise",
    "Prose",
    "Question",
    "QuestionKind",
    "Quiz",
    "Requirement",
    "Respondent",
    "Said",
    "Scale",
    "Scene",
    "Simulation",
    "Spoken",
    "Steps",
    "Survey",
    "Task",
    "Translation",
    "Upload",
    "When",
]
