"""What a course folder may say, as frozen dataclasses. Texts are still Markdown."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

QuestionKind = Literal["single", "multiple", "true_false", "short_text", "numeric"]
Completion = Literal["read", "checks_answered", "checks_right"]
Requirement = Literal["passed", "finished", "filled"]
Explain = Literal["always", "finished", "passed", "never"]


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
    """The interval that counts as right, ends included; the unit is only shown."""

    low: Decimal
    high: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `kind` says which of the key fields is filled.

    options   single, multiple; true_false has none in the file
    truth     true_false
    accepted  short_text, as written; `exact_case` compares letter by letter
    number    numeric
    points    weight in its quiz, at least 1
    partial   multiple: part credit by (right ticked - wrong ticked) / right
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
    hints: tuple[str, ...] = ()
    explanation: str = ""
    if_right: str = ""
    if_wrong: str = ""
    points: int = 1
    partial: bool = True
    shuffle_options: bool = True
    difficulty: Literal["easy", "medium", "hard", ""] = ""
    competencies: tuple[CompetencyRef, ...] = ()
    previous_code: str = ""


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
    def checks(self) -> tuple[Question, ...]:
        return tuple(s for s in self.segments if isinstance(s, Question))


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


@dataclass(frozen=True, slots=True)
class Bank:
    """Questions that quizzes draw from; never shown by itself."""

    code: str
    title: str
    path: str
    questions: tuple[Question, ...]
    competencies: tuple[CompetencyRef, ...] = ()

    kind = "bank"


Item = Module | Quiz


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    items: tuple[str, ...]  # codes of modules and quizzes, in order


@dataclass(frozen=True, slots=True)
class Promise:
    """A competency the course promises; `proof` = codes of the items that test it."""

    code: str
    level: int
    proof: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """A whole course folder, read and without errors.

    passing   what completes it: (item code, requirement), all of them
    yearly    repeated each calendar year (`tahunan`)
    files     asset path in the folder -> bytes, only those used
    sources   (text, date checked as written) per entry of `sumber`
    """

    code: str
    title: str
    summary: str
    edition: int
    jp: int
    status: Literal["draft", "live", "archived"]
    chapters: tuple[Chapter, ...]
    items: dict[str, Item]
    banks: dict[str, Bank]  # by path
    passing: tuple[tuple[str, Requirement], ...]
    language: str = "id"
    owner: str = ""
    authors: tuple[str, ...] = ()
    organiser: str = ""
    objectives: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    for_jobs: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    training_form: int = 16  # SIASN jenisDiklat: 16 = E-Learning
    yearly: bool = False
    validity_months: int | None = None
    action_plan: Literal["required", "optional", "none"] = "none"
    sources: tuple[tuple[str, str], ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One remark of the linter on a file. Lines and columns count from 1."""

    path: str
    line: int
    column: int
    code: str
    message: str
    fix: str = ""
    is_error: bool = True
