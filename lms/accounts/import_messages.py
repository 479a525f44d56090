"""What is said about the cells of a people file. Pure.

Each says what is wrong, what is expected, and how to mend it.
"""

from lms.kernel.i18n import N_

NUMBER = N_(
    "NIP di sel ini disimpan sebagai angka. Lembar kerja hanya menyimpan 15 digit"
    " angka, jadi digit terakhirnya sudah berubah. Ubah kolom menjadi teks, lalu isi"
    " lagi dari sumber aslinya."
)
LONG_NUMBER = N_(
    "Angka di sel ini terlalu panjang dan sudah berubah. Isi sebagai teks."
)
MERGED = N_(
    "Sel ini digabung dengan sel lain. Batalkan penggabungan (unmerge), lalu isi setiap"
    " selnya."
)
SELF = N_("Atasan tidak boleh orang itu sendiri. Kosongkan bila atasannya kepala unit.")
BECAME_DATE = N_(
    "Isi sel ini berubah menjadi tanggal (%(text)s). Ubah sel menjadi teks, lalu isi"
    " lagi."
)


TWICE = N_(
    "Sudah ada di baris %(first)s. Satu orang satu baris: hapus baris yang"
    " ganda, atau betulkan isinya."
)
HIDDEN = N_("Ada tanda tak terlihat atau ganti baris di sel ini. Ketik ulang isinya.")
FORMULA = N_(
    "Sel ini berisi rumus. Salin, lalu tempel kembali sebagai nilai"
    " (Paste Special, Values)."
)
TOO_LONG = N_(
    "Isi sel ini terlalu panjang. Singkatlah: paling panjang %(longest)s karakter."
)
STATUS = N_(
    "Status ASN “%(text)s” tidak dikenal. Isilah PNS, CPNS, PPPK, PPPK_PW"
    " (PPPK paruh waktu), atau NON_ASN."
)
ID_KIND = N_(
    "Jenis nomor “%(text)s” tidak dikenal. Isilah NIP, NI_PPPK, NRP, atau LAIN;"
    " sel kosong berarti menurut angkanya."
)
JOB_TYPE = N_(
    "Jenis jabatan “%(text)s” tidak dikenal. Isilah struktural, fungsional,"
    " pelaksana, atau rangkap."
)
UNIT_DEEP = N_(
    "Unit kerja ini terlalu dalam atau panjang. Paling dalam 8 tingkat,"
    " ditulis “Bidang A > Seksi B”, masing-masing paling panjang 255"
    " karakter."
)
EMAIL_CUT = N_("Alamat surel ini tidak lengkap. Contoh yang benar: nama@contoh.go.id.")
NO_NIK = N_("NIK tidak disimpan di sini. Kosongkan nip, tulis LAIN, dan isi email.")
NRP_BAD = N_("NRP berisi 5 sampai 18 angka, tanpa huruf atau tanda lain.")
