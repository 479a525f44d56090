"""The stage of the quiz tests."""

import pytest

from lms.db import db as _db

from . import graders, kinds, stage


@pytest.fixture
def quiz(app, db):
    """Publish the quiz with the given rules and let Rani take part."""

    def set_up(**rules):
        with app.app_context():
            stage.publish(**rules)
            return stage.enrol("rani")

    return set_up


@pytest.fixture
def handed_in(app, db, sign_in):
    """handed_in("jodoh", "cerita") -> Rani's client and an attempt, pairs right."""

    def take(*codes: str, text: str = kinds.RIGHT["cerita"], **rules):
        with app.app_context():
            kinds.publish(*codes, **rules)
            stage.enrol("rani")
            graders.teach()
        rani = sign_in("rani")
        attempt = stage.begin(rani)
        for number, code in enumerate(codes, 1):
            given = text if code == "cerita" else kinds.RIGHT[code]
            if given:
                kinds.send(app, rani, attempt, number, given)
        kinds.hand_in(rani, attempt)
        return rani, attempt

    return take


@pytest.fixture
def take(app, db, sign_in):
    """take("jodoh", …) -> Rani's client and a running attempt at these questions."""

    def begin(*codes: str, **rules):
        with app.app_context():
            kinds.publish(*codes, **rules)
            stage.enrol("rani")
        rani = sign_in("rani")
        return rani, stage.begin(rani)

    return begin


@pytest.fixture
def course(app, db):
    """The course live, with nobody in it."""
    with app.app_context():
        stage.publish()
        yield
        _db.session.rollback()
