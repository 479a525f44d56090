"""What authors change in the course of all kinds, for tests of what outlives it."""

from tests import everything
from tests.everything import COURSE, LESSON, PICTURE, QUIZ, SETUP, STORY, SURVEY, TASK

EDITS = {
    "a text": [(LESSON, "Awali dengan masalah", "Mulailah dengan masalah")],
    "a question": [(QUIZ, "Apa yang dicatat lebih", "Apa yang ditulis lebih")],
    "an order": [(QUIZ, "- [x] Alamat tujuan\n- [x] Jumlah lampiran\n",
                  "- [x] Jumlah lampiran\n- [x] Alamat tujuan\n"),
                 (f"en/{QUIZ}", "- [x] Alamat tujuan\n- [x] Jumlah lampiran\n",
                  "- [x] Jumlah lampiran\n- [x] Alamat tujuan\n")],
    "a key": [(QUIZ, "Pernyataan ini: salah", "Pernyataan ini: benar"),
              (f"en/{QUIZ}", "Pernyataan ini: salah", "Pernyataan ini: benar")],
    "a scene": [(STORY, "(#dihitung) (+40)", "(#dihitung) (+10)"),
                (f"en/{STORY}", "(#dihitung) (+40)", "(#dihitung) (+10)")],
    "a rubric": [(TASK, "{#masalah} | 40", "{#masalah} | 20"),
                 (TASK, "{#bahasa} | 20", "{#bahasa} | 40"),
                 (f"en/{TASK}", "{#masalah} | 40", "{#masalah} | 20"),
                 (f"en/{TASK}", "{#bahasa} | 20", "{#bahasa} | 40")],
    "a statement": [(SURVEY, "Contohnya mudah", "Contoh di sini mudah")],
    "a translation": [(f"en/{QUIZ}", "Bacalah setiap soal", "Read each question")],
    "a rule": [(SETUP, "modul-pertama: selesai", "kuis-akhir: lulus")],
    "an item": [(SETUP, ", survei.md", "")],
}  # fmt: skip


def publish_edits(app, folder) -> None:
    """Publish every edit of EDITS, some at a time, one upon the other."""
    for number, edits in enumerate(EDITS.values(), 1):
        for edit in edits:
            everything.edit(folder, *edit)
        if number % 5 == 0:
            with app.app_context():
                report = everything.publish(folder)
            assert report.published, report.outcomes


def change_the_picture(folder) -> None:
    path = folder / "kursus" / COURSE / PICTURE
    text = path.read_text("utf-8")
    path.write_text(text.replace("</svg>", "<title>Lain</title></svg>"), "utf-8")


def rename_the_quiz(folder) -> None:
    home = folder / "kursus" / COURSE
    for base in (home, home / "en"):
        (base / QUIZ).rename(base / "ujian.md")
    everything.edit(folder, SETUP, QUIZ, "ujian.md")
