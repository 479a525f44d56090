""" "contoh-singkat" with an English translation, for tests to change and publish."""

import shutil
from functools import cache
from pathlib import Path

from .publishing import NOW, SAMPLES

ENGLISH = Path(__file__).parent / "content_translated" / "en"
FOLDER = "contoh-singkat"


def copy_translated(target: Path) -> Path:
    """Copy the samples with the translation beside them; return the course folder."""
    shutil.copytree(SAMPLES, target / "content")
    folder = target / "content" / "kursus" / FOLDER
    shutil.copytree(ENGLISH, folder / "en")
    course = folder / "kursus.yml"
    said = course.read_text("utf-8").replace(
        "bahasa: id\n", "bahasa: id\nterjemahan: [en]\n"
    )
    course.write_text(said, "utf-8")
    stamp(folder)
    return folder


def stamp(folder: Path) -> None:
    """Write the fingerprint of its base into every translation that has none."""
    from lms.courseware import translations

    for path in sorted((folder / "en").rglob("*.*")):
        text = path.read_text("utf-8")
        base = folder / path.relative_to(folder / "en")
        if "sumber: SIDIK" in text:
            said = translations.fingerprint(base.read_text("utf-8"))
            path.write_text(text.replace("SIDIK", said), "utf-8")


def edit(path: Path, old: str, new: str) -> None:
    """Replace `old` once; "" = `new` is the whole of a new file."""
    text = path.read_text("utf-8") if old else ""
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1) if old else new, "utf-8")


def findings(folder: Path) -> list[tuple[str, str, int, int]]:
    """Return (code, file, line, column) of all findings on the course."""
    from lms.courseware import library

    root, shown = folder.parents[1], f"content/kursus/{FOLDER}/"
    return [
        (f.code, f.path.removeprefix(shown), f.line, f.column)
        for f in library.load(root).findings_of(FOLDER)
    ]


def publish(app, folder: Path, now=NOW):
    """Make the course of the folder live."""
    from lms.catalog import courses, publishing

    with app.app_context():
        report = publishing.publish_all(folder.parents[1], now)
        courses.forget()
    return report


def publish_built(app, now=NOW) -> None:
    """Make the course live without reading it anew."""
    from lms.catalog import courses, releases
    from lms.catalog.releases import Source
    from lms.db import db

    with app.app_context():
        with db.session.begin():
            releases.store(built(), Source(FOLDER, "-", True), now, actor_id=None)
        courses.forget()


@cache
def built():
    """Return the bundle of the translated course; made once."""
    import tempfile

    from lms.courseware import bundle, library

    with tempfile.TemporaryDirectory() as target:
        folder = copy_translated(Path(target))
        read = library.load(folder.parents[1])
    return bundle.build(read.courses[FOLDER])
