"""Reading what the lesson page sends: answers to checks, places, verdicts."""

from typing import Any

from flask import request

from lms.catalog.items import Version
from lms.courseware import grading
from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

from . import answering, checks
from .answering import AnswerUnreadable, NotANumber
from .lessons import Lesson

ANSWER, MOVED = "jawaban", "geser"
TRUTH = {"true": True, "false": False}


class AnswerWanted(AnswerUnreadable):
    message = N_("Pilih atau tulis jawaban Anda dahulu, lalu tekan Periksa jawaban.")


def sent_values() -> list[str]:
    """Return the answer fields as sent, or the order that a button of a row makes."""
    return request.form.getlist(MOVED) or request.form.getlist(ANSWER)


def is_moved() -> bool:
    """Say whether a row was moved without scripts: that alone is no answer."""
    return MOVED in request.form


def read_answer(question: Version, language: str = "id") -> Any:
    """Return the answer in the posted form, as lms.courseware.grading reads it.

    raises  AnswerWanted      nothing was chosen or written
            NotANumber        a number was asked for
            AnswerUnreadable  anything else that no page of ours sends
    """
    sent = [value.strip() for value in sent_values()]
    if not any(sent):
        raise AnswerWanted
    if question.kind in answering.KINDS:
        return answering.read(checks.asked(question, language), sent)
    try:
        raw = _raw(question.kind, sent)
        return grading.check_answer(question.kind, len(question.body["options"]), raw)
    except (KeyError, ValueError):
        if question.kind == "numeric":
            raise NotANumber from None
        raise AnswerUnreadable from None


def _raw(kind: str, sent: list[str]) -> Any:
    if kind == "multiple":
        return sorted({_number(value) for value in sent})
    if len(sent) != 1:
        raise ValueError("one value wanted")
    if kind == "single":
        return _number(sent[0])
    return TRUTH[sent[0]] if kind == "true_false" else sent[0]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise ValueError("an option's number wanted")
    return int(text)


def read_ago() -> int:
    """Return how many seconds ago a place was read, as the device counts; 0 = now.

    Whatever is no number says nothing and counts as now.
    """
    sent = request.form.get("lalu", "")
    return int(sent[:9]) if sent.isascii() and sent.isdigit() else 0


class PlaceMissing(Invalid):
    message = N_("Bagian ini tidak ada dalam pelajaran. Muat ulang halaman.")


class VerdictUnreadable(Invalid):
    message = N_("Pilih Membantu atau Tidak membantu.")


def read_place(lesson: Lesson, field: str = "bagian") -> str:
    """Return the section the posted form is about, "" = the lesson as a whole.

    raises  PlaceMissing  for what is no section of the lesson
    """
    anchor = request.form.get(field)
    if anchor is None:
        raise PlaceMissing
    if anchor and anchor not in {m.anchor for m in lesson.marks if not m.check}:
        raise PlaceMissing
    return anchor


def read_verdict() -> bool:
    """Return whether the lesson helps. Raises VerdictUnreadable."""
    said = request.form.get("membantu", "")
    if said not in ("ya", "tidak"):
        raise VerdictUnreadable
    return said == "ya"


def tells_of_hr() -> bool:
    """Say whether the form sent told that HR reads it: an older page did not."""
    return request.form.get("pembaca") == "pengajar sdm"


def wants_fragment() -> bool:
    """Say whether a script asks: by our header, or as browsers mark its requests."""
    headers = request.headers
    return headers.get("X-Fragment") == "1" or headers.get("Sec-Fetch-Dest") == "empty"
