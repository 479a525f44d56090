"""Who did what with a person's data, for "Data saya"; names want accounts."""

from sqlalchemy import String, bindparam, cast, select

from lms.accounts.models import Person
from lms.audit.models import AuditEntry, DataAccess, DataAccessPerson
from lms.audit.own_data import Section, reading, register
from lms.kernel.i18n import N_

# What the audit log calls acts, and what they were done to.
ACTS = {
    "person.signed_in": N_("masuk"),
    "person.deactivated": N_("akun ditutup"),
    "person.siasn_id_changed": N_("PNS Orang ID diubah"),
    "password.set": N_("kata sandi ditetapkan"),
    "people.imported": N_("daftar orang diimpor"),
    "people.exported": N_("daftar orang diekspor"),
    "role.granted": N_("peran diberikan"),
    "role.revoked": N_("peran dicabut"),
    "email.asked": N_("penggantian surel diminta"),
    "email.changed": N_("surel diganti"),
    "email.cancelled": N_("penggantian surel dibatalkan"),
    "correction.asked": N_("perbaikan data diminta"),
    "correction.done": N_("data diperbaiki"),
    "correction.refused": N_("perbaikan data ditolak"),
    "correction.withdrawn": N_("permintaan perbaikan ditarik"),
    "course.published": N_("kursus diterbitkan"),
    "completion.corrected": N_("hasil dikoreksi"),
    "completion.revoked": N_("hasil dicabut"),
    "completion.again": N_("kursus dibuka lagi"),
    "competency.level_recorded": N_("tingkat kompetensi dicatat"),
    "quiz.answers_graded": N_("jawaban kuis dinilai"),
    "quiz.extra_time_granted": N_("tambahan waktu kuis diberikan"),
    "quiz.extra_time_ended": N_("tambahan waktu kuis diakhiri"),
    "task.graded": N_("tugas dinilai"),
    "task.returned": N_("tugas dikembalikan"),
    "task.mended": N_("penilaian tugas dibetulkan"),
    "task.waived": N_("diputuskan tanpa penilai"),
    "export.riwayat_kursus": N_("riwayat kursus diekspor"),
}
OBJECTS = {
    "person": N_("akun"),
    "people": N_("daftar orang"),
    "unit": N_("unit kerja"),
    "course": N_("kursus"),
    "completion": N_("hasil kursus"),
    "correction": N_("permintaan perbaikan"),
    "export": N_("ekspor"),
}
PERSON = bindparam("person", type_=DataAccessPerson.person_id.type)

register(
    Section(
        key="akses",
        group="trail",
        title=N_("Siapa yang melihat atau mengunduh data Anda"),
        columns=(N_("Waktu"), N_("Oleh"), N_("Cara"), N_("Apa"), N_("Keterangan")),
        tables=("data_access_people",),
        read=reading(
            select(
                DataAccess.at, Person.name, DataAccess.kind, DataAccess.what,
                DataAccess.facts,
            )
            .join(DataAccessPerson, DataAccessPerson.access_id == DataAccess.id)
            .outerjoin(Person, Person.id == DataAccess.actor_id)
            .where(DataAccessPerson.person_id == PERSON)
            .order_by(DataAccess.id.desc())
        ),
        words={"viewed": N_("dilihat"), "exported": N_("diunduh")},
        file_only=("Keterangan",),
        remark=N_("Tanpa nama: dari baris perintah, oleh administrator sistem."),
    ),
    Section(
        key="tindakan",
        group="trail",
        title=N_("Tindakan Anda, dan tindakan atas akun Anda"),
        columns=(N_("Waktu"), N_("Tindakan"), N_("Terhadap"), N_("Nomor")),
        tables=("audit_entries",),
        read=reading(
            select(
                AuditEntry.at, AuditEntry.action, AuditEntry.object_kind,
                AuditEntry.object_id,
            )
            .where(
                (AuditEntry.actor_id == PERSON)
                | (
                    (AuditEntry.object_kind == "person")
                    & (AuditEntry.object_id == cast(PERSON, String))
                )
            )
            .order_by(AuditEntry.id.desc())
        ),
        words=ACTS | OBJECTS,
        file_only=("Nomor",),
    ),
)  # fmt: skip
