"""What surveys store about a person, for "Data saya"."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from lms.audit.own_data import Rows, Section, reading, register
from lms.catalog.models import Course, QuestionVersion
from lms.kernel.i18n import N_
from lms.records.models import Enrolment

from . import wording
from .models import SurveyAnswer, SurveyCall, SurveyFilling

PERSON = bindparam("person")
ROLES = {
    "learner": N_("peserta"),
    "superior": N_("atasan langsung"),
    "peer": N_("rekan seunit"),
    "subordinate": N_("bawahan"),
}


def _in_words(statement: Select) -> Callable[[Connection, int], Rows]:
    """Read rows that end with kind, body and answer; these become two texts."""
    rows = reading(statement)

    def read(connection: Connection, person_id: int) -> Rows:
        for *facts, kind, body, answer in rows(connection, person_id):
            yield (*facts, wording.plain(body["stem_html"]), _said(kind, body, answer))

    return read


def _said(kind: str, body: dict[str, Any], answer: str) -> str:
    return wording.in_words(kind, body, json.loads(answer))


_ANSWERS = (
    select(
        Course.code,
        SurveyFilling.item_code,
        SurveyFilling.role,
        SurveyFilling.filled_on,
        QuestionVersion.kind,
        QuestionVersion.body,
        SurveyAnswer.answer,
    )
    .join(SurveyFilling, SurveyFilling.id == SurveyAnswer.filling_id)
    .join(Course, Course.id == SurveyFilling.course_id)
    .join(QuestionVersion, QuestionVersion.id == SurveyAnswer.question_version_id)
    .order_by(SurveyFilling.id.desc(), SurveyAnswer.place)
)
_CALLS = (
    select(
        Course.code, SurveyCall.item_code, SurveyCall.role, SurveyCall.asked_on,
        SurveyCall.closes_on, SurveyCall.reminded_on, SurveyCall.declined_on,
    )
    .join(Course, Course.id == SurveyCall.course_id)
    .order_by(SurveyCall.id.desc())
)  # fmt: skip
_CALL_COLUMNS = (
    N_("Kursus"), N_("Survei"), N_("Peran pengisi"), N_("Diminta"),
    N_("Berlaku sampai"), N_("Diingatkan"), N_("Memilih tidak mengisi"),
)  # fmt: skip
_ANSWER_COLUMNS = (
    N_("Kursus"), N_("Survei"), N_("Peran pengisi"), N_("Diisi"), N_("Pertanyaan"),
    N_("Jawaban"),
)  # fmt: skip

register(
    Section(
        key="survei_diisi",
        group="learning",
        title=N_("Survei yang Anda isi"),
        columns=(
            N_("Kursus"), N_("Survei"), N_("Peran pengisi"), N_("Diisi"),
            N_("Tanpa nama"),
        ),
        tables=("survey_fillings",),
        read=reading(
            select(
                Course.code, SurveyFilling.item_code, SurveyFilling.role,
                SurveyFilling.filled_on, SurveyFilling.is_anonymous,
            )
            .join(Course, Course.id == SurveyFilling.course_id)
            .where(SurveyFilling.respondent_id == PERSON)
            .order_by(SurveyFilling.id.desc())
        ),
        words=ROLES | {True: N_("ya"), False: N_("tidak")},
        remark=N_(
            "Jawaban survei tanpa nama tidak ada di sini: tidak tercatat milik siapa."
        ),
    ),
    Section(
        key="jawaban_survei",
        group="learning",
        title=N_("Jawaban survei Anda"),
        columns=_ANSWER_COLUMNS,
        tables=("survey_answers",),
        read=_in_words(_ANSWERS.where(SurveyFilling.respondent_id == PERSON)),
        words=ROLES,
    ),
    Section(
        key="survei_tentang_anda",
        group="learning",
        title=N_("Jawaban survei orang lain tentang Anda"),
        columns=_ANSWER_COLUMNS,
        tables=("survey_answers",),
        read=_in_words(
            _ANSWERS.join(Enrolment, Enrolment.id == SurveyFilling.enrolment_id).where(
                Enrolment.person_id == PERSON,
                SurveyFilling.respondent_id != PERSON,
            )
        ),
        words=ROLES,
        remark=N_("Hanya jawaban yang diberikan dengan nama; namanya tidak tampil."),
    ),
    Section(
        key="survei_diminta",
        group="learning",
        title=N_("Permintaan mengisi survei kepada Anda"),
        columns=_CALL_COLUMNS,
        tables=("survey_calls",),
        read=reading(_CALLS.where(SurveyCall.respondent_id == PERSON)),
        words=ROLES,
    ),
    Section(
        key="survei_pengisi",
        group="learning",
        title=N_("Permintaan mengisi survei tentang Anda"),
        columns=_CALL_COLUMNS,
        tables=("survey_calls",),
        read=reading(
            _CALLS.where(
                SurveyCall.person_id == PERSON, SurveyCall.respondent_id != PERSON
            )
        ),
        words=ROLES,
    ),
)  # fmt: skip
