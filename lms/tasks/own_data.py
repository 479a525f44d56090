"""What assignments store about a person, for "Data saya".

What graders note is shown when something came out, and peers stay unnamed.
"""

from sqlalchemy import Select, bindparam, case, exists, literal, select

from lms.accounts.models import Person
from lms.audit.own_data import Section, reading, register
from lms.catalog.models import Course
from lms.kernel.i18n import N_
from lms.uploads.models import Upload

from .models import (
    Appeal,
    Call,
    DraftText,
    Outcome,
    Review,
    ReviewDraft,
    Waiver,
    Work,
    WorkFile,
)
from .showing import ROLES

PERSON = bindparam("person")
RESULTS = {"graded": N_("dinilai"), "returned": N_("dikembalikan")}
_MINE = Work.person_id == PERSON
_HAS_OUTCOME = exists().where(Outcome.work_id == Work.id)


def _of_work(*columns, of) -> Select:
    return (
        select(Course.code, Work.item_code, Work.number, *columns)
        .select_from(of)
        .join(Work, Work.id == of.work_id)
        .join(Course, Course.id == Work.course_id)
    )


def _calls(condition) -> Select:
    """Select who was asked to grade which work."""
    return (
        _of_work(Call.role, Call.called_at, of=Call)
        .where(condition)
        .order_by(Call.id.desc())
    )


_PLACE = (N_("Kursus"), N_("Tugas"), N_("Pengumpulan"))
_OPINION = (
    N_("Isi penilaian"), N_("Nilai (per sepuluh ribu)"), N_("Komentar"),
    N_("Tingkat"), N_("Komentar per kriteria"),
    N_("Alasan dibetulkan"), N_("Waktu"),
)  # fmt: skip
_SAID = (
    Review.result, Review.score_bp, Review.remark, Review.levels, Review.remarks,
    Review.reason, Review.at,
)  # fmt: skip

