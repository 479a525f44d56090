"""A whole copy of the database, checked before it counts; and the way back.

SQLite is copied by its online backup (people go on working), PostgreSQL by pg_dump.
Beside each copy stands a manifest: a copy without one was never finished.
"""

import hashlib
import json
import os
import shutil
import subprocess
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect, make_url
from sqlalchemy.engine import URL

from lms import create_app
from lms.db import db, reading, schema
from lms.kernel.errors import LmsError
from lms.records import ledger, rebuild

ENDINGS = {"sqlite": ".sqlite3", "postgresql": ".dump"}
KEY, MANIFEST = ".kunci", ".json"
PIECE = 1 << 20  # bytes read at a time


class BackupFailed(LmsError):
    message = "Cadangan tidak jadi dibuat: %(why)s."


class RestoreRefused(LmsError):
    message = "Pemulihan tidak dijalankan: %(why)s."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy is.

    sha256    of the file
    revision  of the tables: the newest migration
    ledger    number of entries and the hash of the last
    """

    file: str
    made_at: str
    engine: str
    size_bytes: int
    sha256: str
    revision: str
    ledger_entries: int
    ledger_hash: str


def make(app: Flask, folder: Path, now: datetime, keep: int = 0) -> Manifest:
    """Write a checked copy of the database, its manifest and the secret key.

    keep    so many copies stay in the folder, the newest; 0 = all
    raises  BackupFailed  nothing half-done stays behind
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = db.engine.dialect.name
    path = folder / f"kelas-{now:%Y%m%d-%H%M%S}{ENDINGS[engine]}"
    if path.exists():
        raise BackupFailed(why=f"{path} sudah ada")
    beside = path.with_name(f".{path.name}")
    try:
        beside.touch(mode=0o600)  # names, NIPs, everything
        if engine == "sqlite":
            _copy_sqlite(beside)
            seq, last = _checked_sqlite(app, beside)
        else:
            seq, last = _copy_postgres(beside)
        manifest = Manifest(
            file=path.name,
            made_at=now.isoformat(),
            engine=engine,
            size_bytes=beside.stat().st_size,
            sha256=_sha256(beside),
            revision=schema.heads()[0],
            ledger_entries=seq,
            ledger_hash=last,
        )
        _sync(beside)
        beside.replace(path)
        _keep_key(app, path)
        text = json.dumps(asdict(manifest), indent=1)
        path.with_suffix(MANIFEST).write_text(text + "\n", "utf-8")
        _sync(path.with_suffix(MANIFEST))
    except OSError as broken:
        for left in folder.glob(f"{path.stem}.*"):
            left.unlink()
        raise BackupFailed(why=f"{folder}: {broken.strerror or broken}") from broken
    finally:
        for left in folder.glob(f".{path.name}*"):
            left.unlink()
    _forget_old(folder, keep)
    return manifest


def read_manifest(path: Path) -> Manifest:
    """Return what a copy is, once it proves to be that.

    raises  RestoreRefused  no manifest, or the file is not what it was
    """
    try:
        facts = json.loads(path.with_suffix(MANIFEST).read_text("utf-8"))
        manifest = Manifest(**facts)
    except (OSError, ValueError, TypeError) as broken:
        raise RestoreRefused(
            why=f"keterangan {path.with_suffix(MANIFEST).name} tidak ada atau rusak"
        ) from broken
    if not path.is_file() or _sha256(path) != manifest.sha256:
        raise RestoreRefused(
            why=f"{path.name} tidak sama dengan keterangannya; berkas ini rusak"
        )
    return manifest


def restore(app: Flask, path: Path, replace: bool = False) -> Manifest:
    """Make a copy the database of this site; the server has to be stopped.

    replace  an SQLite database that is there is put aside, not deleted
    raises   RestoreRefused  another engine, damaged, or a database is there already
    """
    manifest = read_manifest(path)
    engine = db.engine.dialect.name
    if manifest.engine != engine:
        raise RestoreRefused(
            why=f"cadangan ini dari {manifest.engine}, situs ini memakai {engine}"
        )
    if engine == "sqlite":
        _restore_sqlite(app, path, replace)
    else:
        _restore_postgres(path)
    _restore_key(app, path)
    return manifest


# --- SQLite


def _copy_sqlite(target: Path) -> None:
    driver = db.engine.dialect.dbapi
    with (
        closing(driver.connect(_database_file(db.engine.url))) as source,
        closing(driver.connect(str(target))) as copy,
    ):
        source.backup(copy)
        # A copy that lies still needs no files beside it.
        copy.execute("PRAGMA journal_mode = DELETE")


def _checked_sqlite(app: Flask, path: Path) -> tuple[int, str]:
    """Return entries and last hash of the ledger of a copy that is whole."""
    driver = db.engine.dialect.dbapi
    with closing(driver.connect(str(path))) as copy:
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise BackupFailed(why=f"salinan tidak utuh ({verdict[:80]})")
        if copy.execute("PRAGMA foreign_key_check").fetchone():
            raise BackupFailed(why="salinan memuat baris yang menunjuk ke mana-mana")
    read_only = f"sqlite:///{path.resolve()}"
    other = create_app(**dict(app.config) | {"DATABASE_URL": read_only})
    with other.app_context():
        try:
            return _ledger()
        finally:
            db.session.remove()
            db.engine.dispose()
            with closing(driver.connect(str(path))) as copy:
                copy.execute("PRAGMA journal_mode = DELETE")


