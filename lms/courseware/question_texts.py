"""The texts of a question that are converted, under the names they come back by."""

from lms.courseware.schema import Question
from lms.courseware.scoring import KINDS
from lms.courseware.scoring.kind import Name

# Texts that stand inside a label or a table cell, so without paragraphs.
INLINE = frozenset({"option", "left", "right", "step", "statement", "rubric"})


def texts(question: Question) -> list[tuple[Name, str]]:
    """The texts of a question with their names: (what, number from 1)."""
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
