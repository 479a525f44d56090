"""The stage of the quiz tests."""

import pytest

from . import stage


@pytest.fixture
def quiz(app, db):
    """Publish the quiz with the given rules and let Rani take part."""

    def set_up(**rules):
        with app.app_context():
            stage.publish(**rules)
            return stage.enrol("rani")

    return set_up
