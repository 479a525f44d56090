"""Questions as `## Judul {#kode}` sections, as quizzes, banks and surveys have them."""

from collections.abc import Callable

from lms.courseware import marks, prose, questions
from lms.courseware.answers import BodyLine, Use
from lms.courseware.kinds.kind import Draft
from lms.courseware.kinds.lesson import check_boxes
from lms.courseware.notes import Notes
from lms.courseware.schema import Question

MAX_QUESTIONS = 1_000


def read(
    draft: Draft, use: Use = "quiz"
) -> tuple[list[BodyLine], tuple[Question, ...]]:
    """The lines before the first question, checked, and the questions.

    use  "survey" reads questions that have no right answer
    """
    intro: list[BodyLine] = []
    bodies: list[list[BodyLine]] = []
    heads = []
    codes: dict[str, int] = {}
    for line in draft.body:
        number, text, is_code = line
        may_head = "##" in text and not is_code
        heading = marks.HEADING.match(text) if may_head else None
        if heading is not None:
            title = heading.group("title") or ""
            column = text.index("##") + 4 if not title else heading.start("title") + 1
            heads.append(
                questions.heading(title, number, column, codes, draft.notes, use=use)
            )
            bodies.append([])
        elif bodies:
            bodies[-1].append(line)
        else:
            intro.append(line)
    check_prose(intro, draft.notes)
    if len(heads) > MAX_QUESTIONS:
        message = f"berkas ini punya lebih dari {MAX_QUESTIONS} soal"
        draft.notes.error(
            "A152", heads[MAX_QUESTIONS].line, 1, message, "bagi berkasnya"
        )
        return intro, ()
    found = []
    for head, body in zip(heads, bodies, strict=True):
        check_boxes(body, draft.notes)
        found.append(questions.read(head, body, draft.dictionary, draft.notes))
    return intro, tuple(question for question in found if question)


def check_prose(
    lines: list[BodyLine],
    notes: Notes,
    *,
    knows: Callable[[str], object] = lambda _text: False,
) -> None:
    """Note marks of sections and questions that would be shown as they are written.

    knows  says of a heading without its blank that it is noted elsewhere
    """
    check_boxes(lines, notes)
    for number, text, is_code in lines:
        if is_code:
            continue
        tight = marks.TIGHT_HEADING.match(text)
        if tight and not knows(text):
            fix = f"## {tight.group('title')}"
            notes.error("C304", number, 1, "sesudah ## harus ada spasi", fix)
        prose.check_outside(number, text, notes)


def joined(lines: list[BodyLine]) -> str:
    return "\n".join(text for _number, text, _code in lines).strip()
