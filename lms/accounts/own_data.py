"""What accounts store about a person, for "Data saya"; secrets are left out."""

from sqlalchemy import Connection, String, bindparam, cast, select
from sqlalchemy.orm import aliased

from lms.audit.models import AuditEntry
from lms.audit.own_data import Rows, Section, reading, register
from lms.kernel import ids
from lms.kernel.i18n import N_

from . import personal_data
from .models import (
    CorrectionRequest,
    Credential,
    Deputy,
    EmailChange,
    Job,
    KnownDevice,
    LoginFailure,
    LoginSession,
    OneTimeLink,
    Person,
    Placement,
    Preference,
    RoleGrant,
    Unit,
    UnitHead,
)

PERSON = bindparam("person")
YES_NO = {True: N_("ya"), False: N_("tidak")}
_superior = aliased(Person)


def _failures(connection: Connection, person_id: int) -> Rows:
    """Yield failed sign-ins; they are kept by the hash of what was typed."""
    wanted = select(Person.nip, Person.email).where(Person.id == person_id)
    names = connection.execute(wanted).one()
    hashes = [ids.digest(name) for name in names if name]
    found = select(LoginFailure.failures, LoginFailure.last_at, LoginFailure.open_at)
    for row in connection.execute(found.where(LoginFailure.account_hash.in_(hashes))):
        yield tuple(row)


