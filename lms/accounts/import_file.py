"""The people file of an HR office: CSV bytes -> checked rows and findings. Pure.

Columns that are missing are left alone. An empty cell empties the value, but for
`email` and `pns_orang_id`, which HR files often do not know: there it keeps it.
"""

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import nip as nip_asn

REQUIRED = ("nip", "nama", "status_asn", "perangkat_daerah", "unit_kerja")
OPTIONAL = (
    "jabatan",
    "jenis_jabatan",
    "jenjang",
    "golongan",
    "email",
    "nip_atasan",
    "pns_orang_id",
    "aktif",
    "gelar_depan",
    "gelar_belakang",
    "instansi_kode",
)
COLUMNS = (*REQUIRED, *OPTIONAL)
ALIASES = {  # what SIASN calls them
    "nipbaru": "nip",
    "unornama": "unit_kerja",
    "jabatannama": "jabatan",
    "jenisjabatanid": "jenis_jabatan",
    "golruangakhir": "golongan",
    "id": "pns_orang_id",
}
LONGEST = {  # as wide as the tables
    "nama": 160,
    "perangkat_daerah": 255,
    "unit_kerja": 800,
    "jabatan": 200,
    "jenjang": 30,
    "golongan": 20,
    "email": 254,
    "pns_orang_id": 42,
    "gelar_depan": 60,
    "gelar_belakang": 60,
    "instansi_kode": 4,
}
STATUSES = {
    "PNS": "PNS",
    "CPNS": "CPNS",
    "PPPK": "PPPK",
    "PPPKPW": "PPPK_PW",
    "PPPKPARUHWAKTU": "PPPK_PW",
    "NONASN": "NON_ASN",
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
    "jabatan fungsional": "fungsional",
    "jabatan fungsional tertentu": "fungsional",
    "pelaksana": "pelaksana",
    "jabatan pelaksana": "pelaksana",
    "jabatan fungsional umum": "pelaksana",
    "rangkap": "rangkap",
}
YES_NO = {
    "": True,
    **dict.fromkeys(("ya", "y", "1", "true", "aktif"), True),
    **dict.fromkeys(("tidak", "t", "0", "false", "nonaktif"), False),
}
EMAIL = re.compile(r"[^@\s,;<>\"]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
DEEPEST = 8  # parts of unit_kerja, written "Bidang A > Seksi B"
MOST_ROWS = 200_000


@dataclass(frozen=True)
class Finding:
    """What is wrong (`is_error`) or looks wrong in a cell.

    row      as a spreadsheet counts: the heading is row 1
    message  Indonesian, with %(places)s filled from `facts`
    """

    row: int
    column: str
    message: str
    facts: dict[str, object] = field(default_factory=dict)
    is_error: bool = True

    @property
    def text(self) -> str:
        return self.message % self.facts if self.facts else self.message


@dataclass(frozen=True)
class Row:
    """One person as the file has it; texts are "" where the cell is empty.

    unit  names from the office (perangkat daerah) down
    job   (title, type, level), or None
    """

    number: int
    nip: str
    name: str
    status: str
    unit: tuple[str, ...]
    job: tuple[str, str, str] | None
    rank: str
    email: str
    superior: str
    siasn_id: str
    is_active: bool
    title_front: str
    title_back: str
    agency_code: str


@dataclass
class Table:
    """The rows that can be read, which columns were there, and all findings."""

    rows: list[Row] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)  # first row of each

    def add(self, row: int, column: str, message: str, is_error=True, **facts) -> None:
        self.findings.append(Finding(row, column, message, facts, is_error))

    @property
    def has_errors(self) -> bool:
        return any(f.is_error for f in self.findings)


