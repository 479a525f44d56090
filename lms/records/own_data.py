"""What records store about a person, for "Data saya"."""

from sqlalchemy import bindparam, func, select

from lms.audit.own_data import Section, reading, register
from lms.catalog.models import Course
from lms.kernel.i18n import N_

from .models import (
    AmendmentProof,
    Certificate,
    CertificateFile,
    Completion,
    Enrolment,
    EnrolmentEvent,
    Evidence,
    ItemFact,
    LedgerEntry,
    ProofFile,
)
from .siasn_models import SiasnChange, SiasnRecord

PERSON = bindparam("person")

register(
    Section(
        key="kepesertaan",
        group="learning",
        title=N_("Kursus yang diikuti"),
        columns=(
            N_("Kursus"), N_("Edisi"), N_("Periode"), N_("Mulai"), N_("Berhenti"),
        ),
        tables=("enrolments",),
        read=reading(
            select(
                Course.code, Enrolment.edition, Enrolment.period,
                Enrolment.started_at, Enrolment.withdrawn_at,
            )
            .join(Course, Course.id == Enrolment.course_id)
            .where(Enrolment.person_id == PERSON)
            .order_by(Enrolment.id.desc())
        ),
    ),
    Section(
        key="peristiwa_kepesertaan",
        group="learning",
        title=N_("Masuk dan keluar kursus"),
        columns=(N_("Waktu"), N_("Kursus"), N_("Peristiwa")),
        tables=("enrolment_events",),
        read=reading(
            select(EnrolmentEvent.at, Course.code, EnrolmentEvent.kind)
            .join(Enrolment, Enrolment.id == EnrolmentEvent.enrolment_id)
            .join(Course, Course.id == Enrolment.course_id)
            .where(Enrolment.person_id == PERSON)
            .order_by(EnrolmentEvent.id.desc())
        ),
        words={"enrolled": N_("mulai mengikuti"), "withdrew": N_("berhenti"),
               "returned": N_("mengikuti lagi"),
               "again": N_("dibuka lagi oleh pengelola SDM sesudah dicabut")},
    ),
    Section(
        key="fakta_belajar",
        group="learning",
        title=N_("Fakta belajar"),
        columns=(
            N_("Waktu"), N_("Kursus"), N_("Pelajaran"), N_("Fakta"), N_("Cek"),
            N_("Nilai (per sepuluh ribu)"),
        ),
        tables=("item_facts",),
        read=reading(
            select(
                ItemFact.at, Course.code, ItemFact.item_code, ItemFact.fact,
                ItemFact.subject, ItemFact.score_bp,
            )
            .join(Enrolment, Enrolment.id == ItemFact.enrolment_id)
            .join(Course, Course.id == Enrolment.course_id)
            .where(Enrolment.person_id == PERSON)
            .order_by(ItemFact.id.desc())
        ),
        words={"opened": N_("dibuka"), "read": N_("dibaca"),
               "check_answered": N_("cek dijawab"), "check_right": N_("cek tepat"),
               "passed": N_("lulus")},
        file_only=("Cek",),
    ),
    Section(
        key="penyelesaian",
        group="results",
        title=N_("Kursus yang selesai"),
        columns=(
            N_("Nomor rekaman"), N_("Kursus"), N_("Judul"), N_("Edisi"),
            N_("Periode"), N_("Perangkat daerah"), N_("Unit kerja"), N_("Jabatan"),
            N_("Jenis jabatan"), N_("Jenjang"), N_("Status ASN"), N_("Golongan"),
            N_("Mulai"), N_("Selesai"), N_("Tahun"), N_("JP"), N_("Bentuk pelatihan"),
            N_("Penyelenggara"), N_("Nilai (per sepuluh ribu)"), N_("Kompetensi"),
            N_("Tingkat"), N_("Keadaan"),
        ),
        tables=("completions",),
        read=reading(
            select(
                Completion.uid, Completion.course_code, Completion.course_title,
                Completion.edition, Completion.period, Completion.office_name,
                Completion.unit_name, Completion.job_title, Completion.job_type,
                Completion.job_level, Completion.asn_status, Completion.rank,
                Completion.started_on, Completion.finished_at, Completion.year,
                Completion.jp, Completion.training_form, Completion.organiser,
                Completion.score_bp, Completion.competencies,
                Completion.competency_level, Completion.state,
            )
            .where(Completion.person_id == PERSON)
            .order_by(Completion.id.desc())
        ),
        words={"valid": N_("berlaku"), "revoked": N_("dicabut")},
        file_only=(
            "Nomor rekaman", "Kursus", "Edisi", "Periode", "Perangkat daerah",
            "Unit kerja", "Jabatan", "Jenis jabatan", "Jenjang", "Status ASN",
            "Golongan", "Tahun", "Bentuk pelatihan", "Penyelenggara",
        ),
    ),
    Section(
        key="buku_besar",
        group="results",
        title=N_("Buku besar hasil"),
        columns=(
            N_("Urutan"), N_("Waktu"), N_("Jenis"), N_("Nomor rekaman"), N_("Isi"),
            N_("Sidik"),
        ),
        tables=("ledger_entries",),
        read=reading(
            select(
                LedgerEntry.seq, LedgerEntry.at, LedgerEntry.kind, LedgerEntry.uid,
                LedgerEntry.body, LedgerEntry.hash,
            )
            .where(LedgerEntry.person_id == PERSON)
            .order_by(LedgerEntry.seq.desc())
        ),
        words={"completion": N_("penyelesaian"), "jp": N_("JP"),
               "certificate": N_("sertifikat"), "correction": N_("koreksi"),
               "revocation": N_("pencabutan")},
        file_only=("Nomor rekaman", "Isi", "Sidik"),
    ),
    Section(
        key="sertifikat",
        group="results",
        title=N_("Sertifikat"),
        columns=(
            N_("Nomor"), N_("Kode periksa"), N_("Terbit"), N_("Penandatangan"),
            N_("Yang tercetak"), N_("Dicabut"), N_("Alasan"), N_("Berkas dibuat"),
            N_("Sidik berkas"), N_("Ukuran berkas (bita)"),
        ),
        tables=("certificates", "certificate_files"),
        read=reading(
            select(
                Certificate.number, Certificate.code, Certificate.issued_on,
                Certificate.signer, Certificate.printed, Certificate.revoked_on,
                Certificate.revoked_reason, CertificateFile.made_at,
                CertificateFile.sha256, func.length(CertificateFile.data),
            )
            .outerjoin(
                CertificateFile, CertificateFile.certificate_id == Certificate.id
            )
            .where(Certificate.person_id == PERSON)
            .order_by(Certificate.id.desc())
        ),
        remark=N_("Berkas PDF-nya dapat diunduh di halaman Sertifikat."),
        file_only=("Yang tercetak", "Sidik berkas", "Ukuran berkas (bita)"),
    ),
    Section(
        key="siasn",
        group="results",
        title=N_("Kiriman ke SIASN"),
        columns=(
            N_("Waktu"), N_("Kursus"), N_("Keadaan"), N_("Nomor di SIASN"),
            N_("Pesan"), N_("Paket"), N_("Sidik kiriman"), N_("Isi kiriman"),
            N_("Keadaan sekarang"),
        ),
        tables=("siasn_records", "siasn_changes"),
        read=reading(
            select(
                SiasnChange.at, Completion.course_code, SiasnChange.state,
                SiasnChange.rw_kursus_id, SiasnChange.message,
                SiasnChange.package, SiasnChange.payload_sha, SiasnChange.payload,
                SiasnRecord.state,
            )
            .join(Completion, Completion.id == SiasnChange.completion_id)
            .join(SiasnRecord, SiasnRecord.completion_id == Completion.id)
            .where(Completion.person_id == PERSON)
            .order_by(SiasnChange.id.desc())
        ),
        words={"belum": N_("belum dikirim"), "siap": N_("siap dikirim"),
               "terkirim": N_("terkirim"), "gagal": N_("gagal"),
               "batal": N_("batal")},
        file_only=("Sidik kiriman", "Isi kiriman", "Keadaan sekarang"),
    ),
    Section(
        key="bukti_kompetensi",
        group="results",
        title=N_("Bukti kompetensi dari kursus"),
        columns=(N_("Waktu"), N_("Kompetensi"), N_("Tingkat"), N_("Kursus")),
        tables=("evidence",),
        read=reading(
            select(
                Evidence.at, Evidence.competency, Evidence.level,
                Completion.course_code,
            )
            .join(Completion, Completion.id == Evidence.completion_id)
            .where(Evidence.person_id == PERSON)
            .order_by(Evidence.id.desc())
        ),
    ),
    Section(
        key="bukti_koreksi",
        group="results",
        title=N_("Dasar koreksi dan pencabutan"),
        columns=(
            N_("Waktu"), N_("Kursus"), N_("Surat"), N_("Sidik berkas"),
            N_("Ukuran berkas (bita)"),
        ),
        tables=("amendment_proofs", "proof_files"),
        read=reading(
            select(
                AmendmentProof.recorded_at, Completion.course_code,
                AmendmentProof.reference, ProofFile.sha256,
                func.length(ProofFile.data),
            )
            .join(Completion, Completion.id == AmendmentProof.completion_id)
            .outerjoin(ProofFile, ProofFile.proof_id == AmendmentProof.id)
            .where(AmendmentProof.person_id == PERSON)
            .order_by(AmendmentProof.id.desc())
        ),
        remark=N_("Berkas surat disimpan pengelola SDM; mintalah salinannya di sana."),
        file_only=("Sidik berkas", "Ukuran berkas (bita)"),
    ),
)  # fmt: skip
