"""Courses that are live without files: for tests and measures of the catalogue."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

FIRST_DAY = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def manifest(code: str, title: str, **said) -> dict:
    """Return what a release says; `promises` may be {"PPB": 2}, `items` titles."""
    promises = said.pop("promises", {})
    items = said.pop("items", ["Pengantar", "Kuis akhir"])
    return {
        "code": code,
        "title": title,
        "summary": "",
        "language": "id",
        "objectives": [],
        "tags": [],
        "for_jobs": [],
        "organiser": "",
        "authors": [],
        "item_shas": {},
        "jp": 2,
        "total_minutes": 90,
        "promises": [{"code": c, "level": n, "proof": []} for c, n in promises.items()],
        "chapters": [
            {
                "title": "Bab",
                "items": [
                    {"code": f"butir-{n}", "title": text, "kind": "module"}
                    for n, text in enumerate(items)
                ],
            }
        ],
    } | said


def shelve(manifests: list[dict], first_id: int = 50_000, **names: str) -> None:
    """Make courses live and findable, each a day newer than the one before.

    names  competency code -> name; all of the group "teknis"
    """
    from lms.catalog import index
    from lms.catalog.models import Competency, Course, LiveRelease, Release
    from lms.db import db

    numbered = dict(enumerate(manifests, start=first_id))
    if names:
        db.session.execute(
            insert(Competency),
            [{"code": c, "name": n, "group": "teknis"} for c, n in names.items()],
        )
    db.session.execute(
        insert(Course),
        [
            {
                "id": n,
                "code": said["code"],
                "folder": said["code"],
                "source_sha": "-",
                "is_listed": True,
                "created_at": FIRST_DAY,
            }
            for n, said in numbered.items()
        ],
    )
    db.session.execute(
        insert(Release),
        [
            {
                "id": n,
                "course_id": n,
                "number": 1,
                "edition": 1,
                "sha": str(n),
                "title": said["title"],
                "summary": said["summary"],
                "jp": said["jp"],
                "manifest": said,
                "published_at": FIRST_DAY + timedelta(days=n - first_id),
            }
            for n, said in numbered.items()
        ],
    )
    db.session.execute(
        insert(LiveRelease), [{"course_id": n, "release_id": n} for n in numbered]
    )
    index.put(numbered)
    db.session.commit()
