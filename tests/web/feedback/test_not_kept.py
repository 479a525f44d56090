"""Pages about people's work are in no cache: of a browser, a proxy or the worker."""

from tests.web.kept import kept

from . import stage as surveys


def test_pages_of_surveys_are_in_no_cache(course, sign_in):
    course(surveys.survey())
    cover = f"/kursus/{surveys.COURSE}/reaksi"
    fill = f"/survei/{surveys.COURSE}/reaksi"

    assert kept(sign_in("rani"), "/survei", cover, fill) == {}
    results = f"/survei/hasil/{surveys.COURSE}/reaksi"
    assert kept(sign_in("siti"), "/survei/hasil", results, "/survei/pelajaran") == {}
