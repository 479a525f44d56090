"""Commands for people: links, roles, import, export, requests for correction."""

import functools
import json
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from lms.audit import accesses
from lms.db import db, schema
from lms.kernel import clock
from lms.kernel.errors import LmsError
from lms.kernel.i18n import N_

from . import (
    corrections,
    email_changes,
    import_apply,
    import_file,
    import_rejected,
    import_report,
    import_runs,
    links,
    people_export,
    people_import,
    personal_data,
    roles,
)
from . import people as persons
from .letters import Office
from .models import ROLES, Agency, Person, RoleGrant, Unit

LARGEST = 64 * 1024 * 1024  # bytes


class Refused(click.ClickException):
    """A refusal of the system, in its own words; exit code 1."""

    exit_code = 1

    def show(self, file=None) -> None:
        click.echo(f"galat: {self.format_message()}", err=True)

    @classmethod
    def from_error(cls, error: LmsError) -> "Refused":
        return cls(error.message % error.facts if error.facts else error.message)


NO_DATABASE = "Basis data belum siap. Jalankan `lms db upgrade`, lalu coba lagi."


class Group(AppGroup):
    """Commands that say so in a sentence when the tables are not up to date."""

    def command(self, *args, **kwargs):
        make = super().command(*args, **kwargs)
        return lambda function: make(_on_current_tables(function))


def _on_current_tables(function):
    @functools.wraps(function)
    def run(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except (OperationalError, ProgrammingError):
            db.session.rollback()
            if schema.is_current(db.session.connection()):
                raise
            raise Refused(NO_DATABASE) from None

    return run


people = Group("people", help="Orang: tautan akun, peran, impor, ekspor, perbaikan.")
admin = Group("admin", help="Memberi dan mencabut peran.")
people.add_command(admin)
COMMANDS = (people,)


def _office() -> Office:
    config = current_app.config
    base_url = config["BASE_URL"].rstrip("/")
    return Office(config["SITE_NAME"], base_url, bool(config["SMTP_URL"]))


def _today() -> date:
    return clock.now().astimezone(ZoneInfo("Asia/Jakarta")).date()


def _person(account: str) -> Person:
    found = persons.by_account(account)
    if found is None:
        raise Refused(f"tidak ada orang dengan NIP atau surel “{account}”.")
    return found


def _root(code: str | None) -> Unit:
    """Return the root unit of the agency named, or of the only one."""
    agencies = db.session.scalars(
        select(Agency).where(Agency.code == code) if code else select(Agency)
    ).all()
    if len(agencies) != 1:
        codes = ", ".join(db.session.scalars(select(Agency.code).order_by(Agency.code)))
        raise Refused(f"sebutkan instansi dengan --instansi. Yang ada: {codes or '-'}.")
    return db.session.get_one(Unit, agencies[0].unit_id)


@people.command("link")
@click.argument("account", metavar="NIP_ATAU_SUREL")
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def link(account: str, as_json: bool) -> None:
    """Cetak tautan sekali pakai untuk menetapkan kata sandi.

    Aktivasi berlaku 7 hari, penggantian kata sandi 30 menit. Serahkan langsung
    kepada orangnya.
    """
    person = _person(account)
    if not person.is_active:
        raise Refused("akun ini nonaktif.")
    now, purpose = clock.now(), links.purpose_for(person)
    token, expires = (
        links.make(person.id, purpose, now),
        now + links.LIFETIME[purpose],
    )
    db.session.commit()
    _print_link(f"{_office().base_url}/akun/tautan/{token}", expires, as_json)


def _print_link(url: str, expires: datetime, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"url": url, "expires_at": expires.isoformat()}))
        return
    click.echo(url)
    click.echo(f"Berlaku sampai {_wib(expires)}, hanya sekali.", err=True)


def _wib(when: datetime) -> str:
    return f"{when.astimezone(ZoneInfo('Asia/Jakarta')):%d-%m-%Y %H.%M} WIB"


@people.command("email-link")
@click.argument("account", metavar="NIP_ATAU_SUREL")
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def email_link(account: str, as_json: bool) -> None:
    """Cetak tautan konfirmasi surel baru yang diminta seseorang.

    Untuk situs yang tidak mengirim surel: kirimkan sendiri tautannya ke alamat baru
    itu, supaya terbukti bahwa pemiliknya membacanya. Tautan yang lama tidak berlaku.
    """
    person, now = _person(account), clock.now()
    change = email_changes.waiting(person.id, now)
    if change is None:
        raise Refused("tidak ada penggantian surel yang menunggu konfirmasi.")
    try:
        token = email_changes.renew(change, now)
    except LmsError as error:
        raise Refused.from_error(error) from None
    email, expires = change.email, change.expires_at
    db.session.commit()
    if not as_json:
        click.echo(f"Kirim hanya ke {email}:", err=True)
    url = f"{_office().base_url}/akun/surel/konfirmasi/{token}"
    _print_link(url, expires, as_json)


