"""`lms api token …`."""

import json

import pytest

from lms.api.cli import COMMANDS
from tests.web.api.program import Program


@pytest.fixture
def lms(app, db):
    """lms("token", "list") -> the result of the command."""
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(COMMANDS[0], list(words))


def test_a_token_is_made_listed_and_revoked(app, lms):
    made = lms("token", "create", "SIMPEG", "--instansi", "6771", "--json",
               "--cakupan", "units:read", "--hari", "30")  # fmt: skip

    said = json.loads(made.stdout)
    reader = Program(app.test_client(), said["token"])
    assert reader.get("/units").status_code == 200
    assert reader.get("/people").status_code == 403
    (listed,) = json.loads(lms("token", "list", "--json").stdout)
    assert listed["uid"] == said["uid"]
    assert said["token"] not in lms("token", "list").stdout
    assert lms("token", "revoke", said["uid"]).exit_code == 0
    assert reader.get("/units").status_code == 401
    assert "dicabut" in lms("token", "list").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("create", "SIMPEG"),  # two agencies: which?
        ("create", "SIMPEG", "--instansi", "0000"),
        ("create", "SIMPEG", "--unit", "999"),
        ("create", "SIMPEG", "--unit", "3", "--hari", "367"),
        ("create", " ", "--unit", "3"),
        ("revoke", "tidak-ada"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(lms, words):
    answer = lms("token", *words)

    assert answer.exit_code == 1
    assert answer.stderr.startswith("galat: ")


def test_an_unknown_scope_is_a_wrong_use(lms):
    words = ("create", "SIMPEG", "--unit", "3", "--cakupan", "semua")

    assert lms("token", *words).exit_code == 2
