"""Names of the data part: which file may say what, in the words of authors."""

COMMON = ("jenis", "id", "judul", "kompetensi", "wajib", "rumus")
ITEM_KEYS: dict[str, tuple[str, ...]] = {
    "modul": (*COMMON, "durasi", "tujuan", "selesai_jika"),
    "kuis": (
        *COMMON,
        "nilai_lulus",
        "percobaan",
        "jeda",
        "batas_waktu",
        "acak_soal",
        "acak_pilihan",
        "tampilkan_pembahasan",
        "ambil",
        "pasangan",
    ),
    "simulasi": (*COMMON, "nilai_lulus", "percobaan", "durasi"),
    "tugas": (
        *COMMON,
        "durasi",
        "penilai",
        "kumpulkan",
        "berkas",
        "ukuran_maksimal",
        "tenggat",
        "nilai_lulus",
        "percobaan",
    ),
    "survei": (*COMMON, "responden", "waktu", "anonim"),
    "bank": ("jenis", "id", "judul", "kompetensi", "rumus"),
}
COURSE_KEYS = (
    "id",
    "judul",
    "ringkasan",
    "bahasa",
    "terjemahan",
    "edisi",
    "jp",
    "status",
    "pemilik",
    "penulis",
    "penyelenggara",
    "tujuan",
    "tag",
    "jenis_diklat",
    "tahunan",
    "untuk_jabatan",
    "prasyarat",
    "kompetensi",
    "urutan",
    "kelulusan",
    "masa_berlaku",
    "rtl",
    "sumber",
)
TRANSLATION_KEYS = ("jenis", "id", "judul", "bahasa", "sumber", "tujuan")
COURSE_TEXT_KEYS = ("bahasa", "sumber", "judul", "ringkasan", "tujuan", "bab")
CHAPTER_KEYS = ("bab", "isi")
PROMISE_KEYS = ("kode", "tingkat", "bukti")
SOURCE_KEYS = ("teks", "diperiksa")
DICTIONARY_KEYS = ("kamus", "versi", "sumber", "butir")
ENTRY_KEYS = ("kode", "nama", "jenis", "uraian", "tingkat")
STANDARDS_KEYS = ("daftar", "versi", "sumber", "jenjang", "rumpun")
JOB_LEVEL_KEYS = ("kode", "nama", "jenis", "inti", "yakin")
JOB_FAMILY_KEYS = ("kode", "nama", "jabatan", "kompetensi")
ASKED_KEYS = ("kode", "tingkat", "per_jenjang")

KNOWN_KEYS = frozenset(
    {
        *COURSE_KEYS,
        *CHAPTER_KEYS,
        *PROMISE_KEYS,
        *SOURCE_KEYS,
        *TRANSLATION_KEYS,
        *COURSE_TEXT_KEYS,
        *DICTIONARY_KEYS,
        *ENTRY_KEYS,
        *STANDARDS_KEYS,
        *JOB_LEVEL_KEYS,
        *JOB_FAMILY_KEYS,
        *ASKED_KEYS,
        *(key for keys in ITEM_KEYS.values() for key in keys),
        *("responden", "waktu", "anonim"),
        *("penilai", "kumpulkan", "berkas", "ukuran_maksimal", "tenggat"),
    }
)
