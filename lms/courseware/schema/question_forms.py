"""What questions ask beyond options and typed answers. Texts are still Markdown."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lms.courseware.schema.rubric import Criterion


@dataclass(frozen=True, slots=True)
class Pairs:
    """Matching: (left, right) in file order, and right sides that belong to none.

    Two left sides may have the same right one.
    """

    pairs: tuple[tuple[str, str], ...]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """Ordering: the steps in the right order."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a text; `shape` says which of the others are filled.

    accepted  text: as written, any of them is right
    low, high number: the interval that counts as right
    choices   choice: the first is right
    """

    shape: Literal["text", "number", "choice"]
    accepted: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GapText:
    """Cloze: `pieces` of the text around the gaps, one more than these."""

    pieces: tuple[str, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Essay:
    """A text of the learner's own; None = no limit. `rubric` () = graded freely."""

    min_words: int | None = None
    max_words: int | None = None
    rubric: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Upload:
    """A file; `accept` are endings as in "pdf"."""

    accept: tuple[str, ...]
    max_bytes: int
    rubric: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """Likert: labels of the scale from low to high, and (code, statement)."""

    labels: tuple[str, ...]
    statements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number drawn for each attempt: from low to high by steps, or one of values.

    Numbers keep the decimals their author wrote, to be shown with as many.
    """

    name: str
    low: Decimal | None = None
    high: Decimal | None = None
    step: Decimal | None = None
    values: tuple[Decimal, ...] = ()

    @property
    def possible(self) -> tuple[Decimal, ...]:
        """Every value that may be drawn."""
        if self.values:
            return self.values
        steps = int((self.high - self.low) / self.step)
        return tuple(self.low + self.step * n for n in range(steps + 1))


@dataclass(frozen=True, slots=True)
class Computed:
    """A number that depends on parameters. Formulas as written inside `{{ }}`.

    low, high  formulas of the ends; the same when the answer is one number
    tolerance  added on both sides; `percent` of the number instead
    """

    parameters: tuple[Parameter, ...]
    low: str
    high: str
    tolerance: Decimal = Decimal(0)
    percent: bool = False


Asks = Pairs | Steps | GapText | Essay | Upload | Scale | Computed
