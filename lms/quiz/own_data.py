"""What quizzes store about a person, for "Data saya"; nothing of any key."""

from sqlalchemy import bindparam, exists, select

from lms.accounts.models import Person
from lms.audit.own_data import Section, reading, register
from lms.catalog.models import Course
from lms.kernel.i18n import N_
from lms.records.models import Enrolment, ItemFact
from lms.uploads.models import Upload

from .models import (
    AnswerFile,
    AnswerGrade,
    AnswerSave,
    Attempt,
    AttemptFlag,
    AttemptGrant,
    Rescore,
    SlotScore,
    TimeAllowance,
)

PERSON = bindparam("person")
_MINE = Attempt.person_id == PERSON
# Which answers were right would tell the key of questions that may come again.
_HAS_PASSED = exists(
    select(ItemFact.id).where(
        ItemFact.enrolment_id == Attempt.enrolment_id,
        ItemFact.item_code == Attempt.item_code,
        ItemFact.fact == "passed",
    )
)


def _of_attempt(*columns, of):
    """Select columns of a table whose rows belong to an attempt."""
    return (
        select(Course.code, Attempt.item_code, Attempt.number, *columns)
        .join(Attempt, Attempt.id == of.attempt_id)
        .join(Course, Course.id == Attempt.course_id)
        .where(_MINE)
    )


