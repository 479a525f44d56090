"""lms records: check the ledger, revoke a completion, write out a certificate.

Exit codes: 0 done, 1 something is wrong with the records, 2 wrong use.
"""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from lms.db import db, reading
from lms.kernel import clock
from lms.kernel.errors import LmsError

from . import (
    amendments,
    certificate_files,
    certificates,
    checkpoints,
    grounds,
    ledger,
    rebuild,
)

FAULTS = {
    "body": "isi baris ini (atau sidiknya) diubah",
    "column": "kolom orang, jenis, waktu, atau uid baris ini diubah",
    "missing": "baris dengan nomor ini dihapus",
    "moved": "baris ini berpindah tempat (ditukar atau dinomori ulang)",
    "chain": "baris sebelum ini diganti seluruhnya",
    "truncated": "baris mulai nomor ini hilang dari ujung buku (menurut titik cek)",
    "rewritten": "rantai ditulis ulang sejak titik cek",
}
CHECKPOINT_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("records")
def records() -> None:
    """Buku besar penyelesaian: periksa, cabut, titik cek."""


@records.command("verify")
@click.option(
    "--checkpoint",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas titik cek yang disimpan di luar basis data; boleh berulang.",
)
@click.option("--json", "as_json", is_flag=True, help="Hasil sebagai satu baris JSON.")
@with_appcontext
def verify(files: tuple[Path, ...], as_json: bool) -> None:
    """Periksa rantai buku besar dan tabel yang diturunkan darinya."""
    points = [point for file in files for point in _points(file)]
    reading.set(True)  # the check holds no write lock, people go on working
    verdict = ledger.verify(_shown(), points)
    differences = [] if verdict.fault else rebuild.compare()
    db.session.rollback()
    if as_json:
        click.echo(json.dumps(_answer(verdict, differences), ensure_ascii=False))
    else:
        _tell(verdict, differences)
    sys.exit(1 if verdict.fault or differences else 0)


@records.command("checkpoint")
@click.option(
    "-o",
    "--output",
    type=CHECKPOINT_FILE,
    help="Tambahkan ke berkas ini; tanpa pilihan ini dicetak.",
)
@with_appcontext
def checkpoint(output: Path | None) -> None:
    """Cetak titik cek: nomor dan sidik baris terakhir. Simpan di luar server ini."""
    reading.set(True)
    line = checkpoints.line(ledger.Checkpoint(*ledger.head()), clock.now())
    if output is None:
        click.echo(line)
        return
    with output.open("a", encoding="ascii") as file:
        file.write(line + "\n")
    click.echo(f"Titik cek ditambahkan ke {output}.", err=True)


@records.command("revoke")
@click.argument("uid", metavar="UID")
@click.option("--alasan", required=True, help="Alasan; dibaca orangnya dan SDM.")
@click.option(
    "--sebab",
    type=click.Choice(list(grounds.REVOKED)),
    default=grounds.OTHER,
    help="Sebab singkat yang tampil di halaman periksa; bawaan: lain.",
)
@with_appcontext
def revoke(uid: str, alasan: str, sebab: str) -> None:
    """Cabut penyelesaian UID (id_rekaman) beserta JP dan sertifikatnya."""
    try:
        completion = amendments.revoke(uid, alasan, None, clock.now(), ground=sebab)
        db.session.commit()
    except LmsError as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.message % refusal.facts) from refusal
    click.echo(
        f"Dicabut: {completion.uid}, {completion.course_title}, {completion.jp} JP."
    )


@records.command("certificate")
@click.argument("code", metavar="KODE")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Berkas tujuan; tanpa pilihan ini dinamai sendiri di folder ini.",
)
@with_appcontext
def certificate(code: str, out: Path | None) -> None:
    """Tulis PDF sertifikat dengan kode periksa KODE."""
    try:
        found, completion = certificates.by_code(code)
        certificate_files.check_valid(found, completion)
    except LmsError as refusal:
        raise click.ClickException(refusal.message % refusal.facts) from refusal
    number, printed = found.id, found.printed
    name = certificate_files.file_name(completion.course_code, found.code)
    kept = certificate_files.of(number)
    db.session.rollback()
    data = kept.data if kept else None
    if data is None:
        made = certificate_files.make(printed, current_app.config["BASE_URL"])
        data = certificate_files.keep(number, made, clock.now())
        db.session.commit()
    path = out or Path(name)
    path.write_bytes(data)
    click.echo(f"Ditulis: {path} ({len(data)} bita).")


@records.command("rebuild")
@click.option("--terapkan", is_flag=True, help="Tulis; tanpa ini hanya dilihat.")
@with_appcontext
def rebuild_tables(terapkan: bool) -> None:
    """Samakan tabel turunan dengan buku besar."""
    try:
        count = rebuild.restore() if terapkan else len(rebuild.compare())
        db.session.commit()
    except LmsError as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.message % refusal.facts) from refusal
    click.echo(f"{count} baris berbeda{', sudah disamakan' if terapkan else ''}.")
    sys.exit(1 if count and not terapkan else 0)


COMMANDS = (records,)


def _points(file: Path) -> list[ledger.Checkpoint]:
    try:
        return checkpoints.read(file.read_text("ascii"))
    except UnicodeDecodeError:
        raise click.UsageError(f"{file}: bukan berkas titik cek.") from None
    except checkpoints.NotACheckpoint as bad:
        raise click.UsageError(f"{file}:{bad.args[0]}: bukan titik cek.") from None


def _shown():
    """Yield the ledger with a progress bar where somebody is watching."""
    last, _hash = ledger.head()
    with click.progressbar(
        ledger.stream(),
        length=last,
        label="Memeriksa",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        update_min_steps=max(1, last // 100),
    ) as rows:
        yield from rows


def _answer(verdict: ledger.Verdict, differences: list[rebuild.Difference]) -> dict:
    fault = verdict.fault
    return {
        "ok": not fault and not differences,
        "count": verdict.count,
        "seq": verdict.head.seq,
        "hash": verdict.head.hash,
        "fault": {"seq": fault.seq, "kind": fault.kind} if fault else None,
        "differences": [
            {"table": d.table, "uid": d.uid, "columns": list(d.columns)}
            for d in differences
        ],
    }


def _tell(verdict: ledger.Verdict, differences: list[rebuild.Difference]) -> None:
    if verdict.fault:
        kind = FAULTS[verdict.fault.kind]
        click.echo(f"RUSAK di baris {verdict.fault.seq}: {kind}.")
        click.echo(f"{verdict.count} baris sebelumnya utuh.")
        return
    for difference in differences:
        columns = ", ".join(difference.columns)
        click.echo(f"BERBEDA: {difference.table} {difference.uid}: {columns}")
    click.echo(f"Buku besar utuh: {verdict.count} baris.")
    click.echo(f"Sidik terakhir: {verdict.head.hash}")
