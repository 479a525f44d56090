"""Pages with facts behind them: who may open each, and what is sent to its form.

The facts are made once for all of these tests; what a request has changed is undone.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime

import pytest

from lms.accounts import sessions
from lms.catalog import courses
from lms.db import db as database
from lms.kernel import clock as wall
from lms.records.models import Enrolment
from tests.cast import CAST, add_cast
from tests.conftest import FrozenClock, empty
from tests.unit.uploads import samples
from tests.web import filled, forms

# Every route of these must have a place.
FEATURES = {
    "answer_file", "author", "author_questions", "feedback", "grading",
    "item_analysis", "lesson_feedback", "manual", "quiz_grading", "simulations",
    "simulations_teaching", "survey_results", "tasks", "uploads",
}  # fmt: skip
REFUSED = {403, 404}
CALM = {200, 303, 400, 403, 404, 409, 413, 422}
TEXTS = [
    "", "-1", "9" * 40, "\u0663", "NaN", "a\0b", "a\ud800b", "x" * 30_000,
    "<script>{{7*7}}%s%(x)s' OR 1=1 --\u202e../=1+1\x1b[31m",
]  # fmt: skip
FILES = [
    forms.File(b""), forms.File(b"%PDF-1.7\n"), forms.File(b"<html>"),
    forms.File(b"PK\x03\x04" + b"\0" * 99, "a.docx"),
    forms.File(samples.pdf(), "\u202e../../a.pdf\0.exe"),
    forms.File(samples.pdf(), "a" * 5_000 + ".pdf"), "a.pdf",
]  # fmt: skip
QUERIES = {
    "survey_results.show": "peran={0}&nama={0}&terbitan={0}&opd={0}",
    "simulations_teaching.choices": "versi={0}",
    "author_questions.show": "aturan={0}&versi={0}&versi=1",
    "author.review": "soal-sapaan={0}&syarat={0}",
}


@pytest.fixture(scope="module")
def places(app, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        frozen = FrozenClock(datetime(2026, 11, 22, 7, 0, tzinfo=UTC))
        patch.setattr(wall, "now", frozen.now)
        patch.setitem(app.config, "CONTENT_DIR", app.config["CONTENT_DIR"])
        with app.app_context():
            empty(database)
            add_cast(database.session, wall.now())
            database.session.commit()
        courses.forget()
        yield filled.fill(app, tmp_path_factory.mktemp("isi"))
    courses.forget()


@pytest.fixture
def open_as(app, places):
    """open_as("rani") -> a client that is Rani; "" is a stranger."""
    tokens = {}

    def client_of(name: str):
        client = app.test_client()
        if name and name not in tokens:
            with app.app_context():
                tokens[name] = sessions.open_for(CAST[name].id, wall.now(), "uji")
                database.session.commit()
        if name:
            client.set_cookie(sessions.cookie_name(tls=False), tokens[name])
        return client

    return client_of


class Begun:
    """A connection within a transaction that is to be taken back: it has begun."""

    def __init__(self, connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str):
        return getattr(self._connection, name)

    def begin(self) -> None: ...

    def execution_options(self, **_options):
        return self._connection


@contextmanager
def undone(app) -> Iterator[None]:
    """Take back whatever is committed within."""
    with app.app_context():
        engines = database.engines
        engine = engines[None]
    with engine.connect() as connection:
        outer = connection.begin()
        connection.begin_nested()  # what sessions then commit and roll back
        # What is streamed asks the engine for a connection of its own: the same here.
        connection.connect = lambda: nullcontext(Begun(connection))
        engines[None] = connection
        try:
            yield
        finally:
            engines[None] = engine
            outer.rollback()
            courses.forget()


def form_of(place: filled.Place, client) -> forms.Form:
    """Return the form of a place as its page shows it, filled in well."""
    page = client.get(place.page)
    assert page.status_code == 200, place
    form = forms.of(page.text, place.page, place.url)
    assert form is not None, place
    left = dict(place.said)
    form.fields = [(name, left.pop(name, value)) for name, value in form.fields]
    form.fields += left.items()
    return form


def test_every_route_has_a_place(app, places):
    routes = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST"}
        if rule.endpoint.partition(".")[0] in FEATURES
    }

    assert routes - {(place.endpoint, place.method) for place in places} == set()


def test_each_place_answers_its_people(app, places, open_as):
    answers = {}
    for place in places:
        for name in (place.who, *place.others):
            client = open_as(name)
            if place.method == "GET":
                status = client.get(place.url).status_code
            else:
                form = form_of(place, client)
                with undone(app):
                    answer = forms.send(client, form, form.fields, buffered=True)
                status = answer.status_code
            answers[place.endpoint, place.url, name] = status

    wrong = {at: status for at, status in answers.items() if status not in (200, 303)}
    assert wrong == {}


@pytest.mark.parametrize("name", CAST)
def test_nobody_else_opens_or_sends_anything(app, places, open_as, name):
    client, let_in = open_as(name), []
    for place in places:
        if place.is_open or place.is_taken or name in (place.who, *place.others):
            continue
        if place.method == "GET":
            status = client.get(place.url).status_code
        else:
            form = form_of(place, open_as(place.who))
            with undone(app):
                sent = forms.send(client, form, form.fields)
                bare = forms.send(client, form, [])
            status = max(sent.status_code, bare.status_code)
        if status not in REFUSED:
            let_in.append((place.endpoint, place.url, status))

    assert let_in == []


def test_who_takes_no_part_is_sent_away_and_takes_none(app, places, open_as):
    agus, let_in = open_as("agus"), []
    for place in (place for place in places if place.is_taken):
        if place.method == "GET":
            answer = agus.get(place.url)
        else:
            form = form_of(place, open_as(place.who))
            answer = forms.send(agus, form, form.fields)
        away = answer.location == f"/kursus/{filled.COURSE}"
        if answer.status_code not in REFUSED | {409} and not away:
            let_in.append((place.endpoint, answer.status_code, answer.location))

    assert let_in == []
    with app.app_context():
        assert not database.session.query(Enrolment).filter_by(person_id=5).count()


def attacks(form: forms.Form, seen: set[str]) -> Iterator[tuple[str, object, list]]:
    """Yield what is sent: each field with each value, left out, and twice.

    seen  how names begin that were tried in this feature: of the criteria of a rubric
          one is enough; the answer of a question is another with each kind
    """
    for place, (name, good) in enumerate(form.fields):
        family = name.partition("-")[0] + "-" * ("-" in name)
        if name == "csrf_token" or family in seen:
            continue
        if name != "jawaban":
            seen.add(family)
        before, after = form.fields[:place], form.fields[place + 1 :]
        yield name, "left out", [*before, *after]
        yield name, "twice", [*before, (name, good), (name, "9"), *after]
        for value in [*TEXTS, FILES[1]]:
            yield name, value, [*before, (name, value), *after]
    for name in form.files:
        for value in FILES:
            yield name, value, [*form.fields, (name, value)]
    yield "", "odd names", [*form.fields, ("a" * 300, "b"), ("", ""), ("\ud800", "c")]
    yield "", "many", [*form.fields, *(("jawaban", str(n)) for n in range(1_200))]
    yield "", "nothing", []


def test_whatever_is_sent_to_a_form_is_answered_calmly(app, places, open_as):
    wrong, seen = [], defaultdict(set)
    for place in (place for place in places if place.page):
        client = open_as(place.who)
        form = form_of(place, client)
        feature = place.endpoint.partition(".")[0]
        for name, value, fields in attacks(form, seen[feature]):
            with undone(app):
                answer = forms.send(client, form, fields, buffered=True)
            at = (place.endpoint, name, repr(value)[:40], answer.status_code)
            if answer.status_code not in CALM:
                wrong.append(at)
            elif answer.status_code >= 400 and not says_why(answer.text):
                wrong.append((*at, "says nothing"))

    assert wrong == []


def says_why(page: str) -> bool:
    """Say whether a refusal has a sentence of ours."""
    main = page.partition("<main")[2]
    return 'role="alert"' in main or any(
        words in main for words in ("Muat ulang", "Kembali ke beranda", "Halaman masuk")
    )


def test_whatever_is_asked_of_a_page_is_answered_calmly(places, open_as):
    words = ["", "%00", "%ED%A0%80", "-1", "9" * 40, "%D9%A3", "NaN", "x" * 3_000]
    wrong = []
    for place in places:
        query = QUERIES.get(place.endpoint, "cari={0}&halaman={0}")
        for word in words if place.method == "GET" else ():
            address = f"{place.url}?{query.format(word)}"
            status = open_as(place.who).get(address).status_code
            if status not in CALM:
                wrong.append((place.endpoint, word[:40], status))

    assert wrong == []
