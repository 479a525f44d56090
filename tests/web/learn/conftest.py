"""Courses to learn, and somebody who learns."""

import pytest

from tests.publishing import publish_samples
from tests.translated import copy_translated, publish_built

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


@pytest.fixture
def folder(app, db, tmp_path):
    """The folder of the sample course with its English, live."""
    publish_built(app)
    return copy_translated(tmp_path)


@pytest.fixture
def reader(sign_in, folder):
    """Rani, who takes it."""
    client = sign_in("rani")
    client.post(f"{COURSE}/ikuti")
    client.get(COURSE)
    return client
