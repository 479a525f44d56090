"""The author's manual: its chapters, and the examples it shows.

Every example is cut from the files that `lms content new` begins with, so what the
manual shows is what the linter accepts.
"""

import re
from dataclasses import dataclass
from functools import cache

from lms.courseware import rules
from lms.courseware.beginnings import example
from lms.courseware.mirrors import mirror
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_


class ChapterMissing(NotFound):
    message = N_("Bab panduan ini tidak ada.")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the manual; its text is written in Indonesian only.

    name  in the address, and of its template
    """

    name: str
    title: str
    summary: str


CHAPTERS = (
    Chapter("mulai", "Memulai", "Dari folder kosong sampai kursus tayang."),
    Chapter("kursus", "Data kursus", "Isi kursus.yml: urutan, JP, kelulusan."),
    Chapter("modul", "Modul", "Bacaan, kotak, gambar, video, dan cek pemahaman."),
    Chapter("soal", "Soal", "Dua belas cara menjawab, dan labelnya."),
    Chapter("kuis", "Kuis dan bank soal", "Percobaan, waktu, undian soal, pasangan."),
    Chapter("simulasi", "Simulasi", "Cerita bercabang dengan akibat dan nilai."),
    Chapter("tugas", "Tugas dan rubrik", "Pekerjaan yang dinilai orang."),
    Chapter("survei", "Survei", "Kebutuhan, reaksi, dan perilaku sesudah 90 hari."),
    Chapter("terjemahan", "Terjemahan", "Kursus yang sama dalam bahasa lain."),
    Chapter("perubahan", "Mengubah yang sudah terbit", "Apa yang aman, apa akibatnya."),
    Chapter("pesan", "Pesan pemeriksa", "Arti setiap kode temuan."),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A chapter between its neighbours."""

    chapter: Chapter
    before: Chapter | None
    after: Chapter | None


def find(name: str) -> Place:
    """Return a chapter by its name. Raises ChapterMissing."""
    for n, chapter in enumerate(CHAPTERS):
        if chapter.name == name:
            before = CHAPTERS[n - 1] if n else None
            after = CHAPTERS[n + 1] if n + 1 < len(CHAPTERS) else None
            return Place(chapter, before, after)
    raise ChapterMissing


@cache
def whole(file: str) -> str:
    """Return an example as it is."""
    return example(file).strip("\n")


@cache
def data_part(file: str) -> str:
    """Return the data part of an example, its dashes included."""
    head, _dashes, _body = whole(file).removeprefix("---\n").partition("\n---\n")
    return f"---\n{head}\n---"


@cache
def mirrored(file: str, language: str = "en") -> str:
    """Return the translation of an example as it is begun."""
    return mirror(file, example(file), language).strip("\n")


@cache
def section(file: str, code: str) -> str:
    """Return one `##` section, or one check, of an example by its code.

    raises  KeyError  for a code that is not there: a mistake of ours
    """
    text = whole(file)
    for pattern in (
        rf"^## [^\n]*\{{#{code}\}}\n.*?(?=^## |\Z)",
        rf"^/// soal [^\n]*\{{#{code}\}}\n.*?^///$",
    ):
        found = re.search(pattern, text, re.MULTILINE | re.DOTALL)
        if found:
            return found[0].strip("\n")
    raise KeyError(f"{file} has no {code}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A code of the linter or of the change review.

    level  what it comes to: "" = an error, which keeps a course from being published
    """

    code: str
    meaning: str
    level: str


@dataclass(frozen=True, slots=True)
class Family:
    """Codes that begin with one letter."""

    letter: str
    title: str
    rules: tuple[Rule, ...]


@cache
def families() -> tuple[Family, ...]:
    """Return all codes of the linter by their letter."""
    return tuple(
        Family(
            letter,
            title,
            tuple(
                Rule(code, meaning, rules.level(code))
                for code, meaning in sorted(rules.MEANINGS.items())
                if code.startswith(letter)
            ),
        )
        for letter, title in rules.FAMILIES.items()
    )
