"""One line of a people file -> a checked row, or findings by column. Pure.

Columns that are missing are left alone. An empty cell empties the value, but for
`email`, `pns_orang_id` and `unor_id`, which HR files often do not know: there it keeps
it. An empty `nip_atasan` means the head of the unit.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from lms.kernel import cells as kernel_cells
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import import_messages as said
from . import import_values as values_of
from . import nip as nip_asn
from .import_columns import KNOWN, Heading
from .import_origins import Origins
from .import_values import EMAIL, ID_KINDS, JOB_TYPES, SEXES, STATUSES, YES_NO
from .sheets import Sheet

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
    "unor_id": 60,
    "instansi_id": 42,
}
DEEPEST = 8  # parts of unit_kerja, written "Bidang A > Seksi B"
BELOW = " > "
AS_TEXT = re.compile(r'="(.*)"')  # how some keep a spreadsheet from counting
NRP = re.compile(r"\d{5,18}", re.ASCII)


@dataclass(frozen=True)
class Finding:
    """What is wrong (`is_error`) or looks wrong in a cell.

    row      as a spreadsheet counts
    message  Indonesian, with %(places)s filled from `facts`
    letter   of the column in the spreadsheet
    """

    row: int
    column: str
    message: str
    facts: dict[str, object] = field(default_factory=dict)
    is_error: bool = True
    letter: str = ""

    @property
    def text(self) -> str:
        return self.message % self.facts if self.facts else self.message


@dataclass(frozen=True)
class Row:
    """One person as the file has it; texts are "" where the cell is empty.

    unit      names from the office (perangkat daerah) down
    job       (title, type, level), or None
    superior  NIP or e-mail; "" = the head of the unit
    id_kind   "" = as the number says
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
    id_kind: str = ""
    unor_id: str = ""
    agency_siasn_id: str = ""


@dataclass
class Table:
    """The rows that can be read, which columns were there, and all findings.

    refused  values of the rows that cannot
    origins  where the rows come from, when the sheet was joined from several files
    """

    rows: list[Row] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)  # first row of each
    sheet: Sheet = field(default_factory=lambda: Sheet([]))
    heading: Heading = field(default_factory=Heading)
    lines: int = 0  # rows with something in them
    refused: list[dict[str, str]] = field(default_factory=list)
    origins: Origins | None = None

    def add(
        self, row: int, column: str, message: str, is_error=True, /, **facts
    ) -> None:
        letter = self.heading.letter(column)
        self.findings.append(Finding(row, column, message, facts, is_error, letter))

    @property
    def has_errors(self) -> bool:
        return any(f.is_error for f in self.findings)


def take(cells: list[str], number: int, table: Table, marks: dict, today: date) -> None:
    """Check one line; add it to the table when nothing is wrong with it.

    marks  place of the column -> number, date, merged
    """
    names = table.heading.names
    before = len(table.findings)
    values = dict.fromkeys(KNOWN, "")
    for place, name in enumerate(names):
        if name and place < len(cells):
            values[name] = _clean(name, cells[place], number, table, marks.get(place))
    row = _row(values, number, table, today)
    for column, value in (("nip", row.nip), ("email", row.email)):
        first = table.seen.setdefault((column, value), number) if value else number
        if first != number:
            message = said.TWICE
            table.add(number, column, message, first=first)
    if any(f.is_error for f in table.findings[before:]):
        table.refused.append(values)
    else:
        table.rows.append(row)


def bare(cells: list[str], names: list[str]) -> dict[str, str]:
    """Return the values of a line as it stands, by column; "" where there is none."""
    there = zip(names, cells, strict=False)
    return dict.fromkeys(KNOWN, "") | {n: cell.strip() for n, cell in there if n}


def _clean(name: str, cell: str, number: int, table: Table, mark: str | None) -> str:
    if mark == "merged":
        table.add(number, name, said.MERGED)
        return ""
    if mark == "number":
        table.add(
            number, name, said.NUMBER if name.startswith("nip") else said.LONG_NUMBER
        )
        return ""
    if mark == "date" and name != "tanggal_lahir":
        table.add(number, name, said.BECAME_DATE, text=cell)
        return ""
    if not (cell.isascii() and cell.isprintable()) and has_hidden(cell.strip()):
        table.add(
            number,
            name,
            said.HIDDEN,
        )
        return ""
    cell = cell.strip()
    if wrapped := AS_TEXT.fullmatch(cell):
        cell = wrapped[1]
    value = one_line(kernel_cells.plain(cell))
    if value == cell:
        if value == "-":
            return ""
        if value[:1] in ("=", "@", "+"):
            table.add(
                number,
                name,
                said.FORMULA,
            )
            return ""
    if name.startswith("nip"):
        value = value.removeprefix("'")  # as people keep a number from being counted
    longest = LONGEST.get(name, 254)
    if len(value) > longest:
        table.add(
            number,
            name,
            said.TOO_LONG,
            longest=longest,
        )
        return ""
    return value


