"""What `lms doctor` looks at. Each finding: name, ok, text in Indonesian."""

from pathlib import Path

from flask import Flask
from sqlalchemy import text

from lms.db import db, schema, wal_is_safe
from lms.kernel import clock


def examine(app: Flask) -> list[dict]:
    """Return the findings, all of them, worst or not."""
    return [
        _database(),
        _migrations(),
        _ledger(),
        _files(app),
        _content(app),
        _mail(app),
        _corrections(),
    ]


def _finding(name: str, ok: bool, text: str) -> dict:
    return {"name": name, "ok": ok, "text": text}


def _database() -> dict:
    dialect = db.engine.dialect
    if dialect.name != "sqlite":
        version = db.session.scalar(text("SHOW server_version"))
        return _finding("Basis data", True, f"PostgreSQL {version}")
    found = dialect.dbapi.sqlite_version_info
    name = ".".join(map(str, found))
    if wal_is_safe(found):
        return _finding("Basis data", True, f"SQLite {name}, WAL, synchronous=FULL")
    return _finding(
        "Basis data",
        True,
        f"SQLite {name} memuat cacat WAL; dipakai journal_mode=DELETE dengan"
        " synchronous=EXTRA (aman, lebih lambat). Pasang pysqlite3 bila tersedia.",
    )


def _migrations() -> dict:
    if schema.is_current(db.session.connection()):
        return _finding("Susunan tabel", True, "terbaru")
    return _finding("Susunan tabel", False, "jalankan `lms db upgrade`")


def _ledger() -> dict:
    from lms.records import ledger

    verdict = ledger.verify(ledger.stream())
    if verdict.fault is None:
        return _finding("Buku besar", True, f"utuh, {verdict.count} baris")
    return _finding("Buku besar", False, f"rusak di baris {verdict.fault.seq}")


def _files(app: Flask) -> dict:
    folder = Path(app.config["INSTANCE_DIR"])
    paths = [folder / "secret_key", *sorted(folder.glob("kelas.sqlite3*"))]
    for path in paths:
        if path.exists() and path.stat().st_mode & 0o077:
            return _finding("Berkas rahasia", False, f"chmod 600 {path}")
    return _finding("Berkas rahasia", True, "hanya terbaca oleh pemiliknya")


def _content(app: Flask) -> dict:
    folder = Path(app.config["CONTENT_DIR"]) / "kursus"
    if not folder.is_dir():
        return _finding("Isi kursus", False, f"folder {folder} tidak ada")
    return _finding("Isi kursus", True, "jalankan `lms content check` untuk memeriksa")


def _mail(app: Flask) -> dict:
    if not app.config["SMTP_URL"]:
        return _finding(
            "Surel", True, "tidak dipakai; tautan akun dibuat dengan `lms people link`"
        )
    ok = bool(app.config["MAIL_FROM"])
    return _finding("Surel", ok, "siap" if ok else "isi LMS_MAIL_FROM")


def _corrections() -> dict:
    """Say whether people wait for an answer longer than the law allows."""
    from lms.accounts import corrections

    name, now = "Permintaan perbaikan data", clock.now()
    if not schema.is_current(db.session.connection()):
        return _finding(name, False, "jalankan `lms db upgrade`")
    rows = corrections.waiting()
    late = sum(row.due_at < now for row, _person in rows)
    if late:
        text = f"{late} lewat batas 3 x 24 jam: lihat `lms people corrections`"
        return _finding(name, False, text)
    return _finding(name, True, f"{len(rows)} menunggu jawaban, tidak ada yang lewat")