register(
    Section(
        key="percobaan_kuis",
        group="learning",
        title=N_("Percobaan kuis"),
        columns=(
            N_("Kursus"), N_("Kuis"), N_("Percobaan"), N_("Dibuka"), N_("Tenggat"),
            N_("Dikumpulkan"), N_("Nilai (per sepuluh ribu)"),
            N_("Nilai lulus (per sepuluh ribu)"), N_("Tambahan waktu (persen)"),
            N_("Menunggu penilaian (soal)"), N_("Susunan soal"),
        ),
        tables=("attempts",),
        read=reading(
            select(
                Course.code, Attempt.item_code, Attempt.number, Attempt.opened_at,
                Attempt.closes_at, Attempt.submitted_at, Attempt.graded_bp,
                Attempt.pass_bp, Attempt.extra_percent, Attempt.waited,
                Attempt.layout,
            )
            .join(Course, Course.id == Attempt.course_id)
            .where(_MINE)
            .order_by(Attempt.id.desc())
        ),
        file_only=("Susunan soal",),
    ),
    Section(
        key="jawaban_kuis",
        group="learning",
        title=N_("Jawaban kuis"),
        columns=(
            N_("Kursus"), N_("Kuis"), N_("Percobaan"), N_("Soal"), N_("Urutan"),
            N_("Jawaban"), N_("Perangkat"), N_("Tersimpan"),
        ),
        tables=("answer_saves",),
        read=reading(
            _of_attempt(
                AnswerSave.slot + 1, AnswerSave.seq, AnswerSave.answer,
                AnswerSave.device, AnswerSave.saved_at, of=AnswerSave,
            ).order_by(AnswerSave.id.desc())
        ),
        file_only=("Urutan", "Jawaban", "Perangkat"),
    ),
    Section(
        key="tanda_soal",
        group="learning",
        title=N_("Soal yang ditandai"),
        columns=(
            N_("Kursus"), N_("Kuis"), N_("Percobaan"), N_("Soal"), N_("Terpasang"),
        ),
        tables=("attempt_flags",),
        read=reading(
            _of_attempt(
                AttemptFlag.slot + 1, AttemptFlag.is_on, of=AttemptFlag
            ).order_by(AttemptFlag.attempt_id.desc(), AttemptFlag.slot)
        ),
        words={True: N_("ya"), False: N_("tidak")},
    ),
    Section(
        key="nilai_soal",
        group="learning",
        title=N_("Nilai per soal"),
        columns=(
            N_("Kursus"), N_("Kuis"), N_("Percobaan"), N_("Soal"),
            N_("Nilai (per sepuluh ribu)"),
        ),
        tables=("slot_scores",),
        read=reading(
            _of_attempt(SlotScore.slot + 1, SlotScore.score_bp, of=SlotScore)
            .where(_HAS_PASSED)
            .order_by(SlotScore.attempt_id.desc(), SlotScore.slot)
        ),
        remark=N_(
            "Tampil setelah kuisnya lulus, karena soal yang sama dapat keluar lagi."
        ),
    ),
    Section(
        key="nilai_dihitung_ulang",
        group="learning",
        title=N_("Nilai kuis yang dihitung ulang"),
        columns=(
            N_("Kursus"), N_("Kuis"), N_("Percobaan"), N_("Nilai (per sepuluh ribu)"),
            N_("Cara"), N_("Alasan"), N_("Waktu"),
        ),
        tables=("rescores",),
        read=reading(
            _of_attempt(
                Rescore.score_bp, Rescore.rule, Rescore.reason, Rescore.at, of=Rescore
            ).order_by(Rescore.id.desc())
        ),
        words={
            "again": N_("menurut kunci yang diperbaiki"),
            "right": N_("dianggap benar bagi semua"),
            "person": N_("dinilai pengajar"),
        },
    ),
    Section(
        key="penilaian_jawaban_kuis",
        group="learning",
        title=N_("Jawaban kuis yang dinilai pengajar"),
        columns=(
            N_("Kursus"), N_("Kuis"), N_("Percobaan"), N_("Soal"),
            N_("Penilaian ke"), N_("Nilai (per sepuluh ribu)"),
            N_("Tingkat per kriteria"), N_("Komentar"), N_("Alasan dinilai lagi"),
            N_("Penilai"), N_("Waktu"),
        ),
        tables=("answer_grades",),
        read=reading(
            _of_attempt(
                AnswerGrade.slot + 1, AnswerGrade.number, AnswerGrade.score_bp,
                AnswerGrade.levels, AnswerGrade.remark, AnswerGrade.reason,
                Person.name, AnswerGrade.at, of=AnswerGrade,
            )
            .join(Person, Person.id == AnswerGrade.by_id)
            .order_by(AnswerGrade.id.desc())
        ),
        file_only=("Tingkat per kriteria",),
    ),
    Section(
        key="berkas_jawaban_kuis",
        group="learning",
        title=N_("Berkas jawaban kuis"),
        columns=(
            N_("Kursus"), N_("Kuis"), N_("Percobaan"), N_("Soal"), N_("Berkas"),
        ),
        tables=("answer_files",),
        read=reading(
            _of_attempt(AnswerFile.slot + 1, Upload.name, of=AnswerFile)
            .join(Upload, Upload.id == AnswerFile.upload_id)
            .order_by(AnswerFile.id.desc())
        ),
    ),
    Section(
        key="tambahan_waktu",
        group="learning",
        title=N_("Tambahan waktu kuis"),
        columns=(
            N_("Diberikan"), N_("Persen"), N_("Alasan"), N_("Berakhir"),
            N_("Alasan berakhir"),
        ),
        tables=("time_allowances",),
        read=reading(
            select(
                TimeAllowance.granted_at, TimeAllowance.percent, TimeAllowance.reason,
                TimeAllowance.ended_at, TimeAllowance.end_reason,
            )
            .where(TimeAllowance.person_id == PERSON)
            .order_by(TimeAllowance.id.desc())
        ),
    ),
    Section(
        key="tambahan_percobaan",
        group="learning",
        title=N_("Tambahan percobaan kuis"),
        columns=(
            N_("Diberikan"), N_("Kursus"), N_("Kuis"), N_("Percobaan"), N_("Alasan"),
        ),
        tables=("attempt_grants",),
        read=reading(
            select(
                AttemptGrant.granted_at, Course.code, AttemptGrant.item_code,
                AttemptGrant.number, AttemptGrant.reason,
            )
            .join(Enrolment, Enrolment.id == AttemptGrant.enrolment_id)
            .join(Course, Course.id == Enrolment.course_id)
            .where(AttemptGrant.person_id == PERSON)
            .order_by(AttemptGrant.id.desc())
        ),
    ),
)  # fmt: skip
