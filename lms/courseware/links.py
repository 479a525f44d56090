"""Where a course text may point: its own pictures and files, items, the web."""

import posixpath
import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

EXTERNAL = ("http:", "https:", "mailto:", "tel:")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".svg")
PLAYED = ".mp4"
VIDEOS = (".mp4", ".webm", ".mov", ".m4v", ".mkv", ".avi", ".ogv")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Target:
    """A file of the course as learners fetch it; sizes in pixels, 0 = no picture."""

    address: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """An item of the course, and the checks that stand on its page."""

    code: str
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a text. `needle` = words by which to find its line."""

    code: str
    message: str
    fix: str = ""
    needle: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Everything in one course that a link can reach. Keys are paths in the folder."""

    course: str = ""
    files: dict[str, Target] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)

    @property
    def asset_root(self) -> str:
        return f"/kursus/{self.course}/aset/"

    def find_file(self, reference: str, base: str) -> Target | None:
        """The file meant in the text at path `base`; None when there is none."""
        path, _fragment = _split(reference)
        for candidate in candidates(path, base):
            if candidate in self.files:
                return self.files[candidate]
        return None

    def find_page(self, reference: str, base: str) -> str | None:
        """Address of the item whose Markdown file is meant, fragment included."""
        path, fragment = _split(reference)
        for candidate in candidates(path, base):
            page = self.pages.get(candidate)
            if page is not None:
                address = f"/kursus/{self.course}/{page.code}"
                if not fragment:
                    return address
                prefix = "cek-" if fragment in page.checks else "isi-"
                return f"{address}#{prefix}{quote(fragment)}"
        return None


def candidates(path: str, base: str) -> list[str]:
    """Paths in the course folder that `path` may mean: beside the text, then root."""
    if not path or path.startswith("/") or _CONTROL.search(path):
        return []
    found = []
    for start in (posixpath.dirname(base), ""):
        joined = posixpath.normpath(posixpath.join(start, path))
        if not joined.startswith("../") and joined not in found:
            found.append(joined)
    return found


def resolve_link(reference: str, base: str, places: Places) -> str | Problem:
    """Address for an `href` (without local fragments), or what is wrong with it."""
    if reference.startswith("/"):
        if reference.startswith("//") or "\\" in reference:
            return Problem(
                "D411",
                f'alamat "{reference}" tidak lengkap',
                "awali dengan https://",
                reference,
            )
        return reference
    if reference.lower().startswith(EXTERNAL):
        return reference
    if _SCHEME.match(reference):
        return Problem(
            "D412",
            f'tautan "{reference}" memakai jenis alamat yang tidak diizinkan',
            "pakai https://, http://, mailto:, atau tel:",
            reference,
        )
    page = places.find_page(reference, base)
    if page is not None:
        return page
    target = places.find_file(reference, base)
    if target is not None:
        return target.address
    return Problem(
        "D402", f'berkas "{reference}" tidak ditemukan', "periksa namanya", reference
    )


def resolve_picture(reference: str, base: str, places: Places) -> Target | Problem:
    """The picture to show for an image reference, or why it cannot be shown."""
    lowered = reference.lower().split("#")[0].split("?")[0]
    if reference.startswith("//") or _SCHEME.match(reference):
        return Problem(
            "D410",
            f'gambar "{reference}" berasal dari luar kursus',
            "simpan gambarnya di folder aset/ lalu tulis ![keterangan](aset/nama.png)",
            reference,
        )
    if lowered.endswith(VIDEOS):
        return Problem(
            "D409",
            f'video "{reference}" tidak dapat ditampilkan di sini',
            "taruh di pelajaran sebagai paragraf tersendiri, di luar kotak, daftar,"
            " tabel, dan soal",
            reference,
        )
    target = places.find_file(reference, base)
    if target is None:
        return Problem(
            "D402",
            f'berkas "{reference}" tidak ditemukan',
            "periksa nama dan huruf besar-kecilnya",
            reference,
        )
    if not target.width:
        return Problem(
            "D408",
            f'berkas "{reference}" bukan gambar yang dapat ditampilkan',
            "pakai PNG, JPEG, WebP, AVIF, atau SVG",
            reference,
        )
    return target


def resolve_video(reference: str, base: str, places: Places) -> str | Problem:
    """The address of the video to show for a reference, or why it cannot be shown."""
    if not reference.startswith("//") and not _SCHEME.match(reference):
        if not reference.lower().endswith(PLAYED):
            return Problem(
                "D409",
                f'video "{reference}" bukan MP4',
                "simpan ulang sebagai MP4 (H.264), yang dapat diputar semua ponsel",
                reference,
            )
        target = places.find_file(reference, base)
        if target is not None:
            return target.address
        return Problem(
            "D402",
            f'berkas "{reference}" tidak ditemukan',
            "periksa nama dan huruf besar-kecilnya",
            reference,
        )
    return Problem(
        "D410",
        f'video "{reference}" berasal dari luar kursus',
        "simpan videonya di folder aset/, atau tulis tautan: [judul](alamat)",
        reference,
    )


def _split(reference: str) -> tuple[str, str]:
    path, _hash, fragment = reference.partition("#")
    return unquote(path), unquote(fragment)