register(
    Section(
        key="tugas",
        group="learning",
        title=N_("Tugas"),
        columns=(
            *_PLACE, N_("Dimulai"), N_("Tenggat"), N_("Dikumpulkan"),
            N_("Nilai lulus (per sepuluh ribu)"), N_("Nomor"), N_("Teks"),
        ),
        tables=("task_works",),
        read=reading(
            select(
                Course.code, Work.item_code, Work.number, Work.opened_at, Work.due_at,
                Work.submitted_at, Work.pass_bp, Work.uid, Work.text,
            )
            .join(Course, Course.id == Work.course_id)
            .where(_MINE)
            .order_by(Work.id.desc())
        ),
        file_only=("Nilai lulus (per sepuluh ribu)", "Nomor", "Teks"),
    ),
    Section(
        key="draf_tugas",
        group="learning",
        title=N_("Draf tugas"),
        columns=(*_PLACE, N_("Urutan"), N_("Tersimpan"), N_("Perangkat"), N_("Teks")),
        tables=("task_drafts",),
        read=reading(
            _of_work(
                DraftText.seq, DraftText.saved_at, DraftText.device, DraftText.text,
                of=DraftText,
            )
            .where(_MINE)
            .order_by(DraftText.id.desc())
        ),
        file_only=("Urutan", "Perangkat", "Teks"),
    ),
    Section(
        key="lampiran_tugas",
        group="learning",
        title=N_("Lampiran tugas"),
        columns=(*_PLACE, N_("Nama"), N_("Dilampirkan")),
        tables=("task_files",),
        read=reading(
            _of_work(Upload.name, WorkFile.attached_at, of=WorkFile)
            .join(Upload, Upload.id == WorkFile.upload_id)
            .where(_MINE)
            .order_by(WorkFile.id.desc())
        ),
    ),
    Section(
        key="penilai_tugas",
        group="learning",
        title=N_("Siapa yang diminta menilai tugas Anda"),
        columns=(*_PLACE, N_("Sebagai"), N_("Diminta")),
        tables=("task_calls",),
        read=reading(_calls(_MINE)),
        words=ROLES,
    ),
    Section(
        key="diminta_menilai",
        group="learning",
        title=N_("Tugas yang Anda diminta menilai"),
        columns=(*_PLACE, N_("Sebagai"), N_("Diminta")),
        tables=("task_calls",),
        read=reading(_calls(Call.person_id == PERSON)),
        words=ROLES,
    ),
    Section(
        key="penilaian_tugas",
        group="results",
        title=N_("Penilaian atas tugas Anda"),
        columns=(*_PLACE, N_("Sebagai"), N_("Oleh"), *_OPINION),
        tables=("task_reviews",),
        read=reading(
            _of_work(
                Review.role,
                case((Review.role == "peer", literal("")), else_=Person.name),
                *_SAID,
                of=Review,
            )
            .join(Person, Person.id == Review.grader_id)
            .where(_MINE, _HAS_OUTCOME)
            .order_by(Review.id.desc())
        ),
        words=ROLES | RESULTS,
        file_only=("Tingkat", "Komentar per kriteria"),
        remark=N_("Tampil setelah hasilnya keluar; sejawat tidak bernama."),
    ),
    Section(
        key="penilaian_oleh_anda",
        group="learning",
        title=N_("Penilaian yang Anda berikan"),
        columns=(*_PLACE, N_("Sebagai"), *_OPINION),
        tables=("task_reviews",),
        read=reading(
            _of_work(Review.role, *_SAID, of=Review)
            .where(Review.grader_id == PERSON)
            .order_by(Review.id.desc())
        ),
        words=ROLES | RESULTS,
        file_only=("Tingkat", "Komentar per kriteria"),
    ),
    Section(
        key="draf_penilaian",
        group="learning",
        title=N_("Draf penilaian Anda"),
        columns=(
            *_PLACE, N_("Komentar"), N_("Tingkat"), N_("Komentar per kriteria"),
            N_("Tersimpan"),
        ),
        tables=("task_review_drafts",),
        read=reading(
            _of_work(
                ReviewDraft.remark, ReviewDraft.levels, ReviewDraft.remarks,
                ReviewDraft.saved_at, of=ReviewDraft,
            )
            .where(ReviewDraft.person_id == PERSON)
            .order_by(ReviewDraft.saved_at.desc())
        ),
        file_only=("Tingkat", "Komentar per kriteria"),
    ),
    Section(
        key="hasil_tugas",
        group="results",
        title=N_("Hasil tugas"),
        columns=(
            *_PLACE, N_("Hasil ke"), N_("Hasil"), N_("Nilai (per sepuluh ribu)"),
            N_("Waktu"),
        ),
        tables=("task_outcomes",),
        read=reading(
            _of_work(
                Outcome.number, Outcome.result, Outcome.score_bp, Outcome.at,
                of=Outcome,
            )
            .where(_MINE)
            .order_by(Outcome.id.desc())
        ),
        words=RESULTS,
    ),
    Section(
        key="penilaian_kedua",
        group="results",
        title=N_("Permintaan penilaian kedua"),
        columns=(*_PLACE, N_("Alasan"), N_("Diminta")),
        tables=("task_appeals",),
        read=reading(
            _of_work(Appeal.reason, Appeal.asked_at, of=Appeal)
            .where(_MINE)
            .order_by(Appeal.asked_at.desc())
        ),
    ),
    Section(
        key="tanpa_penilai",
        group="results",
        title=N_("Penilai tugas yang tidak ditunggu"),
        columns=(*_PLACE, N_("Sebagai"), N_("Oleh"), N_("Alasan"), N_("Waktu")),
        tables=("task_waivers",),
        read=reading(
            _of_work(Waiver.role, Person.name, Waiver.reason, Waiver.at, of=Waiver)
            .join(Person, Person.id == Waiver.by_id)
            .where(_MINE)
            .order_by(Waiver.at.desc())
        ),
        words=ROLES,
    ),
)  # fmt: skip
