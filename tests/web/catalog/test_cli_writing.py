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


def test_further_surveys_keep_the_codes_of_statements(run, content):
    run("new", "kursus", "surat-masuk")
    course = content / "kursus/surat-masuk"
    for title in ("Sebelum", "Sesudah", "Lagi"):
        run("new", "survei", "surat-masuk", "--judul", title)

    texts = [
        (course / f"survei/{code}.md").read_text("utf-8")
        for code in ("sebelum", "sesudah", "lagi")
    ]

    for text in texts:
        assert "tugas saya {#sesuai-tugas}" in text
    assert ["{#saran}" in text for text in texts] == [True, False, False]
    assert "{#saran-2}" in texts[1]
    assert "{#saran-3}" in texts[2]
    assert findings(content, "surat-masuk") == []


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


@pytest.fixture
def lesson(content):
    return next((content / "kursus/contoh-mini").glob("*.md"))


def test_a_new_translation_is_valid_and_says_what_its_base_says(run, content, lesson):
    done = run("new", "terjemahan", "contoh-mini", "--dari", lesson.name)

    assert done.exit_code == 0, done.output
    assert f"en/{lesson.name} dibuat" in done.output
    assert "bahasa: en\nsumber: " in (lesson.parent / "en" / lesson.name).read_text()
    assert findings(content, "contoh-mini") == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--dari", "tidak-ada.md"], "tidak ada"),
        ([], "--dari kursus.yml"),
        (["--dari", "../contoh-singkat/kursus.yml"], "tidak ada"),
        (["--dari", "kursus.yml", "--bahasa", "id"], "bukan bahasa terjemahan"),
        (["--dari", "kursus.yml", "--bahasa", "../x"], "bukan bahasa terjemahan"),
    ],
)
def test_a_translation_that_cannot_be_begun_is_explained(run, content, more, words):
    done = run("new", "terjemahan", "contoh-mini", *more)

    assert done.exit_code == 1
    assert words in done.output


def test_a_translation_is_never_written_over(run, lesson):
    run("new", "terjemahan", "contoh-mini", "--dari", lesson.name)

    done = run("new", "terjemahan", "contoh-mini", "--dari", lesson.name)

    assert done.exit_code == 1
    assert "sudah ada; tidak ditimpa" in done.output


def test_tidying_renews_the_mark_of_a_translation_only_when_told(run, content, lesson):
    run("new", "terjemahan", "contoh-mini", "--dari", lesson.name)
    target = lesson.parent / "en" / lesson.name
    made = target.read_bytes()
    lesson.write_text(lesson.read_text("utf-8") + "\nKalimat baru.\n", "utf-8")

    left, kept = run("tidy", "contoh-mini"), target.read_bytes()
    done = run("tidy", "contoh-mini", "--terjemahan")

    assert "berkas asal berubah" in left.output
    assert kept == made
    assert '"sumber" diperbarui' in done.output
    assert target.read_bytes() != made


def test_tidying_codes_keeps_a_translation_current(run, content, lesson):
    lesson.write_text(
        lesson.read_text("utf-8").rstrip()
        + "\n\n/// soal | Cek baru\nBenarkah?\n\nPernyataan ini: benar\n///\n",
        "utf-8",
    )
    run("new", "terjemahan", "contoh-mini", "--dari", lesson.name)

    done = run("tidy", "contoh-mini")

    assert '"sumber" diperbarui' in done.output
    assert "berkas asal berubah" not in done.output
