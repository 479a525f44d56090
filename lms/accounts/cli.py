"""Commands for people: lms people link, admin, import, export."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from lms.db import db
from lms.kernel import clock
from lms.kernel.errors import LmsError

from . import import_apply, import_file, links, people_export, people_import, roles
from . import people as persons
from .models import ROLES, Agency, Person, RoleGrant, Unit

people = AppGroup("people", help="Orang: tautan akun, peran, impor, ekspor.")
admin = AppGroup("admin", help="Memberi dan mencabut peran.")
people.add_command(admin)
COMMANDS = (people,)

SHOWN = 50  # findings printed; --json has them all
LARGEST = 64 * 1024 * 1024  # bytes
LABELS = {
    "new": "baru",
    "changed": "berubah",
    "moved": "pindah",
    "deactivated": "nonaktif",
    "same": "sama",
}


class Refused(click.ClickException):
    """A refusal of the system, in its own words; exit code 1."""

    exit_code = 1

    def show(self, file=None) -> None:
        click.echo(f"galat: {self.format_message()}", err=True)

    @classmethod
    def from_error(cls, error: LmsError) -> "Refused":
        return cls(error.message % error.facts if error.facts else error.message)


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
    url = f"{current_app.config['BASE_URL'].rstrip('/')}/akun/tautan/{token}"
    if as_json:
        click.echo(json.dumps({"url": url, "expires_at": expires.isoformat()}))
        return
    click.echo(url)
    local = expires.astimezone(ZoneInfo("Asia/Jakarta"))
    click.echo(f"Berlaku sampai {local:%d-%m-%Y %H.%M} WIB, hanya sekali.", err=True)


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


@people.command("import")
@click.argument("file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False))
@click.option("--terapkan", is_flag=True, help="Simpan; tanpa ini hanya uji coba.")
@click.option("--instansi", default="", help="Kode instansi untuk baris tanpa kode.")
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def import_people(file: str, terapkan: bool, instansi: str, as_json: bool) -> None:
    """Impor orang dari CSV: uji coba dahulu, semua atau tidak sama sekali.

    Kolom wajib: nip, nama, status_asn, perangkat_daerah, unit_kerja. Boleh ada:
    jabatan, jenis_jabatan, jenjang, golongan, email, nip_atasan, pns_orang_id,
    aktif, gelar_depan, gelar_belakang, instansi_kode. Tidak ada yang dihapus.
    """
    path = Path(file)
    if path.stat().st_size > LARGEST:
        raise Refused("berkas lebih dari 64 MB. Bagilah menjadi beberapa.")
    today = _today()
    table = import_file.read(path.read_bytes(), today)
    plan = people_import.plan(table, today, instansi)
    is_done = terapkan and not plan.has_errors
    if is_done:
        import_apply.apply(plan, today, clock.now())
        db.session.commit()
    else:
        db.session.rollback()
    click.echo(_as_json(plan, is_done) if as_json else _as_text(plan, is_done))
    if plan.has_errors:
        raise SystemExit(1)


def _as_json(plan: people_import.Plan, is_done: bool) -> str:
    findings = [
        {"row": f.row, "column": f.column, "error": f.is_error, "message": f.text}
        for f in plan.findings
    ]
    counts = {LABELS[name]: number for name, number in plan.counts.items()}
    return json.dumps(
        {
            "diterapkan": is_done,
            "jumlah": counts,
            "tidak_tercantum": plan.unlisted,
            "temuan": findings,
        },
        ensure_ascii=False,
    )


def _as_text(plan: people_import.Plan, is_done: bool) -> str:
    lines = [
        f"baris {f.row}{f', kolom {f.column}' if f.column else ''}:"
        f" {'galat' if f.is_error else 'peringatan'}: {f.text}"
        for f in sorted(plan.findings, key=lambda f: not f.is_error)[:SHOWN]
    ]
    if len(plan.findings) > SHOWN:
        lines.append(f"… dan {len(plan.findings) - SHOWN} temuan lain (lihat --json).")
    counts = (f"{number} {LABELS[name]}" for name, number in plan.counts.items())
    lines.append(", ".join(counts) + ".")
    if plan.unlisted:
        lines.append(
            f"{plan.unlisted} orang aktif tidak tercantum di berkas; dibiarkan."
        )
    errors = sum(f.is_error for f in plan.findings)
    if errors:
        lines.append(f"{errors} galat: tidak ada yang disimpan. Perbaiki berkasnya.")
    elif is_done:
        lines.append("Tersimpan.")
    else:
        lines.append("Uji coba: belum ada yang disimpan. Tambahkan --terapkan.")
    return "\n".join(lines)


@people.command("export")
@click.option("--instansi", help="Kode instansi; tanpa ini satu-satunya instansi.")
def export_people(instansi: str | None) -> None:
    """Cetak orang sebuah instansi sebagai CSV, siap diimpor lagi."""
    agency = db.session.get_one(Agency, _root(instansi).id)
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(people_export.rows(agency))
    db.session.rollback()
    click.echo(out.getvalue(), nl=False)
