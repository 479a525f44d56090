"""A small course with one simulation, from its files to the pages, and ways to play."""

import re
import tempfile
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from lms.catalog import courses, items, releases
from lms.catalog.releases import Source
from lms.courseware import bundle, library
from lms.db import db
from lms.kernel import clock
from lms.records import enrolments
from lms.simulations import runs
from lms.simulations.models import Run
from tests.cast import CAST
from tests.publishing import SAMPLES
from tests.unit.courseware.test_simulation_files import TEXT

COURSE, ITEM = "layanan", "keluhan-di-loket"
START = f"/simulasi/{COURSE}/{ITEM}/mulai"
COVER = f"/kursus/{COURSE}/{ITEM}"
STORY = TEXT.replace("nilai_lulus: 60\n", "nilai_lulus: 60\nkompetensi: [PPB/1]\n")
# The choices of the best way, of a middling one that passes not, and of the worst.
BEST = ["Mendengarkan sampai selesai", "Menjelaskan lembar"]
DETOUR = ["kembali ke antrean", "Meminta maaf", "Menjelaskan lembar"]
WORST = ["kembali ke antrean", "Memanggil satpam"]

COURSE_FILE = """\
id: layanan
judul: Layanan
ringkasan: Ringkas.
edisi: 1
jp: 1
status: tayang
penulis: [Hendra Saputra]
kompetensi:
  - kode: PPB
    tingkat: 1
    bukti: [keluhan-di-loket]
urutan:
  - bab: Satu
    isi: [simulasi.md]
kelulusan:
  - keluhan-di-loket: lulus
"""


@cache
def built(story: str, course_file: str = COURSE_FILE) -> bundle.Bundle:
    """Read and render the course: once per text, which is what takes the time."""
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "kursus" / COURSE
        folder.mkdir(parents=True)
        (Path(root) / "kompetensi.yml").write_text(
            (SAMPLES / "kompetensi.yml").read_text("utf-8"), "utf-8"
        )
        (folder / "kursus.yml").write_text(course_file, "utf-8")
        (folder / "simulasi.md").write_text(story, "utf-8")
        read = library.load(Path(root))
    assert COURSE in read.courses, read.findings
    return bundle.build(read.courses[COURSE])


def publish(story: str = STORY, course_file: str = COURSE_FILE):
    """Publish the course with this simulation. Returns what is live."""
    made = built(story, course_file)
    releases.store(made, Source(COURSE, made.fingerprint, True), clock.now(), None)
    db.session.commit()
    return courses.live(COURSE)


def enrol(name: str = "rani") -> int:
    """Let one of the cast take part."""
    part = CAST[name]
    person = SimpleNamespace(id=part.id, unit_id=part.unit_id)
    enrolment = enrolments.enrol(person, courses.live(COURSE), clock.now())
    db.session.commit()
    return enrolment.id


def begin(client) -> int:
    """Begin a run over HTTP; return its id."""
    answer = client.post(START)
    assert answer.status_code == 303, answer.text
    return int(re.search(r"/main/(\d+)$", answer.location)[1])


def scene_url(run_id: int) -> str:
    return f"/simulasi/main/{run_id}"


def step_url(run_id: int, number: int) -> str:
    return f"{scene_url(run_id)}/langkah/{number}"


def place_of(page: str, words: str) -> str:
    """The value of the button with these words on it."""
    buttons = re.findall(
        r'<button class="opt" name="pilihan" value="(\d+)">(.*?)</button>', page, re.S
    )
    [value] = [value for value, text in buttons if words in text]
    return value


def play(client, run_id: int, ways: list[str], first: int = 1):
    """Choose by the words on the buttons, as people do; return the last page."""
    page = client.get(scene_url(run_id))
    for number, words in enumerate(ways, first):
        page = client.post(
            step_url(run_id, number),
            data={"pilihan": place_of(page.text, words)},
            follow_redirects=True,
        )
        assert page.status_code == 200, page.text
    return page


def run_through(client, ways: list[str]):
    """Begin and play a whole run; return (its id, the page it ended on)."""
    run_id = begin(client)
    return run_id, play(client, run_id, ways)


def run(run_id: int) -> Run:
    return db.session.get_one(Run, run_id)


def here(run_id: int) -> str:
    """The scene a run has come to."""
    found = run(run_id)
    return runs.spot(found, items.version(found.item_version_id)).scene
