"""Files of published courses, found by their hash and the course they belong to."""

from sqlalchemy import select
from sqlalchemy.orm import load_only

from lms.db import db
from lms.kernel.errors import NotFound

from .models import Asset, Course, CourseAsset


class AssetMissing(NotFound):
    pass


def find(course_code: str, sha: str) -> Asset:
    """Return a file the course may show, its bytes not yet read."""
    asset = db.session.scalar(
        select(Asset)
        .join(CourseAsset, CourseAsset.sha == Asset.sha)
        .join(Course, Course.id == CourseAsset.course_id)
        .where(Course.code == course_code, Asset.sha == sha)
        .options(load_only(Asset.sha, Asset.media_type))
    )
    if asset is None:
        raise AssetMissing
    return asset
