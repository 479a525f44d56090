"""The sample courses with a video, its captions and transcript in "menyapa"."""

import shutil
from pathlib import Path

from tests import film
from tests.publishing import NOW, SAMPLES

LINE = "![Petugas menyapa warga](aset/loket.mp4)"
TRANSCRIPT = "**Petugas:** Selamat pagi, ada yang dapat saya bantu?"


def write(folder: Path) -> Path:
    """Write the content into `folder`; return its root."""
    root = folder / "content"
    shutil.copytree(SAMPLES, root)
    course = root / "kursus" / "contoh-singkat"
    (course / "aset" / "loket.mp4").write_bytes(film.make(weight=300_000))
    (course / "aset" / "loket.id.vtt").write_text(film.CAPTIONS, "utf-8")
    (course / "aset" / "loket.transkrip.md").write_text(TRANSCRIPT, "utf-8")
    path = course / "01-menyapa.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("## Kalimat baku", f"{LINE}\n\n## Kalimat baku"))
    return root


def publish(app, root: Path) -> None:
    """Make it live in the app's database."""
    from lms.catalog import courses, publishing

    with app.app_context():
        report = publishing.publish_all(root, NOW)
        assert report.is_ok, report
        courses.forget()
