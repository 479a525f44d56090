"""Names of kept pages."""

from lms.learn import freshness


def test_the_same_page_has_the_same_name():
    assert freshness.tag(1, "id", [("a", 2)]) == freshness.tag(1, "id", [("a", 2)])


def test_anything_else_has_another_name():
    names = {freshness.tag(*parts) for parts in ((1, 2), (12,), (2, 1), ("1", 2), ())}

    assert len(names) == 5
