"""A course of every kind of item and question, its translation, and a learner in it.

It is made of the files that authors begin with (`lms/courseware/examples`).
"""

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from lms.courseware.beginnings import example

from .publishing import NOW, SAMPLES

COURSE = "semua"
LESSON, QUIZ, BANK = "01-modul.md", "kuis/akhir.md", "bank/surat.md"
STORY, TASK, SURVEY = "simulasi.md", "tugas.md", "survei.md"
SETUP, PICTURE = "kursus.yml", "aset/alur.svg"
ITEMS = {
    LESSON: "modul-pertama",
    QUIZ: "kuis-akhir",
    STORY: "surat-tanpa-lampiran",
    TASK: "rencana-penerimaan-surat",
    SURVEY: "survei-reaksi",
}
ADDRESS = f"/kursus/{COURSE}"
_SETUP = """\
id: semua
judul: Semua jenis
ringkasan: Setiap jenis butir dan setiap jenis soal.
bahasa: id
terjemahan: [en]
edisi: 1
jp: 1
status: tayang
penulis: [Hendra Saputra]
urutan:
  - bab: Satu
    isi: [01-modul.md, kuis/akhir.md, simulasi.md, tugas.md, survei.md]
kelulusan:
  - modul-pertama: selesai
"""
_ENGLISH = "bahasa: en\njudul: All kinds\nringkasan: Every kind.\nbab: [One]\n"
# What Rani answers, by the code of the question; the others she leaves open.
# By file: words before which an author may write something else.
PLACES = {
    LESSON: "Awali dengan masalah", QUIZ: "Bacalah setiap soal",
    STORY: "Adegan pertama adalah", TASK: "Pilih satu hal", SURVEY: "Seberapa setuju",
}  # fmt: skip
GIVEN = {
    "satu-jawaban": 1, "beberapa-jawaban": [1, 3], "benar-salah": True,
    "isian-singkat": "agenda", "angka": "12", "angka-berganti": "11",
    "menjodohkan": {"1": 1, "2": 2}, "mengurutkan": [2, 1, 3, 4],
    "rumpang": {"1": "agenda", "2": "1", "3": 1}, "uraian": "Surat itu terlambat.",
    "nomor-agenda": 1, "surat-rahasia": 1,
}  # fmt: skip


def files() -> dict[str, str]:
    """The texts of the course by their path, without the picture."""
    lesson = example("modul.md").replace(
        "## Judul bagian", f"![Alur menerima surat]({PICTURE})\n\n## Judul bagian", 1
    )
    quiz = example("kuis.md").replace("- semua\n", f"- semua\n  - 1 dari {BANK}\n", 1)
    survey = example("survei.md").replace("setelah selesai\nanon", "kapan saja\nanon")
    base = {
        SETUP: _SETUP,
        LESSON: lesson,
        QUIZ: quiz,
        BANK: example("bank.md"),
        STORY: example("simulasi.md"),
        TASK: example("tugas.md"),
        SURVEY: survey,
    }
    for path in (QUIZ, STORY, TASK):  # the lesson alone completes the course
        base[path] = base[path].replace("nilai_lulus:", "wajib: tidak\nnilai_lulus:", 1)
    spoken = {f"en/{p}": _translated(t) for p, t in base.items() if p != SETUP}
    return base | spoken | {f"en/{SETUP}": _ENGLISH}


def _translated(text: str) -> str:
    """The file as its translation: the same marks, other data."""
    data, body = text.split("\n---\n", 1)
    kept = re.findall(r"^(?:jenis|id|judul): .*$", data, re.MULTILINE)
    return "\n".join(["---", *kept, "bahasa: en", "---"]) + "\n" + body


