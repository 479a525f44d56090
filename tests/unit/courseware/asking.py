"""One question of a quiz, a check or a survey, from its text to what is kept."""

from lms.courseware import bodies, library, marks, questions
from lms.courseware.markdown import Job, convert
from lms.courseware.notes import Notes
from lms.courseware.question_texts import INLINE, texts
from lms.courseware.render import Rendered
from tests.unit.courseware.mistakes import SAMPLE

DICTIONARY = library.load(SAMPLE).competencies


def ask(text, use="quiz"):
    """The question under a heading on line 1, and what was noted.

    text  from line 2 on
    """
    notes = Notes("kuis/akhir.md")
    lines = text.split("\n")
    inside, _ = marks.in_code(lines)
    body = [(n, t, c) for n, (t, c) in enumerate(zip(lines, inside, strict=True), 2)]
    head = questions.heading("Judul {#kode}", 1, 4, {}, notes, use=use)
    question = questions.read(head, body, DICTIONARY, notes)
    reported = {finding.line for finding in notes.found}
    lost = [
        line
        for line in body
        if line[1].strip() and line[0] not in head.claimed | reported
    ]
    assert not lost, lost
    return question, notes.found


def asked(text, use="quiz"):
    """The question, which must be without mistakes."""
    question, found = ask(text, use)
    assert found == [], found
    return question


def stored(question):
    """Body and key as they are stored."""
    job = Job(formulas=True)
    html = tuple(
        convert(text, job, inline=name[0] in INLINE) for name, text in texts(question)
    )
    assert job.problems == []
    text = Rendered(html)
    return bodies.question_body(question, text), bodies.question_key(question, text)
