"""A content folder to edit and publish, and somebody who writes in it."""

import re
import shutil
from pathlib import Path

from lms.catalog import courses, publishing
from lms.db import db
from lms.kernel import clock
from tests.publishing import SAMPLES

COURSE, MINI = "contoh-singkat", "contoh-mini"
QUIZ, BANK, FIRST, SETUP = (
    "kuis/akhir.md", "bank/dasar.md", "01-menyapa.md", "kursus.yml"
)  # fmt: skip
LIST = "/tulis"
PAGE = f"/tulis/{COURSE}"
REVIEW = f"{PAGE}/tinjau"
WHY = "Kunci soal sapaan keliru sejak awal"

# What makes another option of the first question the right one.
KEY = (
    (QUIZ, "- (x) Begitu warga", "- ( ) Begitu warga"),
    (QUIZ, "- ( ) Setelah berkas", "- (x) Setelah berkas"),
)
STEM = (QUIZ, "Kapan petugas menyapa", "Kapan sebaiknya petugas menyapa")
HINT = (QUIZ, "Petunjuk: Ingat", "Petunjuk: Bayangkan")


def copy_samples(root: Path) -> Path:
    shutil.copytree(SAMPLES, root / "isi")
    return root / "isi"


def edit(root: Path, *edits: tuple[str, str, str], course: str = COURSE) -> None:
    """Replace texts in files of a course: (file, old, new), each found once."""
    for name, old, new in edits:
        path = root / "kursus" / course / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), "utf-8")


def publish(root: Path, **more) -> publishing.Report:
    """Publish without asking anybody."""
    report = publishing.publish_all(root, clock.now(), **more)
    db.session.rollback()
    courses.forget()
    return report


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of the form that publishes."""
    form = page[page.index('id="terbit"') :]
    form = form[: form.index("</form>")]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return dict(found)
