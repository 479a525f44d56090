"""The texts of a question that are converted, under the names they come back by."""

from collections.abc import Sequence

from lms.courseware import parameters
from lms.courseware.schema import Computed, Question
from lms.courseware.scoring import KINDS
from lms.courseware.scoring.kind import Name

# Texts that stand inside a label or a table cell, so without paragraphs.
INLINE = frozenset({"option", "left", "right", "step", "statement", "rubric"})


def texts(question: Question) -> list[tuple[Name, str]]:
    """The texts of a question to convert, with their names: (what, number from 1)."""
    if not has_formulas(question):
        return _written(question)
    return [(name, parameters.mask(text)) for name, text in _written(question)]


def _written(question: Question) -> list[tuple[Name, str]]:
    """The texts as their author wrote them."""
    named = [(("stem", 1), question.stem)]
    for option in question.options:
        named.append((("option", option.number), option.text))
        named.append((("feedback", option.number), option.feedback))
    named += KINDS[question.kind].texts(question)
    named += [(("hint", n), text) for n, text in enumerate(question.hints, 1)]
    named.append((("explanation", 1), question.explanation))
    named.append((("if_right", 1), question.if_right))
    named.append((("if_wrong", 1), question.if_wrong))
    return [(name, text) for name, text in named if text.strip()]


def read_back(question: Question, html: Sequence[str]) -> dict[Name, str]:
    """The converted texts by name, with marks where numbers are drawn.

    raises  holes.Lost  for a formula where no number can stand
    """
    names = [name for name, _text in texts(question)]
    found = dict(zip(names, html, strict=True))
    if not has_formulas(question):
        return found
    written = dict(_written(question))
    return {
        name: parameters.unmask(text, written[name]) for name, text in found.items()
    }


def has_formulas(question: Question) -> bool:
    return isinstance(question.asks, Computed)
