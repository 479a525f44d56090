"""What instructors see: how often each ending and choice was taken, never by whom."""

import re
from types import SimpleNamespace

import pytest

from lms.catalog import courses, items
from lms.db import db
from lms.kernel import clock
from lms.records import enrolments
from lms.simulations import runs
from tests.web.quiz import crowd

from . import stage
from .stage import BEST, DETOUR, STORY, WORST

PAGE = "/tulis/simulasi"
CHOICES = f"{PAGE}/{stage.COURSE}/{stage.ITEM}"


@pytest.fixture
def played(app, simulation, sign_in, monkeypatch):
    """Agus, of Hendra's agency, has played four times; Rani, of another, once."""
    monkeypatch.setitem(app.config, "SURVEY_THRESHOLD", 1)
    simulation()
    with app.app_context():
        stage.enrol("agus")
    for ways in (BEST, DETOUR, WORST):
        stage.run_through(sign_in("agus"), ways)
    stage.begin(sign_in("agus"))
    stage.run_through(sign_in("rani"), BEST)


def row(page: str, words: str) -> list[str]:
    """The cells of the table row with these words, as text."""
    [found] = [r for r in re.findall(r"<tr>(.*?)</tr>", page, re.S) if words in r]
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", found, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def test_only_instructors_see_it(sign_in, db):
    for name in ("rani", "yohanes", "siti", "made"):
        for path in (PAGE, CHOICES):
            assert sign_in(name).get(path).status_code == 403


def test_it_counts_runs_of_ones_own_units(played, sign_in):
    page = sign_in("hendra").get(PAGE).text

    assert "dimulai 4 kali" in page
    assert "3 kali sampai akhir" in page
    assert "2 kali lulus" in page
    assert CHOICES in page


def test_endings_and_choices_are_counted_with_their_n(played, sign_in):
    page = sign_in("hendra").get(CHOICES).text

    assert row(page, "Selesai dengan baik") == [
        *("Selesai dengan baik", "Akhir yang baik", "2", "66,6%")
    ]
    assert row(page, "Keluhan naik")[2:] == ["1", "33,3%"]
    assert row(page, "Mendengarkan") == [
        *("Mendengarkan sampai selesai terbaik", "40", "1", "33,3%")
    ]
    assert row(page, "Memanggil satpam")[1:] == ["0", "1", "50%"]
    assert page.count("n = 3") == 2  # endings, and the first scene
    assert "Agus" not in page
    assert "Nilai rata-rata 60." in page


def test_versions_are_counted_apart(app, played, sign_in):
    with app.app_context():
        stage.publish(STORY.replace("(+60)", "(+80)"))
    hendra = sign_in("hendra")

    page = hendra.get(CHOICES).text
    older = re.search(rf"{CHOICES}\?versi=\d+", page)[0]

    assert "n = 0" in page
    assert "Versi lama 1" in page
    assert "n = 3" in hendra.get(older).text


@pytest.mark.parametrize(
    "path",
    [
        f"{PAGE}/tidak-ada/{stage.ITEM}",
        f"{PAGE}/{stage.COURSE}/tidak-ada",
        f"{CHOICES}?versi=999999",
        f"{CHOICES}?versi=%00",
        f"{CHOICES}?versi=x",
    ],
)
def test_what_is_not_taught_is_not_there(played, sign_in, path):
    assert sign_in("hendra").get(path).status_code in (400, 404)


def test_a_course_of_others_is_not_there(app, played, sign_in):
    with app.app_context():
        stage.publish(course_file=stage.COURSE_FILE.replace("Hendra", "Orang"))
    hendra = sign_in("hendra")

    assert hendra.get(CHOICES).status_code == 404
    assert "Belum ada simulasi" in hendra.get(PAGE).text


def test_of_fewer_than_five_nothing_is_told(app, played, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "SURVEY_THRESHOLD", 5)
    hendra = sign_in("hendra")

    listed, page = hendra.get(PAGE).text, hendra.get(CHOICES).text

    assert "belum 5 orang" in listed
    assert "dimulai 4 kali" not in listed
    assert row(page, "Selesai dengan baik")[2:] == ["–", "–"]
    assert row(page, "Mendengarkan")[2:] == ["0", "–"]
    assert "Nilai rata-rata" not in page


def five(*ways: list[int]) -> None:
    """Let five people of Hendra's agency begin, and play the ways given."""
    for person, way in zip(crowd.people(5), [*ways, [], [], [], [], []], strict=False):
        whole = SimpleNamespace(id=person, unit_id=crowd.UNIT)
        now = clock.now()
        enrolments.enrol(whole, courses.live(stage.COURSE), now)
        run = runs.start(person, stage.COURSE, stage.ITEM, now)
        for number, place in enumerate(way, 1):
            here = stage.here(run.id)
            version = items.version(run.item_version_id)
            order = runs.shown_order(run, version, here)
            runs.choose(run, number, order.index(place), now)
        db.session.commit()


def test_five_are_told_of_but_not_the_one_in_a_scene_of_their_own(
    app, simulation, sign_in
):
    simulation()
    with app.app_context():
        five([1, 2, 1], [2, 1], [2, 1], [2, 1], [2, 2])

    page = sign_in("hendra").get(CHOICES).text

    assert row(page, "Mendengarkan")[2:] == ["4", "80%"]
    assert row(page, "Meminta maaf")[2:] == ["–", "–"]
    assert "terlalu sedikit orang" in page
    assert row(page, "Selesai dengan baik")[2:] == ["4", "80%"]


def test_a_version_of_few_hides_the_other_that_would_tell_of_it(
    app, simulation, sign_in
):
    simulation()
    with app.app_context():
        five([2, 1], [2, 1], [2, 1], [2, 1], [2, 1])
        stage.publish(STORY.replace("(+60)", "(+80)"))
        five()
    hendra = sign_in("hendra")
    page = hendra.get(CHOICES).text
    older = hendra.get(re.search(rf"{CHOICES}\?versi=\d+", page)[0]).text

    assert "Dimulai 5 kali" in page
    assert "Dimulai 5 kali" in older


def test_who_came_to_an_end_are_too_few_to_be_told_of(app, simulation, sign_in):
    simulation()
    with app.app_context():
        five()
    hendra = sign_in("hendra")

    listed, page = hendra.get(PAGE).text, hendra.get(CHOICES).text

    assert "dimulai 5 kali" in listed
    assert "kali lulus" not in listed
    assert "Angka tampil bila paling sedikit 5 orang" in page
