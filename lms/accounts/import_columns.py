"""The columns of a people file: their names, what others call them, where they are.

Pure. The heading may stand under titles; each office may name columns its own way.
"""

import re
from dataclasses import dataclass, field

from lms.kernel.i18n import N_

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
    "jenis_identitas",
    "unor_id",
    "instansi_id",
)
COLUMNS = (*REQUIRED, *OPTIONAL)
CHECKED = ("tanggal_lahir", "jenis_kelamin")  # only compared with the NIP, never kept
KNOWN = (*COLUMNS, *CHECKED)
# The last columns of a file of rejected rows: where each was, and what is wrong.
ORIGIN, WRONG = "baris_asal", "kesalahan"
LABELS = {
    "nip": N_("NIP"),
    "nama": N_("Nama"),
    "status_asn": N_("Status ASN"),
    "perangkat_daerah": N_("Perangkat daerah"),
    "unit_kerja": N_("Unit kerja"),
    "jabatan": N_("Jabatan"),
    "jenis_jabatan": N_("Jenis jabatan"),
    "jenjang": N_("Jenjang"),
    "golongan": N_("Golongan"),
    "email": N_("Surel"),
    "nip_atasan": N_("NIP atasan"),
    "pns_orang_id": N_("PNS Orang ID"),
    "aktif": N_("Aktif"),
    "gelar_depan": N_("Gelar depan"),
    "gelar_belakang": N_("Gelar belakang"),
    "instansi_kode": N_("Kode instansi"),
    "jenis_identitas": N_("Jenis nomor"),
    "unor_id": N_("ID unor SIASN"),
    "instansi_id": N_("ID instansi SIASN"),
    "tanggal_lahir": N_("Tanggal lahir"),
    "jenis_kelamin": N_("Jenis kelamin"),
}
# What SIASN, SIMPEG and offices call them; where two are there, the first counts.
ALIASES = {
    "nip": "nipbaru nipnippppk nippppk nipppk nipasn nomorindukpegawai",
    "nama": "namalengkap namapegawai namaasn",
    "status_asn": "statuspegawai statuskepegawaian",
    "perangkat_daerah": "opd skpd unorinduknama satuankerjakerjanama satuankerja",
    "unit_kerja": "unornama unor namaunor unit unitorganisasi",
    "jabatan": "jabatannama namajabatan",
    "jenis_jabatan": "jenisjabatanid jenisjabatannama",
    "jenjang": "asnjenjangjabatan jenjangjabatan kodejenjangjabatan",
    "golongan": "golruangakhir golonganruang golruang gol pangkatgolongan",
    "email": "surel alamatemail alamatsurel emailgov",
    "nip_atasan": "nipatasanlangsung atasannip",
    "pns_orang_id": "pnsid idpns id",
    "aktif": "statusaktif",
    "gelar_depan": "",
    "gelar_belakang": "",
    "instansi_kode": "kodeinstansi instansikerjakodecepat kodecepat",
    "jenis_identitas": "jenisnomor",
    "unor_id": "",
    "instansi_id": "instansikerjaid",
    "tanggal_lahir": "tgllahir",
    "jenis_kelamin": "jk",
}
_NAMES = {
    alias: (column, rank)
    for column, words in ALIASES.items()
    for rank, alias in enumerate([column.replace("_", ""), *words.split()])
}
IGNORED = {
    ORIGIN.replace("_", ""),
    WRONG,
    "no",
    "nomor",
    "nourut",
    "",
}  # nobody needs to be told of these
LOOKED_AT = 40  # rows in which the heading must begin
NAMED = 15  # headings that a message repeats
LEAST = 2  # names a heading must hold

NOT_FOUND = N_(
    "Baris judul kolom tidak ditemukan. Beri judul setiap kolom, atau cocokkan kolomnya"
    " di bawah."
)
TWO_HEADINGS = N_(
    "Ada dua baris judul (baris %(first)s dan %(second)s). Sisakan satu baris judul."
)
MERGED_HEADING = N_(
    "Sel judul di baris %(row)s digabung. Batalkan penggabungan (unmerge), sehingga"
    " setiap kolom berjudul sendiri."
)
MISSING = N_(
    "Kolom %(label)s tidak ditemukan, padahal wajib ada. Judul yang terbaca di baris"
    " %(row)s: %(headings)s. Bila salah satunya memang kolom itu, pilih artinya di"
    " “Cocokkan kolom”; bila tidak ada, tambahkan kolomnya ke berkas."
)
TWICE = N_(
    "Ada lebih dari satu kolom yang berarti %(label)s. Hapus salah satu dari berkas,"
    " atau abaikan salah satunya di “Cocokkan kolom”."
)
UNKNOWN = N_(
    "Kolom ini tidak dikenal dan diabaikan. Bila perlu, pilih artinya di “Cocokkan"
    " kolom”."
)
SPARE = N_("Kolom ini diabaikan: %(label)s sudah diambil dari kolom lain.")


