"""Commands that write into course folders: `lms content new`, `lms content tidy`."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from lms.courseware import beginnings, mirrors
from lms.courseware.folder import is_ignored
from lms.courseware.guess import code_from, is_code
from lms.courseware.tidy import codes, tidy_course

COURSE = "kursus"
TRANSLATION = "terjemahan"


@click.command("new")
@click.argument(
    "kind",
    metavar="JENIS",
    type=click.Choice([COURSE, *beginnings.PLACES, TRANSLATION]),
)
@click.argument("course", metavar="KURSUS")
@click.option("--id", "code", default="", help="Identitas butir; bawaan: dari judul.")
@click.option("--judul", "title", default="", help="Judul yang dilihat peserta.")
@click.option("--dari", "base", default="", help="Berkas asal terjemahan.")
@click.option("--bahasa", "language", default="en", help="Bahasa terjemahan.")
@with_appcontext
def new(
    kind: str, course: str, *, code: str, title: str, base: str, language: str
) -> None:
    """Buat berkas awal yang sudah sah dan berisi catatan cara mengisinya.

    JENIS "kursus" membuat folder kursus baru bernama KURSUS; jenis lain menambah satu
    berkas ke folder kursus itu. JENIS "terjemahan" menyalin berkas --dari ke folder
    bahasa, dengan kode yang sama, siap diterjemahkan. Berkas yang sudah ada tidak
    pernah ditimpa.
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
    if kind == TRANSLATION:
        _new_translation(folder, base, language)
        return
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


def _new_translation(folder: Path, base: str, language: str) -> None:
    files = dict(_texts(folder))
    own = mirrors.own_language(files.get(mirrors.COURSE_FILE, b""))
    if not mirrors.is_language(language, own):
        raise click.ClickException(f'Bahasa "{language}" bukan bahasa terjemahan.')
    if base not in files or base.partition("/")[0] == language:
        raise click.ClickException(
            f'Berkas asal "{base}" tidak ada. Sebut dengan --dari, misalnya:'
            f" --dari {mirrors.COURSE_FILE}"
        )
    text = files[base].decode("utf-8-sig", "replace")
    path = f"{language}/{base}"
    _write_new(folder / path, mirrors.mirror(base, text, language))
    click.echo(f"{path} dibuat. Terjemahkan teksnya; kode dan tanda jawaban tetap.")
    click.echo(f'Sebut bahasanya di kursus.yml: "terjemahan: [{language}]"')


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
@click.option(
    "--terjemahan",
    "is_translated",
    is_flag=True,
    help="Terjemahan yang berkas asalnya berubah sudah disesuaikan.",
)
@with_appcontext
def tidy(courses: tuple[str, ...], dry_run: bool, is_translated: bool) -> None:
    """Bubuhkan kode tetap pada soal, adegan, kriteria, dan pernyataan yang belum punya.

    Kode yang sudah ada tidak pernah diubah. Terjemahan diberi "sumber", sidik berkas
    asalnya; yang berkas asalnya sudah berubah hanya dengan --terjemahan.

    Keluar dengan 1 bila, dengan --lihat, ada yang perlu dirapikan.
    """
    folders = [_existing(course) for course in courses] or list(_all_folders())
    changed = 0
    for folder in folders:
        for path, data, told in _tidied(folder, is_translated):
            if data is not None:
                changed += 1
                if not dry_run:
                    _replace(folder / path, data)
            click.echo(f"{folder.name}/{path}: {told}")
    click.echo(f"{changed} berkas {'perlu ' if dry_run else ''}dirapikan.")
    if dry_run and changed:
        sys.exit(1)


def _tidied(
    folder: Path, is_translated: bool
) -> Iterator[tuple[str, bytes | None, str]]:
    """Yield (path, new bytes or None, what is told) of each file to speak of."""
    before = dict(_texts(folder))
    found: dict[str, tuple[bytes | None, str]] = {}
    for path, data, stamps in tidy_course(before.items()):
        shown = ", ".join(f"baris {s.line}: {{#{s.code}}}" for s in stamps)
        found[path] = data, shown or "bentuk berkas dirapikan"
    after = before | {path: data for path, (data, _told) in found.items() if data}
    for mark in mirrors.marks(before, after):
        if mark.is_stale and not is_translated:
            data, told = found.get(mark.path, (None, ""))
            more = "berkas asal berubah; sesuaikan, lalu jalankan dengan --terjemahan"
            found[mark.path] = data, "; ".join(filter(None, (told, more)))
        else:
            found[mark.path] = mark.data, '"sumber" diperbarui'
    for path, (data, told) in sorted(found.items()):
        yield path, data, told


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
    """Return the texts of a course folder; links are not followed."""
    found = []
    for path in sorted([*folder.rglob("*.md"), *folder.rglob(mirrors.COURSE_FILE)]):
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