def read(data: bytes, today: date) -> Table:
    """Read a CSV file, "," or ";", UTF-8 with or without a mark at its start."""
    table = Table()
    text = _decode(data, table)
    if text is None:
        return table
    heading, _, _ = text.lstrip("\r\n").partition("\n")
    mark = ";" if heading.count(";") > heading.count(",") else ","
    lines = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        names = _names(next(lines, []), table)
        if table.has_errors:
            return table
        for number, cells in enumerate(lines, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if number > MOST_ROWS:
                table.add(
                    number, "", N_("Berkas terlalu panjang. Bagilah menjadi beberapa.")
                )
                break
            _take(cells, number, names, table, today)
    except csv.Error:
        table.add(
            lines.line_num,
            "",
            N_("Tanda kutip di baris ini tidak berpasangan, atau selnya kepanjangan."),
        )
    if not table.rows and not table.findings:
        table.add(1, "", N_("Berkas tidak berisi satu baris orang pun."))
    return table


def _decode(data: bytes, table: Table) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff", b"PK"):
        table.add(
            1,
            "",
            N_("Ini bukan CSV UTF-8. Simpan sebagai “CSV UTF-8”, lalu coba lagi."),
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        row = data.count(b"\n", 0, err.start) + 1
        table.add(
            row, "", N_("Ada huruf yang bukan UTF-8. Simpan sebagai “CSV UTF-8”.")
        )
        return None
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        table.add(row, "", N_("Berkas memuat tanda NUL; ia rusak atau bukan CSV."))
        return None
    return text


def _names(cells: list[str], table: Table) -> list[str]:
    names = [re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in cells]
    names = [ALIASES.get(name, name) for name in names]
    for name in REQUIRED:
        if name not in names:
            table.add(1, name, N_("Kolom ini wajib ada."))
    for name in dict.fromkeys(names):
        if name in COLUMNS and names.count(name) > 1:
            table.add(1, name, N_("Kolom ini ada lebih dari sekali."))
        elif name and name not in COLUMNS:
            table.add(1, name[:40], N_("Kolom ini tidak dikenal dan diabaikan."), False)
    table.columns = frozenset(names) & frozenset(COLUMNS)
    return names


def _take(cells, number: int, names: list[str], table: Table, today: date) -> None:
    """Check one line; add it to the table when nothing is wrong with it."""
    if len(cells) != len(names):
        table.add(
            number,
            "",
            N_("Baris ini berisi %(count)s kolom, seharusnya %(wanted)s."),
            count=len(cells),
            wanted=len(names),
        )
        return
    before = len(table.findings)
    values = dict.fromkeys(COLUMNS, "")
    for name, cell in zip(names, cells, strict=True):
        if name in COLUMNS:
            values[name] = _clean(name, cell, number, table)
    row = _row(values, number, table, today)
    for column, value in (("nip", row.nip), ("email", row.email)):
        first = table.seen.setdefault((column, value), number) if value else number
        if first != number:
            message = N_("Sudah ada di baris %(first)s.")
            table.add(number, column, message, first=first)
    if not any(f.is_error for f in table.findings[before:]):
        table.rows.append(row)


def _clean(name: str, cell: str, number: int, table: Table) -> str:
    if has_hidden(cell.strip()):
        table.add(
            number, name, N_("Ada tanda tak terlihat atau ganti baris di sel ini.")
        )
        return ""
    value = one_line(cell)
    if value == "-":
        return ""
    if value[:1] in ("=", "@", "+"):
        table.add(number, name, N_("Sel ini berisi rumus. Isilah nilainya."))
        return ""
    longest = LONGEST.get(name, 254)
    if len(value) > longest:
        table.add(
            number, name, N_("Paling panjang %(longest)s karakter."), longest=longest
        )
        return ""
    return value


def _row(values: dict[str, str], number: int, table: Table, today: date) -> Row:
    for name in ("nama", "perangkat_daerah"):
        _want(values, name, number, table)
    status = _status(values, number, table)
    return Row(
        number=number,
        nip=_nip(values, number, table, status, today),
        name=values["nama"],
        status=status,
        unit=_unit(values, number, table),
        job=_job(values, number, table),
        rank=values["golongan"],
        email=_email(values["email"], number, table),
        superior=_superior(values, number, table),
        siasn_id=values["pns_orang_id"],
        is_active=_active(values["aktif"], number, table),
        title_front=values["gelar_depan"],
        title_back=values["gelar_belakang"],
        agency_code=values["instansi_kode"],
    )


def _want(values: dict[str, str], name: str, number: int, table: Table) -> None:
    already = any(f.row == number and f.column == name for f in table.findings[-8:])
    if not values[name] and not already:
        table.add(number, name, N_("Sel ini wajib diisi."))


def _status(values: dict[str, str], number: int, table: Table) -> str:
    text = re.sub(r"[\s_-]+", "", values["status_asn"]).upper()
    if text not in STATUSES:
        table.add(
            number,
            "status_asn",
            N_("Isilah PNS, CPNS, PPPK, PPPK_PW, atau NON_ASN."),
        )
    return STATUSES.get(text, "")


def _nip(values, number: int, table: Table, status: str, today: date) -> str:
    if not values["nip"] and status == "NON_ASN":
        _want(values, "email", number, table)  # all that is left to know them by
        return ""
    try:
        found = nip_asn.read(values["nip"])
    except nip_asn.NipBad as bad:
        table.add(number, "nip", bad.message, **bad.facts)
        return ""
    for message, facts in nip_asn.doubts(found, today, status=status):
        table.add(number, "nip", message, False, **facts)
    return found.digits


def _superior(values: dict[str, str], number: int, table: Table) -> str:
    if not values["nip_atasan"]:
        return ""
    try:
        digits = nip_asn.read(values["nip_atasan"]).digits
    except nip_asn.NipBad as bad:
        table.add(number, "nip_atasan", bad.message, **bad.facts)
        return ""
    if digits == nip_asn.bare(values["nip"]):
        table.add(number, "nip_atasan", N_("Atasan tidak boleh orang itu sendiri."))
    return digits


def _unit(values: dict[str, str], number: int, table: Table) -> tuple[str, ...]:
    office = values["perangkat_daerah"]
    below = [part.strip() for part in values["unit_kerja"].split(" > ")]
    below = [part for part in below if part]
    if below and below[0].casefold() == office.casefold():
        below = below[1:]
    if len(below) > DEEPEST or any(len(part) > 255 for part in below):
        table.add(
            number, "unit_kerja", N_("Unit kerja ini terlalu dalam atau panjang.")
        )
        return (office,)
    return (office, *below)


def _job(values: dict[str, str], number: int, table: Table):
    if not values["jabatan"]:
        return None
    kind = JOB_TYPES.get(values["jenis_jabatan"].lower())
    if kind is None:
        table.add(
            number,
            "jenis_jabatan",
            N_("Isilah struktural, fungsional, pelaksana, atau rangkap."),
        )
        return None
    return values["jabatan"], kind, values["jenjang"]


def _email(text: str, number: int, table: Table) -> str:
    text = text.lower()
    if text and not EMAIL.fullmatch(text):
        table.add(number, "email", N_("Alamat surel ini tidak lengkap."))
        return ""
    return text


def _active(text: str, number: int, table: Table) -> bool:
    if text.lower() not in YES_NO:
        table.add(number, "aktif", N_("Isilah ya atau tidak."))
    return YES_NO.get(text.lower(), True)