def copy(target: Path) -> Path:
    """Write the course into a content folder of its own; return its root."""
    root = target / "isi"
    home = root / "kursus" / COURSE
    for path, text in files().items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text, "utf-8")
    (home / "aset").mkdir()
    shutil.copy(SAMPLES / "kursus/contoh-singkat" / PICTURE, home / "aset")
    shutil.copy(SAMPLES / "kompetensi.yml", root)
    return root


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / "kursus" / COURSE / file
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def publish(root: Path, now=NOW):
    """Make the course live as it is in the folder."""
    from lms.catalog import courses, publishing
    from lms.db import db

    report = publishing.publish_all(root, now)
    db.session.rollback()
    courses.forget()
    return report


def publish_first(root: Path, now=NOW) -> None:
    """Make the course live for the first time; rendered once per test process."""
    from lms.catalog import courses, publishing, releases
    from lms.db import db

    sha = dict(publishing.folder_shas(root))[COURSE]
    releases.store(_built(), releases.Source(COURSE, sha, True), now, None)
    db.session.commit()
    courses.forget()


@cache
def _built():
    from lms.courseware import bundle, library

    with tempfile.TemporaryDirectory() as target:
        read = library.load(copy(Path(target)))
    assert COURSE in read.courses, read.findings
    return bundle.build(read.courses[COURSE])


def begin(client) -> int:
    """Let Rani take part and open every kind of item; return her attempt."""
    assert client.post(f"{ADDRESS}/ikuti").status_code == 303
    client.post(f"/simulasi/{COURSE}/{ITEMS[STORY]}/mulai")
    client.post(f"/tugas/{COURSE}/{ITEMS[TASK]}/mulai")
    answer = client.post(f"/kuis/{COURSE}/{ITEMS[QUIZ]}/mulai")
    assert answer.status_code == 303, answer.text
    return int(re.search(r"/percobaan/(\d+)", answer.location)[1])


def finish(app, client, attempt_id: int) -> None:
    """Let Rani answer, hand in and fill in everything."""
    lesson = f"{ADDRESS}/{ITEMS[LESSON]}"
    client.get(lesson)
    client.post(f"{lesson}/cek/cek-lampiran", data={"jawaban": "1"})
    client.post(f"{lesson}/selesai")
    _play(client)
    _write(client)
    filled = {"j0-0": "3", "j0-1": "2", "j1": ["0"], "j2": "Tambah latihan."}
    page = client.post(f"/survei/{COURSE}/{ITEMS[SURVEY]}", data=filled)
    assert page.status_code == 303, page.text
    answer(app, attempt_id)


def answer(app, attempt_id: int) -> None:
    """Save what GIVEN says to every question of an attempt, and hand it in."""
    from lms.catalog import items
    from lms.db import db
    from lms.kernel import clock
    from lms.quiz import answers, attempts
    from lms.quiz.models import Attempt

    with app.app_context():
        attempt = db.session.get_one(Attempt, attempt_id)
        versions = items.question_versions(place["q"] for place in attempt.layout)
        for slot, place in enumerate(attempt.layout):
            code = versions[place["q"]].code
            if code in GIVEN:
                answers.save(attempt, slot, 1, GIVEN[code], clock.now())
        attempts.submit(attempt, clock.now())
        db.session.commit()


def _play(client) -> None:
    place = client.post(f"/simulasi/{COURSE}/{ITEMS[STORY]}/mulai").location
    for step in (1, 2):
        page = client.get(place).text
        chosen = re.search(r'name="pilihan" value="(\d+)"', page)
        assert chosen, page
        client.post(f"{place}/langkah/{step}", data={"pilihan": chosen[1]})


def _write(client) -> None:
    place = client.post(f"/tugas/{COURSE}/{ITEMS[TASK]}/mulai").location
    seq = re.search(r'name="seq" value="(\d+)"', client.get(place).text)[1]
    data = {"seq": seq, "teks": "Masalah, sebab, tiga langkah.", "aksi": "simpan"}
    client.post(place, data=data, content_type="multipart/form-data")
    seen = re.search(
        r'name="dilihat" value="(\d+)"', client.get(f"{place}/kumpulkan").text
    )
    done = client.post(f"{place}/kumpulkan", data={"dilihat": seen[1] if seen else "0"})
    assert done.status_code == 303, done.text
