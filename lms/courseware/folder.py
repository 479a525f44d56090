"""The files of a course folder: listed without following links, named safely."""

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from lms.courseware.notes import Notes

MAX_FILES = 2_000
MAX_DEPTH = 6
MAX_NAME = 100
MAX_FILE_BYTES = 200 * 1024 * 1024
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|%#]')
_IGNORED = frozenset({"Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Listing:
    """Files of one folder by path in it ("aset/a.png") with their size in bytes."""

    root: Path
    sizes: dict[str, int]

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()


def is_ignored(name: str) -> bool:
    """Say whether a file is no content: hidden, or left by a file manager."""
    return name.startswith(".") or name in _IGNORED


def list_files(root: Path, shown: str) -> tuple[Listing, list[Notes]]:
    """All files under `root`, and findings on those that are refused.

    shown  how `root` is written in findings
    """
    sizes: dict[str, int] = {}
    found: list[Notes] = []
    if root.is_symlink():
        return Listing(root, {}), [_refuse_link(shown)]
    waiting = [("", root)]
    while waiting:
        inside, folder = waiting.pop()
        names: dict[str, str] = {}
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            if is_ignored(entry.name):
                continue
            path = inside + entry.name
            where = f"{shown}/{_printable(path)}"
            notes = Notes(where)
            found.append(notes)
            _check_name(entry.name, names, notes)
            if entry.is_symlink():
                found.append(_refuse_link(where))
            elif entry.is_dir(follow_symlinks=False):
                if path.count("/") + 1 >= MAX_DEPTH:
                    message = f"folder bersarang lebih dari {MAX_DEPTH} tingkat"
                    notes.error("A152", 1, 1, message, "pindahkan ke folder di atasnya")
                else:
                    waiting.append((path + "/", Path(entry.path)))
            elif entry.is_file(follow_symlinks=False):
                sizes[path] = entry.stat(follow_symlinks=False).st_size
                _check_size(sizes[path], notes)
            else:
                notes.error("A148", 1, 1, "bukan berkas biasa", "hapus dari folder")
            if len(sizes) > MAX_FILES:
                message = f"folder ini berisi lebih dari {MAX_FILES} berkas"
                whole = Notes(shown)
                whole.error("A152", 1, 1, message, "bagi menjadi beberapa kursus")
                found.append(whole)
                return Listing(root, sizes), found
    return Listing(root, sizes), found


def fingerprint(folder: Path) -> str:
    """SHA-256 over names and bytes of all files of a course folder, as hex.

    Links are not followed: their own name counts, so that a link is always a change
    that the linter then refuses.

    raises  ValueError  when `folder` is no folder, or is itself a link
    """
    folder = Path(folder)
    if folder.is_symlink() or not folder.is_dir():
        raise ValueError(f"{folder.name} is not a folder")
    total = hashlib.sha256()
    waiting = [("", os.fspath(folder))]
    files: list[tuple[str, str]] = []
    while waiting:
        inside, path = waiting.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if is_ignored(entry.name):
                    continue
                name = inside + entry.name
                if entry.is_symlink():
                    files.append((name + "\0link", ""))
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append((name + "/", entry.path))
                else:
                    files.append((name, entry.path))
    for name, path in sorted(files):
        total.update(os.fsencode(name) + b"\0")
        total.update(_file_digest(path) if path else b"")
    return total.hexdigest()


def _file_digest(path: str) -> bytes:
    if not os.path.isfile(path):
        return b"\0"
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _check_name(name: str, names: dict[str, str], notes: Notes) -> None:
    plain = unicodedata.normalize("NFC", name).casefold()
    if plain in names:
        notes.error(
            "A149",
            1,
            1,
            f'nama "{_printable(name)}" hanya berbeda huruf besar-kecil atau bentuk '
            f'huruf dari "{_printable(names[plain])}"',
            "ganti nama salah satu",
        )
    names.setdefault(plain, name)
    if (
        len(name) > MAX_NAME
        or name.startswith("-")
        or name.endswith((" ", "."))
        or _DEVICES.fullmatch(name)
        or _FORBIDDEN.search(name)
        or not name.isprintable()
        or not any(sign.isalnum() for sign in name)
    ):
        notes.error(
            "A150",
            1,
            1,
            f'nama "{_printable(name)[:60]}" tidak dapat dipakai di semua komputer',
            "pakai huruf, angka, dan tanda hubung; paling panjang 100 huruf",
        )


def _check_size(size: int, notes: Notes) -> None:
    if size > MAX_FILE_BYTES:
        notes.error(
            "A153",
            1,
            1,
            f"berkas {size // (1024 * 1024)} MB terlalu besar; paling besar 200 MB",
            "unggah ke layanan video, lalu tulis tautannya",
        )


def _refuse_link(where: str) -> Notes:
    notes = Notes(where)
    message = "tautan berkas (symlink) tidak diikuti"
    notes.error("A148", 1, 1, message, "salin berkas aslinya ke folder ini")
    return notes


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