def _row(values: dict[str, str], number: int, table: Table, today: date) -> Row:
    for name in ("nama", "perangkat_daerah"):
        _want(values, name, number, table)
    status = _status(values, number, table)
    kind = _id_kind(values, number, table)
    return Row(
        number=number,
        nip=_nip(values, number, table, (status, kind), today),
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
        id_kind=kind,
        unor_id=values["unor_id"],
        agency_siasn_id=values["instansi_id"],
    )


def _want(values: dict[str, str], name: str, number: int, table: Table) -> None:
    if not values[name] and not _is_blamed(name, number, table):
        table.add(number, name, N_("Sel ini kosong, padahal wajib diisi."))


def _is_blamed(name: str, number: int, table: Table) -> bool:
    """Say whether something is already said about this cell."""
    recent = table.findings[-len(KNOWN) :]
    return any(f.row == number and f.column == name for f in recent)


def _status(values: dict[str, str], number: int, table: Table) -> str:
    text = values_of.bare(values["status_asn"])
    if text not in STATUSES and not _is_blamed("status_asn", number, table):
        table.add(
            number,
            "status_asn",
            said.STATUS,
            text=values["status_asn"][:30],
        )
    return STATUSES.get(text, "")


def _id_kind(values: dict[str, str], number: int, table: Table) -> str:
    kind = ID_KINDS.get(values_of.bare(values["jenis_identitas"]))
    if kind is None:
        message = said.ID_KIND
        text = values["jenis_identitas"][:30]
        table.add(number, "jenis_identitas", message, text=text)
    elif kind == "NIK":
        table.add(
            number,
            "jenis_identitas",
            said.NO_NIK,
        )
    return kind or ""


def _nip(values, number: int, table: Table, kinds, today: date) -> str:
    """Read the number; `kinds` are the status and what number it is said to be."""
    status, kind = kinds
    text = values["nip"]
    if _is_blamed("nip", number, table):
        return ""
    if not text and (status == "NON_ASN" or kind == "LAIN"):
        _want(values, "email", number, table)  # all that is left to know them by
        return ""
    if kind == "NRP":
        if not NRP.fullmatch(text):
            table.add(
                number,
                "nip",
                said.NRP_BAD,
            )
            return ""
        return text
    try:
        found = nip_asn.read(text)
    except nip_asn.NipBad as bad:
        table.add(number, "nip", bad.message, **bad.facts)
        return ""
    doubts = nip_asn.doubts(
        found,
        today,
        status=status,
        sex=_sex(values["jenis_kelamin"], number, table),
        birth=_birth(values["tanggal_lahir"], number, table),
    )
    for message, facts in doubts:
        table.add(number, "nip", message, False, **facts)
    return found.digits


def _sex(text: str, number: int, table: Table) -> str:
    if text and text.lower() not in SEXES:
        table.add(
            number, "jenis_kelamin", N_("Isilah L (laki-laki) atau P (perempuan).")
        )
    return SEXES.get(text.lower(), "")


def _birth(text: str, number: int, table: Table) -> date | None:
    try:
        return values_of.day(text) if text else None
    except values_of.DayBad as bad:
        table.add(number, "tanggal_lahir", bad.message, **bad.facts)
        return None


def _superior(values: dict[str, str], number: int, table: Table) -> str:
    text = values["nip_atasan"]
    if not text or _is_blamed("nip_atasan", number, table):
        return ""
    myself = nip_asn.bare(values["nip"])
    if "@" in text:
        found, myself = _email(text, number, table, "nip_atasan"), values["email"]
    else:
        found = nip_asn.bare(text)
        try:
            if not NRP.fullmatch(found) or len(found) in (9, 16, 18):
                found = nip_asn.read(text).digits
        except nip_asn.NipBad as bad:
            table.add(number, "nip_atasan", bad.message, **bad.facts)
            return ""
    if found and found == myself.lower():
        table.add(number, "nip_atasan", said.SELF)
    return found


def _unit(values: dict[str, str], number: int, table: Table) -> tuple[str, ...]:
    office = values["perangkat_daerah"]
    below = [part.strip() for part in values["unit_kerja"].split(BELOW)]
    below = [part for part in below if part]
    if below and below[0].casefold() == office.casefold():
        below = below[1:]
    if len(below) > DEEPEST or any(len(part) > 255 for part in below):
        table.add(
            number,
            "unit_kerja",
            said.UNIT_DEEP,
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
            said.JOB_TYPE,
            text=values["jenis_jabatan"][:30],
        )
        return None
    return values["jabatan"], kind, values["jenjang"]


def _email(text: str, number: int, table: Table, column: str = "email") -> str:
    text = text.lower()
    if text and not EMAIL.fullmatch(text):
        table.add(
            number,
            column,
            said.EMAIL_CUT,
        )
        return ""
    return text


def _active(text: str, number: int, table: Table) -> bool:
    if text.lower() not in YES_NO:
        table.add(number, "aktif", N_("Isilah ya atau tidak; kosong berarti ya."))
    return YES_NO.get(text.lower(), True)