@people.command("corrections")
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def list_corrections(as_json: bool) -> None:
    """Daftar permintaan perbaikan data yang menunggu jawaban, paling mendesak dahulu.

    Melihatnya tercatat, dan orangnya dapat membaca catatan itu.
    """
    now, rows = clock.now(), corrections.waiting()
    found = [
        {
            "id": row.id,
            "name": person.full_name,
            "nip": person.nip,
            "field": personal_data.FIELDS[row.field][0],
            "said": row.said,
            "wanted": row.wanted,
            "reason": row.reason,
            "created_at": row.created_at.isoformat(),
            "due_at": row.due_at.isoformat(),
            "is_late": row.due_at < now,
        }
        for row, person in rows
    ]
    text = "\n".join(_correction_lines(row, person, now) for row, person in rows)
    accesses.record(
        "viewed",
        N_("Permintaan perbaikan data"),
        [person.id for _row, person in rows],
        actor_id=None,
        now=now,
    )
    db.session.commit()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo(text or "Tidak ada permintaan yang menunggu.")


def _correction_lines(row, person: Person, now: datetime) -> str:
    label = personal_data.FIELDS[row.field][0]
    late = " TERLAMBAT" if row.due_at < now else ""
    lines = [
        f"{row.id}\t{person.full_name} ({person.nip or person.email or '-'})",
        f"\t{label}: {row.said or '-'} -> {row.wanted}",
        f"\tJawab sebelum {_wib(row.due_at)}{late}",
    ]
    if row.reason:
        lines.insert(2, f"\tAlasan: {' '.join(row.reason.split())}")
    return "\n".join(lines)


@people.command("correction")
@click.argument("number", metavar="NOMOR", type=click.IntRange(1, 2**62))
@click.option("--selesai", "state", flag_value="done", help="Data sudah diperbaiki.")
@click.option("--tolak", "state", flag_value="refused", help="Tidak diperbaiki.")
@click.option("--jawaban", "text", required=True, help="Dibaca oleh yang meminta.")
@click.option("--oleh", "by", default="", metavar="NIP_ATAU_SUREL", help="Penjawab.")
def answer_correction(number: int, state: str | None, text: str, by: str) -> None:
    """Jawab permintaan perbaikan data nomor NOMOR.

    Jawaban tidak mengubah data orangnya: perbaiki di data SDM, lalu impor dengan
    `lms people import`. Jawaban masuk catatan audit.
    """
    if state is None:
        raise click.UsageError("pilih --selesai atau --tolak.")
    actor_id = _person(by).id if by else None
    try:
        corrections.answer(
            number,
            state,
            text,
            actor_id=actor_id,
            office=_office(),
            now=clock.now(),
        )
    except LmsError as error:
        raise Refused.from_error(error) from None
    db.session.commit()
    click.echo(f"Permintaan {number} dijawab.")
    if state == "done":
        click.echo(
            "Data berubah setelah `lms people import` dengan data baru.", err=True
        )


def _role_options(command):
    for option in (
        click.option("--instansi", help="Kode instansi, misalnya 6771."),
        click.option("--unit", "unit_id", type=int, help="Nomor unit."),
        click.option("--peran", "role", type=click.Choice(ROLES), default="admin",
                     show_default=True, help="Peran."),
        click.argument("account", metavar="NIP_ATAU_SUREL"),
    ):  # fmt: skip
        command = option(command)
    return command


@admin.command("grant")
@_role_options
@click.option("--tanpa-subunit", is_flag=True, help="Tidak termasuk unit di bawahnya.")
@click.option("--sampai", type=click.DateTime(["%Y-%m-%d"]), help="Hari terakhir.")
def grant(account, role, *, unit_id, instansi, tanpa_subunit, sampai) -> None:
    """Beri peran atas sebuah instansi atau unit."""
    try:
        unit = db.session.get(Unit, unit_id) if unit_id else _root(instansi)
        if unit is None:
            raise Refused(f"unit {unit_id} tidak ada.")
        given = roles.grant(
            _person(account),
            role,
            unit,
            today=_today(),
            now=clock.now(),
            with_subunits=not tanpa_subunit,
            valid_to=sampai.date() if sampai else None,
        )
    except LmsError as error:
        raise Refused.from_error(error) from None
    db.session.commit()
    click.echo(f"Peran {given.role} diberikan atas {unit.name}.")


