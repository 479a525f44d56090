"""Which texts of a course are converted, and under which names they come back."""

from collections.abc import Iterator

from lms.courseware.assets import TRANSCRIPT
from lms.courseware.question_texts import INLINE, texts
from lms.courseware.render import Fragment, Part
from lms.courseware.schema import Course
from lms.courseware.stored import STORED
from lms.courseware.stored.stored import Asked


def used_questions(course: Course) -> dict[str, Asked]:
    """Every question a learner can meet: code -> (question, file, formulas allowed)."""
    used: dict[str, Asked] = {}
    for item in course.items.values():
        for question, path, allowed in STORED[item.kind].asked(item, course.banks):
            before = used.get(question.code)
            formulas = allowed or (before is not None and before[2])
            used[question.code] = (question, path, formulas)
    return used


def of_course(course: Course) -> Iterator[Fragment]:
    """All fragments: those of items (`stored`), `t:` transcript, `q:` question."""
    transcripts = sorted(path for path in course.files if path.endswith(TRANSCRIPT))
    for number, path in enumerate(transcripts, 1):
        text = course.files[path].decode("utf-8-sig", "replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        yield Fragment(f"t:{path}", path, (Part(text),), prefix=f"isi-t{number}-")
    for item in course.items.values():
        yield from STORED[item.kind].fragments(item)
    for code, (question, path, formulas) in used_questions(course).items():
        yield Fragment(
            f"q:{code}",
            path,
            tuple(
                Part(text, question.line, inline=name[0] in INLINE, exact=False)
                for name, text in texts(question)
            ),
            formulas=formulas,
            prefix=f"isi-{code}-",
        )
