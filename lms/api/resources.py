"""The resources of /api/v1: the one description that everything else follows.

Within v1 fields are only added. Views write these fields and read these parameters;
openapi.py and the readable page are made of them.

source  fields of completions: the export riwayat_kursus, in English
"""

from lms.accounts.models import ASN_STATUSES, ID_KINDS, JOB_TYPES, UNIT_KINDS
from lms.assignments.states import STATES
from lms.kernel.i18n import N_

from .shapes import CODE, UID, Field, Parameter, Resource, listed

CHANGES = ("completion", "correction", "revocation")
SINCE = {
    "people": N_(
        "Data diri: hanya yang berubah pada atau sesudah saat ini (RFC 3339, dengan"
        " zona)."
    ),
    "courses": N_(
        "Terbitan: hanya yang berubah pada atau sesudah saat ini (RFC 3339, dengan"
        " zona)."
    ),
    "completions": N_(
        "Perubahan: hanya yang berubah pada atau sesudah saat ini (RFC 3339, dengan"
        " zona)."
    ),
}
COUNTED = {
    "todo": N_("Orang yang belum mulai (todo)."),
    "running": N_("Orang yang sedang belajar (running)."),
    "late": N_("Orang yang lewat tenggat (late)."),
    "done": N_("Orang yang sudah selesai (done)."),
}

PEOPLE = listed(
    "people",
    title=N_("Pegawai"),
    about=N_("Orang yang sekarang bekerja di unit yang dicakup token."),
    personal=True,
    order=N_("nomor rekaman, yang lama dahulu; dengan updated_since: saat perubahan"),
    parameters=(
        Parameter("updated_since", "instant", SINCE["people"]),
        Parameter("is_active", "choice", N_("Keadaan akun."), ("true", "false")),
    ),
    fields=(
        Field("id", "uid", N_("Tetap selamanya.")),
        Field("nip", "text", N_("18 angka sebagai teks; null bila tidak ada."), True),
        Field("id_kind", "text", N_("Jenis nomor itu."), values=ID_KINDS),
        Field("name", "text", N_("Nama tanpa gelar.")),
        Field("title_front", "text", N_("Gelar depan.")),
        Field("title_back", "text", N_("Gelar belakang.")),
        Field("asn_status", "text", N_("Status sekarang."), values=ASN_STATUSES),
        Field("rank", "text", N_("Golongan, mis. III/c.")),
        Field("unit_id", "integer", N_("Unit kerja; lihat units.")),
        Field("job_title", "text", N_("Jabatan."), True),
        Field("job_type", "text", N_("Jenis jabatan."), True, JOB_TYPES),
        Field("job_level", "text", N_("Jenjang jabatan."), True),
        Field("supervisor_id", "uid", N_("Atasan langsung, bila dicatat."), True),
        Field("is_active", "boolean", N_("Akun dapat dipakai.")),
        Field("updated_at", "instant", N_("Perubahan terakhir data ini.")),
    ),
)

UNITS = listed(
    "units",
    title=N_("Unit kerja"),
    about=N_("Pohon unit yang dicakup token, dari akarnya ke bawah."),
    order=N_("nomor unit"),
    fields=(
        Field("id", "integer", N_("Tetap selamanya.")),
        Field("parent_id", "integer", N_("Unit di atasnya; null pada instansi."), True),
        Field("agency_id", "integer", N_("Unit akar: instansi.")),
        Field("agency_code", "text", N_("kodeCepat instansi.")),
        Field("kind", "text", N_("Tingkat unit."), values=UNIT_KINDS),
        Field("name", "text", N_("Nama resmi.")),
        Field("short_name", "text", N_("Singkatan.")),
        Field("siasn_unor_id", "text", N_("Id unor SIASN, bila dicatat.")),
        Field("valid_from", "date", N_("Sejak hari ini.")),
        Field("valid_to", "date", N_("Hari terakhir; null: masih ada."), True),
    ),
)

COURSES = listed(
    "courses",
    title=N_("Kursus"),
    about=N_("Kursus yang pernah terbit, dengan terbitan yang sedang tayang."),
    order=N_("nomor kursus"),
    parameters=(Parameter("updated_since", "instant", SINCE["courses"]),),
    fields=(
        Field("id", "text", N_("Kode kursus, tetap selamanya.")),
        Field("title", "text", N_("Judul.")),
        Field("summary", "text", N_("Ringkasan.")),
        Field("edition", "integer", N_("Edisi menurut pengajar.")),
        Field("release", "integer", N_("Nomor terbitan.")),
        Field("jp", "integer", N_("Jam pelajaran.")),
        Field("is_listed", "boolean", N_("Tampak di katalog.")),
        Field("published_at", "instant", N_("Saat terbit.")),
        Field("url", "url", N_("Halaman kursus.")),
    ),
)

