"""The commands that write into course folders, as a trainer's helper uses them."""

import shutil

import pytest

from lms.catalog.cli import content as commands
from lms.courseware import library
from tests.publishing import SAMPLES


@pytest.fixture
def content(tmp_path, app, monkeypatch):
    """A copy of the samples that is the app's content folder."""
    shutil.copytree(SAMPLES, tmp_path / "content")
    monkeypatch.setitem(app.config, "CONTENT_DIR", str(tmp_path / "content"))
    return tmp_path / "content"


@pytest.fixture
def run(app):
    return lambda *args: app.test_cli_runner().invoke(commands, args)


def findings(content, folder):
    return [f for f in library.load(content).findings_of(folder) if f.is_error]


def test_a_new_course_is_valid_from_the_first_minute(run, content):
    done = run("new", "kursus", "surat-masuk", "--judul", 'Surat "masuk": dasar')

    assert done.exit_code == 0
    assert findings(content, "surat-masuk") == []
    text = (content / "kursus/surat-masuk/kursus.yml").read_text("utf-8")
    assert 'judul: "Surat \\"masuk\\": dasar"' in text


def test_a_course_that_exists_is_never_written_over(run, content):
    before = (content / "kursus/contoh-mini/kursus.yml").read_bytes()

    done = run("new", "kursus", "contoh-mini")

    assert done.exit_code == 1
    assert "sudah ada" in done.output
    assert (content / "kursus/contoh-mini/kursus.yml").read_bytes() == before


@pytest.mark.parametrize(
    "kind", ["modul", "kuis", "bank", "simulasi", "tugas", "survei"]
)
def test_a_new_item_is_valid_and_says_where_to_name_it(run, content, kind):
    run("new", "kursus", "surat-masuk")

    done = run("new", kind, "surat-masuk", "--judul", "Coba dulu")

    assert done.exit_code == 0, done.output
    assert "coba-dulu.md" in done.output
    assert findings(content, "surat-masuk") == []


def test_codes_of_a_second_quiz_give_way_to_those_of_the_first(run, content):
    run("new", "kursus", "surat-masuk")

    run("new", "kuis", "surat-masuk", "--judul", "Kuis awal")

    second = (content / "kursus/surat-masuk/kuis/kuis-awal.md").read_text("utf-8")
    assert "{#satu-jawaban-2}" in second
    assert not [f for f in findings(content, "surat-masuk") if f.code == "K711"]


def test_an_item_is_never_written_over(run, content):
    run("new", "kursus", "surat-masuk")
    run("new", "bank", "surat-masuk", "--judul", "Soal")

    done = run("new", "bank", "surat-masuk", "--judul", "Soal")

    assert done.exit_code == 1
    assert "sudah ada; tidak ditimpa" in done.output


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("kuis", "tidak-ada"), "tidak ada"),
        (("kursus", "Surat Masuk"), "Contoh: surat-masuk"),
        (("kursus", "../luar"), "tanpa garis miring"),
        (("kuis", "contoh-mini", "--id", "Kuis Satu"), "Contoh: kuis-satu"),
    ],
)
def test_what_cannot_be_made_is_explained(run, content, args, words):
    done = run("new", *args)

    assert done.exit_code == 1
    assert words in done.output


def test_tidying_stamps_codes_and_says_which(run, content):
    file = next((content / "kursus/contoh-mini").rglob("*.md"))
    file.write_text(
        file.read_text("utf-8").rstrip()
        + "\n\n/// soal | Cek baru\nBenarkah?\n\nPernyataan ini: benar\n///\n",
        "utf-8",
    )

    done = run("tidy", "contoh-mini")

    assert done.exit_code == 0
    assert "{#cek-baru}" in done.output
    assert "/// soal | Cek baru {#cek-baru}\n" in file.read_text("utf-8")


def test_tidying_can_be_looked_at_before(run, content):
    file = next((content / "kursus/contoh-mini").rglob("*.md"))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    before = file.read_bytes()

    done = run("tidy", "--lihat")

    assert done.exit_code == 1
    assert "1 berkas perlu dirapikan." in done.output
    assert file.read_bytes() == before


def test_tidying_what_is_tidy_changes_nothing(run, content):
    done = run("tidy")

    assert done.exit_code == 0
    assert "0 berkas dirapikan." in done.output
