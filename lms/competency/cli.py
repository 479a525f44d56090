"""lms competency: record assessed levels until there is a page for it.

Exit codes: 0 done, 1 refused, 2 wrong use.
"""

from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from lms.accounts import people, units
from lms.db import db
from lms.kernel import clock
from lms.kernel.errors import LmsError

from . import shown

competency = AppGroup("competency", help="Kompetensi: catat tingkat hasil penilaian.")
COMMANDS = (competency,)
KINDS = {word: kind for kind, word in shown.KINDS.items()}


@competency.command("record")
@click.argument("account", metavar="NIP_ATAU_SUREL")
@click.argument("code", metavar="KOMPETENSI")
@click.argument("level", metavar="TINGKAT", type=click.IntRange(0, 5))
@click.option("--jenis", required=True, type=click.Choice(list(KINDS)), help="Jenis.")
@click.option(
    "--tanggal",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="Hari penilaian, misalnya 2026-11-22.",
)
@click.option("--sumber", required=True, help="Siapa menilai dan dengan cara apa.")
@click.option("--oleh", help="NIP atau surel pencatat.")
def record(account, code, level, *, jenis, tanggal, sumber, oleh) -> None:
    """Catat tingkat kompetensi seseorang; 0 = belum mencapai tingkat 1.

    Catatan hanya bertambah: yang terbaru menurut tanggal berlaku, yang lama tetap
    terlihat. Perintah yang sama dua kali hanya tercatat sekali.
    """
    person = _person(account)
    actor = _person(oleh) if oleh else None
    now = clock.now()
    zone = ZoneInfo(units.agency_of(person.unit_id).timezone)
    try:
        row = shown.record(
            person.id,
            code.upper(),
            level,
            kind=KINDS[jenis],
            found_on=tanggal.date(),
            source=sumber,
            today=now.astimezone(zone).date(),
            now=now,
            actor_id=actor.id if actor else None,
        )
    except LmsError as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.message % refusal.facts) from None
    is_new = row.recorded_at == now
    db.session.commit()
    state = "Tercatat" if is_new else "Sudah tercatat sebelumnya"
    click.echo(f"{state}: {row.competency} tingkat {row.level}, {jenis}.")


def _person(account: str):
    found = people.by_account(account)
    if found is None:
        raise click.ClickException(
            f"tidak ada orang dengan NIP atau surel “{account}”."
        )
    return found