COMPLETIONS = listed(
    "completions",
    title=N_("Penyelesaian"),
    about=N_(
        "Kursus yang selesai, sebagaimana sekarang. Unit dan jabatan adalah yang"
        " tercatat pada hari selesai. Setiap perubahan (selesai, JP dibetulkan,"
        " dicabut) memindahkannya ke nomor terbaru di buku catatan."
    ),
    personal=True,
    order=N_("seq: urutan buku catatan, tanpa celah"),
    parameters=(
        Parameter("updated_since", "instant", SINCE["completions"]),
        Parameter("course", "text", N_("Kode kursus."), pattern=CODE),
        Parameter("person", "text", N_("Id pegawai."), pattern=UID),
    ),
    fields=(
        Field("id", "uid", N_("id_rekaman: tetap selamanya.")),
        Field("seq", "integer", N_("Nomor perubahan terakhir di buku catatan.")),
        Field("change", "text", N_("Perubahan terakhir itu."), values=CHANGES),
        Field("changed_at", "instant", N_("Saat perubahan itu.")),
        Field("state", "text", N_("Keadaan sekarang."), values=("valid", "revoked")),
        Field("person_id", "uid", N_("Pegawai; lihat people.")),
        Field("nip", "text", N_("18 angka sebagai teks; null bila tidak ada."), True),
        Field("id_kind", "text", N_("Jenis nomor itu."), values=ID_KINDS),
        Field("name", "text", N_("Nama tanpa gelar, sekarang.")),
        Field("asn_status", "text", N_("Pada hari selesai."), values=ASN_STATUSES),
        Field("rank", "text", N_("Golongan pada hari selesai.")),
        Field("agency_code", "text", N_("kodeCepat instansi.")),
        Field("office_name", "text", N_("Perangkat daerah pada hari selesai.")),
        Field("unit_id", "integer", N_("Unit kerja pada hari selesai.")),
        Field("unit_name", "text", N_("Namanya pada hari itu.")),
        Field("unor_id", "text", N_("Id unor SIASN pada hari itu, bila dicatat.")),
        Field("job_title", "text", N_("Jabatan pada hari selesai; kosong: tidak ada.")),
        Field("job_type", "text", N_("Jenis jabatan; kosong: tidak ada.")),
        Field("job_level", "text", N_("Jenjang.")),
        Field("course_id", "text", N_("Kode kursus; lihat courses.")),
        Field("course_title", "text", N_("Judul pada hari selesai.")),
        Field("edition", "integer", N_("Edisi kursus.")),
        Field("release", "integer", N_("Terbitan yang mengikat.")),
        Field("training_form", "integer", N_("jenisDiklat SIASN.")),
        Field("organiser", "text", N_("Penyelenggara.")),
        Field("started_on", "date", N_("Mulai, menurut zona waktu instansi.")),
        Field("finished_on", "date", N_("Selesai, menurut zona waktu instansi.")),
        Field("year", "integer", N_("Tahun pengakuan JP.")),
        Field("jp", "integer", N_("JP sesudah pembetulan.")),
        Field("score", "score", N_("Nilai akhir; null: tanpa kuis."), True),
        Field("competencies", "texts", N_("Kode kompetensi.")),
        Field("competency_level", "integer", N_("Tingkat yang dipelajari."), True),
        Field("certificate_number", "text", N_("Nomor sertifikat."), True),
        Field("certificate_issued_on", "date", N_("Tanggal sertifikat."), True),
        Field("certificate_signer", "text", N_("Penanda tangan."), True),
        Field("certificate_url", "url", N_("Halaman pemeriksaan."), True),
    ),
)

ASSIGNMENTS = listed(
    "assignments",
    title=N_("Penugasan"),
    about=N_("Kursus yang wajib diselesaikan, dan berapa orang sampai di mana."),
    order=N_("nomor penugasan"),
    parameters=(
        Parameter(
            "state", "choice", N_("Masih berlaku atau diakhiri."), ("open", "ended")
        ),
    ),
    fields=(
        Field("id", "uid", N_("Tetap selamanya.")),
        Field("course_id", "text", N_("Kode kursus; lihat courses.")),
        Field("unit_id", "integer", N_("Unit yang ditugasi.")),
        Field("with_subunits", "boolean", N_("Termasuk unit di bawahnya.")),
        Field("reason", "text", N_("Alasan yang dibaca pegawai.")),
        Field("starts_on", "date", N_("Hari pertama.")),
        Field("due_on", "date", N_("Tenggat gelombang pertama.")),
        Field("waves", "integer", N_("Banyaknya gelombang.")),
        Field("renew_months", "integer", N_("Diulang sesudah sekian bulan."), True),
        Field("created_at", "instant", N_("Saat dibuat.")),
        Field("ended_at", "instant", N_("Saat diakhiri."), True),
        *(Field(f"{name}_count", "integer", COUNTED[name]) for name in STATES),
    ),
)

DUTIES = Resource(
    name="duties",
    path="/assignments/{id}/duties",
    scope="assignments:read",
    title=N_("Kewajiban"),
    about=N_("Apa yang masih menjadi kewajiban tiap orang menurut satu penugasan."),
    personal=True,
    order=N_("nomor kewajiban"),
    fields=(
        Field("person_id", "uid", N_("Pegawai; lihat people.")),
        Field("nip", "text", N_("18 angka sebagai teks; null bila tidak ada."), True),
        Field("name", "text", N_("Nama tanpa gelar.")),
        Field("unit_id", "integer", N_("Unit kerja sekarang.")),
        Field("period", "integer", N_("Putaran, mulai dari 1.")),
        Field("wave", "integer", N_("Gelombang.")),
        Field("starts_on", "date", N_("Mulai.")),
        Field("due_on", "date", N_("Tenggat.")),
        Field("state", "text", N_("Keadaan hari ini."), values=STATES),
        Field("finished_on", "date", N_("Hari penyelesaian yang memenuhinya."), True),
    ),
)

ALL = (PEOPLE, UNITS, COURSES, COMPLETIONS, ASSIGNMENTS, DUTIES)
SCOPES = tuple(dict.fromkeys(resource.scope for resource in ALL))
