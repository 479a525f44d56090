"""The sentences of the trail: one for every act that the audit log may hold. Pure.

A place %(x)s is filled from the facts of the entry, or from what REFERS and the kind
of its object name. A code with a state behind it is an act that ended in that state.
"""

from lms.accounts.personal_data import FIELDS as PERSON_FIELDS
from lms.accounts.personal_data import STATUSES
from lms.kernel.i18n import N_

from .forms import FORMATS
from .forms_organisation import KIND_NAMES

SENTENCES = {
    "unit.made": N_("%(who)s membuat unit “%(object)s”."),
    "unit.renamed": N_("%(who)s mengganti nama unit “%(was)s” menjadi “%(name)s”."),
    "unit.edited": N_("%(who)s mengubah rincian unit “%(object)s”."),
    "unit.moved": N_(
        "%(who)s memindahkan unit “%(object)s” dari “%(from)s” ke bawah “%(to)s”."
    ),
    "unit.merged": N_(
        "%(who)s menggabungkan unit “%(object)s” ke “%(into)s”; %(people)s orang"
        " pindah."
    ),
    "unit.closed": N_("%(who)s menutup unit “%(object)s”."),
    "unit.head_set": N_(
        "%(who)s menetapkan %(person)s sebagai kepala unit “%(object)s”."
    ),
    "unit.head_ended": N_(
        "%(who)s mengakhiri tugas %(person)s sebagai kepala unit “%(object)s”."
    ),
    "unit.alias_added": N_("%(who)s menambah nama lain “%(name)s” bagi “%(object)s”."),
    "unit.alias_removed": N_(
        "%(who)s menghapus nama lain “%(name)s” dari “%(object)s”."
    ),
    "job.made": N_("%(who)s menambah jabatan “%(object)s”."),
    "job.edited": N_("%(who)s mengubah jabatan “%(object)s”: %(fields)s."),
    "job.merged": N_(
        "%(who)s menggabungkan jabatan “%(title)s” ke “%(target)s”; %(people)s orang"
        " beralih."
    ),
    "agency.changed": N_(
        "%(who)s mengubah pengaturan instansi “%(object)s”: %(fields)s."
    ),
    "jp_policy.added": N_(
        "%(who)s menambah kebijakan JP %(status)s mulai tahun %(year)s bagi"
        " “%(object)s”."
    ),
    "deputy.appointed": N_(
        "%(who)s menunjuk %(deputy)s sebagai pelaksana harian %(object)s."
    ),
    "deputy.ended": N_(
        "%(who)s mengakhiri penunjukan %(deputy)s sebagai pelaksana harian %(object)s."
    ),
    "person.deactivated": N_("%(who)s menonaktifkan akun %(object)s."),
    "person.reactivated": N_("%(who)s mengaktifkan lagi akun %(object)s."),
    "person.changed": N_("%(who)s mengubah data %(object)s: %(field)s."),
    "person.siasn_id_changed": N_(
        "%(who)s mengubah nomor SIASN (pnsOrangId) %(object)s: %(before)s menjadi"
        " %(after)s."
    ),
    "people.import_uploaded": N_("%(who)s mengunggah berkas pegawai untuk diperiksa."),
    "people.imported": N_(
        "%(who)s menerapkan impor pegawai: %(new)s baru, %(changed)s berubah, %(moved)s"
        " pindah, %(deactivated)s dinonaktifkan menurut berkas, %(left)s dinonaktifkan"
        " karena tidak tercantum."
    ),
    "people.exported": N_(
        "%(who)s mengambil daftar pegawai “%(object)s”: %(rows)s orang."
    ),
    "correction.asked": N_("%(who)s meminta perbaikan data %(object)s: %(field)s."),
    "correction.withdrawn": N_(
        "%(who)s membatalkan permintaan perbaikan data %(object)s: %(field)s."
    ),
    "correction.done": N_(
        "%(who)s menyelesaikan permintaan perbaikan data %(object)s: %(field)s."
    ),
    "correction.refused": N_(
        "%(who)s menolak permintaan perbaikan data %(object)s: %(field)s."
    ),
    "role.granted": N_("%(who)s memberi %(object)s peran %(role)s di “%(unit)s”."),
    "role.revoked": N_("%(who)s mencabut peran %(role)s %(object)s di “%(unit)s”."),
    "person.signed_in": N_("%(object)s masuk."),
    "link.issued": N_("%(who)s membuat tautan %(purpose)s bagi %(object)s."),
    "password.set": N_("%(who)s membuat kata sandi baru."),
    "email.asked": N_("%(object)s meminta ganti alamat surel."),
    "email.changed": N_("%(object)s mengesahkan alamat surel yang baru."),
    "email.cancelled": N_("Permintaan ganti alamat surel %(object)s dibatalkan."),
    "completion.corrected": N_(
        "%(who)s mengoreksi JP “%(object)s” milik %(owner)s dari %(from)s menjadi"
        " %(to)s JP."
    ),
    "completion.revoked": N_(
        "%(who)s mencabut penyelesaian “%(object)s” milik %(owner)s."
    ),
    "completion.again": N_(
        "%(who)s membuka lagi kursus “%(object)s” bagi %(owner)s setelah pencabutan."
    ),
    "course.lesson_changed": N_(
        "%(who)s menindaklanjuti masukan atas pelajaran “%(lesson)s” dalam kursus"
        " “%(object)s”."
    ),
    "quiz.attempt_granted": N_(
        "%(who)s memberi %(object)s percobaan kuis ke-%(number)s pada kursus"
        " “%(course)s”."
    ),
    "simulation.run_granted": N_(
        "%(who)s memberi %(object)s kesempatan simulasi ke-%(number)s pada kursus"
        " “%(course)s”."
    ),
    "course.changes_approved": N_(
        "%(who)s menyetujui perubahan merah kursus “%(object)s” pada terbitan"
        " %(number)s."
    ),
    "quiz.question_regraded": N_(
        "%(who)s menghitung ulang soal “%(question)s” pada kursus “%(object)s”."
    ),
    "quiz.answers_graded": N_("%(who)s menilai jawaban kuis %(object)s."),
    "quiz.extra_time_granted": N_(
        "%(who)s memberi %(object)s tambahan waktu kuis %(percent)s%%."
    ),
    "quiz.extra_time_ended": N_(
        "%(who)s mengakhiri tambahan waktu kuis %(percent)s%% bagi %(object)s."
    ),
    "task.graded": N_("%(who)s menilai tugas %(object)s."),
    "task.returned": N_("%(who)s mengembalikan tugas %(object)s untuk diperbaiki."),
    "task.mended": N_("%(who)s membetulkan penilaian tugas %(object)s."),
    "task.waived": N_(
        "%(who)s memutuskan nilai tugas %(object)s tanpa menunggu seorang penilai."
    ),
    "survey.declined": N_("%(who)s meminta tidak ditanyai survei ini lagi."),
    "survey.change_told": N_(
        "%(who)s mengabarkan perubahan dari masukan survei kursus “%(object)s”."
    ),
    "survey.exported": N_("%(who)s mengekspor hasil survei kursus “%(object)s”."),
    "competency.level_recorded": N_(
        "%(who)s mencatat tingkat %(level)s kompetensi “%(competency)s” bagi"
        " %(object)s."
    ),
    "competency.standards_loaded": N_(
        "%(who)s memuat standar kompetensi jabatan yang baru."
    ),
    "competency.jobs_placed": N_(
        "%(who)s menempatkan jabatan ke rumpunnya menurut standar kompetensi."
    ),
    "course.learners_exported": N_(
        "%(who)s mengunduh daftar peserta kursus “%(object)s”."
    ),
    "course.published": N_(
        "%(who)s menerbitkan kursus “%(object)s”, edisi %(edition)s terbitan"
        " %(number)s."
    ),
    "assignment.created": N_(
        "%(who)s menugaskan kursus “%(object)s” di “%(place)s”; %(people)s orang"
        " ditugaskan."
    ),
    "assignment.ended": N_(
        "%(who)s mengakhiri penugasan kursus “%(object)s” di “%(place)s”; %(people)s"
        " tugas dihentikan."
    ),
    "assignment.exempted": N_(
        "%(who)s membebaskan %(person)s dari penugasan kursus “%(object)s”."
    ),
    "assignment.exemption_ended": N_(
        "%(who)s mengakhiri pembebasan %(person)s dari penugasan kursus “%(object)s”."
    ),
    "assignment.reminded": N_(
        "%(who)s mengingatkan %(people)s orang tentang kursus “%(object)s”."
    ),
    "export.riwayat_kursus.begun": N_(
        "%(who)s mulai mengambil ekspor riwayat kursus: %(format)s."
    ),
    "export.riwayat_kursus": N_(
        "%(who)s mengambil ekspor riwayat kursus: %(format)s, %(rows)s baris."
    ),
    "export.riwayat_kursus.broken": N_(
        "Ekspor riwayat kursus oleh %(who)s terputus sesudah %(rows)s baris."
    ),
    "export.rekap_jp.begun": N_("%(who)s mulai mengambil ekspor rekap JP: %(format)s."),
    "export.rekap_jp": N_(
        "%(who)s mengambil ekspor rekap JP: %(format)s, %(rows)s baris."
    ),
    "export.rekap_jp.broken": N_(
        "Ekspor rekap JP oleh %(who)s terputus sesudah %(rows)s baris."
    ),
    "export.rekap_opd.begun": N_(
        "%(who)s mulai mengambil ekspor rekap perangkat daerah: %(format)s."
    ),
    "export.rekap_opd": N_(
        "%(who)s mengambil ekspor rekap perangkat daerah: %(format)s, %(rows)s baris."
    ),
    "export.rekap_opd.broken": N_(
        "Ekspor rekap perangkat daerah oleh %(who)s terputus sesudah %(rows)s baris."
    ),
    "siasn.package": N_(
        "%(who)s mengambil paket SIASN: %(rows)s rekaman, %(ready)s siap kirim."
    ),
    "siasn.papers": N_(
        "%(who)s mengambil PDF sertifikat untuk SIASN: %(rows)s berkas."
    ),
    "siasn.returned": N_(
        "%(who)s mengunggah jawaban SIASN: %(rows)s baris, %(changed)s keadaan berubah."
    ),
    "api_token.created": N_("%(who)s membuat token API “%(object)s” bagi “%(place)s”."),
    "api_token.revoked": N_(
        "%(who)s mencabut token API “%(object)s” bagi “%(place)s”."
    ),
    "webhook.created": N_("%(who)s membuat webhook ke %(object)s bagi “%(place)s”."),
    "webhook.paused": N_("%(who)s menjeda webhook ke %(object)s bagi “%(place)s”."),
    "webhook.woken": N_(
        "%(who)s menjalankan lagi webhook ke %(object)s bagi “%(place)s”."
    ),
    "webhook.removed": N_("%(who)s menghapus webhook ke %(object)s bagi “%(place)s”."),
    "webhook.resent": N_(
        "%(who)s mengirim ulang satu kiriman webhook ke %(object)s bagi “%(place)s”."
    ),
    "webhook.stopped": N_(
        "%(who)s menghentikan webhook ke %(object)s bagi “%(place)s” karena"
        " berhari-hari gagal."
    ),
}
# What one may choose to see: word in the address -> (label, beginnings of codes).
GROUPS = {
    "organisasi": (N_("Unit, jabatan, dan instansi"),
                   ("unit.", "job.", "agency.", "jp_policy.")),
    "pegawai": (N_("Data pegawai, impor, dan pelaksana harian"),
                ("person.deactivated", "person.reactivated", "person.changed",
                 "person.siasn_id_changed", "people.", "correction.", "deputy.")),
    "peran": (N_("Peran"), ("role.",)),
    "belajar": (N_("JP, kuis, kompetensi, dan kursus"),
                ("completion.", "quiz.", "simulation.", "task.", "survey.",
                 "competency.", "course.")),
    "penugasan": (N_("Penugasan"), ("assignment.",)),
    "keluar": (N_("Ekspor dan SIASN"), ("export.", "siasn.")),
    "sistem": (N_("Token API dan webhook"), ("api_token.", "webhook.")),
    "akun": (N_("Masuk, kata sandi, dan surel"),
             ("person.signed_in", "link.", "password.", "email.")),
}  # fmt: skip
APART = {"person.signed_in"}  # so many that they would hide the rest: only if chosen
# Which fact of an act is the number of what.
REFERS = {
    "unit.moved": {"from": "unit", "to": "unit"},
    "unit.merged": {"into": "unit"},
    "unit.head_set": {"person": "person"},
    "unit.head_ended": {"person": "person"},
    "deputy.appointed": {"deputy": "person"},
    "deputy.ended": {"deputy": "person"},
    "role.granted": {"unit": "unit"},
    "role.revoked": {"unit": "unit"},
    "assignment.exempted": {"person": "person", "exemption": "exemption"},
    "assignment.exemption_ended": {"person": "person"},
    "quiz.attempt_granted": {"course": "course_code"},
    "simulation.run_granted": {"course": "course_code"},
    "competency.level_recorded": {"competency": "competency"},
}
OUTWARD = ("export.", "siasn.")  # their facts are a filter
FILTER = {
    "unit": N_("Unit kerja"),
    "tahun": N_("Tahun"),
    "dari": N_("Selesai dari tanggal"),
    "sampai": N_("Selesai sampai tanggal"),
    "kursus": N_("Kursus"),
}
FIELDS = {
    "title": N_("nama"),
    "short_name": N_("nama singkat"),
    "kind": N_("jenis unit"),
    "siasn_unor_id": N_("Unor ID SIASN"),
    "type": N_("jenis"),
    "level": N_("jenjang"),
    "family": N_("rumpun"),
    "tags": N_("tag"),
    "office_name": N_("nama kantor"),
    "city": N_("kota"),
    "timezone": N_("zona waktu"),
    "signer_name": N_("penanda tangan"),
    "signer_title": N_("jabatan penanda tangan"),
    "signer_nip": N_("NIP penanda tangan"),
    "number_format": N_("bentuk nomor sertifikat"),
    "siasn_id": N_("ID instansi SIASN"),
} | {name: label for name, (label, _read) in PERSON_FIELDS.items()}
ROLE_WORDS = {
    "hr": N_("pengelola SDM"),
    "admin": N_("administrator"),
    "instructor": N_("pengajar"),
}
# Facts that are words of ours: key -> value as stored -> text.
WORDS = {
    "role": ROLE_WORDS,
    "status": STATUSES,
    "purpose": {
        "activate": N_("aktivasi"),
        "reset": N_("ganti kata sandi"),
    },
    "field": FIELDS,
    "format": FORMATS,
}
# The same for what was and what is.
VALUES = {
    "kind": KIND_NAMES,
    "type": {
        "struktural": N_("Struktural"),
        "fungsional": N_("Fungsional"),
        "pelaksana": N_("Pelaksana"),
        "rangkap": N_("Rangkap"),
    },
    "status": STATUSES,
}
EMPTY, SYSTEM, GONE = N_("kosong"), N_("Sistem"), N_("(tidak ada lagi)")
REASON = N_("Alasan")


def sentence(action: str, state: str) -> str:
    """Return the sentence of an act that ended in `state`; "" = of none known."""
    return SENTENCES.get(f"{action}.{state}") or SENTENCES.get(action, "")


def actions(group: str) -> list[str]:
    """Return the codes of a group; of no known group all but those kept APART."""
    begun = GROUPS[group][1] if group in GROUPS else ("",)
    return [
        action
        for action in SENTENCES
        if action.startswith(begun) and (group in GROUPS or action not in APART)
    ]
