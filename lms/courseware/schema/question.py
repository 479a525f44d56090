"""A question as written, with its key. Texts are still Markdown."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lms.courseware.schema.question_forms import Asks

QuestionKind = Literal[
    "single",
    "multiple",
    "true_false",
    "short_text",
    "numeric",
    "matching",
    "ordering",
    "cloze",
    "essay",
    "upload",
    "likert",
]


@dataclass(frozen=True, slots=True)
class CompetencyRef:
    """A competency of the dictionary at one of its levels, e.g. PPB/2."""

    code: str
    level: int


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question, in the order of the file.

    number  1..n, its identity inside one question version
    credit  percent of the points it earns: 100 right, 0 wrong, between = part
    """

    number: int
    text: str
    credit: int
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class NumberKey:
    """The interval that counts as right, ends included."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `kind` says which of the key fields is filled.

    options   single, multiple; true_false has none in the file
    truth     true_false
    accepted  short_text, as written; `exact_case` compares letter by letter
    number    numeric, unless it depends on parameters; `unit` is only shown
    asks      all that other kinds ask
    points    weight in its quiz, at least 1
    partial   an answer that is right in part earns a part
    is_keyed  False in surveys, which know no right answers
    required  surveys: may not be skipped
    """

    code: str
    title: str
    kind: QuestionKind
    stem: str
    line: int
    options: tuple[Option, ...] = ()
    truth: bool | None = None
    accepted: tuple[str, ...] = ()
    exact_case: bool = False
    number: NumberKey | None = None
    unit: str = ""
    asks: Asks | None = None
    hints: tuple[str, ...] = ()
    explanation: str = ""
    if_right: str = ""
    if_wrong: str = ""
    points: int = 1
    partial: bool = True
    is_keyed: bool = True
    required: bool = True
    shuffle_options: bool = True
    difficulty: Literal["easy", "medium", "hard", ""] = ""
    competencies: tuple[CompetencyRef, ...] = ()
    previous_code: str = ""
