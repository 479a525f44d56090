"""Courses to learn, and somebody who learns."""

import pytest

from tests.publishing import publish_samples

COURSE = "/kursus/contoh-singkat"


@pytest.fixture
def courses(app, db):
    """The sample courses are live."""
    publish_samples(app)


@pytest.fixture
def rani(sign_in, courses):
    """Rani, who takes "contoh-singkat"."""
    client = sign_in("rani")
    assert client.post(f"{COURSE}/ikuti").status_code == 303
    client.get(COURSE)  # shows the notice of having enrolled
    return client