register(
    Section(
        key="identitas",
        group="self",
        title=N_("Identitas"),
        columns=(
            N_("Nama"), N_("Gelar depan"), N_("Gelar belakang"), N_("NIP"),
            N_("Jenis nomor"), N_("Surel"), N_("Status ASN"), N_("Golongan"),
            N_("PNS Orang ID"), N_("Unit kerja"), N_("Jabatan"), N_("Jenis jabatan"),
            N_("Jenjang"), N_("Rumpun"), N_("Atasan langsung"), N_("Akun aktif"),
            N_("Nomor rekaman"), N_("Dicatat"), N_("Diubah"),
        ),
        tables=("people",),
        read=reading(
            select(
                Person.name, Person.title_front, Person.title_back, Person.nip,
                Person.id_kind, Person.email, Person.asn_status, Person.rank,
                Person.pns_orang_id, Unit.name, Job.title, Job.type, Job.level,
                Job.family, _superior.name, Person.is_active, Person.uid,
                Person.created_at, Person.updated_at,
            )
            .join(Unit, Unit.id == Person.unit_id)
            .outerjoin(Job, Job.id == Person.job_id)
            .outerjoin(_superior, _superior.id == Person.supervisor_id)
            .where(Person.id == PERSON)
        ),
        words={"NI_PPPK": "NI PPPK", "LAIN": N_("lainnya"), **personal_data.STATUSES,
               **YES_NO},
    ),
    Section(
        key="riwayat_penempatan",
        group="self",
        title=N_("Riwayat penempatan"),
        columns=(
            N_("Mulai"), N_("Sampai"), N_("Unit kerja"), N_("Jabatan"),
            N_("Atasan langsung"), N_("Status ASN"), N_("Golongan"),
        ),
        tables=("placements",),
        read=reading(
            select(
                Placement.valid_from, Placement.valid_to, Unit.name, Job.title,
                _superior.name, Placement.asn_status, Placement.rank,
            )
            .join(Unit, Unit.id == Placement.unit_id)
            .outerjoin(Job, Job.id == Placement.job_id)
            .outerjoin(_superior, _superior.id == Placement.supervisor_id)
            .where(Placement.person_id == PERSON)
            .order_by(Placement.id.desc())
        ),
        words=personal_data.STATUSES,
    ),
    Section(
        key="perubahan_pns_orang_id",
        group="self",
        title=N_("Perubahan PNS Orang ID"),
        columns=(N_("Waktu"), N_("Sebelumnya"), N_("Menjadi"), N_("Alasan")),
        tables=("audit_entries",),
        read=reading(
            select(
                AuditEntry.at, AuditEntry.facts["before"].as_string(),
                AuditEntry.facts["after"].as_string(),
                AuditEntry.facts["reason"].as_string(),
            )
            .where(
                AuditEntry.action == "person.siasn_id_changed",
                AuditEntry.object_kind == "person",
                AuditEntry.object_id == cast(PERSON, String),
            )
            .order_by(AuditEntry.id.desc())
        ),
    ),
    Section(
        key="peran",
        group="self",
        title=N_("Peran"),
        columns=(
            N_("Peran"), N_("Unit kerja"), N_("Dengan subunit"), N_("Mulai"),
            N_("Sampai"), N_("Diberikan"), N_("Dicabut"),
        ),
        tables=("role_grants",),
        read=reading(
            select(
                RoleGrant.role, Unit.name, RoleGrant.with_subunits,
                RoleGrant.valid_from, RoleGrant.valid_to, RoleGrant.granted_at,
                RoleGrant.revoked_at,
            )
            .join(Unit, Unit.id == RoleGrant.unit_id)
            .where(RoleGrant.person_id == PERSON)
            .order_by(RoleGrant.id.desc())
        ),
        words={"hr": N_("pengelola SDM"), "admin": N_("administrator"),
               "instructor": N_("pengajar"), **YES_NO},
    ),
    Section(
        key="kepala_unit",
        group="self",
        title=N_("Kepala unit kerja"),
        columns=(N_("Unit kerja"), N_("Mulai"), N_("Sampai")),
        tables=("unit_heads",),
        read=reading(
            select(Unit.name, UnitHead.valid_from, UnitHead.valid_to)
            .join(Unit, Unit.id == UnitHead.unit_id)
            .where(UnitHead.person_id == PERSON)
            .order_by(UnitHead.id.desc())
        ),
    ),
    Section(
        key="pelaksana_harian",
        group="self",
        title=N_("Menjadi pelaksana harian"),
        columns=(N_("Atasan"), N_("Mulai"), N_("Sampai"), N_("Dicabut")),
        tables=("deputies",),
        read=reading(
            select(
                _superior.name, Deputy.valid_from, Deputy.valid_to, Deputy.revoked_at
            )
            .join(_superior, _superior.id == Deputy.superior_id)
            .where(Deputy.deputy_id == PERSON)
            .order_by(Deputy.id.desc())
        ),
    ),
    Section(
        key="permintaan_perbaikan",
        group="self",
        title=N_("Permintaan perbaikan data"),
        columns=(
            N_("Diajukan"), N_("Bagian"), N_("Tercatat"), N_("Seharusnya"),
            N_("Alasan"), N_("Tenggat"), N_("Keadaan"), N_("Jawaban"), N_("Dijawab"),
        ),
        tables=("correction_requests",),
        read=reading(
            select(
                CorrectionRequest.created_at, CorrectionRequest.field,
                CorrectionRequest.said, CorrectionRequest.wanted,
                CorrectionRequest.reason, CorrectionRequest.due_at,
                CorrectionRequest.state, CorrectionRequest.answer,
                CorrectionRequest.answered_at,
            )
            .where(CorrectionRequest.person_id == PERSON)
            .order_by(CorrectionRequest.id.desc())
        ),
        words={"open": N_("menunggu"), "done": N_("diperbaiki"),
               "refused": N_("ditolak"), "withdrawn": N_("ditarik"),
               **{name: label for name, (label, _) in personal_data.FIELDS.items()}},
    ),
    Section(
        key="preferensi",
        group="account",
        title=N_("Pilihan tampilan"),
        columns=(
            N_("Bahasa"), N_("Tema"), N_("Ukuran huruf (persen)"), N_("Hemat data"),
            N_("Zona waktu"), N_("Diubah"),
        ),
        tables=("preferences",),
        read=reading(
            select(
                Preference.language, Preference.theme, Preference.text_size,
                Preference.data_saver, Preference.timezone, Preference.updated_at,
            ).where(Preference.person_id == PERSON)
        ),
        words={"system": N_("mengikuti perangkat"), "light": N_("terang"),
               "dark": N_("gelap"), "id": "Bahasa Indonesia", "en": "English",
               "Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT",
               **YES_NO},
    ),
    Section(
        key="kata_sandi",
        group="account",
        title=N_("Kata sandi"),
        columns=(N_("Terakhir diubah"),),
        tables=("credentials",),
        read=reading(
            select(Credential.changed_at).where(Credential.person_id == PERSON)
        ),
        remark=N_("Kata sandi sendiri tidak tersimpan, hanya sidiknya."),
    ),
    Section(
        key="sesi_masuk",
        group="account",
        title=N_("Sesi masuk"),
        columns=(N_("Dibuka"), N_("Terakhir dipakai"), N_("Diakhiri"), N_("Perangkat")),
        tables=("login_sessions",),
        read=reading(
            select(
                LoginSession.created_at, LoginSession.seen_at, LoginSession.ended_at,
                LoginSession.device,
            )
            .where(LoginSession.person_id == PERSON)
            .order_by(LoginSession.id.desc())
        ),
    ),
    Section(
        key="perangkat_dikenal",
        group="account",
        title=N_("Peramban yang dikenal"),
        columns=(N_("Sejak"),),
        tables=("known_devices",),
        read=reading(
            select(KnownDevice.created_at)
            .where(KnownDevice.person_id == PERSON)
            .order_by(KnownDevice.id.desc())
        ),
    ),
    Section(
        key="percobaan_masuk_gagal",
        group="account",
        title=N_("Percobaan masuk yang gagal"),
        columns=(N_("Berapa kali"), N_("Terakhir"), N_("Dapat dicoba lagi")),
        tables=("login_failures",),
        read=_failures,
    ),
    Section(
        key="tautan_sekali_pakai",
        group="account",
        title=N_("Tautan sekali pakai"),
        columns=(N_("Guna"), N_("Dibuat"), N_("Berlaku sampai"), N_("Dipakai")),
        tables=("one_time_links",),
        read=reading(
            select(
                OneTimeLink.purpose, OneTimeLink.created_at, OneTimeLink.expires_at,
                OneTimeLink.used_at,
            )
            .where(OneTimeLink.person_id == PERSON)
            .order_by(OneTimeLink.id.desc())
        ),
        words={"activate": N_("aktivasi"), "reset": N_("kata sandi baru")},
    ),
    Section(
        key="perubahan_surel",
        group="account",
        title=N_("Perubahan surel"),
        columns=(
            N_("Surel baru"), N_("Diminta"), N_("Berlaku sampai"), N_("Dipakai"),
            N_("Dibatalkan"),
        ),
        tables=("email_changes",),
        read=reading(
            select(
                EmailChange.email, EmailChange.created_at, EmailChange.expires_at,
                EmailChange.used_at, EmailChange.cancelled_at,
            )
            .where(EmailChange.person_id == PERSON)
            .order_by(EmailChange.id.desc())
        ),
    ),
)  # fmt: skip
