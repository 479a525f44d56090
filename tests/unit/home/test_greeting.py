"""The greeting follows the reader's clock."""

from datetime import time

import pytest

from lms.home.greeting import greeting


@pytest.mark.parametrize(
    ("at", "word"),
    [
        (time(0, 0), "malam"),
        (time(2, 59), "malam"),
        (time(3, 0), "pagi"),
        (time(10, 59), "pagi"),
        (time(11, 0), "siang"),
        (time(14, 59), "siang"),
        (time(15, 0), "sore"),
        (time(18, 29), "sore"),
        (time(18, 30), "malam"),
        (time(23, 59), "malam"),
    ],
)
def test_the_greeting_of_an_hour(at, word):
    assert greeting(at) == f"Selamat {word}, %(name)s"
