"""What SIASN takes as a course history, and what is wrong with ours. Pure.

source  field names and kinds as clients of apisiasn 1.0 send them to /kursus/save;
        881 = document of a certificate of a course
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lms.accounts import nip as nip_asn
from lms.accounts.nip import NipBad
from lms.kernel.i18n import N_

STRUCTURAL = 1  # SIASN keeps these elsewhere: /diklat/save
FORMS = range(2, 26)
LONGEST = 255
MOST_BYTES = 2_000_000
PDF_MARK = b"%PDF-"
DOCUMENT = "881"


@dataclass(frozen=True, slots=True)
class Record:
    """A completion with what SIASN wants to know.

    letter  T, F or P; "" for a form without a rule
    sent    the state that is stored; rw_id what SIASN called it
    """

    id: int
    uid: str
    person_id: int
    nip: str
    pns_orang_id: str
    agency_siasn: str
    title: str
    organiser: str
    form: int
    letter: str
    jp: int
    number: str
    started: date | None
    finished: date | None
    year: int
    is_revoked: bool = False
    sent: str = "belum"
    rw_id: str = ""
    sent_sha: str = ""
    message: str = ""
    package: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The PDF of a certificate.

    start    its first bytes
    sha      as it was kept; read_sha = as read just now, "" = not read
    """

    name: str
    size: int
    start: bytes
    sha: str
    read_sha: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a record cannot be sent.

    message  Indonesian, marked with N_, with %(places)s filled from `facts`
    mend     what to do about it, marked with N_
    place    whose page mends it: person, pns_orang_id, agency, course, certificate,
             package
    """

    code: str
    message: str
    mend: str
    place: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.message % self.facts if self.facts else self.message


PERSON = N_("Perbaiki di halaman pegawai, atau kirim berkas pegawai yang baru.")
COURSE = N_("Koreksi penyelesaiannya, atau perbaiki berkas kursus untuk berikutnya.")
PAPER = N_("Tekan “Buat PDF yang belum ada”, tunggu semenit, lalu muat ulang.")
DAMAGED = N_("Hubungi pengelola situs: berkasnya perlu dipulihkan dari cadangan.")


def payload(record: Record) -> dict[str, Any]:
    """Return the body of POST /kursus/save; dates as SIASN wants them."""
    return {
        "id": record.rw_id or None,
        "pnsOrangId": record.pns_orang_id,
        "instansiId": record.agency_siasn,
        "institusiPenyelenggara": record.organiser,
        "jenisDiklatId": str(record.form),
        "jenisKursus": "",
        "jenisKursusSertipikat": record.letter,
        "jumlahJam": record.jp,
        "lokasiId": "",
        "namaKursus": record.title,
        "nomorSertipikat": record.number,
        "tahunKursus": record.year,
        "tanggalKursus": _day(record.started),
        "tanggalSelesaiKursus": _day(record.finished),
        "path": [],
    }


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def payload_sha(record: Record) -> str:
    """Return the SHA-256 of a payload without its id: has it changed since?"""
    told = payload(record) | {"id": None}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def payload_text(record: Record) -> str:
    """Return a payload as one line of JSON, as it is kept."""
    return json.dumps(payload(record), sort_keys=True, ensure_ascii=False)


def changed(before: dict[str, Any], record: Record) -> tuple[tuple[str, str, str], ...]:
    """Return (field, before, now) of a payload that was sent, but for its id."""
    return difference(before, payload(record))


def difference(
    before: dict[str, Any], now: dict[str, Any]
) -> tuple[tuple[str, str, str], ...]:
    """Return (field, before, now) where two payloads differ, but for their ids."""
    return tuple(
        (name, str(before.get(name, "")), str(now[name]))
        for name in now
        if name not in ("id", "path") and before.get(name) != now[name]
    )


def is_settled(record: Record) -> bool:
    """Say whether SIASN has it as it is, or must not have it."""
    if record.is_revoked:
        return True
    return record.sent == "terkirim" and record.sent_sha == payload_sha(record)


def problems(
    record: Record, document: Document | None, number_is_twice: bool = False
) -> list[Problem]:
    """Return everything that is wrong, in the order of the form; [] = ready."""
    return [
        *_of_person(record),
        *_of_form(record),
        *_of_days(record),
        *_of_texts(record, number_is_twice),
        *_of_document(document),
        *_of_package(record),
    ]


def _of_person(record: Record):
    try:
        nip_asn.read(record.nip)
    except NipBad as bad:
        yield Problem("nip", bad.message, PERSON, "person", dict(bad.facts))
    if not record.pns_orang_id:
        yield Problem(
            "pns_orang_id",
            N_("pnsOrangId belum diketahui."),
            N_("Ambil dari SIASN (data utama, kolom id), lalu isi di halaman pegawai."),
            "pns_orang_id",
        )


def _of_form(record: Record):
    if record.form == STRUCTURAL:
        yield Problem(
            "structural",
            N_(
                "Jenis 1 (Diklat Struktural) ditolak: SIASN menyimpannya sebagai"
                " riwayat diklat dengan latihanStrukturalId, bukan sebagai kursus."
            ),
            N_("Catat langsung di SIASN pada riwayat diklat."),
            "course",
        )
    elif record.form not in FORMS:
        yield Problem(
            "form",
            N_("jenisDiklatId %(form)s tidak dikenal; pilihannya 2 sampai 25."),
            COURSE,
            "course",
            {"form": record.form},
        )
    elif not record.letter:
        yield Problem(
            "letter",
            N_("Jenis diklat %(form)s belum punya kode sertipikat di tabel JP."),
            N_("Muat ulang data awal tabel JP."),
            "course",
            {"form": record.form},
        )
    if record.jp < 1:
        yield Problem(
            "jp", N_("JP harus bilangan bulat paling sedikit 1."), COURSE, "course"
        )


def _of_days(record: Record):
    if record.started is None:
        yield Problem("started", N_("Tanggal mulai kosong."), COURSE, "course")
    if record.finished is None:
        yield Problem("finished", N_("Tanggal selesai kosong."), COURSE, "course")
        return
    if record.started and record.finished < record.started:
        yield Problem(
            "order", N_("Tanggal selesai mendahului tanggal mulai."), COURSE, "course"
        )
    if record.finished.year != record.year:
        yield Problem(
            "year",
            N_("Tahun %(year)s bukan tahun dari tanggal selesai."),
            COURSE,
            "course",
            {"year": record.year},
        )


def _of_texts(record: Record, number_is_twice: bool):
    if not record.title.strip():
        yield Problem("title", N_("Nama kursus kosong."), COURSE, "course")
    elif len(record.title) > LONGEST:
        yield Problem(
            "title_long", N_("Nama kursus lebih dari 255 karakter."), COURSE, "course"
        )
    office = N_("Isi penyelenggara di berkas kursus, atau nama kantor instansi.")
    if not record.organiser.strip():
        yield Problem("organiser", N_("Penyelenggara kosong."), office, "agency")
    elif len(record.organiser) > LONGEST:
        yield Problem(
            "organiser_long",
            N_("Penyelenggara lebih dari 255 karakter."),
            office,
            "agency",
        )
    if not record.number:
        yield Problem(
            "number",
            N_("Nomor sertifikat kosong."),
            N_("Periksa penomoran sertifikat instansi."),
            "agency",
        )
    elif number_is_twice:
        yield Problem(
            "number_twice",
            N_("Nomor sertifikat dipakai lebih dari sekali."),
            N_("Bedakan penomoran sertifikat instansi, misalnya dengan kodenya."),
            "agency",
        )


def _of_document(document: Document | None):
    if document is None:
        yield Problem(
            "document", N_("PDF sertifikat belum dibuat."), PAPER, "certificate"
        )
        return
    if document.start != PDF_MARK:
        yield Problem(
            "not_pdf",
            N_("Berkas sertifikat bukan PDF (tanda awalnya tidak ada)."),
            DAMAGED,
            "certificate",
        )
    if document.size > MOST_BYTES:
        yield Problem(
            "too_large",
            N_("PDF sertifikat lebih dari 2 MB."),
            N_("Kecilkan logo atau tanda tangan pada sertifikat instansi."),
            "certificate",
        )
    if document.read_sha and document.read_sha != document.sha:
        yield Problem(
            "hash",
            N_("Isi PDF sertifikat tidak cocok dengan sidiknya."),
            DAMAGED,
            "certificate",
        )


def _of_package(record: Record):
    if record.sent == "terkirim" and not record.rw_id:
        yield Problem(
            "sent_without_id",
            N_("Sudah terkirim, tetapi rw_kursus_id-nya tidak diketahui."),
            N_("Kirim berkas hasil yang memuat rw_kursus_id rekaman ini."),
            "package",
        )
