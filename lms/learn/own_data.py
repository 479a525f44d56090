"""What lessons store about a person, for "Data saya"."""

from sqlalchemy import bindparam, select

from lms.audit.own_data import Section, reading, register
from lms.catalog.models import Course
from lms.kernel.i18n import N_
from lms.records.models import Enrolment

from .models import (
    ActionPlan,
    Bookmark,
    CheckAnswer,
    LessonNote,
    LessonVerdict,
    PlanConfirmation,
    ReadingPlace,
)

PERSON = bindparam("person")


def _enrolled(*columns, of):
    """Select columns of a table whose rows belong to an enrolment."""
    return (
        select(*columns)
        .join(Enrolment, Enrolment.id == of.enrolment_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == PERSON)
    )


register(
    Section(
        key="jawaban_cek",
        group="learning",
        title=N_("Jawaban cek pemahaman"),
        columns=(
            N_("Waktu"), N_("Kursus"), N_("Pelajaran"), N_("Cek"), N_("Jawaban"),
            N_("Nilai (per sepuluh ribu)"),
        ),
        tables=("check_answers",),
        read=reading(
            _enrolled(
                CheckAnswer.at, Course.code, CheckAnswer.item_code,
                CheckAnswer.check_code, CheckAnswer.answer, CheckAnswer.score_bp,
                of=CheckAnswer,
            ).order_by(CheckAnswer.id.desc())
        ),
        file_only=("Cek", "Jawaban"),
    ),
    Section(
        key="letak_membaca",
        group="learning",
        title=N_("Letak membaca terakhir"),
        columns=(N_("Waktu"), N_("Kursus"), N_("Pelajaran"), N_("Bagian")),
        tables=("reading_places",),
        read=reading(
            _enrolled(
                ReadingPlace.at, Course.code, ReadingPlace.item_code,
                ReadingPlace.anchor, of=ReadingPlace,
            ).order_by(ReadingPlace.at.desc())
        ),
        file_only=("Bagian",),
    ),
    Section(
        key="catatan",
        group="learning",
        title=N_("Catatan pribadi"),
        columns=(
            N_("Ditulis"), N_("Diubah"), N_("Dihapus"), N_("Kursus"), N_("Pelajaran"),
            N_("Bagian"), N_("Isi"),
        ),
        tables=("lesson_notes",),
        read=reading(
            select(
                LessonNote.created_at, LessonNote.updated_at, LessonNote.deleted_at,
                Course.code, LessonNote.item_code, LessonNote.anchor, LessonNote.text,
            )
            .join(Course, Course.id == LessonNote.course_id)
            .where(LessonNote.person_id == PERSON)
            .order_by(LessonNote.id.desc())
        ),
        remark=N_("Hanya Anda yang dapat membacanya."),
        file_only=("Bagian",),
    ),
    Section(
        key="penanda",
        group="learning",
        title=N_("Penanda"),
        columns=(
            N_("Waktu"), N_("Kursus"), N_("Pelajaran"), N_("Bagian"), N_("Terpasang"),
        ),
        tables=("bookmarks",),
        read=reading(
            select(
                Bookmark.at, Course.code, Bookmark.item_code, Bookmark.anchor,
                Bookmark.is_on,
            )
            .join(Course, Course.id == Bookmark.course_id)
            .where(Bookmark.person_id == PERSON)
            .order_by(Bookmark.at.desc())
        ),
        file_only=("Bagian",),
        words={True: N_("ya"), False: N_("tidak")},
    ),
    Section(
        key="penilaian_pelajaran",
        group="learning",
        title=N_("Penilaian pelajaran"),
        columns=(
            N_("Waktu"), N_("Kursus"), N_("Pelajaran"), N_("Membantu"), N_("Komentar"),
            N_("Dibaca juga pengelola SDM"),
        ),
        tables=("lesson_verdicts",),
        read=reading(
            _enrolled(
                LessonVerdict.at, Course.code, LessonVerdict.item_code,
                LessonVerdict.is_helpful, LessonVerdict.comment,
                LessonVerdict.hr_may_read, of=LessonVerdict,
            ).order_by(LessonVerdict.id.desc())
        ),
        file_only=("Dibaca juga pengelola SDM",),
        words={True: N_("ya"), False: N_("tidak")},
    ),
)  # fmt: skip

register(
    Section(
        key="rencana_tindak_lanjut",
        group="learning",
        title=N_("Rencana tindak lanjut"),
        columns=(
            N_("Waktu"),
            N_("Kursus"),
            N_("Yang akan dilakukan"),
            N_("Sampai"),
            N_("Dukungan"),
            N_("Didukung atasan"),
        ),
        tables=("action_plans",),
        read=reading(
            _enrolled(
                ActionPlan.written_at,
                Course.code,
                ActionPlan.what,
                ActionPlan.due_on,
                ActionPlan.support,
                PlanConfirmation.confirmed_at,
                of=ActionPlan,
            )
            .outerjoin(PlanConfirmation, PlanConfirmation.plan_id == ActionPlan.id)
            .order_by(ActionPlan.id.desc())
        ),
    ),
    Section(
        key="rencana_yang_didukung",
        group="learning",
        title=N_("Rencana bawahan yang Anda dukung"),
        columns=(N_("Waktu"), N_("Kursus"), N_("Yang akan dilakukan")),
        tables=("plan_confirmations",),
        read=reading(
            select(PlanConfirmation.confirmed_at, Course.code, ActionPlan.what)
            .join(ActionPlan, ActionPlan.id == PlanConfirmation.plan_id)
            .join(Enrolment, Enrolment.id == ActionPlan.enrolment_id)
            .join(Course, Course.id == Enrolment.course_id)
            .where(PlanConfirmation.confirmed_by == PERSON)
            .order_by(PlanConfirmation.plan_id.desc())
        ),
    ),
)
