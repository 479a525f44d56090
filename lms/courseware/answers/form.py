"""What every answer form has in common: its name, its label, how it is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from lms.courseware.notes import Notes
from lms.courseware.schema import Parameter

BodyLine = tuple[int, str, bool]  # number, text, stands in fenced code
Use = Literal["quiz", "check", "survey"]  # a check stands inside a lesson
USES: frozenset[Use] = frozenset({"quiz", "check", "survey"})
KEYED: frozenset[Use] = frozenset({"quiz", "check"})


@dataclass(slots=True)
class OptionLine:
    """An option as written: lines of its text and of the feedback under it.

    column  of the mark; the mark is as the author typed it: "(x)"
    """

    line: int
    column: int
    mark: str
    text: list[str]
    feedback: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Answer:
    """The answer part of one question, still as text.

    line, column  where the value of the label, or the first mark, stands
    options       option lines; only for the forms that have any
    labels        the other label lines: name -> (value, line, column of the value)
    stem          the question itself, for forms that look into it
    rows          lines under the label, its own value first where it has one; blank
                  ones too
    rubric        lines under `Rubrik:`, and where that stands; None = there is none
    parameters    numbers drawn for each attempt; None = their line has a mistake
    """

    line: int
    column: int
    value: str = ""
    options: list[OptionLine] = field(default_factory=list)
    labels: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    stem: str = ""
    rows: list[BodyLine] = field(default_factory=list)
    rubric: tuple[list[BodyLine], tuple[int, int]] | None = None
    parameters: Sequence[Parameter] | None = ()
    use: Use = "quiz"

    @property
    def is_keyed(self) -> bool:
        """Say whether there is a right answer; surveys have none."""
        return self.use != "survey"


Reader = Callable[[Answer, Notes], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to answer.

    name    for authors, as in "isian-singkat"
    label   the label that opens it; "" = option lines do
    read    fields of `Question`, or None after noting a mistake
    lines   what the lines under the label are, up to the next label; "" = there are
            none: items of a list, a running text
    uses    where such a question may stand
    """

    name: str
    label: str
    read: Reader
    lines: Literal["", "list", "text"] = ""
    uses: frozenset[Use] = USES
