"""The texts of a question that are converted, under the names they come back by."""

from lms.courseware.schema import Question


def texts(question: Question) -> list[tuple[tuple[str, int], str]]:
    """The texts of a question with their names: (what, number from 1)."""
    named = [(("stem", 1), question.stem)]
    for option in question.options:
        named.append((("option", option.number), option.text))
        named.append((("feedback", option.number), option.feedback))
    named += [(("hint", n), text) for n, text in enumerate(question.hints, 1)]
    named.append((("explanation", 1), question.explanation))
    named.append((("if_right", 1), question.if_right))
    named.append((("if_wrong", 1), question.if_wrong))
    return [(name, text) for name, text in named if text.strip()]
