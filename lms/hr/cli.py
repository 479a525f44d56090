"""lms export: the HR exports; lms hr: the figures of the dashboard.

Exit codes: 0 done, 1 could not be done, 2 wrong use.
"""

import hashlib
import json
import os
import sys
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from lms.accounts import units
from lms.accounts.models import Unit
from lms.db import db, only_reading
from lms.kernel import clock
from lms.kernel.errors import LmsError

from . import exports, figures, takings
from .delimited import Written
from .wanted import HISTORY, OFFICES, PEOPLE, Wanted

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("export")
def export() -> None:
    """Ekspor data untuk SDM. Setiap ekspor masuk catatan audit."""


def _shared(command):
    """Give a command the options that all kinds of export have."""
    for option in (
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Berkas tujuan; tanpa pilihan ini dinamai sendiri di folder ini.",
        ),
        click.option(
            "--sejak-terakhir",
            "since_last",
            is_flag=True,
            help="Hanya yang baru atau berubah sejak pengambilan terakhir perintah ini"
            " dengan saringan yang sama.",
        ),
        click.option(
            "--unit", type=int, help="Nomor unit; termasuk semua di bawahnya."
        ),
        click.option(
            "--format",
            "fmt",
            type=click.Choice(list(exports.FORMATS)),
            default="csv",
            show_default=True,
            help="csv: koma, RFC 4180; csv-excel: titik koma, BOM, koma desimal.",
        ),
    ):
        command = option(command)
    return command


@export.command(HISTORY)
@_shared
@click.option("--dari", type=DAY, help="Selesai dari tanggal ini, 2026-01-01.")
@click.option("--sampai", type=DAY, help="Selesai sampai tanggal ini.")
@click.option("--kursus", default="", help="Kode kursus.")
@with_appcontext
def riwayat_kursus(
    *, unit: int | None, dari: datetime | None, sampai: datetime | None,
    kursus: str, **how,
) -> None:  # fmt: skip
    """Tulis riwayat kursus: satu baris per orang per kursus selesai."""
    wanted = Wanted(
        unit=_unit(unit),
        first=dari.date() if dari else None,
        last=sampai.date() if sampai else None,
        course=kursus,
    )
    _take(wanted, **how)


YEAR = click.option(
    "--tahun", type=click.IntRange(2000, 2100), help="Tanpa: tahun ini."
)


@export.command(PEOPLE)
@_shared
@YEAR
@with_appcontext
def rekap_jp(*, unit: int | None, tahun: int | None, **how) -> None:
    """Tulis rekap JP: satu baris per pegawai aktif per tahun."""
    year = tahun or clock.now().year
    _take(Wanted(PEOPLE, unit=_unit(unit), year=year), **how)


@export.command(OFFICES)
@_shared
@YEAR
@with_appcontext
def rekap_opd(*, unit: int | None, tahun: int | None, **how) -> None:
    """Tulis rekap JP: satu baris per perangkat daerah per tahun."""
    year = tahun or clock.now().year
    _take(Wanted(OFFICES, unit=_unit(unit), year=year), **how)


def _take(wanted: Wanted, *, fmt: str, since_last: bool, output: Path | None) -> None:
    """Write file and manifest, and log it."""
    unit_id = wanted.unit.id if wanted.unit else None
    asked = exports.asked(None, "baris perintah", unit_id, clock.now())
    if since_last:
        wanted = wanted.after(takings.last(None, wanted))
    db.session.rollback()
    path = output or Path(exports.file_name(asked, wanted, fmt))
    total = exports.count(wanted)
    written, sha = _write(wanted, fmt, asked, path, total)
    taking = takings.begin(wanted, fmt, asked, total)
    taking.file_name = path.name[:120]
    size = path.stat().st_size
    takings.finish(taking, written, clock.now(), size=size, file_sha=sha)
    text = json.dumps(takings.manifest(taking), ensure_ascii=False, indent=2)
    db.session.commit()
    path.with_name(f"{path.name}.manifest.json").write_text(f"{text}\n", "utf-8")
    click.echo(f"{path}: {written.count} baris, SHA-256 data {written.sha}")


@click.group("hr")
def hr() -> None:
    """Kepegawaian: angka ringkasan."""


@hr.group("figures")
def figures_group() -> None:
    """Jumlah yang dipelihara untuk halaman Ringkasan."""


@figures_group.command("rebuild")
@with_appcontext
def rebuild_figures() -> None:
    """Buang semua jumlah, lalu hitung ulang dari catatan."""
    figures.forget()
    db.session.commit()
    figures.take_in(db.session.commit)
    people, sums = figures.size()
    click.echo(f"Dihitung ulang: {people} pegawai, {sums} jumlah.")


@figures_group.command("check")
@with_appcontext
def check_figures() -> None:
    """Bandingkan jumlah dengan catatan; kode keluar 1 bila ada yang berbeda."""
    figures.take_in(db.session.commit)
    with only_reading():  # people go on working
        figures.one_view()
        differences = list(figures.compare())
    for difference in differences:
        click.echo(f"BERBEDA: {difference.what}")
    people, sums = figures.size()
    click.echo(f"{people} pegawai, {sums} jumlah: {len(differences)} berbeda.")
    sys.exit(1 if differences else 0)


COMMANDS = (export, hr)


def _unit(number: int | None) -> Unit | None:
    if number is None:
        return None
    try:
        found = units.find(number)
    except LmsError:
        raise click.BadParameter(
            f"unit {number} tidak ada.", param_hint="--unit"
        ) from None
    db.session.expunge(found)
    return found


def _write(
    wanted: Wanted, fmt: str, asked: exports.Asked, path: Path, total: int
) -> tuple[Written, str]:
    """Write beside the goal first: a broken run leaves no half file under its name."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            beside.chmod(0o600)  # names and NIPs
            base_url = current_app.config["BASE_URL"]
            written = exports.write(
                wanted, fmt, asked, base_url, file, watch=_shown(total)
            )
        with beside.open("rb") as file:
            sha = hashlib.file_digest(file, "sha256").hexdigest()
        beside.replace(path)
    except LmsError as refusal:
        raise click.ClickException(refusal.message % refusal.facts) from refusal
    except OSError as broken:
        raise click.ClickException(f"{path}: {broken.strerror}") from broken
    finally:
        beside.unlink(missing_ok=True)
    return written, sha


def _shown(total: int):
    """Return a wrapper that draws a progress bar where somebody is watching."""

    def watch(rows):
        with click.progressbar(
            rows,
            length=total,
            label="Menulis",
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
            update_min_steps=max(1, total // 100),
        ) as shown:
            yield from shown

    return watch
