"""Choices that leave a learner who is wrong without a reason.

A question whose explanation tells it needs no feedback under each choice. One where
some choices have feedback and a wrong one has none was probably forgotten. Questions
without a word are an exam's habit: a file with several of them is named once.
"""

from collections.abc import Iterable

from lms.courseware.answers.form import OptionLine
from lms.courseware.notes import Notes
from lms.courseware.schema import Question

SEVERAL = 3  # questions of a file that tell nothing


def note_choice(question: Question, options: list[OptionLine], notes: Notes) -> None:
    """Note the first wrong choice without feedback, where others have some.

    options  as they stand in the file, in the order of the question's
    """
    if not _may_lack(question) or not any(o.feedback for o in question.options):
        return
    for option, line in zip(question.options, options, strict=True):
        if option.credit < 100 and not option.feedback:
            message = "pilihan keliru ini tanpa umpan balik, padahal yang lain punya"
            fix = 'tulis "  > alasannya" di bawahnya, atau baris "Pembahasan: …"'
            notes.warn("C379", line.line, line.column, message, fix)
            return


def note_silent(questions: Iterable[Question], notes: Notes) -> None:
    """Note the first of several questions that tell nothing about a wrong choice."""
    silent = [
        question
        for question in questions
        if _may_lack(question) and not any(o.feedback for o in question.options)
    ]
    if len(silent) >= SEVERAL:
        message = (
            f"{len(silent)} soal pilihan tanpa umpan balik dan tanpa pembahasan:"
            " peserta yang keliru tidak tahu sebabnya"
        )
        fix = 'tambahkan baris "Pembahasan: …" pada soal-soal itu'
        notes.warn("C379", silent[0].line, 1, message, fix)


def _may_lack(question: Question) -> bool:
    return (
        question.kind == "single"
        and question.is_keyed
        and not question.explanation
        and not question.if_wrong
    )
