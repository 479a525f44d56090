"""Which version of an assignment a learner works by."""

from lms.catalog import items
from lms.catalog.courses import Live
from lms.catalog.items import Version
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_
from lms.learn.places import Place

from . import terms


class TaskMissing(NotFound):
    message = N_("Tugas ini tidak ada dalam kursus.")


def task_of(release: Live, item_code: str) -> Version | None:
    """Return the assignment of a release, or None when it has no such one."""
    entry = release.item(item_code)
    if entry is None or entry["kind"] != "task":
        return None
    sha = release.manifest["item_shas"][item_code]
    return items.find_version(release.course_id, item_code, sha)


def binding_task(bound: Live, live: Live, item_code: str) -> Version | None:
    """Return the assignment as it binds: with the live words where only they differ.

    bound  the release joined
    """
    known, now = task_of(bound, item_code), task_of(live, item_code)
    if known is None or now is None:
        return known or now
    return now if terms.asks_the_same(known.body, now.body) else known


def task_at(place: Place, item_code: str) -> Version:
    """Return the assignment at a place. Raises ItemMissing, TaskMissing."""
    place.source_of(item_code)  # neither live nor still owed: refused
    task = binding_task(place.bound, place.live, item_code)
    if task is None:
        raise TaskMissing
    return task
