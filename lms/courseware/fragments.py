"""Which texts of a course are converted, and under which names they come back."""

from collections.abc import Iterator

from lms.courseware.assets import TRANSCRIPT
from lms.courseware.render import Fragment, Part
from lms.courseware.schema import Bank, Course, Draw, Module, Prose, Question, Quiz


def drawn(quiz: Quiz, draw: Draw, banks: dict[str, Bank]) -> tuple[Question, ...]:
    """The questions one line of `ambil` chooses from."""
    if draw.bank:
        bank = banks.get(draw.bank)
        questions = bank.questions if bank else ()
    else:
        questions = quiz.questions
    if draw.difficulty:
        return tuple(q for q in questions if q.difficulty == draw.difficulty)
    return questions


def used_questions(course: Course) -> dict[str, tuple[Question, str, bool]]:
    """Every question a learner can meet: code -> (question, file, formulas allowed)."""
    used: dict[str, tuple[Question, str, bool]] = {}
    for item in course.items.values():
        if isinstance(item, Module):
            for check in item.checks:
                used[check.code] = (check, item.path, item.formulas)
            continue
        for draw in item.draws:
            path = draw.bank or item.path
            for question in drawn(item, draw, course.banks):
                before = used.get(question.code)
                formulas = item.formulas or (before is not None and before[2])
                used[question.code] = (question, path, formulas)
    return used


def of_course(course: Course) -> Iterator[Fragment]:
    """All fragments, by kind.

    `m:` module prose, `i:` quiz introduction, `t:` transcript, `q:` question.
    """
    transcripts = sorted(path for path in course.files if path.endswith(TRANSCRIPT))
    for number, path in enumerate(transcripts, 1):
        text = course.files[path].decode("utf-8-sig", "replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        yield Fragment(f"t:{path}", path, (Part(text),), prefix=f"isi-t{number}-")
    for code, item in course.items.items():
        if isinstance(item, Module):
            parts = tuple(
                Part(segment.text, segment.line)
                for segment in item.segments
                if isinstance(segment, Prose)
            )
            yield Fragment(
                f"m:{code}",
                item.path,
                parts,
                joined=True,
                formulas=item.formulas,
                videos=True,
            )
        elif item.intro:
            yield Fragment(
                f"i:{code}",
                item.path,
                (Part(item.intro, exact=False),),
                formulas=item.formulas,
            )
    for code, (question, path, formulas) in used_questions(course).items():
        yield Fragment(
            f"q:{code}",
            path,
            tuple(
                Part(text, question.line, inline=name[0] == "option", exact=False)
                for name, text in texts(question)
            ),
            formulas=formulas,
            prefix=f"isi-{code}-",
        )


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
