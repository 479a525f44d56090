"""NIP of PNS and NI of PPPK: read, explain, doubt. Pure.

source  BKN rules 22/2007 and 43/2007: birth date, first appointment, sex, serial
"""

from dataclasses import dataclass
from datetime import date

from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

MALE, FEMALE = "1", "2"
SEPARATORS = str.maketrans("", "", " .-")  # as people group the digits


class NipBad(Invalid):
    message = N_("NIP tidak sah.")


class NipEmpty(NipBad):
    message = N_("NIP wajib diisi: 18 digit, tanpa keterangan lain.")


class NipDamaged(NipBad):
    message = N_(
        "NIP rusak oleh lembar kerja (%(text)s). Ubah kolom NIP menjadi teks, isi lagi"
        " dari sumber aslinya, lalu simpan."
    )


class NipNotDigits(NipBad):
    message = N_(
        "NIP ini memuat huruf atau tanda lain. NIP hanya berisi angka 0-9, 18 digit;"
        " spasi, titik, dan tanda hubung boleh."
    )


class NipIsNik(NipBad):
    message = N_(
        "16 digit: ini NIK, bukan NIP. NIP berisi 18 digit; salin dari SK pegawai ini."
    )


class NipIsOld(NipBad):
    message = N_(
        "9 digit: ini NIP lama. Gunakan NIP baru yang berisi 18 digit; salin dari SK"
        " pegawai ini."
    )


class NipLength(NipBad):
    message = N_(
        "NIP berisi 18 digit; yang diisi %(count)s digit. Cari digit yang kurang atau"
        " berlebih pada SK pegawai ini."
    )


class NipBirthDate(NipBad):
    message = N_(
        "NIP tidak sah: digit 1-8 (%(digits)s) bukan tanggal lahir yang ada. Seharusnya"
        " tahun, bulan, dan hari lahir, misalnya 19900817. Cocokkan dengan SK pegawai"
        " ini."
    )


class NipAppointment(NipBad):
    message = N_(
        "NIP tidak sah: digit 13-14 (%(digits)s) seharusnya bulan pengangkatan, 01"
        " sampai 12, bagi PNS, atau 21 sampai 29 bagi PPPK. Cocokkan dengan SK pegawai"
        " ini."
    )


class NipYear(NipBad):
    message = N_(
        "NIP tidak sah: digit 9-12 (%(digits)s) seharusnya tahun pengangkatan, misalnya"
        " 2015. Cocokkan dengan SK pegawai ini."
    )


class NipSex(NipBad):
    message = N_(
        "NIP tidak sah: digit 15 (%(digits)s) harus 1 (laki-laki) atau 2 (perempuan)."
        " Cocokkan dengan SK pegawai ini."
    )


class NipSerial(NipBad):
    message = N_(
        "NIP tidak sah: digit 16-18 tidak boleh 000. Biasanya angka terakhir hilang"
        " di lembar kerja. Ubah kolomnya menjadi teks, lalu isi lagi dari sumber"
        " aslinya."
    )


class NipZeros(NipBad):
    message = N_(
        "NIP berakhir dengan %(count)s angka nol: digit terakhirnya hilang di lembar"
        " kerja. Ubah kolomnya menjadi teks, lalu isi lagi dari sumber aslinya."
    )


@dataclass(frozen=True)
class Nip:
    """A well-formed number.

    digits  18 ASCII digits
    kind    PNS or PPPK, by digits 13-14; says nothing about today's status
    month   of the first appointment; None for PPPK, whose digits count agreements
    """

    digits: str
    kind: str
    birth: date
    year: int
    month: int | None
    sex: str
    serial: str

    @property
    def grouped(self) -> str:
        """Return the number as people read it: 8-6-1-3 digits."""
        d = self.digits
        return f"{d[:8]} {d[8:14]} {d[14]} {d[15:]}"

    @property
    def last_four(self) -> str:
        """Return what a public page may show: sex and serial."""
        return self.digits[-4:]


def bare(text: str) -> str:
    """Return `text` without the ASCII spaces, dots and dashes between digits."""
    return text.strip(" \t\r\n").translate(SEPARATORS)


