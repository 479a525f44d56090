"""How missing JP can be got."""

from lms.home import ways
from lms.home.ways import Way


def running(jp, code="jalan"):
    return Way(code, code, jp, True)


def suggested(jp, code="saran"):
    return Way(code, code, jp, False)


def test_nothing_is_proposed_when_nothing_is_missing():
    assert ways.of(0, [running(3)], [suggested(4)]) == ways.Ways()


def test_running_courses_come_first_and_may_be_enough():
    found = ways.of(6, [running(4), running(3)], [suggested(4)])

    assert (found.running_jp, found.suggested) == (7, ())
    assert found.is_enough(6)


def test_suggestions_fill_what_is_left_and_no_more():
    found = ways.of(
        8, [running(3)], [suggested(4, "a"), suggested(2, "b"), suggested(9)]
    )

    assert [way.code for way in found.suggested] == ["a", "b"]
    assert found.running_jp + found.suggested_jp == 9


def test_courses_without_jp_are_no_way():
    assert ways.of(8, [running(0)], [suggested(0)]) == ways.Ways()


def test_too_little_says_so():
    assert not ways.of(20, [running(3)], [suggested(4)]).is_enough(20)
