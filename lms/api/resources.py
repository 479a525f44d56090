"""The resources of /api/v1: the one description that everything else follows.

Within v1 fields are only added. Views write these fields and read these parameters;
openapi.py and the readable page are made of them.

source  fields of completions: the export riwayat_kursus, in English
"""

from lms.accounts.models import ASN_STATUSES, ID_KINDS, JOB_TYPES, UNIT_KINDS
from lms.assignments.states import STATES

from .shapes import CODE, UID, Field, Parameter, Resource

CHANGES = ("completion", "correction", "revocation")
SINCE = "hanya yang berubah pada atau sesudah saat ini (RFC 3339, dengan zona)"

PEOPLE = Resource(
    name="people",
    path="/people",
    scope="people:read",
    title="Pegawai",
    about="Orang yang sekarang bekerja di unit yang dicakup token.",
    key="id",
    personal=True,
    order="nomor rekaman, yang lama dahulu",
    parameters=(
        Parameter("updated_since", "instant", f"Data diri: {SINCE}."),
        Parameter("is_active", "choice", "Keadaan akun.", ("true", "false")),
    ),
    fields=(
        Field("id", "uid", "Tetap selamanya."),
        Field("nip", "text", "18 angka sebagai teks; null bila tidak ada.", True),
        Field("id_kind", "text", "Jenis nomor itu.", values=ID_KINDS),
        Field("name", "text", "Nama tanpa gelar."),
        Field("title_front", "text", "Gelar depan."),
        Field("title_back", "text", "Gelar belakang."),
        Field("asn_status", "text", "Status sekarang.", values=ASN_STATUSES),
        Field("rank", "text", "Golongan, mis. III/c."),
        Field("unit_id", "integer", "Unit kerja; lihat units."),
        Field("job_title", "text", "Jabatan.", True),
        Field("job_type", "text", "Jenis jabatan.", True, JOB_TYPES),
        Field("job_level", "text", "Jenjang jabatan.", True),
        Field("supervisor_id", "uid", "Atasan langsung, bila dicatat.", True),
        Field("is_active", "boolean", "Akun dapat dipakai."),
        Field("updated_at", "instant", "Perubahan terakhir data ini."),
    ),
)

UNITS = Resource(
    name="units",
    path="/units",
    scope="units:read",
    title="Unit kerja",
    about="Pohon unit yang dicakup token, dari akarnya ke bawah.",
    key="id",
    order="nomor unit",
    fields=(
        Field("id", "integer", "Tetap selamanya."),
        Field("parent_id", "integer", "Unit di atasnya; null pada instansi.", True),
        Field("agency_id", "integer", "Unit akar: instansi."),
        Field("agency_code", "text", "kodeCepat instansi."),
        Field("kind", "text", "Tingkat unit.", values=UNIT_KINDS),
        Field("name", "text", "Nama resmi."),
        Field("short_name", "text", "Singkatan."),
        Field("siasn_unor_id", "text", "Id unor SIASN, bila dicatat."),
        Field("valid_from", "date", "Sejak hari ini."),
        Field("valid_to", "date", "Hari terakhir; null: masih ada.", True),
    ),
)

COURSES = Resource(
    name="courses",
    path="/courses",
    scope="courses:read",
    title="Kursus",
    about="Kursus yang pernah terbit, dengan terbitan yang sedang tayang.",
    key="id",
    order="nomor kursus",
    parameters=(Parameter("updated_since", "instant", f"Terbitan: {SINCE}."),),
    fields=(
        Field("id", "text", "Kode kursus, tetap selamanya."),
        Field("title", "text", "Judul."),
        Field("summary", "text", "Ringkasan."),
        Field("edition", "integer", "Edisi menurut pengajar."),
        Field("release", "integer", "Nomor terbitan."),
        Field("jp", "integer", "Jam pelajaran."),
        Field("is_listed", "boolean", "Tampak di katalog."),
        Field("published_at", "instant", "Saat terbit."),
        Field("url", "url", "Halaman kursus."),
    ),
)