def read(text: str) -> Nip:
    """Return the number in `text`.

    raises  NipBad  with an Indonesian reason: empty, damaged, wrong length, no
                    such date, month, sex or serial
    """
    digits = bare(text)
    if not digits:
        raise NipEmpty
    if not (digits.isascii() and digits.isdigit()):
        raise NipDamaged(text=text.strip()[:30]) if _is_damaged(text) else NipNotDigits
    if len(digits) != 18:
        raise {16: NipIsNik, 9: NipIsOld}.get(len(digits)) or NipLength(
            count=len(digits)
        )
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros > 3:
        raise NipZeros(count=zeros)
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise NipBirthDate(digits=digits[:8]) from None
    year, month = int(digits[8:12]), int(digits[12:14])
    if not 1940 <= year <= 2100:
        raise NipYear(digits=digits[8:12])
    if not (1 <= month <= 12 or 21 <= month <= 29):
        raise NipAppointment(digits=digits[12:14])
    if digits[14] not in (MALE, FEMALE):
        raise NipSex(digits=digits[14])
    if digits[15:] == "000":
        raise NipSerial
    return Nip(
        digits=digits,
        kind="PNS" if month <= 12 else "PPPK",
        birth=birth,
        year=year,
        month=month if month <= 12 else None,
        sex=digits[14],
        serial=digits[15:],
    )


def _is_damaged(text: str) -> bool:
    """Say whether a spreadsheet has made a floating-point number of it."""
    try:
        float(text.strip().replace(",", "."))
    except ValueError:
        return False
    return "e" in text.lower() or "." in text or "," in text


APPOINTED_YOUNG = N_(
    "Menurut NIP, diangkat pada usia %(age)s tahun, di bawah %(least)s. Periksa"
    " NIP-nya."
)
APPOINTED_OLD = N_(
    "Menurut NIP, diangkat pada usia %(age)s tahun, di atas 58. Periksa NIP-nya."
)
APPOINTED_LATER = N_("Menurut NIP, pengangkatan masih di masa depan. Periksa NIP-nya.")
TOO_YOUNG = N_(
    "Menurut NIP, usia sekarang %(age)s tahun, di bawah 18. Periksa NIP-nya."
)
RETIRED = N_(
    "Menurut NIP, usia sekarang %(age)s tahun. Bila sudah pensiun, isi aktif: tidak."
)
OTHER_SEX = N_(
    "Jenis kelamin menurut NIP berbeda dari kolom jenis kelamin. Periksa keduanya."
)
OTHER_BIRTH = N_(
    "Tanggal lahir menurut NIP berbeda dari kolom tanggal lahir. Periksa keduanya."
)
OTHER_STATUS = N_(
    "Bentuk NIP ini %(kind)s, tetapi status ASN tertulis %(status)s. Periksa keduanya."
)


def doubts(
    number: Nip,
    today: date,
    *,
    status: str = "",
    sex: str = "",
    birth: date | None = None,
) -> list[tuple[str, dict[str, object]]]:
    """Return what looks wrong but may be true: (text, its facts).

    status  ASN status by the HR file; sex "1" or "2"; birth by the HR file
    source  PPPK are at least 20, PNS at least 18 when appointed; offices end by 65
    """
    found: list[tuple[str, dict[str, object]]] = []
    least = 18 if number.kind == "PNS" else 20
    age = _years(number.birth, date(number.year, number.month or 12, 1))
    if age < least:
        found.append((APPOINTED_YOUNG, {"age": age, "least": least}))
    if age > 58 and number.kind == "PNS":
        found.append((APPOINTED_OLD, {"age": age}))
    if (number.year, number.month or 1) > (today.year, today.month):
        found.append((APPOINTED_LATER, {}))
    now = _years(number.birth, today)
    if now < 18:
        found.append((TOO_YOUNG, {"age": now}))
    if now > 65:
        found.append((RETIRED, {"age": now}))
    if sex and sex != number.sex:
        found.append((OTHER_SEX, {}))
    if birth and birth != number.birth:
        found.append((OTHER_BIRTH, {}))
    if status and _kind_of(status) not in (number.kind, ""):
        found.append((OTHER_STATUS, {"kind": number.kind, "status": status}))
    return found


def _years(since: date, until: date) -> int:
    before = (until.month, until.day) < (since.month, since.day)
    return until.year - since.year - before


def _kind_of(status: str) -> str:
    return {"PNS": "PNS", "CPNS": "PNS", "PPPK": "PPPK", "PPPK_PW": "PPPK"}.get(
        status, ""
    )
