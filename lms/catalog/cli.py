"""Commands for course files: `lms content check`, `publish`, `index` and those of
`cli_writing`."""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from lms.courseware import bundle, library, report, sarif
from lms.courseware.bundle import BundleError
from lms.courseware.library import Library
from lms.courseware.schema import Finding
from lms.db import db
from lms.kernel import clock, reasons
from lms.kernel.text import one_line

from . import cli_writing, publishing
from . import index as search_index
from .publishing import FolderMissing, Outcome, Report

content = AppGroup("content", help="Tulis, periksa, dan terbitkan berkas kursus.")

NO_DATABASE = "Basis data belum siap. Jalankan `lms db upgrade`, lalu coba lagi."
FORMS = {"teks": None, "json": report.as_json, "sarif": sarif.document}
STATES = {
    "published": "terbitan {number} diterbitkan",
    "unchanged": "tidak berubah",
    "draft": "draf, tidak diterbitkan",
    "broken": "belum dapat diterbitkan",
    "failed": "gagal ditampilkan",
    "held": "menunggu persetujuan, belum diterbitkan; lihat `lms content diff {code}`,"
    " lalu setujui di menu Mengajar, Kursus saya, atau dengan --setujui CATATAN",
}


@content.command("check")
@click.argument("path", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMS)),
    default="teks",
    show_default=True,
    help="Bentuk keluaran; sarif dibaca penyunting dan tempat penyimpanan kode.",
)
@click.option("--json", "form", flag_value="json", help="Sama dengan --format json.")
def check(path: str | None, form: str) -> None:
    """Periksa semua berkas kursus di PATH (bawaan: folder isi).

    PATH boleh folder isi, satu folder kursus di dalamnya, atau nama kursus saja.
    Keluar dengan 1 bila ada galat.
    """
    root, folder = _root_of(path)
    read = library.load(root)
    findings = _all_findings(read, folder)
    _show(findings, read, form, len(read.folders) if folder is None else 1)
    if any(finding.is_error for finding in findings):
        sys.exit(1)


@content.command("publish")
@click.argument("courses", nargs=-1, metavar="[KURSUS]...")
@click.option(
    "--setujui",
    "note",
    default="",
    metavar="CATATAN",
    help="Setujui perubahan merah, dengan catatan untuk riwayat.",
)
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program lain.")
def publish(courses: tuple[str, ...], note: str, as_json: bool) -> None:
    """Terbitkan kursus yang berubah; tanpa KURSUS, semuanya.

    Kursus yang bergalat tetap tampil seperti semula, begitu pula kursus yang berubah
    merah (lihat `lms content diff`) selagi ada yang mengikutinya: itu perlu --setujui.
    Nilai dan syarat bagi yang sudah terdaftar dibiarkan; pilihan lain ada di menu
    Mengajar. Keluar dengan 1 bila ada yang tidak terbit.
    """
    if note and not reasons.is_good(note := one_line(note)):
        raise click.UsageError(reasons.ReasonMissing.message)
    root = Path(current_app.config["CONTENT_DIR"])
    try:
        gate = publishing.gate(note)
        done = publishing.publish_all(
            root, clock.now(), only=courses or None, gate=gate
        )
    except FolderMissing as err:
        raise click.ClickException(err.message % err.facts) from None
    except (OperationalError, ProgrammingError) as err:
        raise click.ClickException(f"{NO_DATABASE} ({err.orig})") from None
    if as_json:
        click.echo(json.dumps(_as_json(done), ensure_ascii=False, indent=2))
    else:
        _tell(done, root)
    if not done.is_ok:
        sys.exit(1)


@content.command("index")
def index() -> None:
    """Susun ulang indeks pencarian katalog dari kursus yang terbit."""
    try:
        with db.session.begin():
            count = search_index.rebuild()
    except (OperationalError, ProgrammingError) as err:
        raise click.ClickException(f"{NO_DATABASE} ({err.orig})") from None
    click.echo(f"{count} kursus dapat dicari.")


def _root_of(named: str | None) -> tuple[Path, str | None]:
    """Return the content folder, and the course folder when one was named."""
    home = Path(current_app.config["CONTENT_DIR"])
    path = Path(named).resolve() if named else home.resolve()
    if not path.is_dir():
        if named and "/" not in named and (home / "kursus" / named).is_dir():
            return home.resolve(), named
        raise click.ClickException(f'Folder kursus "{named or path}" tidak ada.')
    if (path / "kursus.yml").is_file() and path.parent.name == "kursus":
        return path.parent.parent, path.name
    return path, None


def _all_findings(read: Library, folder: str | None) -> list[Finding]:
    """Return what linter and renderer say, of all folders or of one."""
    found = list(read.findings if folder is None else read.findings_of(folder))
    for name, code in read.folders.items():
        course = read.courses.get(code or "")
        if course is None or folder not in (None, name):
            continue
        try:
            bundle.build(course)
        except BundleError as err:
            found += publishing.in_folder(name, err.findings)
    return sorted(set(found))


def _show(findings: list[Finding], read: Library, form: str, courses: int) -> None:
    write = FORMS[form]
    if write is not None:
        click.echo(json.dumps(write(findings), ensure_ascii=False, indent=2))
        return
    if findings:
        click.echo(report.text(findings, read.sources))
    errors = sum(finding.is_error for finding in findings)
    warnings = len(findings) - errors
    click.echo(f"{courses} kursus, {errors} galat, {warnings} peringatan.")


def _tell(done: Report, root: Path) -> None:
    findings = [*done.findings, *(f for o in done.outcomes for f in o.findings)]
    if findings:
        sources = library.load(root).sources
        click.echo(report.text(findings, sources), err=True)
    for outcome in done.outcomes:
        click.echo(f"{outcome.code or outcome.folder}: {_state(outcome)}")
        for text in filter(None, (outcome.trouble, *outcome.reasons)):
            click.echo(text, err=True)
    if not done.outcomes:
        click.echo(f"Belum ada kursus di {root / 'kursus'}.")


def _state(outcome: Outcome) -> str:
    return STATES[outcome.state].format(
        number=outcome.number, code=outcome.code or outcome.folder
    )


def _as_json(done: Report) -> dict:
    return {
        "findings": report.as_json(done.findings),
        "courses": [
            {
                "folder": outcome.folder,
                "code": outcome.code,
                "state": outcome.state,
                "number": outcome.number,
                "findings": report.as_json(outcome.findings),
                "reasons": list(outcome.reasons),
            }
            for outcome in done.outcomes
        ],
    }


content.add_command(cli_writing.new)
content.add_command(cli_writing.tidy)
COMMANDS = (content,)
