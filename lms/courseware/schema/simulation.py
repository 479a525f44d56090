"""A branching simulation: scenes, and the choices that lead from one to the next."""

from dataclasses import dataclass
from typing import Literal

from lms.courseware.schema.question import CompetencyRef, Question

Ending = Literal["good", "fair", "poor", ""]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a scene, in the order of the file.

    number    1..n, its identity inside one version of the simulation
    to        code of the scene it leads to
    points    never below zero; count once in a run, however often it is taken
    feedback  what follows from it; shown after it was taken
    """

    number: int
    text: str
    to: str
    points: int
    feedback: str
    line: int


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene. It has choices, or an `ending`: never both."""

    code: str
    title: str
    text: str
    text_line: int
    line: int
    choices: tuple[Choice, ...] = ()
    ending: Ending = ""


@dataclass(frozen=True, slots=True)
class Simulation:
    """Scenes in the order of the file; the first one begins it.

    attempts  how often it may be played; None = as often as one likes
    minutes   of the author; None = estimated from the words
    """

    code: str
    title: str
    path: str
    intro: str
    scenes: tuple[Scene, ...]
    pass_percent: int = 70
    attempts: int | None = None
    minutes: int | None = None
    competencies: tuple[CompetencyRef, ...] = ()
    required: bool = True
    formulas: bool = False

    kind = "simulation"

    @property
    def own_questions(self) -> tuple[Question, ...]:
        return ()