@dataclass
class Heading:
    """Where the heading is and what each place of a row means ("" = nothing).

    number    of its row, as a spreadsheet counts
    texts     as the file has them
    problems  (row, column, message, facts, is_error)
    """

    number: int = 1
    texts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    problems: list[tuple] = field(default_factory=list)

    def letter(self, column: str) -> str:
        """Return the letter a spreadsheet shows above a column, "" when not there."""
        return letters(self.names.index(column)) if column in self.names else ""


def key(text: str) -> str:
    """Return a heading as it is compared: letters and digits only, in lower case."""
    return re.sub(r"[\W_]+", "", text.casefold())


def letters(place: int) -> str:
    """Return "A" for 0, "AA" for 26."""
    text, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def known(cells: list[str], own: dict[str, str]) -> set[str]:
    """Return which of our columns these cells name; `own` is the office's map."""
    return {
        column for cell in cells if (column := _meaning(key(cell), own)[0])
    }  # fmt: skip


def _meaning(name: str, own: dict[str, str]) -> tuple[str, int]:
    if name in own and name not in KNOWN:  # our own names mean what they say
        return own[name], -1
    return _NAMES.get(name, ("", 0))


def find(rows: list[list[str]], marks: dict, own: dict[str, str]) -> Heading:
    """Find the heading among the first rows, and say what is wrong with it.

    marks  (row number, place) -> "merged" and others
    own    heading as `key` makes it -> our column, or "" to leave it out
    """
    counts = [len(known(cells, own)) for cells in rows[:LOOKED_AT]]
    best = max(counts, default=0)
    if best < LEAST:
        return _guess(rows)
    at = counts.index(best)
    heading = Heading(at + 1, rows[at])
    for other in (at - 1, at + 1):
        if 0 <= other < len(counts) and counts[other] >= LEAST:
            facts = {"first": min(at, other) + 1, "second": max(at, other) + 1}
            heading.problems.append((max(at, other) + 1, "", TWO_HEADINGS, facts, True))
            return heading
    if any(marks.get((at + 1, n)) == "merged" for n in range(len(rows[at]))):
        facts = {"row": at + 1}
        heading.problems.append((at + 1, "", MERGED_HEADING, facts, True))
        return heading
    _name(heading, own)
    return heading


def _guess(rows: list[list[str]]) -> Heading:
    """Take the fullest of the first rows, for somebody to say what it means."""
    filled = [sum(1 for cell in cells if cell.strip()) for cells in rows[:LOOKED_AT]]
    at = filled.index(max(filled)) if filled else 0
    heading = Heading(at + 1, rows[at] if rows else [])
    heading.problems.append((at + 1, "", NOT_FOUND, {}, True))
    return heading


def _name(heading: Heading, own: dict[str, str]) -> None:
    """Say what each place means; two of one name are refused."""
    number = heading.number
    taken: dict[str, tuple[int, int, str]] = {}  # column: rank, place, key
    names: list[str] = []
    for place, text in enumerate(heading.texts):
        name = key(text)
        column, rank = _meaning(name, own)
        names.append(column)
        if not column:
            if name not in IGNORED and name not in own:
                shown = text.strip()[:40]
                heading.problems.append((number, shown, UNKNOWN, {}, False))
            continue
        if column not in taken:
            taken[column] = (rank, place, name)
            continue
        before = taken[column]
        if before[0] == rank:
            facts = {"label": LABELS[column]}
            heading.problems.append((number, column, TWICE, facts, True))
            names[place] = ""
            continue
        spare = place if rank > before[0] else before[1]
        names[spare] = ""
        taken[column] = min(before, (rank, place, name))
        shown = heading.texts[spare].strip()[:40]
        facts = {"label": LABELS[column]}
        heading.problems.append((number, shown, SPARE, facts, False))
    for column in REQUIRED:
        if column not in taken:
            facts = {"label": LABELS[column], "row": number,
                     "headings": _said(heading.texts)}  # fmt: skip
            heading.problems.append((number, column, MISSING, facts, True))
    heading.names = names


def _said(texts: list[str]) -> str:
    """Return the first headings, each with the letter above it."""
    found = [
        f"{letters(n)} “{' '.join(text.split())[:30]}”"
        for n, text in enumerate(texts)
        if text.strip()
    ]
    return ", ".join([*found[:NAMED], *(["…"] if len(found) > NAMED else [])])


def is_numbering(cells: list[str]) -> bool:
    """Say whether a row only numbers the columns: (1) (2) (3)."""
    found = [cell.strip(" ().") for cell in cells if cell.strip()]
    return len(found) > 1 and found == [str(n + 1) for n in range(len(found))]
