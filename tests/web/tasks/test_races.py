"""Many at once, over real connections: one draft, one hand-in, one result."""

import threading
from collections import Counter

import pytest

from lms.accounts.models import Person
from lms.db import db as _db
from lms.jobs.models import OutboxEntry
from lms.records.models import Completion, ItemFact, LedgerEntry
from lms.tasks.models import Appeal, Call, DraftText, Outcome, Review, Work, WorkFile
from lms.uploads.models import Upload, UploadContent
from tests.cast import CAST
from tests.unit.uploads import samples

from . import stage
from .stage import GOOD

MANY = 12


def at_once(clients, act):
    """Let all of these do something at the same moment; return the answers."""
    gate, answers = threading.Barrier(len(clients)), [None] * len(clients)

    def run(n):
        gate.wait()
        answers[n] = act(clients[n], n)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def count(app, model) -> int:
    with app.app_context():
        return _db.session.query(model).count()


def test_many_beginnings_open_one_draft(app, task, sign_in):
    task()

    clients = [sign_in("rani") for _ in range(MANY)]
    answers = at_once(clients, lambda c, _n: c.post(stage.BEGIN))

    assert len({(a.status_code, a.location) for a in answers}) == 1
    assert count(app, Work) == 1


def test_many_hand_ins_are_one(app, task, sign_in):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url)
    clients = [sign_in("rani") for _ in range(MANY)]

    answers = at_once(
        clients, lambda c, _n: c.post(f"{url}/kumpulkan", data={"dilihat": "1"})
    )

    assert Counter(a.status_code for a in answers) == {303: MANY}
    assert count(app, Call) == 2
    with app.app_context():
        assert _db.session.query(Work).one().version == 2


def test_the_same_file_from_many_pages_is_kept_once(app, task, sign_in):
    task()
    url = stage.begin(sign_in("rani"))
    clients = [sign_in("rani") for _ in range(MANY)]

    def send(client, n):
        data = {"seq": "1", "teks": "Sama.", "lampiran": stage.file()}
        return client.post(url, data=data, content_type="multipart/form-data")

    answers = at_once(clients, send)

    assert {a.status_code for a in answers} <= {303, 409}
    for model in (Upload, UploadContent, WorkFile, DraftText):
        assert count(app, model) == 1, model


def test_two_graders_at_once_give_one_result(app, task, sign_in):
    task()
    url = stage.do(sign_in("rani"))
    clients = [sign_in(name) for name in ("hendra", "yohanes") * (MANY // 2)]

    answers = at_once(clients, lambda c, _n: stage.grade(c, url, GOOD))

    assert Counter(a.status_code for a in answers) == {303: 2, 409: MANY - 2}
    assert (count(app, Review), count(app, Outcome)) == (2, 1)
    assert count(app, Completion) == 1
    with app.app_context():
        query = _db.session.query
        assert query(ItemFact).filter_by(fact="passed").count() == 1
        assert query(LedgerEntry).filter_by(kind="completion").count() == 1


# Werkzeug leaves the spooled beginning of such a file to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_file_cut_off_on_its_way_leaves_nothing(app, task, sign_in):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)
    whole = (
        b'--x\r\nContent-Disposition: form-data; name="seq"\r\n\r\n1\r\n'
        b'--x\r\nContent-Disposition: form-data; name="lampiran"; filename="a.pdf"'
        b"\r\n\r\n" + samples.pdf() + b"\r\n--x--\r\n"
    )
    kind = "multipart/form-data; boundary=x"

    for length in range(len(whole) - 40, len(whole) - 2, 5):
        answer = rani.post(url, data=whole[:length], content_type=kind)
        assert answer.status_code in (303, 400, 422), length
        assert count(app, UploadContent) == 0, length
    assert rani.post(url, data=whole, content_type=kind).status_code == 303
    assert count(app, UploadContent) == 1


def test_many_returns_are_one(app, task, sign_in):
    task()
    url = stage.do(sign_in("rani"))
    clients = [sign_in("hendra") for _ in range(MANY)]
    data = stage.form({}, "kembalikan", "Sebutkan dua langkah.")

    answers = at_once(clients, lambda c, _n: c.post(stage.grading(url), data=data))

    assert Counter(a.status_code for a in answers) == {303: 1, 409: MANY - 1}
    assert (count(app, Review), count(app, Outcome)) == (1, 1)
    assert _told(app, "returned1:") == 1


def test_a_return_and_a_grade_at_once_give_one_result(app, task, sign_in):
    task()
    url = stage.do(sign_in("rani"))
    clients = [sign_in(name) for name in ("hendra", "yohanes") * (MANY // 2)]
    returned = stage.form({}, "kembalikan", "Sebutkan dua langkah.")
    graded = stage.form(GOOD)

    answers = at_once(
        clients,
        lambda c, n: c.post(stage.grading(url), data=graded if n % 2 else returned),
    )

    assert {a.status_code for a in answers} == {303, 409}
    with app.app_context():
        query = _db.session.query
        assert [one.result for one in query(Outcome)] == ["returned"]
        assert query(Completion).count() == 0
        seats = [(one.role, one.seat) for one in query(Review)]
        assert len(seats) == len(set(seats))


def test_many_reviews_of_one_peer_are_one(app, task, sign_in):
    task("rani", "agus", graders=[], peers=1)
    with app.app_context():
        _db.session.get(Person, CAST["agus"].id).unit_id = 4  # of Rani's agency
        _db.session.commit()
    url = stage.do(sign_in("rani"))
    stage.do(sign_in("agus"))
    clients = [sign_in("agus") for _ in range(MANY)]

    answers = at_once(clients, lambda c, _n: stage.grade(c, url, GOOD))

    assert Counter(a.status_code for a in answers) == {303: 1, 409: MANY - 1}
    assert (count(app, Review), count(app, Outcome)) == (1, 1)
    assert _told(app, "graded1:") == 1


def test_a_second_opinion_is_asked_for_and_given_once(app, task, sign_in):
    task()
    with app.app_context():
        stage.make_instructor("made")
    url = stage.do(sign_in("rani"))
    for name in ("hendra", "yohanes"):
        stage.grade(sign_in(name), url, GOOD)
    ranis = [sign_in("rani") for _ in range(MANY)]
    mades = [sign_in("made") for _ in range(MANY)]
    why = {"alasan": "Langkah kedua saya terlewat dibaca."}

    asked = at_once(ranis, lambda c, _n: c.post(f"{url}/penilaian-kedua", data=why))
    given = at_once(mades, lambda c, _n: stage.grade(c, url, GOOD))

    assert Counter(a.status_code for a in asked) == {303: MANY}
    assert Counter(a.status_code for a in given) == {303: 1, 409: MANY - 1}
    assert count(app, Appeal) == 1
    assert (count(app, Review), count(app, Outcome)) == (3, 2)
    assert _told(app, "second:") == 1
    assert count(app, Completion) == 1


def _told(app, key: str) -> int:
    """How many letters of a kind wait or went out."""
    with app.app_context():
        found = OutboxEntry.dedup_key.like(f"{key}%")
        return _db.session.query(OutboxEntry).filter(found).count()
