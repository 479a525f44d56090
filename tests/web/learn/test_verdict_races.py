"""What is said of a lesson from many tabs at once is said once."""

from collections import Counter

from tests.web.tasks.test_races import MANY, at_once

from .test_verdicts import said, say


def test_the_same_from_many_tabs_is_one(app, db, rani, sign_in):
    clients = [sign_in("rani") for _ in range(MANY)]

    answers = at_once(clients, lambda c, _n: say(c, "ya", "Baik."))

    assert Counter(a.status_code for a in answers) == {303: MANY}
    assert said(app, db) == [(True, "Baik.")]
