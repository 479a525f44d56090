"""Pages about people's work are in no cache: of a browser, a proxy or the worker."""

from tests.web.kept import kept

from .test_grading import LIST


def test_pages_of_graded_answers_are_in_no_cache(handed_in, sign_in):
    rani, attempt = handed_in("cerita")

    assert kept(rani, f"/kuis/percobaan/{attempt}/hasil") == {}
    assert kept(sign_in("hendra"), LIST, f"{LIST}/{attempt}") == {}
