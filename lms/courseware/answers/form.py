"""What every answer form has in common: its name, its label, how it is read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lms.courseware.notes import Notes


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
    """

    line: int
    column: int
    value: str = ""
    options: list[OptionLine] = field(default_factory=list)
    labels: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    stem: str = ""


Reader = Callable[[Answer, Notes], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to answer.

    name    for authors, as in "isian-singkat"
    label   the label that opens it; "" = option lines do
    read    fields of `Question`, or None after noting a mistake
    lines   lines under the label belong to the form
    later   part of the format, but not of this version: always refused
    """

    name: str
    label: str
    read: Reader | None = None
    lines: bool = False
    later: bool = False
