"""Assignments on both databases."""

import pytest

from tests.web.records import samples


@pytest.fixture
def live(app, db, clock):
    """A course to assign."""
    with app.app_context():
        return samples.publish(clock.now())