def _restore_sqlite(app: Flask, path: Path, replace: bool) -> None:
    goal = Path(_database_file(db.engine.url))
    db.session.remove()
    db.engine.dispose()
    if goal.exists() and goal.stat().st_size:
        if not replace:
            raise RestoreRefused(
                why=f"{goal} sudah berisi; tambahkan --ganti untuk menyisihkannya"
            )
        _put_aside(goal)
    fresh = goal.with_name(f".{goal.name}.pulih")
    try:
        fresh.touch(mode=0o600)
        shutil.copyfile(path, fresh)
        _checked_sqlite(app, fresh)
        _sync(fresh)
        for ending in ("-wal", "-shm"):
            goal.with_name(goal.name + ending).unlink(missing_ok=True)
        fresh.replace(goal)
        _sync(goal)
    finally:
        fresh.unlink(missing_ok=True)


def _put_aside(goal: Path) -> None:
    """Rename a database with what belongs to it; nobody may have it open."""
    driver = db.engine.dialect.dbapi
    with closing(driver.connect(str(goal), timeout=1)) as old:
        try:
            old.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            old.execute("BEGIN EXCLUSIVE")
            old.execute("ROLLBACK")
        except driver.OperationalError as busy:
            raise RestoreRefused(
                why="basis data sedang dipakai; hentikan peladen lebih dahulu"
            ) from busy
    number = 1
    while (aside := goal.with_name(f"{goal.name}.sebelum-{number}")).exists():
        number += 1
    goal.replace(aside)


def _database_file(url: URL) -> str:
    return str(url.database)


# --- PostgreSQL


def _copy_postgres(target: Path) -> tuple[int, str]:
    _run("pg_dump", ["--format=custom", "--no-owner", f"--file={target}"], BackupFailed)
    listed = _run("pg_restore", ["--list", str(target)], BackupFailed, server=False)
    if "ledger_entries" not in listed:
        raise BackupFailed(why="salinan tidak memuat buku besar")
    return _ledger()


def _restore_postgres(path: Path) -> None:
    if inspect(db.engine).get_table_names():
        raise RestoreRefused(
            why="basis data tujuan sudah berisi; buat basis data kosong lebih dahulu"
        )
    db.session.remove()
    db.engine.dispose()
    _run(
        "pg_restore",
        ["--no-owner", "--exit-on-error", "--single-transaction", str(path)],
        RestoreRefused,
    )
    _ledger()


def _run(
    program: str, words: list[str], failed: type[LmsError], server: bool = True
) -> str:
    """Run one of PostgreSQL's programs; the password goes by the environment."""
    found = shutil.which(program)
    if found is None:
        raise failed(why=f"program {program} tidak ditemukan; pasang postgresql-client")
    url = make_url(db.engine.url.render_as_string(hide_password=False))
    environment = dict(os.environ)
    if server:
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
        plain = url.set(drivername="postgresql", password=None)
        words = [*words, f"--dbname={plain.render_as_string()}"]
    done = subprocess.run(  # noqa: S603  (found on the PATH, words are ours)
        [found, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise failed(why=f"{program}: {done.stderr.strip()[:300]}")
    return done.stdout


# --- Both


def _ledger() -> tuple[int, str]:
    token = reading.set(True)
    try:
        verdict = ledger.verify(ledger.stream())
        if verdict.fault:
            raise BackupFailed(why=f"buku besar rusak di baris {verdict.fault.seq}")
        if rebuild.compare():
            raise BackupFailed(why="penyelesaian tidak cocok dengan buku besar")
        return verdict.head.seq, verdict.head.hash
    finally:
        db.session.rollback()
        reading.reset(token)


def _keep_key(app: Flask, path: Path) -> None:
    """Receipts are signed with it: a site that loses it cannot check them any more."""
    key = Path(app.config["INSTANCE_DIR"]) / "secret_key"
    if key.exists():
        beside = path.with_suffix(KEY)
        beside.touch(mode=0o600)
        beside.write_bytes(key.read_bytes())


def _restore_key(app: Flask, path: Path) -> None:
    kept, key = path.with_suffix(KEY), Path(app.config["INSTANCE_DIR"]) / "secret_key"
    if kept.exists():
        key.touch(mode=0o600)
        key.write_bytes(kept.read_bytes())


def _forget_old(folder: Path, keep: int) -> None:
    copies = sorted(folder.glob(f"kelas-*{MANIFEST}"))
    for manifest in copies[:-keep] if keep else ():
        for ending in (*ENDINGS.values(), KEY, MANIFEST):
            manifest.with_suffix(ending).unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            sha.update(piece)
    return sha.hexdigest()


def _sync(path: Path) -> None:
    """Have the disk keep it, the name as well.

    raises  OSError  the disk does not keep it
    """
    _flush(path)
    with suppress(OSError):  # some file systems keep names by themselves and refuse
        _flush(path.parent)


def _flush(place: Path) -> None:
    number = os.open(place, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