@admin.command("revoke")
@_role_options
def revoke(account, role, *, unit_id, instansi) -> None:
    """Cabut peran; administrator terakhir tidak dapat dicabut."""
    try:
        over = unit_id or (_root(instansi).id if instansi else None)
        given = roles.find(_person(account).id, role, over, _today())
        roles.revoke(given, today=_today(), now=clock.now())
    except LmsError as error:
        raise Refused.from_error(error) from None
    db.session.commit()
    click.echo(f"Peran {role} dicabut.")


@admin.command("list")
def list_roles() -> None:
    """Daftar peran yang sedang diberikan."""
    rows = db.session.execute(
        select(RoleGrant, Person.email, Person.nip, Unit.name)
        .join(Person, Person.id == RoleGrant.person_id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(RoleGrant.revoked_at.is_(None))
        .order_by(RoleGrant.id)
    )
    for given, email, nip, unit in rows:
        until = f" sampai {given.valid_to}" if given.valid_to else ""
        click.echo(f"{given.role}\t{email or nip}\t{unit}{until}")


def _watch(label: str):
    """Show how far a long piece of work is, where somebody looks."""

    def watch(done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{label} {done}/{total} ", nl=done >= total, err=True)

    return watch


@people.command("import")
@click.argument("file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False))
@click.option("--terapkan", is_flag=True, help="Simpan; tanpa ini hanya uji coba.")
@click.option("--instansi", default="", help="Kode instansi untuk baris tanpa kode.")
@click.option(
    "--nonaktifkan-sisanya",
    "all_gone",
    is_flag=True,
    help="Nonaktifkan juga orang aktif yang tidak tercantum.",
)
@click.option(
    "--ditolak",
    type=click.Path(dir_okay=False, writable=True),
    help="Tulis baris yang ditolak ke berkas XLSX ini.",
)
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def import_people(file, *, terapkan, instansi, all_gone, ditolak, as_json) -> None:
    """Impor orang dari XLSX, XLS, ODS, atau CSV: uji coba dahulu.

    Semua tersimpan, atau tidak sama sekali. Kolom wajib: nip, nama, status_asn,
    perangkat_daerah, unit_kerja. Boleh ada: jabatan, jenis_jabatan, jenjang,
    golongan, email, nip_atasan, pns_orang_id, aktif, gelar_depan, gelar_belakang,
    instansi_kode, jenis_identitas, unor_id, instansi_id. Tidak ada yang dihapus.
    """  # fmt: skip
    path = Path(file)
    if path.stat().st_size > LARGEST:
        raise Refused("berkas lebih dari 64 MB. Bagilah menjadi beberapa.")
    today = _today()
    own = import_runs.own_columns(_root(instansi).id) if instansi else {}
    db.session.rollback()  # nobody waits while the file is read
    table = import_file.read(path.read_bytes(), today, own, _watch("Memeriksa"))
    watch = _watch("Membandingkan")
    plan, stamp = people_import.look(table, today, instansi, watch=watch)
    is_done = terapkan and not plan.has_errors
    try:
        if is_done:
            leaving = plan.gone if all_gone else ()
            import_apply.apply(plan, today, clock.now(), leaving=leaving, stamp=stamp)
            db.session.commit()
    except LmsError as error:
        raise Refused.from_error(error) from None
    db.session.rollback()
    if ditolak and plan.has_errors and table.heading.names:
        Path(ditolak).write_bytes(import_rejected.write(table, plan.findings))
    click.echo(import_report.write(table, plan, is_done, as_json))
    if plan.has_errors:
        raise SystemExit(1)


@people.command("export")
@click.option("--instansi", help="Kode instansi; tanpa ini satu-satunya instansi.")
@click.option(
    "--keluar",
    type=click.Path(dir_okay=False, writable=True),
    help="Berkas yang ditulis; .xlsx membuat lembar kerja.",
)
def export_people(instansi: str | None, keluar: str | None) -> None:
    """Cetak orang sebuah instansi, siap diimpor lagi; ikut dicatat."""  # fmt: skip
    agency = db.session.get_one(Agency, _root(instansi).id)
    is_book = bool(keluar) and keluar.lower().endswith(".xlsx")
    body = (people_export.as_xlsx if is_book else people_export.as_csv)(agency)
    people_export.note(agency, clock.now())
    db.session.commit()
    if keluar:
        Path(keluar).write_bytes(body)
    else:
        click.echo(body.decode(), nl=False)
