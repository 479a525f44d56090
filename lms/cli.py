"""The one command line: `lms …`. Each feature brings its own group."""

import json
import os
import secrets
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, FlaskGroup, with_appcontext

from lms import FEATURES, create_app
from lms.config import Config
from lms.db import db, schema
from lms.kernel import clock
from lms.kernel.errors import LmsError
from lms.server import check_demo_address


class Commands(FlaskGroup):
    """Flask's group without Flask's own commands: only ours, known without an app."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return AppGroup.list_commands(self, ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return AppGroup.get_command(self, ctx, name)


def _create() -> Flask:
    make_secret_key(instance_folder())
    try:
        return create_app()
    except RuntimeError as err:  # a setting is wrong: one sentence, no trace
        raise click.ClickException(str(err)) from err


@click.group(cls=Commands, create_app=_create, add_default_commands=False)
def main() -> None:
    """Kelas ASN: pembelajaran mandiri untuk ASN."""


main.params.clear()  # settings come from the environment alone

for name in FEATURES:
    if find_spec(f"lms.{name}.cli"):
        for command in import_module(f"lms.{name}.cli").COMMANDS:
            main.add_command(command)


def make_secret_key(folder: Path) -> None:
    """Write a random secret key, once, readable by its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "secret_key"
    if not path.exists() and not os.environ.get("LMS_SECRET_KEY"):
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48) + "\n", "ascii")


def instance_folder() -> Path:
    """Return the instance folder before there is an application."""
    return Path(os.environ.get("LMS_INSTANCE_DIR", Config.INSTANCE_DIR))


@click.command("init")
@click.option("--nama", prompt="Nama administrator", help="Nama lengkap.")
@click.option("--surel", prompt="Surel administrator", help="Alamat surel dinas.")
@click.option("--instansi", prompt="Nama instansi", help="Nama resmi instansi.")
@click.option("--kode", prompt="Kode instansi (4 angka)", help="kodeCepat SIASN.")
@click.option("--zona", default="Asia/Jakarta", help="Zona waktu instansi.")
def init(nama: str, surel: str, instansi: str, kode: str, zona: str) -> None:
    """Siapkan basis data, kunci rahasia, instansi, dan administrator pertama."""
    from lms.accounts import founding, links

    with _create().app_context():
        schema.upgrade()
        load_seeds()
        try:
            person = founding.first_administrator(
                db.session, nama, surel, instansi, kode, zona, clock.now()
            )
        except LmsError as err:
            raise click.ClickException(err.message % err.facts) from None
        token = links.make(person.id, "activate", clock.now())
        db.session.commit()
        click.echo("Siap. Buka tautan ini sekali untuk membuat kata sandi:")
        click.echo(f"{current_app.config['BASE_URL']}/akun/tautan/{token}")


main.add_command(init)


def load_seeds() -> None:
    """Load JP rules, policies and job standards; see each about rows edited here."""
    from lms.competency import standards
    from lms.records import seeds

    seeds.load(db.session)
    standards.load(Path(current_app.config["CONTENT_DIR"]), clock.now())
    db.session.commit()


@main.command("demo", with_appcontext=False)
def demo() -> None:
    """Siapkan semuanya untuk dicoba: basis data, kursus, dan orang contoh."""
    from lms.accounts import demo as people
    from lms.catalog import publishing
    from lms.competency import demo as levels
    from lms.team import demo as learning

    app = _create()
    check_demo_address(app)
    with app.app_context():
        schema.upgrade()
        load_seeds()
        people.add(db.session, clock.now())
        db.session.commit()
        content = Path(app.config["CONTENT_DIR"])
        report = publishing.publish_all(content, clock.now())
        levels.add(clock.now())
        learning.add(clock.now())
        db.session.commit()
    if not report.is_ok:
        click.echo("Ada kursus yang belum terbit: jalankan `lms content check`.")


@main.command("serve")
@with_appcontext
def serve() -> None:
    """Jalankan peladen web beserta pekerja latar."""
    from lms import server

    server.run(current_app._get_current_object())


@main.group("db")
def database() -> None:
    """Basis data: perbarui susunan tabel."""


@database.command("upgrade")
@with_appcontext
def upgrade() -> None:
    """Terapkan semua migrasi; semuanya atau tidak sama sekali."""
    changed = schema.upgrade()
    load_seeds()
    click.echo("Basis data diperbarui." if changed else "Basis data sudah terbaru.")


@database.command("check")
@with_appcontext
def check() -> None:
    """Periksa apakah tabel sama dengan model."""
    schema.check()


@database.command("new")
@click.argument("message")
@with_appcontext
def new(message: str) -> None:
    """Tulis berkas migrasi baru dari perubahan model."""
    schema.new_revision(message)


@main.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Periksa pengaturan, basis data, buku catatan, dan isi."""
    from lms import diagnosis

    findings = diagnosis.examine(current_app)
    if as_json:
        click.echo(json.dumps(findings, ensure_ascii=False))
    else:
        for finding in findings:
            mark = "baik " if finding["ok"] else "GALAT"
            click.echo(f"{mark} {finding['name']}: {finding['text']}")
    sys.exit(0 if all(f["ok"] for f in findings) else 1)


@main.command("backup")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--simpan", default=0, help="Sisakan sekian cadangan terbaru; 0: semua.")
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
@with_appcontext
def backup(folder: Path, simpan: int, as_json: bool) -> None:
    """Salin seluruh basis data ke FOLDER, diperiksa, sementara situs tetap berjalan."""
    from dataclasses import asdict

    from lms import backup as copies

    site = current_app._get_current_object()
    made = _or_say(copies.make, site, folder, clock.now(), simpan)
    if as_json:
        click.echo(json.dumps(asdict(made)))
    else:
        click.echo(f"{folder / made.file}: {made.size_bytes / 1e6:.1f} MB, utuh,")
        click.echo(f"buku besar {made.ledger_entries} baris, SHA-256 {made.sha256}")


@main.command("restore")
@click.argument("berkas", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--ganti", is_flag=True, help="Sisihkan basis data SQLite yang ada.")
@with_appcontext
def restore(berkas: Path, ganti: bool) -> None:
    """Jadikan cadangan basis data situs ini. Hentikan peladen lebih dahulu."""
    from lms import backup as copies

    site = current_app._get_current_object()
    made = _or_say(copies.restore, site, berkas, ganti)
    click.echo(f"Dipulihkan: keadaan {made.made_at}, {made.ledger_entries} baris buku.")
    click.echo("Jalankan `lms db upgrade`, lalu `lms doctor`.")


def _or_say(act, *values):
    """Do it, or end with the sentence that says why not."""
    try:
        return act(*values)
    except LmsError as refusal:
        raise click.ClickException(refusal.message % refusal.facts) from refusal
