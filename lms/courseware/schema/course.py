"""A course: its items in order, and what completes it."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

from lms.courseware.schema.question import CompetencyRef, Question
from lms.courseware.schema.quiz import Bank
from lms.courseware.schema.translation import Translation

Requirement = Literal["passed", "finished", "filled"]


class Item(Protocol):
    """What every kind of item has; the kinds are the modules beside this one.

    code, path     its `id`, and its file in the course folder
    required       the course is not complete without it
    kind           as stored: module, quiz, simulation, task, survey
    own_questions  those that stand in its own file
    """

    code: str
    title: str
    path: str
    competencies: tuple[CompetencyRef, ...]
    required: bool
    kind: str

    @property
    def own_questions(self) -> tuple[Question, ...]: ...


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    items: tuple[str, ...]  # codes of items, in order


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
    translations  its texts in other languages, by language
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
    translations: dict[str, Translation] = field(default_factory=dict)
