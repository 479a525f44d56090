"""What an author's review shows: changes of every colour, a folder with mistakes."""

import re
import shutil
from pathlib import Path

from .journey import COURSE

REWORDED, REKEYED = "waktu-pemeriksaan-ulang", "surat-keterangan-di-kelurahan"
BROKEN, SAME = "bukti-belanja-yang-rapi", "data-pribadi-di-meja-kerja"
LESSON, BANK = "01-mengapa-loket.md", "bank/soal-akhir.md"
RIGHT, WRONG = "- (x)", "- ( )"


def places(app) -> list[str]:
    """Return the pages about courses whose folders say something else than is live.

    One course has changes of every colour, one a mistake, one no change.
    """
    root = Path(app.config["INSTANCE_DIR"]) / "isi"
    shutil.copytree(app.config["CONTENT_DIR"], root)
    app.config["CONTENT_DIR"] = str(root)
    _change(root / "kursus" / COURSE)
    _edit(root / "kursus" / BROKEN / "kuis/akhir.md", "jenis: kuis", "jenis: kius")
    page = f"/tulis/{COURSE}"
    review, question = f"{page}/tinjau", f"{page}/soal/{REKEYED}"
    return [
        "/tulis", review, f"{review}?soal-{REKEYED}=ulang&syarat=semua",
        f"/tulis/{BROKEN}/tinjau", f"/tulis/{SAME}/tinjau",
        f"{page}/peserta", f"{page}/soal/{REWORDED}", question,
        f"{question}?aturan=benar&versi={_version(app)}",
    ]  # fmt: skip


def _change(course: Path) -> None:
    """Edit a lesson (green), a question (yellow), a key and what is required (red)."""
    _edit(course / LESSON, "Hari pertama, petugas", "Pada hari pertama, petugas")
    bank = course / BANK
    _edit(bank, "Berapa jam waktu petugas", "Berapa jam kerja petugas")
    for path in (bank, course / "en" / BANK):
        _turn_key(path)
    _edit(
        course / "kursus.yml",
        "  - kuis-akhir: lulus\n",
        "  - kuis-akhir: lulus\n  - keluhan-di-loket: lulus\n",
    )
    for name in (LESSON, BANK, "kursus.yml"):
        _translate_again(course, name)


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


def _turn_key(path: Path) -> None:
    """Let the first option be right that was wrong."""
    head, mark, rest = path.read_text("utf-8").partition(f"{{#{REKEYED}}}")
    rest = rest.replace(RIGHT, WRONG, 1).replace(WRONG, RIGHT, 1)
    path.write_text(f"{head}{mark}{rest}", "utf-8")


def _translate_again(course: Path, name: str) -> None:
    """Say of a translation that it was compared with what the file says now."""
    from lms.courseware import translations

    now = translations.fingerprint((course / name).read_text("utf-8"))
    path = course / "en" / name
    text = re.sub(r"(?m)^sumber: [0-9a-f]+$", f"sumber: {now}", path.read_text("utf-8"))
    path.write_text(text, "utf-8")


def _version(app) -> int:
    """Return which version of the question with the other key is live."""
    from sqlalchemy import select

    from lms.catalog.models import QuestionVersion
    from lms.db import db

    with app.app_context():
        return db.session.scalars(
            select(QuestionVersion.id).where(QuestionVersion.code == REKEYED)
        ).one()
