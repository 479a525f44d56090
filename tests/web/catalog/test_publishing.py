"""Publishing: all or nothing per course, and nothing is ever overwritten."""

import os
import shutil
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from lms.audit.models import AuditEntry
from lms.catalog import courses, index, publishing, releases
from lms.catalog.models import (
    Asset,
    Course,
    CourseAsset,
    ItemVersion,
    LiveRelease,
    QuestionKey,
    QuestionVersion,
    Release,
)
from lms.catalog.publishing import FolderMissing, publish_all
from tests.publishing import NOW, SAMPLES, publish_samples

TABLES = (Course, Release, LiveRelease, ItemVersion, QuestionVersion, QuestionKey,
          Asset, CourseAsset, AuditEntry)  # fmt: skip


@pytest.fixture
def content(tmp_path):
    """A copy of the sample content that a test may change."""
    shutil.copytree(SAMPLES, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def published(app, db, content):
    """The samples are live."""
    publish_samples(app)
    return content


def edit(content, path, old, new):
    file = content / "kursus" / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def counts(db) -> dict[str, int]:
    return {
        table.__tablename__: db.session.scalar(select(func.count()).select_from(table))
        for table in TABLES
    }


def states(report) -> dict[str, str]:
    return {outcome.folder: outcome.state for outcome in report.outcomes}


def test_a_first_publishing_makes_everything_live(app, db, content):
    with app.app_context():
        report = publish_all(content, NOW, actor_id=6)

        assert states(report) == {"contoh-mini": "published",
                                  "contoh-singkat": "published"}  # fmt: skip
        live = courses.live("contoh-singkat")
        assert (live.number, live.edition, live.jp) == (1, 1, 2)
        assert [item["code"] for item in live.items] == [
            "menyapa",
            "berkas",
            "kuis-akhir",
        ]
        made = counts(db)
        assert (made["releases"], made["item_versions"]) == (2, 4)
        assert made["question_versions"] == made["question_keys"] == 10
        assert made["assets"] == made["course_assets"] == 1


def test_every_release_leaves_a_line_in_the_audit_log(app, db, content):
    with app.app_context():
        publish_all(content, NOW, actor_id=6)

        entries = db.session.scalars(select(AuditEntry)).all()
        assert {(e.action, e.actor_id) for e in entries} == {("course.published", 6)}
        assert {e.facts["code"] for e in entries} == {"contoh-mini", "contoh-singkat"}


def test_publishing_the_same_again_changes_nothing(app, db, published):
    with app.app_context():
        before = counts(db)

        report = publish_all(published, NOW)

        assert set(states(report).values()) == {"unchanged"}
        assert counts(db) == before


def test_unchanged_content_is_not_even_read(app, db, published, monkeypatch):
    monkeypatch.setattr(publishing.library, "load", lambda _root: 1 / 0)

    with app.app_context():
        began = time.perf_counter()
        publish_all(published, NOW)

        assert time.perf_counter() - began < 0.05


def test_a_touched_file_that_says_the_same_makes_no_release(app, db, published):
    edit(
        published,
        "contoh-singkat/01-menyapa.md",
        "## Kalimat baku\n",
        "## Kalimat baku\n\n",
    )

    with app.app_context():
        before = counts(db)
        report = publish_all(published, NOW)

        assert states(report)["contoh-singkat"] == "unchanged"
        assert counts(db) == before
        assert set(states(publish_all(published, NOW)).values()) == {"unchanged"}


def test_a_changed_text_is_a_new_version_beside_the_old_one(app, db, published):
    with app.app_context():
        old = courses.live("contoh-singkat")
    edit(published, "contoh-singkat/01-menyapa.md", "Sapaan pertama", "Salam pertama")

    with app.app_context():
        report = publish_all(published, NOW)

        outcome = next(o for o in report.outcomes if o.folder == "contoh-singkat")
        assert (outcome.state, outcome.number) == ("published", 2)
        live = courses.live("contoh-singkat")
        assert live.number == 2
        assert courses.release(old.release_id).manifest == old.manifest
        texts = db.session.scalars(
            select(ItemVersion)
            .where(ItemVersion.code == "menyapa")
            .order_by(ItemVersion.id)
        ).all()
        assert ["Sapaan pertama" in str(text.body) for text in texts] == [True, False]
        assert counts(db)["item_versions"] == 5


def test_a_changed_key_is_a_new_version_with_its_own_key(app, db, published):
    edit(published, "contoh-singkat/kuis/akhir.md", "ini: salah", "ini: benar")

    with app.app_context():
        publish_all(published, NOW)

        truths = db.session.scalars(
            select(QuestionKey)
            .join(
                QuestionVersion, QuestionVersion.id == QuestionKey.question_version_id
            )
            .where(QuestionVersion.code == "laci")
            .order_by(QuestionVersion.id)
        ).all()
        assert [key.key["truth"] for key in truths] == [False, True]


def test_an_old_text_that_comes_back_uses_its_old_version(app, db, published):
    path = "contoh-singkat/01-menyapa.md"
    with app.app_context():
        edit(published, path, "Sapaan pertama", "Salam pertama")
        publish_all(published, NOW)
        edit(published, path, "Salam pertama", "Sapaan pertama")
        publish_all(published, NOW)

        assert courses.live("contoh-singkat").number == 3
        assert counts(db)["item_versions"] == 5


def test_a_broken_course_stays_live_as_it_was(app, db, published):
    edit(published, "contoh-singkat/kuis/akhir.md", "- (x) Begitu", "- ( ) Begitu")
    edit(published, "contoh-mini/01-surat.md", "satu tempat.", "satu map.")

    with app.app_context():
        report = publish_all(published, NOW)

        assert not report.is_ok
        assert states(report) == {
            "contoh-mini": "published",
            "contoh-singkat": "broken",
        }
        broken = report.outcomes[1]
        assert any(f.code == "C341" and f.is_error for f in broken.findings)
        assert courses.live("contoh-singkat").number == 1
        assert courses.live("contoh-mini").number == 2


def test_a_broken_course_is_reported_each_time(app, db, published):
    edit(published, "contoh-singkat/kursus.yml", "jp: 2", "jp: dua")

    with app.app_context():
        publish_all(published, NOW)

        assert states(publish_all(published, NOW))["contoh-singkat"] == "broken"


def test_a_mended_course_is_published(app, db, published):
    edit(published, "contoh-singkat/kursus.yml", "jp: 2", "jp: dua")
    with app.app_context():
        publish_all(published, NOW)
        edit(published, "contoh-singkat/kursus.yml", "jp: dua", "jp: 3")

        publish_all(published, NOW)

        assert courses.live("contoh-singkat").jp == 3


def test_a_failure_in_the_middle_leaves_nothing(app, db, content, monkeypatch):
    def fail(*_args, **_facts):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(releases.log, "record", fail)

    with app.app_context():
        with pytest.raises(RuntimeError, match="disk"):
            publish_all(content, NOW)

        assert set(counts(db).values()) == {0}


def test_two_publishers_do_not_number_twice(app, db, published, monkeypatch):
    """The second to arrive meets the unique key, and tries again."""
    edit(published, "contoh-mini/01-surat.md", "satu tempat.", "satu map.")
    from sqlalchemy.exc import IntegrityError

    beaten = iter([True])
    real = releases.store

    def store(*args):
        if next(beaten, False):
            raise IntegrityError("INSERT", {}, Exception("UNIQUE"))
        return real(*args)

    monkeypatch.setattr(releases, "store", store)

    with app.app_context():
        report = publish_all(published, NOW)

        assert report.published[0].number == 2


KILLED = """
import os, sys, signal
from datetime import UTC, datetime
from lms import create_app
from lms.catalog import publishing, releases
app = create_app(INSTANCE_DIR=sys.argv[1], DATABASE_URL=sys.argv[2],
                 SECRET_KEY="uji-" * 10, TESTING=True, LOG_LEVEL="ERROR")
releases.log.record = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
with app.app_context():
    publishing.publish_all(sys.argv[3], datetime(2026, 11, 22, tzinfo=UTC))
"""


def test_a_killed_publisher_leaves_the_old_release_whole(app, db, published):
    edit(published, "contoh-singkat/01-menyapa.md", "Sapaan pertama", "Salam pertama")
    with app.app_context():
        before = counts(db)
        db.session.rollback()
    config = app.config

    dead = subprocess.run(
        [sys.executable, "-c", KILLED, config["INSTANCE_DIR"], config["DATABASE_URL"],
         str(published)],
        cwd=os.path.dirname(os.path.dirname(SAMPLES)),
        check=False,
    )  # fmt: skip

    assert dead.returncode == -9
    with app.app_context():
        assert counts(db) == before
        assert courses.live("contoh-singkat").number == 1
        assert publish_all(published, NOW).published[0].number == 2


def test_a_draft_is_kept_back(app, db, content):
    edit(content, "contoh-mini/kursus.yml", "status: tayang", "status: draf")

    with app.app_context():
        report = publish_all(content, NOW)

        assert states(report)["contoh-mini"] == "draft"
        with pytest.raises(courses.CourseMissing):
            courses.live("contoh-mini")
        assert [c.code for c in courses.listed()] == ["contoh-singkat"]
        assert set(states(publish_all(content, NOW)).values()) == {"unchanged"}


def test_an_archived_course_leaves_the_list_but_stays_live(app, db, published):
    edit(published, "contoh-mini/kursus.yml", "status: tayang", "status: arsip")

    with app.app_context():
        publish_all(published, NOW)

        assert [c.code for c in courses.listed()] == ["contoh-singkat"]
        assert courses.live("contoh-mini").number == 1


def test_only_the_named_courses_are_published(app, db, content):
    with app.app_context():
        report = publish_all(content, NOW, only=["contoh-mini"])

        assert states(report) == {"contoh-mini": "published"}
        assert counts(db)["courses"] == 1


def test_an_unknown_name_is_refused(app, db, published):
    with app.app_context(), pytest.raises(FolderMissing):
        publish_all(published, NOW, only=["tidak-ada"])


def test_another_picture_under_the_same_name_is_a_new_version(app, db, published):
    edit(published, "contoh-singkat/aset/alur.svg", "#e8f1fc", "#d0e2f9")

    with app.app_context():
        publish_all(published, NOW)

        made = counts(db)
        assert (made["assets"], made["course_assets"]) == (2, 2)
        assert courses.live("contoh-singkat").number == 2


def test_keys_stand_apart_from_what_learners_see(app, db, published):
    with app.app_context():
        bodies = db.session.scalars(select(QuestionVersion.body)).all()
        bodies += db.session.scalars(select(ItemVersion.body)).all()

        said = str(bodies)
        for secret in (
            "credit",
            "Tepat, sapaan",
            "cukup kembali satu kali",
            "Ombudsman",
        ):
            assert secret not in said


def test_other_features_take_their_files_at_each_publishing(
    app, db, content, monkeypatch
):
    taken = []
    monkeypatch.setattr(publishing, "_after", [])
    publishing.after_publish(lambda root, now: taken.append((root, now)))

    with app.app_context():
        publish_all(content, NOW)
        publish_all(content, NOW)  # also when no course has changed

    assert taken == [(content, NOW), (content, NOW)]


def test_what_a_hook_stores_is_committed_and_read_anew(app, db, content, monkeypatch):
    def store(_root, _now) -> bool:
        db.session.add(AuditEntry(at=NOW, action="uji", object_kind="x", object_id="1",
                                  facts={}))  # fmt: skip
        return True

    with app.app_context():
        publish_all(content, NOW)
        before = index.revision()
        db.session.rollback()
        monkeypatch.setattr(publishing, "_after", [store])

        publish_all(content, NOW)

        actions = set(db.session.scalars(select(AuditEntry.action)))
        assert "uji" in actions
        assert index.revision() != before
        db.session.rollback()
