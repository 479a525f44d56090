"""The same page of a review, or of a question, sent from several tabs at once."""

from collections import Counter

from lms.author.models import ChangeReview
from lms.catalog import courses
from lms.db import db as _db
from lms.quiz.models import Attempt, Regrade, Rescore
from tests.web.tasks.test_races import at_once

from .stage import KEY, REVIEW, WHY, edit
from .taking import take
from .test_question import PAGE, form_of, tried
from .test_review import number, publish

TABS = 4


def test_a_review_agreed_to_in_several_tabs_is_published_once(app, folder, sign_in):
    take(app)
    edit(folder, *KEY)
    page = sign_in("hendra").get(f"{REVIEW}?soal-sapaan=ulang").text
    clients = [sign_in("hendra") for _ in range(TABS)]

    answers = at_once(clients, lambda c, _n: publish(c, page))

    places = Counter(a.status_code for a in answers)
    assert places[303] >= 1
    assert set(places) <= {303, 409}
    with app.app_context():
        courses.forget()
        query = _db.session.query
        models = (ChangeReview, Regrade, Rescore)
        assert [query(model).count() for model in models] == [1, 1, 1]
        assert query(Attempt).one().score_bp == 7_500
    assert number(app) == 2


def test_a_question_counted_again_in_several_tabs_is_so_once(
    app,
    corrected,
    sign_in,
):
    data = form_of(tried(sign_in("hendra"))) | {"catatan": WHY}
    clients = [sign_in("hendra") for _ in range(TABS)]

    answers = at_once(clients, lambda c, _n: c.post(PAGE, data=data))

    assert Counter(a.status_code for a in answers) == {303: TABS}
    with app.app_context():
        assert _db.session.query(Regrade).count() == 1
        assert _db.session.query(Rescore).count() == 1
        assert _db.session.get(Attempt, corrected).score_bp == 7_500
