"""The stage of the tests of assignments."""

import pytest

from . import stage


@pytest.fixture
def task(app, db):
    """Publish the assignment with the given rules; Rani takes part, Hendra teaches."""

    def set_up(*learners: str, **rules):
        with app.app_context():
            stage.publish(**rules)
            stage.make_instructor("hendra")
            for name in learners or ("rani",):
                stage.enrol(name)

    return set_up
