"""The sample courses, live: for every test that needs something to learn."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).parent / "content_samples"
KINDS = Path(__file__).parent / "question_kinds"  # every kind of question there is
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def publish_samples(app, now: datetime = NOW) -> None:
    """Make "contoh-singkat" and "contoh-mini" live in the app's database."""
    _publish(app, SAMPLES, now)


def publish_kinds(app, now: datetime = NOW) -> None:
    """Make "ragam-soal" live, whose lesson and quiz ask every kind of question."""
    _publish(app, KINDS, now)


def _publish(app, root: Path, now: datetime) -> None:
    from lms.catalog import courses, releases
    from lms.db import db

    with app.app_context():
        for built, source in _built(root):
            with db.session.begin():
                releases.store(built, source, now, actor_id=None)
        courses.forget()


@cache
def _built(root: Path):
    """Render the samples: once per test process, which is what takes the time."""
    from lms.catalog import publishing
    from lms.catalog.releases import Source
    from lms.courseware import bundle, library

    read = library.load(root)
    assert not [f for f in read.findings if f.is_error], read.findings
    shas = dict(publishing.folder_shas(root))
    return [
        (bundle.build(read.courses[code]), Source(folder, shas[folder], True))
        for folder, code in read.folders.items()
    ]
