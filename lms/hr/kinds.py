"""The kinds of export: their columns, their rows, what people read about them."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from lms.kernel.i18n import N_

from . import history, recap, recap_offices
from .tables import Shape
from .wanted import HISTORY, OFFICES, PEOPLE, Wanted


@dataclass(frozen=True)
class Kind:
    """One kind of export.

    title    its name for people; marked with N_
    what     what those are told whose rows are in it; marked with N_
    about    what a row is, for the page; marked with N_
    missing  columns that are left out until what they come from is built
    notes    lines (label, text) of "Baca Saya"
    is_yearly  asks for a year; else for days and a course
    """

    shape: Shape
    title: str
    what: str
    about: str
    count: Callable[[Connection, Wanted], int]
    rows: Callable[[Connection, Wanted, str, set[int]], Generator[tuple[Any, ...]]]
    notes: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()
    is_yearly: bool = False


KINDS = {
    HISTORY: Kind(
        history.SHAPE,
        N_("Riwayat kursus"),
        N_("Riwayat kursus yang selesai, dengan nama, NIP, unit, JP, dan nilai"),
        N_("Riwayat kursus: satu baris per orang per kursus selesai"),
        history.count,
        history.rows,
        (
            ("Berkas", "riwayat_kursus, satu baris per orang per kursus selesai"),
            ("Unit", "Unit dan jabatan adalah yang tercatat pada hari selesai."),
            ("Kolom kosong", "jenis_kursus_id dan rumpun belum dicatat."),
        ),
    ),
    PEOPLE: Kind(
        recap.SHAPE,
        N_("Rekap JP"),
        N_("Rekap JP per tahun, dengan nama, NIP, unit, dan jabatan"),
        N_("Rekap JP: satu baris per pegawai aktif per tahun"),
        recap.count,
        recap.rows,
        (
            ("Berkas", "rekap_jp, satu baris per pegawai aktif per tahun"),
            ("Unit", "Unit, jabatan, dan status adalah yang sekarang."),
            ("Target", "Menurut status sekarang dan kebijakan instansi pada tahun itu;"
             " kosong berarti tidak ada target."),
            ("Jenis kompetensi", "JP kursus dengan kompetensi dari beberapa jenis,"
             " atau tanpa kompetensi, masuk jp_total saja."),
            ("Sejak terakhir", "Orang yang JP-nya atau datanya berubah."),
        ),
        missing=("jp_menunggu_verifikasi",),
        is_yearly=True,
    ),
    OFFICES: Kind(
        recap_offices.SHAPE,
        N_("Rekap perangkat daerah"),
        N_("Rekap JP per perangkat daerah, tanpa nama"),
        N_("Rekap perangkat daerah: satu baris per perangkat daerah per tahun"),
        recap_offices.count,
        recap_offices.rows,
        (
            ("Berkas", "rekap_opd, satu baris per perangkat daerah per tahun"),
            ("Yang dihitung", "Pegawai aktif yang sekarang di sana, tanpa NON_ASN."),
            ("Memenuhi", "Mencapai target_min, termasuk yang melebihi batas."),
            ("Pembulatan", "persen_memenuhi dan rata_rata_jp dibulatkan ke bawah pada"
             " dua angka; median_jp tepat."),
        ),
        missing=("rata_rata_l1", "rata_rata_l2_kenaikan", "rtl_disetujui",
                 "l3_terisi", "rata_rata_l3"),
        is_yearly=True,
    ),
}  # fmt: skip
