"""The export riwayat_kursus: one row per person and completed course, 47 columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from lms.accounts.models import Agency, Person, Unit
from lms.catalog.models import Release
from lms.records import certificate_files
from lms.records.models import Certificate, CertificateFile, Completion, JpRule

COLUMNS = (
    "id_rekaman", "nip", "jenis_identitas", "nama", "gelar_depan", "gelar_belakang",
    "status_asn", "pns_orang_id", "instansi_kode", "instansi_id", "perangkat_daerah",
    "unit_kerja", "unor_id", "jenis_jabatan", "jabatan", "jenjang", "golongan",
    "kode_kursus", "versi_kursus", "nama_kursus", "jenis_diklat_id", "jenis_diklat",
    "kode_sertipikat", "jenis_kursus_id", "jalur", "penyelenggara", "lokasi",
    "tanggal_mulai", "tanggal_selesai", "tahun", "jp", "nilai_akhir", "predikat",
    "nomor_sertifikat", "tanggal_sertifikat", "penandatangan", "tautan_verifikasi",
    "nama_berkas", "sha256_berkas", "kompetensi", "level_target", "rumpun", "sumber",
    "status_verifikasi", "status_kirim", "rw_kursus_id", "pesan_kirim",
)  # fmt: skip
DATES = tuple(COLUMNS.index(n) for n in COLUMNS if n.startswith("tanggal_"))
SCORE = COLUMNS.index("nilai_akhir")  # in basis points until a file writes it
NUMBERS = tuple(
    COLUMNS.index(n) for n in ("jenis_diklat_id", "tahun", "jp", "level_target")
)
# Texts that people or other systems wrote; the rest is made here of safe signs.
FREE = tuple(
    COLUMNS.index(n)
    for n in (
        "nip", "nama", "gelar_depan", "gelar_belakang", "pns_orang_id",
        "instansi_kode", "instansi_id", "perangkat_daerah", "unit_kerja", "unor_id",
        "jabatan", "jenjang", "golongan", "kode_kursus", "nama_kursus",
        "jenis_diklat", "penyelenggara", "nomor_sertifikat", "penandatangan",
        "tautan_verifikasi", "kompetensi",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which completions are exported.

    held    condition on Unit: the units the asker may see; None = all (command line)
    unit    only this unit and what is below it
    first   only completions from this day on, by the agency's calendar
    last    and up to this day
    course  only of the course with this code
    """

    held: ColumnElement[bool] | None = None
    unit: Unit | None = None
    first: date | None = None
    last: date | None = None
    course: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return conditions on Completion. The unit of that day decides."""
        within = [self.held] if self.held is not None else []
        if self.unit is not None:
            within.append(Unit.path.startswith(self.unit.path))
        found = []
        if within:
            found.append(Completion.unit_id.in_(select(Unit.id).where(*within)))
        if self.first:
            found.append(Completion.finished_on >= self.first)
        if self.last:
            found.append(Completion.finished_on <= self.last)
        if self.course:
            found.append(Completion.course_code == self.course)
        return found

    def described(self) -> dict[str, Any]:
        """Return the filter for the audit log and the sheet "Baca Saya"."""
        return {
            "unit": self.unit.id if self.unit else None,
            "dari": self.first.isoformat() if self.first else None,
            "sampai": self.last.isoformat() if self.last else None,
            "kursus": self.course or None,
        }


def count(connection: Connection, wanted: Wanted) -> int:
    """Return how many rows the export has."""
    statement = select(func.count()).select_from(Completion)
    return connection.scalar(statement.where(*wanted.conditions())) or 0


def rows(
    connection: Connection, wanted: Wanted, check_url: str, people: set[int]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows in one snapshot, by day of completion, without keeping them.

    check_url  public address that a check code is put behind
    people     gets the ids of the people whose rows went by
    yields     47 values: texts, whole numbers, dates, None; the score in basis points
    """
    forms = _forms(connection)
    found = connection.execution_options(yield_per=2000).execute(_statement(wanted))
    for (
        uid, nip, id_kind, name, front, back, status, pns_id, agency, agency_siasn,
        office, unit, unor, job_type, job, level, rank, course, edition, release,
        title, form, organiser, started, finished, year, jp, score, number, issued,
        signer, code, skills, skill_level, state, person_id, sha256,
    ) in found:  # fmt: skip
        people.add(person_id)
        label, letter, track = forms.get(form, ("", "", ""))
        file = certificate_files.file_name(course, code) if sha256 else ""
        yield (
            uid, nip, id_kind, name, front, back, status, pns_id, agency, agency_siasn,
            office, unit, unor, job_type, job, level, rank, course,
            f"{edition}.{release}", title, form, label, letter, "", track, organiser,
            "Daring", started, finished, year, jp, score, "Lulus", number, issued,
            signer, check_url + code if code else "", file, sha256 or "", skills,
            skill_level, "", "platform", "terverifikasi",
            "batal" if state == "revoked" else "belum", "", "",
        )  # fmt: skip


def _forms(connection: Connection) -> dict[int, tuple[str, str, str]]:
    """Return label, certificate letter and track of each form of training."""
    found = connection.execute(
        select(JpRule.form, JpRule.name, JpRule.letter, JpRule.track)
    )
    return {form: (name, letter, track) for form, name, letter, track in found}


def _statement(wanted: Wanted) -> Select:
    c = Completion
    return (
        select(
            c.uid, Person.nip, Person.id_kind, Person.name, Person.title_front,
            Person.title_back, c.asn_status, Person.pns_orang_id, Agency.code,
            Agency.siasn_id, c.office_name, c.unit_name, c.unor_id, c.job_type,
            c.job_title, c.job_level, c.rank, c.course_code, c.edition, Release.number,
            c.course_title, c.training_form, c.organiser, c.started_on, c.finished_on,
            c.year, c.jp, c.score_bp, Certificate.number, Certificate.issued_on,
            Certificate.signer, Certificate.code, c.competencies, c.competency_level,
            c.state, c.person_id, CertificateFile.sha256,
        )
        .join(Person, Person.id == c.person_id)
        .join(Agency, Agency.unit_id == c.agency_id)
        .join(Release, Release.id == c.release_id)
        .outerjoin(Certificate, Certificate.completion_id == c.id)
        .outerjoin(
            CertificateFile, CertificateFile.certificate_id == Certificate.id
        )
        .where(*wanted.conditions())
        .order_by(c.finished_on, c.id)
    )  # fmt: skip
