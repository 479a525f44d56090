"""Whatever an author edits, a finished attempt stays what it was, to the byte."""

import re

import pytest
from sqlalchemy import select

from lms.catalog.models import QuestionKey, QuestionVersion
from lms.db import db as _db
from lms.quiz.models import AnswerSave, Attempt, SlotScore

from .stage import BANK, COURSE, KEY, QUIZ, edit, publish
from .taking import take

PICTURE = (QUIZ, "Kapan petugas menyapa warga?",
           "Kapan petugas menyapa warga?\n\n![Alur](../aset/alur.svg)")  # fmt: skip
OTHER_KINDS = """## Unsur dan pertanyaan {#unsur-tanya}

Pasangkan unsur dengan pertanyaannya.

Pasangkan:
- Persyaratan -> Apa yang harus dibawa?
- Waktu -> Berapa lama?
- -> Siapa atasan petugas?

## Langkah melayani {#langkah}

Urutkan langkahnya.

Urutkan:
1. Menyapa warga
2. Memeriksa berkas
3. Memberi tanda terima

## Kalimat rumpang {#rumpang}

Lengkapi kalimat ini.

Isian:
Standar diumumkan lewat [[maklumat]], diawasi [[pilih: Ombudsman | BPK]].

## Angka undian {#undian}

Berapa {{n}} loket kali dua?

Angka: n = 1 sampai 9 langkah 1
Jawaban angka: {{n * 2}}

"""
ALL_KINDS = (
    (QUIZ, "## Lama tanggapan", f"{OTHER_KINDS}## Lama tanggapan"),
    (QUIZ, "pembahasan: setelah selesai", "pembahasan: langsung"),
)
GIVEN = {
    "laci": True, "unsur-tanya": {"1": 1}, "langkah": [2, 1, 3],
    "rumpang": {"1": "maklumat", "2": 1}, "undian": "4",
}  # fmt: skip
EDITS = {
    "a pair": [(QUIZ, "- Waktu -> Berapa lama?", "- Waktu -> Berapa hari lamanya?")],
    "a pair more": [(QUIZ, "- -> Siapa atasan", "- Biaya -> Berapa rupiah?\n"
                     "- -> Siapa atasan")],
    "the order": [(QUIZ, "1. Menyapa warga\n2. Memeriksa berkas",
                   "1. Memeriksa berkas\n2. Menyapa warga")],
    "a step": [(QUIZ, "3. Memberi tanda terima", "3. Mengucapkan terima kasih")],
    "a gap": [(QUIZ, "[[maklumat]]", "[[papan pengumuman]]")],
    "a gap's choice": [(QUIZ, "[[pilih: Ombudsman | BPK]]",
                        "[[pilih: BPK | Ombudsman | Polisi]]")],
    "a formula": [(QUIZ, "{{n * 2}}", "{{n * 3}}")],
    "drawn numbers": [(QUIZ, "1 sampai 9 langkah 1", "20 sampai 40 langkah 2")],
    "stem": [(QUIZ, "Kapan petugas menyapa", "Siapa yang menyapa")],
    "option": [(QUIZ, "- ( ) Setelah berkas diperiksa", "- ( ) Sesudah pulang")],
    "order": [(QUIZ, "- [x] Nama dokumen\n- [x] Tanggal pemeriksaan\n",
               "- [x] Tanggal pemeriksaan\n- [x] Nama dokumen\n")],
    "order of a choice": [(BANK, "- (x) Diberi tahu semua kekurangan sekaligus\n"
                           "- ( ) Menunggu sampai petugas sempat\n",
                           "- ( ) Menunggu sampai petugas sempat\n"
                           "- (x) Diberi tahu semua kekurangan sekaligus\n")],
    "key": list(KEY),
    "truth": [(QUIZ, "petugas.\n\nPernyataan ini: salah",
               "petugas.\n\nPernyataan ini: benar")],
    "accepted": [(QUIZ, "Jawaban: Ombudsman | Ombudsman RI", "Jawaban: BPK")],
    "number": [(QUIZ, "Jawaban angka: 12 ± 1", "Jawaban angka: 24 ± 1")],
    "points": [(QUIZ, "Poin: 2", "Poin: 5")],
    "feedback": [(QUIZ, "Tepat, sapaan pertama", "Benar, sapaan pertama")],
    "explanation": [(QUIZ, "Pembahasan: Warga disapa", "Pembahasan: Tamu disapa")],
    "title of a question": [(QUIZ, "## Pengawas {#", "## Siapa mengawasi {#")],
    "kind": [(QUIZ, "Jawaban: Ombudsman | Ombudsman RI", "Pernyataan ini: benar")],
    "question gone": [(QUIZ, "## Disimpan di laci {#laci}\n\nCatatan kekurangan cukup"
                       " disimpan di laci petugas.\n\nPernyataan ini: salah\n"
                       "Jika keliru: Catatan diberikan kepada warga.\n\n", "")],
    "pass mark": [(QUIZ, "nilai_lulus: 70", "nilai_lulus: 100")],
    "code": [(QUIZ, "{#pengawas}", "{#lembaga}")],
}  # fmt: skip


@pytest.fixture
def finished(app, folder, sign_in):
    """Agus has finished the quiz, one question of which shows a picture."""
    edit(folder, PICTURE, *ALL_KINDS)
    with app.app_context():
        assert publish(folder).is_ok
    attempt_id = take(app, given=GIVEN)
    return attempt_id, sign_in("agus")


def page(client, attempt_id: int) -> str:
    text = client.get(f"/kuis/percobaan/{attempt_id}/hasil").text
    text = re.sub(r'(name="csrf[-_]token" (?:content|value)=)"[^"]*"', r"\1", text)
    assert "Pembahasan" in text
    return text


def rows(app) -> list:
    with app.app_context():
        tables = (Attempt, AnswerSave, SlotScore)
        found = [
            [tuple(row) for row in _db.session.execute(select(table.__table__))]
            for table in tables
        ]
        versions = _db.session.execute(
            select(QuestionVersion.id, QuestionVersion.sha, QuestionKey.key)
            .join(QuestionKey)
            .order_by(QuestionVersion.id)
        )
        return [*found, [tuple(row) for row in versions]]


def test_the_page_of_a_finished_attempt_is_the_same_to_the_byte(app, folder, finished):
    attempt_id, agus = finished
    before, stored = page(agus, attempt_id), rows(app)
    home = folder / "kursus" / COURSE
    texts = {name: (home / name).read_text("utf-8") for name in (QUIZ, BANK)}

    for name, edits in EDITS.items():  # one after the other: each from the same start
        edit(folder, *edits)
        with app.app_context():
            report = publish(folder)
        for file, text in texts.items():
            (home / file).write_text(text, "utf-8")

        after = rows(app)
        assert report.published, name
        assert page(agus, attempt_id) == before, name
        assert after[:3] == stored[:3], name
        assert after[3][: len(stored[3])] == stored[3], "no version is written over"


def test_another_picture_under_the_same_name_does_not_reach_it(app, folder, finished):
    attempt_id, agus = finished
    before = page(agus, attempt_id)
    address = re.search(r'src="(/kursus/[^"]+\.svg)"', before)[1]
    drawn = agus.get(address).data
    picture = folder / "kursus" / COURSE / "aset" / "alur.svg"

    picture.write_text(
        picture.read_text("utf-8").replace("</svg>", "<title>Lain</title></svg>"),
        "utf-8",
    )
    with app.app_context():
        assert publish(folder).published

    assert page(agus, attempt_id) == before
    assert agus.get(address).data == drawn
