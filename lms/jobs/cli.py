"""Commands of the background work."""

import click
from flask import current_app
from flask.cli import with_appcontext

from .worker import run_once


@click.group("jobs")
def jobs() -> None:
    """Pekerjaan latar: surat keluar dan kuis yang waktunya habis."""


@jobs.command("run")
@with_appcontext
def run() -> None:
    """Kerjakan semua yang sudah waktunya, lalu selesai."""
    count = run_once(current_app._get_current_object())
    click.echo(f"Selesai: {count} kiriman dikerjakan.")


COMMANDS = (jobs,)
