"""Pages about people's work are in no cache: of a browser, a proxy or the worker."""

from tests.web.author import stage as writing
from tests.web.author.conftest import folder  # noqa: F401  (a fixture)
from tests.web.feedback import stage as surveys
from tests.web.feedback.conftest import course  # noqa: F401
from tests.web.quiz.test_grading import LIST, handed_in  # noqa: F401
from tests.web.simulations import stage as playing
from tests.web.simulations.conftest import simulation  # noqa: F401
from tests.web.tasks import stage as tasks
from tests.web.tasks.conftest import task  # noqa: F401


def kept(client, *addresses: str) -> dict[str, str]:
    """Return what the pages among these that are not no-store say instead."""
    found = {}
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200, (address, page.status_code)
        said = page.headers["Cache-Control"]
        if said != "no-store" or "ETag" in page.headers or "X-Keep" in page.headers:
            found[address] = said
    return found


def test_pages_of_assignments(task, sign_in):  # noqa: F811
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


def test_pages_of_graded_answers(handed_in, sign_in):  # noqa: F811
    rani, attempt = handed_in("cerita")

    assert kept(rani, f"/kuis/percobaan/{attempt}/hasil") == {}
    assert kept(sign_in("hendra"), LIST, f"{LIST}/{attempt}") == {}


def test_pages_of_surveys(course, sign_in):  # noqa: F811
    course(surveys.survey())
    cover = f"/kursus/{surveys.COURSE}/reaksi"
    fill = f"/survei/{surveys.COURSE}/reaksi"

    assert kept(sign_in("rani"), "/survei", cover, fill) == {}
    results = f"/survei/hasil/{surveys.COURSE}/reaksi"
    assert kept(sign_in("siti"), "/survei/hasil", results, "/survei/pelajaran") == {}


def test_pages_of_reviews(folder, sign_in):  # noqa: F811
    writing.edit(folder, *writing.KEY)
    hendra = sign_in("hendra")
    question = f"{writing.PAGE}/soal/sapaan"

    assert kept(
        hendra, writing.LIST, writing.REVIEW, f"{writing.REVIEW}?soal-sapaan=ulang",
        f"{writing.PAGE}/peserta", question,
    ) == {}  # fmt: skip


def test_pages_of_simulations(simulation, sign_in):  # noqa: F811
    simulation()
    rani = sign_in("rani")
    running = playing.begin(rani)
    scene = kept(rani, playing.COVER, playing.scene_url(running))
    playing.play(rani, running, playing.BEST)

    assert scene == {}
    assert kept(rani, f"{playing.scene_url(running)}/hasil", playing.COVER) == {}