COMPLETIONS = Resource(
    name="completions",
    path="/completions",
    scope="completions:read",
    title="Penyelesaian",
    about=(
        "Kursus yang selesai, sebagaimana sekarang. Unit dan jabatan adalah yang"
        " tercatat pada hari selesai. Setiap perubahan (selesai, JP dibetulkan,"
        " dicabut) memindahkannya ke nomor terbaru di buku catatan."
    ),
    key="id",
    personal=True,
    order="seq: urutan buku catatan, tanpa celah",
    parameters=(
        Parameter("updated_since", "instant", f"Perubahan: {SINCE}."),
        Parameter("course", "text", "Kode kursus.", pattern=CODE),
        Parameter("person", "text", "Id pegawai.", pattern=UID),
    ),
    fields=(
        Field("id", "uid", "id_rekaman: tetap selamanya."),
        Field("seq", "integer", "Nomor perubahan terakhir di buku catatan."),
        Field("change", "text", "Perubahan terakhir itu.", values=CHANGES),
        Field("changed_at", "instant", "Saat perubahan itu."),
        Field("state", "text", "Keadaan sekarang.", values=("valid", "revoked")),
        Field("person_id", "uid", "Pegawai; lihat people."),
        Field("nip", "text", "18 angka sebagai teks; null bila tidak ada.", True),
        Field("id_kind", "text", "Jenis nomor itu.", values=ID_KINDS),
        Field("name", "text", "Nama tanpa gelar, sekarang."),
        Field("asn_status", "text", "Pada hari selesai.", values=ASN_STATUSES),
        Field("rank", "text", "Golongan pada hari selesai."),
        Field("agency_code", "text", "kodeCepat instansi."),
        Field("office_name", "text", "Perangkat daerah pada hari selesai."),
        Field("unit_id", "integer", "Unit kerja pada hari selesai."),
        Field("unit_name", "text", "Namanya pada hari itu."),
        Field("unor_id", "text", "Id unor SIASN pada hari itu, bila dicatat."),
        Field("job_title", "text", "Jabatan pada hari selesai; kosong: tidak ada."),
        Field("job_type", "text", "Jenis jabatan; kosong: tidak ada."),
        Field("job_level", "text", "Jenjang."),
        Field("course_id", "text", "Kode kursus; lihat courses."),
        Field("course_title", "text", "Judul pada hari selesai."),
        Field("edition", "integer", "Edisi kursus."),
        Field("release", "integer", "Terbitan yang mengikat."),
        Field("training_form", "integer", "jenisDiklat SIASN."),
        Field("organiser", "text", "Penyelenggara."),
        Field("started_on", "date", "Mulai, menurut zona waktu instansi."),
        Field("finished_on", "date", "Selesai, menurut zona waktu instansi."),
        Field("year", "integer", "Tahun pengakuan JP."),
        Field("jp", "integer", "JP sesudah pembetulan."),
        Field("score", "score", "Nilai akhir; null: tanpa kuis.", True),
        Field("competencies", "texts", "Kode kompetensi."),
        Field("competency_level", "integer", "Tingkat yang dipelajari.", True),
        Field("certificate_number", "text", "Nomor sertifikat.", True),
        Field("certificate_issued_on", "date", "Tanggal sertifikat.", True),
        Field("certificate_signer", "text", "Penanda tangan.", True),
        Field("certificate_url", "url", "Halaman pemeriksaan.", True),
    ),
)

ASSIGNMENTS = Resource(
    name="assignments",
    path="/assignments",
    scope="assignments:read",
    title="Penugasan",
    about="Kursus yang wajib diselesaikan, dan berapa orang sampai di mana.",
    key="id",
    order="nomor penugasan",
    parameters=(
        Parameter("state", "choice", "Masih berlaku atau diakhiri.", ("open", "ended")),
    ),
    fields=(
        Field("id", "uid", "Tetap selamanya."),
        Field("course_id", "text", "Kode kursus; lihat courses."),
        Field("unit_id", "integer", "Unit yang ditugasi."),
        Field("with_subunits", "boolean", "Termasuk unit di bawahnya."),
        Field("reason", "text", "Alasan yang dibaca pegawai."),
        Field("starts_on", "date", "Hari pertama."),
        Field("due_on", "date", "Tenggat gelombang pertama."),
        Field("waves", "integer", "Banyaknya gelombang."),
        Field("renew_months", "integer", "Diulang sesudah sekian bulan.", True),
        Field("created_at", "instant", "Saat dibuat."),
        Field("ended_at", "instant", "Saat diakhiri.", True),
        *(
            Field(f"{name}_count", "integer", f"Orang dengan keadaan {name}.")
            for name in STATES
        ),
    ),
)

DUTIES = Resource(
    name="duties",
    path="/assignments/{id}/duties",
    scope="assignments:read",
    title="Kewajiban",
    about="Apa yang masih menjadi kewajiban tiap orang menurut satu penugasan.",
    personal=True,
    order="nomor kewajiban",
    fields=(
        Field("person_id", "uid", "Pegawai; lihat people."),
        Field("nip", "text", "18 angka sebagai teks; null bila tidak ada.", True),
        Field("name", "text", "Nama tanpa gelar."),
        Field("unit_id", "integer", "Unit kerja sekarang."),
        Field("period", "integer", "Putaran, mulai dari 1."),
        Field("wave", "integer", "Gelombang."),
        Field("starts_on", "date", "Mulai."),
        Field("due_on", "date", "Tenggat."),
        Field("state", "text", "Keadaan hari ini.", values=STATES),
        Field("finished_on", "date", "Hari penyelesaian yang memenuhinya.", True),
    ),
)

ALL = (PEOPLE, UNITS, COURSES, COMPLETIONS, ASSIGNMENTS, DUTIES)
SCOPES = tuple(dict.fromkeys(resource.scope for resource in ALL))
