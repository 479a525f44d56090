"""Words narrow the catalogue."""

from datetime import UTC, datetime

import pytest

from lms.catalog.courses import Live
from lms.catalog.filters import matching


def course(code: str, title: str, summary="", organiser="", tags=()) -> Live:
    return Live(
        course_id=1,
        code=code,
        release_id=1,
        number=1,
        edition=1,
        title=title,
        summary=summary,
        jp=1,
        manifest={"organiser": organiser, "tags": list(tags)},
        published_at=datetime(2026, 11, 22, tzinfo=UTC),
    )


COURSES = [
    course("a", "Melayani di Loket", "Menyapa warga", tags=["layanan"]),
    course("b", "Arsip", organiser="BPSDM Jambi"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "ab"),
        ("   ", "ab"),
        ("loket", "a"),
        ("LOKET warga", "a"),
        ("warga loket", "a"),
        ("loket jambi", ""),
        ("jambi", "b"),
        ("layanan", "a"),
        ("gempa", ""),
    ],
)
def test_a_course_holds_every_word(text, found):
    assert "".join(c.code for c in matching(COURSES, text)) == found
