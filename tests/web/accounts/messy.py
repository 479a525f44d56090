"""A workbook as bad as they come: 15,000 people, and every damage known to us.

The same bytes of rows each time: whoever mends it knows what was broken.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.unit.accounts.odd_files import xlsx

HEAD = ["No", "NIP Baru", "Nama Lengkap", "Status Pegawai", "OPD", "Unit Kerja",
        "Nama Jabatan", "Jenis Jabatan", "Gol", "Surel", "NIP Atasan", "Tgl Lahir",
        "Aktif", "Gelar Belakang", "Nomor HP"]  # fmt: skip
TITLES = [["DAFTAR NOMINATIF PEGAWAI"], ["Keadaan 1 November 2026"], []]
FIRST = len(TITLES) + 3  # row of the first person: titles, heading, numbering
NIP, NAME, STATUS, OFFICE, JOB_TYPE = 1, 2, 3, 4, 7
EMAIL, SUPERIOR, BORN, ACTIVE = 9, 10, 11, 12
NUMBER = object()  # the NIP as a number, of which a spreadsheet keeps 15 digits


@dataclass
class Messy:
    """Rows as they should be, and what was done to which.

    damage  place in `good` -> (column damaged, value put there, ours, words said)
    """

    good: list[list[object]] = field(default_factory=list)
    damage: dict[int, tuple[int, object, str, str]] = field(default_factory=dict)

    def rows(self) -> list[list[object]]:
        """Return the people with their damage."""
        found = [list(row) for row in self.good]
        for place, (column, value, _ours, _words) in self.damage.items():
            number = int(str(found[place][NIP]).replace(" ", ""))
            found[place][column] = number if value is NUMBER else value
        return found

    def workbook(self) -> bytes:
        """Write all of it: titles, heading, a row that numbers the columns, people."""
        numbers = [f"({n + 1})" for n in range(len(HEAD))]
        return xlsx([*TITLES, HEAD, numbers, *self.rows()])

    def wrong(self) -> dict[int, tuple[str, str]]:
        """Return row number -> our column and words of the message."""
        return {
            FIRST + place: (ours, words)
            for place, (_c, _v, ours, words) in self.damage.items()
        }


def nip(n: int) -> str:
    """Return an invented number: day, appointment, sex and a serial of nine hundred."""
    born = date(1970, 1, 1) + timedelta(days=n % 9000)
    return f"{born:%Y%m%d}201503{1 + n % 2}{900 + n // 9000 % 100:03}"


KINDS = [
    (NIP, "1.99008E+17", "nip", "rusak oleh lembar kerja"),
    (NIP, NUMBER, "nip", "disimpan sebagai angka"),
    (NIP, "1990081720150319", "nip", "16 digit: ini NIK"),
    (NIP, "199008172015031000", "nip", "tidak boleh 000"),
    (NIP, "199008172015000000", "nip", "angka nol"),
    (NIP, "19900817201503190", "nip", "yang diisi 17 digit"),
    (NIP, "198502302010011901", "nip", "bukan tanggal lahir"),
    (NIP, "199008172015131901", "nip", "digit 13-14"),
    (NIP, "", "nip", "wajib diisi"),
    (NIP, nip(1), "nip", "Sudah ada di baris"),
    (NAME, "", "nama", "wajib diisi"),
    (NAME, date(2026, 3, 2), "nama", "berubah menjadi tanggal"),
    (NAME, "Bu\u202edi", "nama", "tak terlihat"),
    (NAME, "=SUM(A1:A9)", "nama", "berisi rumus"),
    (STATUS, "HONORER", "status_asn", "Isilah PNS"),
    (OFFICE, "", "perangkat_daerah", "wajib diisi"),
    (JOB_TYPE, "lain", "jenis_jabatan", "Isilah struktural"),
    (EMAIL, "budi@contoh", "email", "tidak lengkap"),
    (EMAIL, "orang1@contoh.go.id", "email", "Sudah ada di baris"),
    (SUPERIOR, "199008172015031999", "nip_atasan", "tidak ada di berkas"),
    (BORN, "11/22/2026", "tanggal_lahir", "bulan dahulu"),
    (ACTIVE, "mungkin", "aktif", "Isilah ya atau tidak"),
]  # fmt: skip


def build(people: int = 15_000, each: int = 10) -> Messy:
    """Make the people, and damage `each` of them in every way there is."""
    made = Messy([_person(n) for n in range(people)])
    step = people // (len(KINDS) * each + 1)
    for n in range(len(KINDS) * each):
        made.damage[(n + 1) * step] = KINDS[n % len(KINDS)]
    return made


def _person(n: int) -> list[object]:
    born = date(1970, 1, 1) + timedelta(days=n % 9000)
    ways = [born, f"{born:%d/%m/%Y}", f"{born:%Y-%m-%d}", ""]
    number = nip(n)
    if n % 3 == 0:
        number = f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
    return [n + 1, nip(n) if n % 3 else number, f"Pegawai Contoh {n}, S.Sos.", "PNS",
            f"Dinas Contoh {n % 25}", f"Bidang {n % 100} > Seksi {n % 5}",
            f"Jabatan {n % 200}", ("2", "pelaksana", "Fungsional", "JFU")[n % 4],
            "III/a", f"orang{n}@contoh.go.id", "" if n % 50 else nip(1),
            ways[n % 4], "ya", "S.Sos.", f"0812{n:08}"]  # fmt: skip
