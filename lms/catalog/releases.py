"""Store a rendered course as its next release. Adds rows; versions never change."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from lms.audit import log
from lms.courseware.bundle import (
    Bundle,
    BundleAsset,
    BundleItem,
    BundleQuestion,
    BundleText,
    canonical,
    file_name,
)
from lms.db import db

from . import index
from .models import (
    Asset,
    Course,
    CourseAsset,
    ItemKey,
    ItemText,
    ItemTold,
    ItemVersion,
    LiveRelease,
    QuestionKey,
    QuestionText,
    QuestionTold,
    QuestionVersion,
    Release,
)


@dataclass(frozen=True, slots=True)
class Source:
    """The folder a course was read from.

    sha        of everything the release is made of
    is_listed  new people may take it (status: tayang)
    """

    folder: str
    sha: str
    is_listed: bool


def store(
    bundle: Bundle, source: Source, now: datetime, actor_id: int | None
) -> Release | None:
    """Make the next release and let it go live, in the caller's transaction.

    returns  None when the live release already says the same
    """
    course = _locked_course(bundle.code, now)
    course.folder = source.folder
    course.source_sha = source.sha
    course.is_listed = source.is_listed
    db.session.flush()  # numbers a new course

    # The index reads the headings of lessons, translated ones as well.
    _add_versions(course.id, bundle.items)
    _add_texts(course.id, "item", bundle.texts)
    if source.is_listed:
        index.put({course.id: bundle.manifest})
    else:
        index.drop(course.id)

    live = db.session.get(LiveRelease, course.id)
    sha = manifest_sha(bundle.manifest)
    if live and db.session.get_one(Release, live.release_id).sha == sha:
        return None

    _add_questions(course.id, bundle.questions)
    _add_texts(course.id, "question", bundle.texts)
    _add_assets(course.id, bundle.assets)
    release = _add_release(course.id, bundle, sha, now, actor_id)
    if live is None:
        db.session.add(LiveRelease(course_id=course.id, release_id=release.id))
    else:
        live.release_id = release.id
    log.record(
        "course.published",
        actor_id=actor_id,
        object_kind="course",
        object_id=course.id,
        now=now,
        facts={
            "code": course.code,
            "release": release.id,
            "number": release.number,
            "edition": release.edition,
            "sha": sha,
        },
    )
    return release


def keep_back(code: str, source: Source, now: datetime) -> None:
    """Note a draft: no release, not in the catalogue; who is in it goes on."""
    course = _locked_course(code, now)
    course.folder, course.source_sha = source.folder, source.sha
    course.is_listed = False
    db.session.flush()  # numbers a new course
    index.drop(course.id)


def manifest_sha(manifest: dict[str, Any]) -> str:
    """Return the hash that tells releases apart; listing a course is not a change."""
    said = {name: value for name, value in manifest.items() if name != "status"}
    return hashlib.sha256(canonical(said)).hexdigest()


def _locked_course(code: str, now: datetime) -> Course:
    """Return the course's row, held until the commit: one publisher at a time.

    Two that both meet a new course clash at its unique code; the loser tries again.
    """
    course = db.session.scalar(
        select(Course)
        .where(Course.code == code)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if course is None:
        course = Course(code=code, folder="", source_sha="", created_at=now)
        db.session.add(course)
    return course


def _add_versions(course_id: int, items: Sequence[BundleItem]) -> None:
    known = _known(ItemVersion, course_id)
    fresh = [
        (
            item,
            ItemVersion(
                course_id=course_id,
                code=item.code,
                kind=item.kind,
                sha=item.sha,
                body=item.body,
            ),
        )
        for item in items
        if (item.code, item.sha) not in known
    ]
    db.session.add_all(version for _item, version in fresh)
    keyed = [(item.key, version) for item, version in fresh if item.key is not None]
    if keyed:
        db.session.flush()  # numbers the versions their keys belong to
        db.session.add_all(ItemKey(item_version_id=v.id, key=key) for key, v in keyed)


def _add_questions(course_id: int, questions: Sequence[BundleQuestion]) -> None:
    known = _known(QuestionVersion, course_id)
    fresh = [
        (
            question,
            QuestionVersion(
                course_id=course_id,
                code=question.code,
                kind=question.kind,
                sha=question.sha,
                body=question.body,
            ),
        )
        for question in questions
        if (question.code, question.sha) not in known
    ]
    db.session.add_all(version for _question, version in fresh)
    db.session.flush()  # numbers the versions their keys belong to
    db.session.add_all(
        QuestionKey(question_version_id=version.id, key=question.key)
        for question, version in fresh
    )


def _add_texts(course_id: int, what: str, texts: Sequence[BundleText]) -> None:
    """Add what translations say; a text that is stored already stays as it is.

    what  item or question
    """
    mine = [text for text in texts if text.what == what]
    if not mine:
        return
    db.session.flush()  # numbers the versions that they are texts of
    is_item = what == "item"
    fresh = _fresh_texts(ItemText if is_item else QuestionText, course_id, mine)
    db.session.add_all(row for _text, row in fresh)
    db.session.flush()  # numbers the texts that what is told belongs to
    db.session.add_all(
        ItemTold(item_text_id=row.id, told=text.told)
        if is_item
        else QuestionTold(question_text_id=row.id, told=text.told)
        for text, row in fresh
        if text.told
    )


def _fresh_texts(model, course_id: int, texts: Sequence[BundleText]) -> list[tuple]:
    """Return (text, row) of those that are not stored yet."""
    column, version = TEXT_OF[model]
    rows = db.session.execute(
        select(version.id, version.code, version.sha).filter_by(course_id=course_id)
    )
    ids = {(row.code, row.sha): row.id for row in rows}
    stored = db.session.execute(
        select(column, model.language, model.sha).where(
            column.in_(select(version.id).filter_by(course_id=course_id))
        )
    )
    known = {tuple(row) for row in stored}
    return [
        (
            text,
            model(
                language=text.language,
                sha=text.sha,
                body=text.body,
                **{column.key: ids[text.code, text.of]},
            ),
        )
        for text in texts
        if (ids[text.code, text.of], text.language, text.sha) not in known
    ]


TEXT_OF = {
    ItemText: (ItemText.item_version_id, ItemVersion),
    QuestionText: (QuestionText.question_version_id, QuestionVersion),
}


def _known(
    model: type[ItemVersion] | type[QuestionVersion], course_id: int
) -> set[tuple[str, str]]:
    rows = db.session.execute(
        select(model.code, model.sha).where(model.course_id == course_id)
    )
    return {(row.code, row.sha) for row in rows}


def _add_assets(course_id: int, assets: Sequence[BundleAsset]) -> None:
    by_sha = {asset.sha: asset for asset in assets}
    stored = set(db.session.scalars(select(Asset.sha).where(Asset.sha.in_(by_sha))))
    shown = set(
        db.session.scalars(
            select(CourseAsset.sha).where(CourseAsset.course_id == course_id)
        )
    )
    db.session.add_all(
        Asset(
            sha=asset.sha,
            media_type=asset.media_type,
            size_bytes=len(asset.data),
            data=asset.data,
        )
        for asset in by_sha.values()
        if asset.sha not in stored
    )
    db.session.flush()
    db.session.add_all(
        CourseAsset(course_id=course_id, sha=asset.sha, name=file_name(asset.path))
        for asset in by_sha.values()
        if asset.sha not in shown
    )


def _add_release(
    course_id: int, bundle: Bundle, sha: str, now: datetime, actor_id: int | None
) -> Release:
    last = db.session.scalar(
        select(func.max(Release.number)).where(Release.course_id == course_id)
    )
    release = Release(
        course_id=course_id,
        number=(last or 0) + 1,
        edition=bundle.edition,
        sha=sha,
        title=bundle.title,
        summary=bundle.summary,
        jp=bundle.jp,
        manifest=bundle.manifest,
        published_at=now,
        published_by=actor_id,
    )
    db.session.add(release)
    db.session.flush()
    return release
