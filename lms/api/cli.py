"""Commands for service tokens."""

import json

import click
from sqlalchemy import select

from lms.accounts.cli import Group, Refused
from lms.accounts.models import Agency, Unit
from lms.db import db
from lms.kernel import clock
from lms.kernel.errors import LmsError

from . import tokens
from .resources import SCOPES
from .shapes import instant

api = Group("api", help="API bagi sistem lain.")
token = Group("token", help="Membuat, melihat, dan mencabut token.")
api.add_command(token)
COMMANDS = (api,)


def _unit(code: str | None, number: int | None) -> Unit:
    """Return the unit with this number, or the root of the agency named."""
    if number is not None:
        unit = db.session.get(Unit, number)
        if unit is None:
            raise Refused(f"unit {number} tidak ada.")
        return unit
    agencies = db.session.scalars(
        select(Agency).where(Agency.code == code) if code else select(Agency)
    ).all()
    if len(agencies) != 1:
        codes = ", ".join(db.session.scalars(select(Agency.code).order_by(Agency.code)))
        raise Refused(f"sebutkan instansi dengan --instansi. Yang ada: {codes or '-'}.")
    return db.session.get_one(Unit, agencies[0].unit_id)


@token.command("create")
@click.argument("name", metavar="NAMA_SISTEM")
@click.option("--cakupan", "scopes", multiple=True, type=click.Choice(SCOPES),
              help="Boleh beberapa kali; tanpa ini: semua.")  # fmt: skip
@click.option("--instansi", "code", help="Kode instansi.")
@click.option("--unit", "number", type=int, help="Nomor unit, dengan bawahannya.")
@click.option("--hari", "days", type=int, default=180, help="Masa berlaku, 1-366.")
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def create(name, scopes, days, as_json, **where) -> None:
    """Buat token dan cetak sekali ini saja."""
    unit = _unit(**where)
    try:
        made, secret = tokens.make(name, scopes or SCOPES, unit, days, now=clock.now())
    except LmsError as err:
        raise Refused.from_error(err) from err
    db.session.commit()
    if as_json:
        click.echo(json.dumps(_facts(made, unit) | {"token": secret}))
        return
    click.echo(secret)
    click.echo(
        f"Token {made.uid} untuk {unit.name}, sampai {made.expires_at:%Y-%m-%d}."
        " Simpan sekarang: token tidak dapat ditampilkan lagi.",
        err=True,
    )


@token.command("list")
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program.")
def list_all(as_json: bool) -> None:
    """Tampilkan semua token, tanpa isinya."""
    found = [_facts(made, unit) for made, unit in tokens.every()]
    if as_json:
        click.echo(json.dumps(found))
        return
    for one in found:
        state = "dicabut" if one["revoked_at"] else f"sampai {one['expires_at'][:10]}"
        used = f"dipakai {one['used_at'][:16]}" if one["used_at"] else "belum dipakai"
        click.echo(
            f"{one['uid']}  {one['start']}…  {one['name']}  {one['unit']}"
            f"  {one['scopes']}  {state}  {used}"
        )


@token.command("revoke")
@click.argument("uid")
def revoke(uid: str) -> None:
    """Cabut token sekarang juga."""
    try:
        tokens.revoke(tokens.find(uid), now=clock.now())
    except LmsError as err:
        raise Refused.from_error(err) from err
    db.session.commit()
    click.echo("Token dicabut.", err=True)


def _facts(made, unit: Unit) -> dict[str, str | None]:
    return {
        "uid": made.uid,
        "name": made.name,
        "start": made.start,
        "unit": unit.name,
        "scopes": made.scopes,
        "expires_at": instant(made.expires_at),
        "used_at": instant(made.used_at) if made.used_at else None,
        "revoked_at": instant(made.revoked_at) if made.revoked_at else None,
    }
