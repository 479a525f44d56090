"""Single values of a people file: words, addresses, days. Pure."""

import re
from datetime import date, timedelta

from lms.kernel.errors import Invalid
from lms.kernel.i18n import N_

STATUSES = {
    "PNS": "PNS",
    "CPNS": "CPNS",
    "PPPK": "PPPK",
    "P3K": "PPPK",
    "PPPKPW": "PPPK_PW",
    "PPPKPARUHWAKTU": "PPPK_PW",
    "P3KPARUHWAKTU": "PPPK_PW",
    "NONASN": "NON_ASN",
}
ID_KINDS = {
    "": "",
    "NIP": "NIP",
    "NIPPPK": "NI_PPPK",
    "NRP": "NRP",
    "NIK": "NIK",
    "LAIN": "LAIN",
    "LAINNYA": "LAIN",
}
JOB_TYPES = {
    "1": "struktural",
    "2": "fungsional",
    "3": "rangkap",
    "4": "pelaksana",
    "struktural": "struktural",
    "jabatan struktural": "struktural",
    "manajerial": "struktural",
    "fungsional": "fungsional",
    "jf": "fungsional",
    "jft": "fungsional",
    "jabatan fungsional": "fungsional",
    "jabatan fungsional tertentu": "fungsional",
    "jfu": "pelaksana",
    "pelaksana": "pelaksana",
    "jabatan pelaksana": "pelaksana",
    "jabatan fungsional umum": "pelaksana",
    "rangkap": "rangkap",
}
YES_NO = {
    "": True,
    **dict.fromkeys(("ya", "y", "1", "true", "aktif"), True),
    **dict.fromkeys(("tidak", "t", "0", "false", "nonaktif", "tidak aktif"), False),
}
SEXES = {
    **dict.fromkeys(("l", "m", "1", "pria", "laki-laki", "laki laki"), "1"),
    **dict.fromkeys(("p", "f", "2", "w", "wanita", "perempuan"), "2"),
}
EMAIL = re.compile(r"[^@\s,;<>\"]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari jan", "februari feb", "maret mar", "april apr", "mei", "juni jun",
         "juli jul", "agustus agu agt", "september sep", "oktober okt",
         "november nov nop", "desember des"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
SERIAL_START = date(1899, 12, 30)  # day 0 of a spreadsheet


class DayBad(Invalid):
    message = N_("Ini bukan tanggal. Tulis 22/11/2026 atau 2026-11-22.")


class MonthFirst(DayBad):
    message = N_(
        "“%(text)s” ditulis bulan dahulu. Tulis hari/bulan/tahun, misalnya 22/11/2026,"
        " atau 2026-11-22."
    )


def bare(text: str) -> str:
    """Return a word as STATUSES and ID_KINDS hold it."""
    return re.sub(r"[\s_-]+", "", text).upper()


def day(text: str) -> date:
    """Return the day in `text`: 2026-11-22, 22/11/2026, 22 November 2026, 46348.

    raises  DayBad, MonthFirst
    """
    text = text.strip().removesuffix(" 00:00:00").removesuffix("T00:00:00")
    if re.fullmatch(r"\d{5}", text, re.ASCII):
        return SERIAL_START + timedelta(days=int(text))
    parts = [part for part in re.split(r"[\s/.-]+", text.lower()) if part]
    if len(parts) != 3:
        raise DayBad
    if len(parts[0]) == 4:
        parts.reverse()
    numbers = [MONTHS.get(parts[1], parts[1]) if n == 1 else parts[n] for n in range(3)]
    try:
        d, month, year = (int(part) for part in numbers)
        if month > 12 >= d and len(parts[2]) == 4:
            raise MonthFirst(text=text[:20])
        if len(parts[2]) != 4:
            raise DayBad
        return date(year, month, d)
    except ValueError:
        raise DayBad from None
