"""Pages about people's work are in no cache: of a browser, a proxy or the worker."""

from tests.web.kept import kept

from . import stage as tasks


def test_pages_of_assignments_are_in_no_cache(task, sign_in):
    task()
    rani = sign_in("rani")
    url = tasks.begin(rani)
    tasks.write(rani, url)
    draft = kept(rani, tasks.COVER, url, f"{url}/kumpulkan")
    tasks.hand_in(rani, url)

    assert draft == {}
    assert kept(rani, url, tasks.COVER) == {}
    for grader in ("hendra", "yohanes"):
        assert kept(sign_in(grader), tasks.LIST, tasks.grading(url)) == {}
