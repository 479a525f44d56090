"""lms quiz: more time for one person, and the check of a receipt.

Exit codes: 0 done, 1 refused or not ours, 2 wrong use.
"""

import sys
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from lms.accounts import people
from lms.db import db, reading
from lms.kernel import clock
from lms.kernel.errors import LmsError

from . import allowances, receipts
from .models import Attempt

quiz = AppGroup("quiz", help="Kuis: tambahan waktu, tanda terima.")
COMMANDS = (quiz,)


@quiz.command("extra-time")
@click.argument("account", metavar="NIP_ATAU_SUREL")
@click.option("--percent", type=int, help="Tambahan waktu, misalnya 50.")
@click.option("--reason", help="Alasan, misalnya nomor surat keputusan.")
@click.option("--end", "is_end", is_flag=True, help="Akhiri tambahan waktu.")
def extra_time(
    account: str, percent: int | None, reason: str | None, is_end: bool
) -> None:
    """Beri seseorang waktu lebih pada kuis berbatas waktu, atau akhiri.

    Berlaku untuk percobaan yang dimulai sesudahnya; dicatat dalam log audit.
    """
    if is_end == (percent is not None) or (percent is not None) != (reason is not None):
        raise click.UsageError("isi --percent dan --reason, atau --end saja.")
    person = people.by_account(account)
    if person is None:
        _refuse(f"tidak ada orang dengan NIP atau surel “{account}”.")
    try:
        if percent is None or reason is None:
            allowances.end(person.id, None, clock.now())
            said = "Tambahan waktu diakhiri. Percobaan yang berjalan tidak berubah."
        else:
            allowances.grant(person.id, percent, reason, None, clock.now())
            said = f"Waktu kuis berikutnya ditambah {percent}%."
    except LmsError as err:
        db.session.rollback()
        _refuse(err.message % err.facts if err.facts else err.message)
    db.session.commit()
    click.echo(said)


@quiz.command("receipt")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def receipt(file: Path) -> None:
    """Periksa tanda terima: apakah dari situs ini, dan cocok dengan catatan."""
    reading.set(True)
    secret = current_app.config["SECRET_KEY"]
    text = file.read_bytes()[: receipts.LARGEST * 4].decode("utf-8", "replace")
    stated = receipts.read(text, secret)
    if stated is None:
        _refuse("tanda tangan tidak cocok: berkas ini diubah, atau bukan dari sini.")
    click.echo("Tanda tangan sah.")
    for name, value in stated.facts.items():
        click.echo(f"  {name}: {value}")
    attempt = db.session.get(Attempt, stated.attempt_id)
    if attempt is None or not attempt.is_submitted:
        _refuse("percobaan ini tidak ada di basis data (misalnya sesudah pemulihan).")
    if receipts.of(attempt, secret) != stated:
        _refuse("catatan di basis data berbeda dengan tanda terima ini.")
    click.echo("Cocok dengan catatan di basis data.")


def _refuse(text: str) -> NoReturn:
    click.echo(f"galat: {text}", err=True)
    sys.exit(1)
