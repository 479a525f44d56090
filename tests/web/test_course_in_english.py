"""The counter course read in English: every kind of item, its way of saying so."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select

from lms.accounts import preferences
from lms.catalog import courses, releases
from lms.catalog.models import ItemText, ItemTold
from lms.catalog.releases import Source
from lms.courseware import bundle, library
from lms.db import db as _db
from lms.feedback import asking, calls, letters
from lms.feedback.models import SurveyBallot, SurveyCall
from lms.jobs.models import OutboxEntry
from lms.kernel import clock, ids
from lms.records.models import Enrolment
from tests.cast import CAST
from tests.web.tasks import stage as tasks

CONTENT = Path(__file__).parents[2] / "content"
COURSE = "layanan-prima-di-loket"
SIMULATION = f"/kursus/{COURSE}/keluhan-di-loket"


@cache
def built(left_out: str = "") -> bundle.Bundle:
    """Render the course once.

    left_out  item whose translation is taken away
    """
    course = library.load(CONTENT).courses[COURSE]
    course.translations["en"].items.pop(left_out, None)
    return bundle.build(course)


@pytest.fixture
def publish(app, db):
    def store(left_out: str = "") -> None:
        with app.app_context():
            made = built(left_out)
            releases.store(made, Source(COURSE, made.fingerprint, True), clock.now(), 1)
            _db.session.commit()
            courses.forget()

    return store


@pytest.fixture
def read(publish, sign_in):
    """Return somebody who reads the course in a language."""

    def reader(language: str = "en", left_out: str = "", name: str = "rani"):
        publish(left_out)
        client = sign_in(name)
        client.post(f"/kursus/{COURSE}/ikuti")
        client.set_cookie("bahasa", language)
        return client

    return reader


def main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def begin(client) -> str:
    return client.post(f"/simulasi/{COURSE}/keluhan-di-loket/mulai").location


def choose(client, where: str, number: int, words: str):
    page = client.get(where).text
    buttons = re.findall(r'name="pilihan" value="(\d+)">(.*?)</button>', page, re.S)
    [value] = [value for value, text in buttons if words in text]
    return client.post(
        f"{where}/langkah/{number}", data={"pilihan": value}, follow_redirects=True
    ).text


BEST = [
    "Listen until she has finished",
    "Ask if you may see the receipt",
    "The second page was not scanned",
    "Offer two choices",
    "Decline politely",
    "Record the time",
]


def test_a_simulation_is_told_in_english_from_cover_to_debrief(read):
    client = read()

    cover = client.get(SIMULATION).text
    where = begin(client)
    scene = client.get(where).text
    later = choose(client, where, 1, BEST[0])
    for number, words in enumerate(BEST[1:], 2):
        debrief = choose(client, where, number, words)

    assert "You are the officer of counter three" in cover
    assert "puts a folder on the desk" in scene
    assert "Bu Sulastri takes a breath." in later
    assert "My child is starting school." in later
    assert "Settled, and it will not come back" in debrief
    assert "It says who, when, and by what way." in debrief
    for page in (cover, scene, later, debrief):
        assert "Sulastri menarik" not in page
        assert 'lang="id"' not in main(page)


def test_what_follows_from_a_choice_is_not_told_before_it_in_english(read):
    client = read()

    scene = client.get(begin(client)).text

    assert "takes a breath" not in scene
    assert "My child is starting school" not in scene


def test_the_language_of_a_run_may_change_between_its_steps(read):
    client = read()
    where = begin(client)
    choose(client, where, 1, BEST[0])

    client.set_cookie("bahasa", "id")

    page = client.get(where).text
    assert "Ibu Sulastri menarik napas." in page
    assert "Suaranya turun" in page


def test_a_simulation_without_translation_says_that_it_is_indonesian(read):
    client = read(left_out="keluhan-di-loket")

    scene = client.get(begin(client)).text

    assert 'lang="id">Pukul 09.10' in scene
    assert "What do you do?" in scene


def test_a_translation_says_nothing_that_counts(app, publish):
    publish()

    with app.app_context():
        said = _db.session.scalars(select(ItemText.body)).all()
        [said] = [body for body in said if "scenes" in body]
        [told] = _db.session.scalars(select(ItemTold.told))
    assert "takes a breath" in told["mulai"]["1"]
    assert "takes a breath" not in str(said)
    assert not {"to", "points", "best", "ending", "most"} & set(
        re.findall(r"'(\w+)':", str(said))
    )


TASK = "rencana-perbaikan"


def test_an_assignment_and_its_rubric_are_read_in_english(read):
    client = read()

    cover = client.get(f"/kursus/{COURSE}/{TASK}").text
    work = client.post(f"/tugas/{COURSE}/{TASK}/mulai").location
    draft = client.get(work).text

    for page in (cover, draft):
        assert "A plan to improve the service of my unit" in page
        assert "Write 300 to 600 words in this order." in page
        assert "One change that can be carried out" in page
        assert "There is no measure" in page
        assert 'lang="id"' not in main(page)


def handed_in(read) -> str:
    client = read()
    work = client.post(f"/tugas/{COURSE}/{TASK}/mulai").location
    tasks.write(client, work, "Queues are long.")
    tasks.hand_in(client, work)
    return work.removeprefix("/tugas/")


def test_each_grader_reads_the_rubric_in_their_own_language(read, sign_in):
    uid = handed_in(read)
    superior = sign_in("yohanes")

    indonesian = superior.get(f"/tugas/menilai/{uid}").text
    superior.set_cookie("bahasa", "en")
    english = superior.get(f"/tugas/menilai/{uid}").text
    waiting = superior.get("/tugas/menilai").text

    assert "Masalah dan sebabnya" in indonesian
    assert "The problem and its cause" in english
    assert "The problem is told without figures" in english
    assert "A plan to improve the service of my unit" in waiting
    for page in (english, waiting):
        assert 'lang="id"' not in main(page)


def test_a_level_chosen_in_english_is_the_same_level_in_indonesian(read, sign_in):
    uid = handed_in(read)
    superior = sign_in("yohanes")
    superior.set_cookie("bahasa", "en")
    levels = {f"tingkat-{c}": "3" for c in ("masalah", "perubahan", "ukuran", "bahasa")}
    superior.post(f"/tugas/menilai/{uid}", data={"aksi": "simpan", **levels})

    superior.set_cookie("bahasa", "id")
    page = superior.get(f"/tugas/menilai/{uid}").text

    assert page.count('value="3" checked') == len(levels)


def test_an_assignment_without_translation_says_that_it_is_indonesian(read):
    client = read(left_out=TASK)

    page = main(client.get(f"/kursus/{COURSE}/{TASK}").text)

    assert '<h1 lang="id">Rencana perbaikan layanan unit saya' in page
    assert '<span lang="id">Masalah dan sebabnya</span>' in page


SURVEY = f"/survei/{COURSE}/survei-kebutuhan"


def test_a_survey_is_read_in_english_with_its_scale_and_statements(read):
    client = read()

    cover = client.get(f"/kursus/{COURSE}/survei-kebutuhan").text
    page = client.get(SURVEY).text
    listed = client.get("/survei").text

    assert "Before you learn, tell us how things are now." in page
    assert "How confident are you today" in page
    assert "Explain all requirements to people in one go" in page
    assert "A little confident" in page
    assert "Long queues at certain hours" in page
    for shown in (cover, page, listed):
        assert "What you need before you begin" in shown
        assert 'lang="id"' not in main(shown)


FILLED = {
    **{f"j0-{row}": "2" for row in range(5)},
    "j1": ["0", "2"],
    "j2": "3",
    "j3": "Calm people",
}


def test_answers_given_in_english_count_with_those_given_in_indonesian(
    app, read, sign_in
):
    read().post(SURVEY, data=FILLED)
    other = sign_in("agus")
    other.post(f"/kursus/{COURSE}/ikuti")
    other.post(SURVEY, data=FILLED)

    with app.app_context():
        rows = _db.session.execute(
            select(SurveyBallot.question_version_id, SurveyBallot.answer)
        ).all()
    by_question: dict[int, list] = {}
    for version_id, answer in rows:
        by_question.setdefault(version_id, []).append(answer)
    assert len(by_question) == 4
    assert all(one == other for one, other in by_question.values())


def test_a_survey_without_translation_says_that_it_is_indonesian(read):
    client = read(left_out="survei-kebutuhan")

    page = main(client.get(SURVEY).text)

    assert '<h1 lang="id">Kebutuhan Anda sebelum mulai' in page
    assert "How confident are you today" in page  # a question is said on its own


@pytest.mark.parametrize(
    ("language", "title", "course"),
    [
        ("en", "Changes at the counter after 90 days", "Excellent Service at the"),
        ("id", "Perubahan di loket setelah 90 hari", "Layanan Prima di Loket"),
    ],
)
def test_the_superior_is_asked_in_their_own_language(
    app, read, language, title, course
):
    read()
    with app.app_context():
        preferences.keep_language(CAST["yohanes"].id, language, clock.now())
        number = call_the_superior()
        letters.put("ask", [number], told(), SENDER, clock.now())
        _db.session.commit()
        mail = _db.session.scalars(select(OutboxEntry.body)).all()[-1]

    page = app.test_client().get(re.search(r"https://x\.id(\S+)", mail["text"])[1]).text

    assert title in mail["subject"]
    assert course in mail["text"]
    assert title in page
    assert ("how often did this person" in page) is (language == "en")
    assert 'lang="en"' not in main(page)
    assert 'lang="id"' not in main(page)


SENDER = letters.Sender("Kelas", "https://x.id", "rahasia", True)


def told():
    return {
        (course_id, one.code): one.told
        for course_id, wanted in asking.wanted().items()
        for one in wanted
    }


def call_the_superior() -> int:
    uid, today = ids.new_uid(), clock.now().date()
    enrolment = _db.session.scalars(select(Enrolment)).one()
    call = SurveyCall(
        uid=uid,
        enrolment_id=enrolment.id,
        course_id=enrolment.course_id,
        item_code="perilaku-90-hari",
        role="superior",
        person_id=CAST["rani"].id,
        respondent_id=CAST["yohanes"].id,
        asked_on=today,
        closes_on=today + timedelta(days=30),
        token_hash=ids.digest(calls.token_of(SENDER.secret, uid)),
    )
    _db.session.add(call)
    _db.session.commit()
    return call.id


def test_the_pre_test_asks_every_kind_of_question_in_english(read):
    client = read()
    where = client.post(f"/kuis/{COURSE}/kuis-awal/mulai").location.split("/soal")[0]

    pages = [main(client.get(f"{where}/soal/{n}").text) for n in range(1, 7)]

    for page, words in zip(
        pages,
        (
            ["thick document", "takes the place of the document"],
            ["Match each event", "Humane", "Cheap"],
            ["Put what the officer should do", "Listen to the end"],
            ["give certainty", "We will let you know."],
            ["One counter serves", "minutes"],
            ["At an open counter", "queue number", "pointed at on paper"],
        ),
        strict=True,
    ):
        assert all(word in page for word in words), words
        assert 'lang="id"' not in page
        assert "{{" not in page
