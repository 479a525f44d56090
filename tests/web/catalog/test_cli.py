"""The commands for authors: what they print, and how they exit."""

import json
import shutil

import pytest

from lms.catalog import courses
from lms.catalog.cli import content as commands
from tests.publishing import SAMPLES


@pytest.fixture
def content(tmp_path, app, monkeypatch):
    """A copy of the samples that is the app's content folder."""
    shutil.copytree(SAMPLES, tmp_path / "content")
    monkeypatch.setitem(app.config, "CONTENT_DIR", str(tmp_path / "content"))
    return tmp_path / "content"


@pytest.fixture
def run(app, db):
    """run("publish", "--json") -> what the command said and its exit code."""
    return lambda *args: app.test_cli_runner().invoke(commands, args)


def break_it(content):
    file = content / "kursus/contoh-mini/kursus.yml"
    file.write_text(file.read_text().replace("jp: 1", "jp: satu"))


def test_checking_sound_files_says_so(run, content):
    done = run("check")

    assert done.exit_code == 0
    assert "2 kursus, 0 galat, 0 peringatan." in done.output


def test_checking_names_file_line_and_mistake(run, content):
    break_it(content)

    done = run("check")

    assert done.exit_code == 1
    assert "content/kursus/contoh-mini/kursus.yml:6:" in done.output
    assert "galat A135" in done.output


def test_checking_one_course_leaves_the_others_out(run, content):
    break_it(content)

    assert run("check", str(content / "kursus/contoh-singkat")).exit_code == 0
    assert run("check", str(content / "kursus/contoh-mini")).exit_code == 1


def test_checking_one_course_by_its_name(run, content):
    break_it(content)

    sound, broken = run("check", "contoh-singkat"), run("check", "contoh-mini")

    assert sound.exit_code == 0
    assert "1 kursus, 0 galat, 0 peringatan." in sound.output
    assert broken.exit_code == 1


@pytest.mark.parametrize("named", ["tidak-ada", "../lain", "kursus/tidak-ada"])
def test_checking_a_course_that_is_not_there_says_so(run, content, named):
    done = run("check", named)

    assert done.exit_code == 1
    assert f'Folder kursus "{named}" tidak ada.' in done.output


def test_checking_answers_programs_in_json(run, content):
    break_it(content)

    done = run("check", "--json")

    assert json.loads(done.output)[0]["level"] == "error"


def test_checking_answers_editors_in_sarif(run, content):
    break_it(content)

    done = run("check", "--format", "sarif")

    assert done.exit_code == 1
    assert json.loads(done.output)["runs"][0]["results"][0]["level"] == "error"


def test_publishing_tells_each_course(app, run, content):
    first, second = run("publish"), run("publish")

    assert first.exit_code == second.exit_code == 0
    assert "contoh-singkat: terbitan 1 diterbitkan" in first.output
    assert "contoh-singkat: tidak berubah" in second.output
    with app.app_context():
        assert courses.live("contoh-mini").number == 1


def test_publishing_a_broken_course_exits_with_1(run, content):
    break_it(content)

    done = run("publish")

    assert done.exit_code == 1
    assert "contoh-mini: belum dapat diterbitkan" in done.output
    assert "contoh-singkat: terbitan 1 diterbitkan" in done.output


def test_publishing_an_unknown_course_says_so(run, content):
    done = run("publish", "tidak-ada")

    assert done.exit_code == 1
    assert "tidak ada di folder isi" in done.output


def test_publishing_answers_programs_in_json(run, content):
    done = run("publish", "--json", "contoh-mini")

    assert [c["state"] for c in json.loads(done.output)["courses"]] == ["published"]


def test_the_index_can_be_made_anew(run, content):
    run("publish")

    done = run("index")

    assert done.exit_code == 0
    assert "2 kursus dapat dicari." in done.output
