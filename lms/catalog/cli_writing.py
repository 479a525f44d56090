"""Commands that write into course folders: `lms content new`, `lms content tidy`."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from lms.courseware import beginnings
from lms.courseware.folder import is_ignored
from lms.courseware.guess import code_from, is_code
from lms.courseware.tidy import codes, tidy_course

COURSE = "kursus"


@click.command("new")
@click.argument(
    "kind", metavar="JENIS", type=click.Choice([COURSE, *beginnings.PLACES])
)
@click.argument("course", metavar="KURSUS")
@click.option("--id", "code", default="", help="Identitas butir; bawaan: dari judul.")
@click.option("--judul", "title", default="", help="Judul yang dilihat peserta.")
@with_appcontext
def new(kind: str, course: str, code: str, title: str) -> None:
    """Buat berkas awal yang sudah sah dan berisi catatan cara mengisinya.

    JENIS "kursus" membuat folder kursus baru bernama KURSUS; jenis lain menambah satu
    berkas ke folder kursus itu. Berkas yang sudah ada tidak pernah ditimpa.
    """
    folder = _folder(course)
    if kind == COURSE:
        _new_course(folder, course, title or "Judul kursus")
        return
    if not folder.is_dir():
        raise click.ClickException(
            f'Folder kursus "{course}" tidak ada. Buat dengan:'
            f" lms content new kursus {course}"
        )
    title = title or f"Judul {kind}"
    code = code or code_from(title)
    if not is_code(code):
        raise click.ClickException(
            f'Id "{code}" hanya boleh huruf kecil, angka, dan tanda hubung.'
            f" Contoh: {code_from(code)}"
        )
    taken = set().union(*(codes(data) for _path, data in _texts(folder)), set())
    path = "/".join(filter(None, (beginnings.PLACES[kind], f"{code}.md")))
    _write_new(folder / path, beginnings.item(kind, code, title, taken))
    click.echo(f"{path} dibuat. Tulis isinya, lalu tambahkan ke kursus.yml:")
    if kind == "bank":
        click.echo(f'  dalam kuis, bagian "ambil:"\n    - 2 dari {path}')
    else:
        click.echo(f'  bagian "urutan:", di bawah "isi:"\n      - {path}')


def _new_course(folder: Path, code: str, title: str) -> None:
    if not is_code(code):
        raise click.ClickException(
            f'Nama kursus "{code}" hanya boleh huruf kecil, angka, dan tanda hubung.'
            f" Contoh: {code_from(code)}"
        )
    if folder.exists():
        raise click.ClickException(f'Folder "{folder}" sudah ada; tidak ditimpa.')
    for path, text in beginnings.course(code, title).items():
        _write_new(folder / path, text)
        click.echo(folder / path)
    click.echo("Tulis isinya, lalu periksa dengan: lms content check")


@click.command("tidy")
@click.argument("courses", nargs=-1, metavar="[KURSUS]...")
@click.option("--lihat", "dry_run", is_flag=True, help="Tunjukkan saja; jangan tulis.")
@with_appcontext
def tidy(courses: tuple[str, ...], dry_run: bool) -> None:
    """Bubuhkan kode tetap pada soal, adegan, kriteria, dan pernyataan yang belum punya.

    Kode yang sudah ada tidak pernah diubah. Keluar dengan 1 bila, dengan --lihat, ada
    yang perlu dirapikan.
    """
    folders = [_existing(course) for course in courses] or list(_all_folders())
    changed = 0
    for folder in folders:
        for path, data, stamps in tidy_course(_texts(folder)):
            changed += 1
            if not dry_run:
                _replace(folder / path, data)
            shown = ", ".join(f"baris {s.line}: {{#{s.code}}}" for s in stamps)
            click.echo(f"{folder.name}/{path}: {shown or 'bentuk berkas dirapikan'}")
    click.echo(f"{changed} berkas {'perlu ' if dry_run else ''}dirapikan.")
    if dry_run and changed:
        sys.exit(1)


def _folder(course: str) -> Path:
    if "/" in course or course in ("", ".", ".."):
        raise click.ClickException("Tulis nama foldernya saja, tanpa garis miring.")
    return Path(current_app.config["CONTENT_DIR"]) / "kursus" / course


def _existing(course: str) -> Path:
    folder = _folder(course)
    if not folder.is_dir() or folder.is_symlink():
        raise click.ClickException(f'Folder kursus "{course}" tidak ada.')
    return folder


def _all_folders() -> Iterator[Path]:
    home = Path(current_app.config["CONTENT_DIR"]) / "kursus"
    for path in sorted(home.iterdir()) if home.is_dir() else ():
        if path.is_dir() and not path.is_symlink() and not is_ignored(path.name):
            yield path


def _texts(folder: Path) -> list[tuple[str, bytes]]:
    """Return the Markdown files of a course folder; links are not followed."""
    found = []
    for path in sorted(folder.rglob("*.md")):
        inside = path.relative_to(folder)
        if any(is_ignored(part) for part in inside.parts):
            continue
        if any((folder / way).is_symlink() for way in (inside, *inside.parents)):
            continue
        found.append((inside.as_posix(), path.read_bytes()))
    return found


def _write_new(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise click.ClickException(f"{path} sudah ada; tidak ditimpa.") from None


def _replace(path: Path, data: bytes) -> None:
    """Put new bytes in place of a file at once: never half of them."""
    mode = path.stat().st_mode
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".rapikan-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
