"""The export riwayat_kursus: one row per person and completed course, 47 columns."""

from collections.abc import Generator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from lms.accounts.models import Agency, Person
from lms.catalog.models import Release
from lms.records import certificate_files
from lms.records.models import Certificate, CertificateFile, Completion, JpRule
from lms.records.siasn_models import SiasnRecord

from . import changes
from .tables import Shape, columns
from .wanted import HISTORY, Wanted

SHAPE = Shape(
    HISTORY,
    columns(
        """
        id_rekaman nip jenis_identitas nama gelar_depan gelar_belakang status_asn
        pns_orang_id instansi_kode instansi_id perangkat_daerah unit_kerja unor_id
        jenis_jabatan jabatan jenjang golongan kode_kursus versi_kursus nama_kursus
        jenis_diklat_id jenis_diklat kode_sertipikat jenis_kursus_id jalur
        penyelenggara lokasi tanggal_mulai tanggal_selesai tahun jp nilai_akhir
        predikat nomor_sertifikat tanggal_sertifikat penandatangan tautan_verifikasi
        nama_berkas sha256_berkas kompetensi level_target rumpun sumber
        status_verifikasi status_kirim rw_kursus_id pesan_kirim
        """,
        # The rest is made here of safe signs.
        free="""
        nip nama gelar_depan gelar_belakang pns_orang_id instansi_kode instansi_id
        perangkat_daerah unit_kerja unor_id jabatan jenjang golongan kode_kursus
        nama_kursus jenis_diklat penyelenggara nomor_sertifikat penandatangan
        tautan_verifikasi kompetensi rw_kursus_id pesan_kirim
        """,
        numbers="jenis_diklat_id tahun jp level_target",
        dates="tanggal_mulai tanggal_selesai tanggal_sertifikat",
        hundredths="nilai_akhir",
        widths={
            "id_rekaman": 38, "nip": 21, "nama": 28, "nama_kursus": 40,
            "perangkat_daerah": 36, "unit_kerja": 36, "jabatan": 34,
            "penyelenggara": 36, "nomor_sertifikat": 36, "tautan_verifikasi": 46,
        },
    ),
)  # fmt: skip
COLUMNS = SHAPE.names


def conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return conditions on Completion. The unit of that day decides."""
    found = []
    within = wanted.units_chosen()
    if within is not None:
        found.append(Completion.unit_id.in_(within))
    if wanted.first:
        found.append(Completion.finished_on >= wanted.first)
    if wanted.last:
        found.append(Completion.finished_on <= wanted.last)
    if wanted.course:
        found.append(Completion.course_code == wanted.course)
    if wanted.since:
        seq = wanted.since.seq
        amended = changes.amended(connection, seq)
        found.append(
            or_(
                Completion.seq > seq,
                Completion.uid.in_(amended),
                Completion.unit_id.in_(changes.moved_units(wanted.since.at)),
            )
        )
    return found


def count(connection: Connection, wanted: Wanted) -> int:
    """Return how many rows the export has."""
    statement = select(func.count()).select_from(Completion)
    return connection.scalar(statement.where(*conditions(connection, wanted))) or 0


def rows(
    connection: Connection, wanted: Wanted, check_url: str, people: set[int]
) -> Generator[tuple[Any, ...]]:
    """Yield the rows in one snapshot, by day of completion, without keeping them.

    check_url  public address that a check code is put behind
    people     gets the ids of the people whose rows went by
    yields     47 values: texts, whole numbers, dates, None; the score in basis points
    """
    forms = training_forms(connection)
    options = {"yield_per": 2000}
    statement = _statement(conditions(connection, wanted))
    # Closed also when the receiver wants no more rows.
    with connection.execute(statement, execution_options=options) as found:
        for (
            uid, nip, id_kind, name, front, back, status, pns_id, agency, agency_siasn,
            office, unit, unor, job_type, job, level, rank, course, edition, release,
            title, form, organiser, started, finished, year, jp, score, number, issued,
            signer, code, skills, skill_level, state, person_id, sha256, sent,
            rw_id, told,
        ) in found:  # fmt: skip
            people.add(person_id)
            label, letter, track = forms.get(form, ("", "", ""))
            file = certificate_files.file_name(course, code) if sha256 else ""
            yield (
                uid, nip, id_kind, name, front, back, status, pns_id, agency,
                agency_siasn, office, unit, unor, job_type, job, level, rank, course,
                f"{edition}.{release}", title, form, label, letter, "", track,
                organiser, "Daring", started, finished, year, jp, score, "Lulus",
                number, issued, signer, check_url + code if code else "", file,
                sha256 or "", skills,
                skill_level, "", "platform", "terverifikasi",
                "batal" if state == "revoked" else sent or "belum", rw_id or "",
                told or "",
            )  # fmt: skip


def training_forms(connection: Connection) -> dict[int, tuple[str, str, str]]:
    """Return label, certificate letter and track of each form of training."""
    found = connection.execute(
        select(JpRule.form, JpRule.name, JpRule.letter, JpRule.track)
    )
    return {form: (name, letter, track) for form, name, letter, track in found}


def _statement(conditions: list[ColumnElement[bool]]) -> Select:
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
            c.state, c.person_id, CertificateFile.sha256, SiasnRecord.state,
            SiasnRecord.rw_kursus_id, SiasnRecord.message,
        )
        .join(Person, Person.id == c.person_id)
        .join(Agency, Agency.unit_id == c.agency_id)
        .join(Release, Release.id == c.release_id)
        .outerjoin(Certificate, Certificate.completion_id == c.id)
        .outerjoin(
            CertificateFile, CertificateFile.certificate_id == Certificate.id
        )
        .outerjoin(SiasnRecord, SiasnRecord.completion_id == c.id)
        .where(*conditions)
        .order_by(c.finished_on, c.id)
    )  # fmt: skip
