"""lms export: the HR exports from the command line.

Exit codes: 0 done, 1 could not be done, 2 wrong use.
"""

import os
import sys
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from lms.accounts import units
from lms.accounts.models import Unit
from lms.db import db
from lms.kernel import clock
from lms.kernel.errors import LmsError

from . import exports, history

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("export")
def export() -> None:
    """Ekspor data untuk SDM. Setiap ekspor masuk catatan audit."""


@export.command("riwayat_kursus")
@click.option(
    "--format",
    "fmt",
    type=click.Choice(list(exports.FORMATS)),
    default="csv",
    show_default=True,
    help="csv: koma, RFC 4180; csv-excel: titik koma, BOM, koma desimal.",
)
@click.option("--unit", type=int, help="Nomor unit; termasuk semua di bawahnya.")
@click.option("--dari", type=DAY, help="Selesai dari tanggal ini, 2026-01-01.")
@click.option("--sampai", type=DAY, help="Selesai sampai tanggal ini.")
@click.option("--kursus", default="", help="Kode kursus.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Berkas tujuan; tanpa pilihan ini dinamai sendiri di folder ini.",
)
@with_appcontext
def riwayat_kursus(
    *,
    fmt: str,
    unit: int | None,
    dari: datetime | None,
    sampai: datetime | None,
    kursus: str,
    output: Path | None,
) -> None:
    """Tulis riwayat kursus: satu baris per orang per kursus selesai."""
    wanted = history.Wanted(
        unit=_unit(unit),
        first=dari.date() if dari else None,
        last=sampai.date() if sampai else None,
        course=kursus,
    )
    asked = exports.asked(None, "baris perintah", unit, clock.now())
    db.session.rollback()
    path = output or Path(exports.file_name(asked, fmt))
    written = _write(wanted, fmt, asked, path)
    exports.note(wanted, fmt, asked, written)
    db.session.commit()
    click.echo(f"{path}: {written.count} baris, SHA-256 data {written.sha}")


COMMANDS = (export,)


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


def _write(wanted: history.Wanted, fmt: str, asked: exports.Asked, path: Path):
    """Write beside the goal first: a broken run leaves no half file under its name."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            beside.chmod(0o600)  # names and NIPs
            base_url = current_app.config["BASE_URL"]
            written = exports.write(
                wanted, fmt, asked, base_url, file, watch=_shown(wanted)
            )
        beside.replace(path)
    except LmsError as refusal:
        raise click.ClickException(refusal.message % refusal.facts) from refusal
    except OSError as broken:
        raise click.ClickException(f"{path}: {broken.strerror}") from broken
    finally:
        beside.unlink(missing_ok=True)
    return written


def _shown(wanted: history.Wanted):
    """Return a wrapper that draws a progress bar where somebody is watching."""

    def watch(rows):
        with exports.snapshot() as connection:
            total = history.count(connection, wanted)
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
