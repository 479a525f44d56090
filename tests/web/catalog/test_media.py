"""Files of courses: sent whole or in parts, to who is signed in, and sealed."""

import hashlib

import pytest

from lms.catalog import assets
from lms.catalog.models import Asset, Course, CourseAsset
from tests import film, statements
from tests.publishing import publish_samples

DATA = film.make(weight=10_000)
SHA = hashlib.sha256(DATA).hexdigest()
ADDRESS = f"/kursus/contoh-singkat/aset/{SHA}/loket.mp4"
SIZE = len(DATA)


@pytest.fixture
def rani(app, db, sign_in):
    """Rani, and a course with a video."""
    publish_samples(app)
    with app.app_context():
        course = db.session.query(Course).filter_by(code="contoh-singkat").one()
        db.session.add(
            Asset(sha=SHA, media_type="video/mp4", size_bytes=SIZE, data=DATA)
        )
        db.session.flush()
        db.session.add(CourseAsset(course_id=course.id, sha=SHA, name="loket.mp4"))
        db.session.commit()
    return sign_in("rani")


def ask(client, wanted: str, **headers):
    return client.get(ADDRESS, headers={"Range": wanted, **headers})


def test_a_video_is_sent_whole_and_may_be_kept(rani):
    answer = rani.get(ADDRESS)

    assert (answer.status_code, answer.data) == (200, DATA)
    assert answer.content_type == "video/mp4"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]


def test_it_is_sealed_when_opened_by_itself(rani):
    policy = rani.get(ADDRESS).headers["Content-Security-Policy"]

    assert policy == "default-src 'none'; media-src 'self'; sandbox allow-same-origin"


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, SIZE),
        ("bytes=-7", SIZE - 7, SIZE),
        ("bytes=0-0", 0, 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        ("bytes=5000-99999999", 5000, SIZE),
    ],
)
def test_a_part_is_sent_alone(rani, wanted, start, end):
    answer = ask(rani, wanted)

    assert (answer.status_code, answer.data) == (206, DATA[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert answer.content_length == end - start


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", "bytes=99999999999-"])
def test_a_part_that_is_not_there_is_refused(rani, wanted):
    answer = ask(rani, wanted)

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(
    "wanted",
    [
        "bytes=a-b",
        "bytes=-0",
        "bytes=9-3",
        "items=0-1",
        "bytes=0-1,4-5",
        "bytes=",
        "",
        "x" * 3000,
    ],
)
def test_what_nobody_understands_brings_the_whole(rani, wanted):
    answer = ask(rani, wanted)

    assert (answer.status_code, answer.data) == (200, DATA)


def test_a_part_of_another_version_brings_the_whole(rani):
    same, other = f'"{SHA}"', '"lain"'
    assert ask(rani, "bytes=0-1", **{"If-Range": same}).status_code == 206
    assert ask(rani, "bytes=0-1", **{"If-Range": other}).status_code == 200
    date = "Sun, 22 Nov 2026 07:00:00 GMT"
    assert ask(rani, "bytes=0-1", **{"If-Range": date}).status_code == 200


def test_a_kept_copy_is_good(rani):
    answer = ask(rani, "bytes=0-1", **{"If-None-Match": f'"{SHA}"'})

    assert (answer.status_code, answer.data) == (304, b"")


def test_a_long_part_is_sent_bit_by_bit(rani, monkeypatch):
    monkeypatch.setattr(assets, "PIECE", 1_000)

    answer = ask(rani, "bytes=500-")
    assert (answer.status_code, answer.data) == (206, DATA[500:1_500])
    assert answer.headers["Content-Range"] == f"bytes 500-1499/{SIZE}"

    whole = rani.get(ADDRESS)
    assert (whole.data, whole.content_length) == (DATA, SIZE)


def test_its_size_can_be_asked_alone(rani):
    answer = rani.head(ADDRESS)

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.content_length == SIZE


def test_only_the_bytes_asked_for_are_read(app, rani):
    with app.app_context():
        from lms.db import db

        engine = db.engine
    with statements.sent(engine) as seen:
        ask(rani, "bytes=0-99")

    reads = [sql for sql in seen if "assets.data" in sql]
    assert len(reads) == 1
    assert "substr(assets.data" in reads[0]


def test_a_stranger_and_another_course_get_nothing(rani, sign_in):
    assert sign_in(None).get(ADDRESS).status_code == 302
    other = ADDRESS.replace("contoh-singkat", "contoh-mini")
    assert rani.get(other).status_code == 404
    assert rani.get(ADDRESS.replace(SHA, "0" * 64)).status_code == 404
