"""The command line as an operator meets it: first start, demo, health, refusals."""

import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, inspect, text

from lms import cli, create_app
from lms.catalog import courses
from lms.db import db as database
from lms.server import check_demo_address, check_ready
from tests.conftest import ENGINES

FOUNDING = [
    *("init", "--nama", "Made Wirawan", "--surel", "made@contoh.go.id"),
    *("--instansi", "Pemerintah Kota Contoh", "--kode", "6771"),
]


@pytest.fixture(params=ENGINES)
def place(request, tmp_path, monkeypatch):
    """An empty instance folder and an empty database, named by the environment."""
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url_fresh")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    courses.forget()  # what this process knows of another database's releases
    monkeypatch.setenv("LMS_INSTANCE_DIR", str(tmp_path / "instance"))
    monkeypatch.setenv("LMS_DATABASE_URL", url)
    monkeypatch.setenv("LMS_LOG_LEVEL", "ERROR")
    monkeypatch.setenv("LMS_DEMO", "true")
    return tmp_path / "instance"


@pytest.fixture
def lms(place, monkeypatch):
    """lms("db", "upgrade") -> (exit code, what was printed)."""
    real, made = cli._create, []

    def create():
        made.append(real())
        return made[-1]

    # A process ends with its command; here its connections are closed instead.
    monkeypatch.setattr(cli, "_create", create)
    monkeypatch.setattr(cli.main, "create_app", create)

    def run(*words: str) -> tuple[int, str]:
        answer = CliRunner().invoke(cli.main, list(words))
        while made:
            close(made.pop())
        return answer.exit_code, answer.output

    return run


def app_at(place):
    """The application on the database the commands have made."""
    return create_app(TESTING=True)


def test_the_first_start_makes_everything_and_prints_one_link(lms, place):
    code, printed = lms(*FOUNDING)

    assert code == 0, printed
    assert printed.count("/akun/tautan/") == 1
    assert stat.S_IMODE((place / "secret_key").stat().st_mode) == 0o600
    code, printed = lms("doctor", "--json")
    assert code == 0
    assert all(finding["ok"] for finding in json.loads(printed))


def test_the_link_of_the_first_start_lets_the_administrator_in(lms, place):
    printed = lms(*FOUNDING)[1]
    path = "/akun/tautan/" + printed.rsplit("/akun/tautan/", 1)[1].strip()
    app = app_at(place)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()

    page = client.get(path, follow_redirects=True)

    assert page.status_code == 200
    assert 'type="password"' in page.text
    close(app)


def test_a_wrong_answer_to_the_first_start_is_one_sentence(lms):
    words = [*FOUNDING[:-1], "67X1"]

    code, printed = lms(*words)

    assert code == 1
    assert "67X1" in printed
    assert "Traceback" not in printed


def test_upgrading_twice_says_so(lms):
    assert "diperbarui" in lms("db", "upgrade")[1]
    assert "sudah terbaru" in lms("db", "upgrade")[1]


def test_the_demo_may_be_prepared_again_and_loses_nothing(lms, place):
    assert lms("demo")[0] == 0
    key = (place / "secret_key").read_text()
    before = counts(place)

    assert lms("demo")[0] == 0

    assert counts(place) == before
    assert (place / "secret_key").read_text() == key
    assert before["people"] == 42
    assert before["releases"] == before["courses"] == 3


def test_the_demo_shows_an_agency_that_learns(lms, place):
    lms("demo")

    found = counts(place)
    assert found["completions"] == found["certificates"] > 40
    assert found["enrolments"] > found["completions"]
    assert found["assignment_duties"] > 40
    assert found["encouragements"] == found["deputies"] == 1
    assert lms("records", "verify")[0] == 0


def test_whom_one_signs_in_as_begins_afresh_in_the_demo(lms, place):
    lms("demo")
    app = app_at(place)

    with app.app_context():
        learned = database.session.scalar(
            text(
                "SELECT count(*) FROM enrolments JOIN people"
                " ON people.id = enrolments.person_id WHERE email IN"
                " ('rani@contoh.go.id', 'agus@contoh.go.id', 'yohanes@contoh.go.id',"
                " 'siti@contoh.go.id', 'hendra@contoh.go.id', 'made@contoh.go.id')"
            )
        )
    assert learned == 0
    close(app)


def test_the_demo_is_refused_where_others_could_reach_it(lms, monkeypatch):
    monkeypatch.setenv("LMS_HOST", "0.0.0.0")

    code, printed = lms("demo")

    assert code == 1
    assert "127.0.0.1" in printed


def test_serving_demo_people_elsewhere_is_refused(lms, place):
    lms("demo")
    app = app_at(place)
    app.config["HOST"] = "0.0.0.0"

    with pytest.raises(SystemExit, match=r"127\.0\.0\.1"):
        check_ready(app)
    with pytest.raises(SystemExit):
        check_demo_address(app)
    close(app)


def test_serving_without_its_tables_is_refused(place, lms):
    lms("content", "check")  # any command makes the key; none makes tables
    app = app_at(place)

    with pytest.raises(SystemExit, match="lms db upgrade"):
        check_ready(app)
    close(app)


def test_the_doctor_finds_a_key_that_others_may_read(lms, place):
    lms("db", "upgrade")
    (place / "secret_key").chmod(0o644)

    code, printed = lms("doctor")

    assert code == 1
    assert "chmod 600" in printed


def test_a_key_that_is_too_short_is_one_sentence(lms, monkeypatch):
    monkeypatch.setenv("LMS_SECRET_KEY", "pendek")

    code, printed = lms("db", "upgrade")

    assert code == 1
    assert "LMS_SECRET_KEY" in printed
    assert "Traceback" not in printed


def test_help_is_there_before_anything_else(lms, place):
    code, printed = lms("--help")

    assert code == 0
    assert "serve" in printed
    assert not Path(place).exists()


def counts(place) -> dict[str, int]:
    app = app_at(place)
    with app.app_context():
        names = inspect(database.engine).get_table_names()
        found = {
            name: database.session.scalar(text(f'SELECT count(*) FROM "{name}"'))
            for name in names
        }
    close(app)
    return found


def close(app) -> None:
    with app.app_context():
        database.session.remove()
        database.engine.dispose()
