"""What publishing a folder would change: every edit has its code and its colour."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from lms.courseware import bundle, changes, library

SAMPLES = Path(__file__).parents[2] / "content_samples"
COURSE = "contoh-singkat"
QUIZ, BANK, FIRST = "kuis/akhir.md", "bank/dasar.md", "01-menyapa.md"
SETUP = "kursus.yml"


def publication(root: Path) -> changes.Publication:
    read = library.load(root)
    assert COURSE in read.courses, [f.message for f in read.findings]
    course = read.courses[COURSE]
    return changes.of_bundle(bundle.build(course), course)


@cache
def live() -> changes.Publication:
    return publication(SAMPLES)


def after(tmp_path: Path, *edits: tuple[str, str, str]) -> tuple[changes.Change, ...]:
    """Return the changes that edits make to what is live."""
    return changes.compare(live(), publication(edited(tmp_path, *edits)))


def edited(tmp_path: Path, *edits: tuple[str, str, str]) -> Path:
    """Return a copy of the samples after edits (file, old text, new text).

    An old text of "" means that the new one is a whole file.
    """
    root = tmp_path / "isi"
    shutil.copytree(SAMPLES, root)
    for name, old, new in edits:
        path = root / "kursus" / COURSE / name
        path.parent.mkdir(exist_ok=True)
        text = path.read_text("utf-8") if old else ""
        assert not old or text.count(old) == 1, old
        path.write_text(text.replace(old, new) if old else new, "utf-8")
    return root


def found(changes_: tuple[changes.Change, ...]) -> list[str]:
    return sorted(f"{c.code} {c.tint} {c.question or c.item}".strip() for c in changes_)


SAPAAN = "- (x) Begitu warga tiba di depan loket\n  > Tepat, sapaan pertama"
MORE = "---\njenis: modul\nid: tambahan\njudul: Tambahan\n---\n\nIsi tambahan.\n"
LISTED = (SETUP, "      - 02-berkas.md\n", "      - 02-berkas.md\n      - 03.md\n")
OPTIONAL = MORE.replace("---\n\n", "wajib: tidak\n---\n\n")
LAST = "lihat siapa yang datang.\n///\n"
GOALS = "tujuan:\n  - Menyapa warga dengan baku dan ramah\n"
RUBRIC = """
## Rubrik

| Kriteria | Bobot | 2 | 1 |
|---|---|---|---|
| Sapaan {#sapaan} | 60 | Ramah | Kaku |
| Catatan {#catatan} | 40 | Lengkap | Kurang |
"""
DRAWN = "Angka: n = 12 | 14\nJawaban angka: {{n}} ± 1"
DRAWER = """## Disimpan di laci {#laci}

Catatan kekurangan cukup disimpan di laci petugas.

Pernyataan ini: salah
Jika keliru: Catatan diberikan kepada warga.

"""
DRAWER_CHECK = f"/// soal | {DRAWER.removeprefix('## ').rstrip()}\n///\n"
EDITS = [
    pytest.param([(FIRST, "Berdiri, beri salam", "Berdiri, tersenyum, beri salam")],
                 ["V930 green menyapa"], id="prose"),
    pytest.param([(FIRST, "judul: Menyapa warga", "judul: Menyapa tamu")],
                 ["V931 green menyapa"], id="title"),
    pytest.param([(QUIZ, "Tepat, sapaan pertama", "Benar, sapaan pertama")],
                 ["V910 green sapaan"], id="feedback"),
    pytest.param([(QUIZ, "Petunjuk: Ingat langkah", "Petunjuk: Bayangkan langkah")],
                 ["V910 green sapaan"], id="hint"),
    pytest.param([(QUIZ, "Pembahasan: Warga disapa", "Pembahasan: Tamu disapa")],
                 ["V910 green sapaan"], id="explanation"),
    pytest.param([(QUIZ, "## Sapaan {#", "## Sapaan pertama {#")],
                 ["V914 green sapaan"], id="title of a question"),
    pytest.param([(QUIZ, "Kapan petugas menyapa", "Kapan sebaiknya petugas menyapa")],
                 ["V907 yellow sapaan"], id="stem"),
    pytest.param([(QUIZ, "Setelah warga duduk\n", "Sesudah warga duduk\n")],
                 ["V905 yellow sapaan"], id="option text"),
    pytest.param([(QUIZ, "Poin: 2", "Poin: 3")], ["V909 yellow sapaan"], id="points"),
    pytest.param([(QUIZ, "nilai_lulus: 70", "nilai_lulus: 75")],
                 ["V925 yellow kuis-akhir"], id="pass mark"),
    pytest.param([(QUIZ, "batas_waktu: 20 menit", "batas_waktu: 30 menit")],
                 ["V925 yellow kuis-akhir"], id="time limit"),
    pytest.param([(BANK, "## Ramah", "## Baru {#baru}\n\nApakah dua tambah dua empat?"
                   "\n\nPernyataan ini: benar\n\n## Ramah")],
                 ["V912 yellow baru"], id="new question in a pool"),
    pytest.param([(QUIZ, "- (x) Begitu", "- ( ) Begitu"),
                  (QUIZ, "- ( ) Setelah berkas", "- (x) Setelah berkas")],
                 ["V903 red sapaan"], id="key"),
    pytest.param([(QUIZ, "- (50%) Setelah", "- ( ) Setelah")],
                 ["V903 red sapaan"], id="weight of an option"),
    pytest.param([(QUIZ, "Ombudsman | Ombudsman RI", "Ombudsman | ORI")],
                 ["V903 red pengawas"], id="accepted answers"),
    pytest.param([(QUIZ, "Jawaban angka: 12 ± 1", "Jawaban angka: 24 ± 1")],
                 ["V903 red lama-tanggapan"], id="number"),
    pytest.param([(QUIZ, "laci petugas.\n\nPernyataan ini: salah",
                   "laci petugas.\n\nPernyataan ini: benar")],
                 ["V903 red laci"], id="truth"),
    pytest.param([(QUIZ, "- [ ] Pangkat petugas", "- [ ] Hobi petugas loket tiga\n"
                   "- [ ] Pangkat petugas")],
                 ["V908 red unsur-catatan"], id="option added"),
    pytest.param([(BANK, "- ( ) Membayar biaya tambahan\n", "")],
                 ["V908 red hak-warga"], id="option removed"),
    pytest.param([(QUIZ, "- [x] Nama dokumen\n- [x] Tanggal pemeriksaan\n",
                   "- [x] Tanggal pemeriksaan\n- [x] Nama dokumen\n")],
                 ["V914 green unsur-catatan"], id="order of options"),
    pytest.param([(BANK, "{#ramah}", "{#keramahan}")],
                 ["V902 red ramah", "V912 yellow keramahan"], id="code retyped"),
    pytest.param([(BANK, "{#ramah}", "{#keramahan}"),
                  (BANK, "ini: salah", "ini: salah\nDulu: ramah")],
                 ["V911 green keramahan"], id="code linked to the former one"),
    pytest.param([(BANK, "## Ramah {#ramah}\n\nRamah berarti mendahulukan kenalan.\n\n"
                   "Pernyataan ini: salah\n", "")],
                 ["V901 red ramah"], id="question removed"),
    pytest.param([(BANK, "Pernyataan ini: salah", "Jawaban: kenalan")],
                 ["V904 red ramah"], id="kind changed"),
    pytest.param([(QUIZ, "2 dari bank/dasar.md", "3 dari bank/dasar.md")],
                 ["V927 yellow kuis-akhir"], id="more questions drawn"),
    pytest.param([(SETUP, "  - menyapa: selesai\n", "")], ["V906 red"], id="passing"),
    pytest.param([(SETUP, "jp: 2", "jp: 3")], ["V942 red"], id="jp"),
    pytest.param([(SETUP, "edisi: 1", "edisi: 2")], ["V942 red"], id="edition"),
    pytest.param([(SETUP, "ringkasan: Dua", "ringkasan: Ada dua")], ["V940 green"],
                 id="summary"),
    pytest.param([(SETUP, "status: tayang", "status: arsip")], ["V944 yellow"],
                 id="archived"),
    pytest.param([(SETUP, "      - 02-berkas.md\n", ""),
                  (SETUP, "  - berkas: selesai\n", "")],
                 ["V901 red cek-catatan", "V901 red cek-kurang", "V906 red",
                  "V920 red berkas", "V943 green"], id="item removed"),
    pytest.param([(FIRST, "durasi: 30 menit", "durasi: 30 menit\nwajib: tidak"),
                  (SETUP, "  - menyapa: selesai\n", "")],
                 ["V906 red", "V923 red menyapa"], id="no longer required"),
    pytest.param([(QUIZ, "Satuan: orang", "Satuan: warga")],
                 ["V913 yellow lama-tanggapan"], id="unit"),
    pytest.param([(QUIZ, "12 warga tiap", "{{n}} warga tiap"),
                  (QUIZ, "Jawaban angka: 12 ± 1", DRAWN)],
                 ["V903 red lama-tanggapan", "V907 yellow lama-tanggapan",
                  "V915 red lama-tanggapan"], id="numbers drawn"),
    pytest.param([(QUIZ, DRAWER, ""), (FIRST, LAST, f"{LAST}\n{DRAWER_CHECK}")],
                 ["V916 red laci", "V926 red menyapa", "V927 yellow kuis-akhir",
                  "V930 green menyapa"], id="question moved to a lesson"),
    pytest.param([(FIRST, "jenis: modul", "jenis: tugas"), (FIRST, GOALS, ""),
                  (FIRST, LAST, LAST + RUBRIC),
                  (SETUP, "menyapa: selesai", "menyapa: lulus")],
                 ["V906 red", "V924 red menyapa"], id="lesson became a task"),
    pytest.param([(SETUP, "jenis_diklat: 16", "jenis_diklat: 17")], ["V941 yellow"],
                 id="form of training"),
    pytest.param([("03.md", "", MORE), LISTED], ["V921 red tambahan", "V943 green"],
                 id="required item added"),
    pytest.param([("03.md", "", OPTIONAL), LISTED],
                 ["V922 green tambahan", "V943 green"], id="optional item added"),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), EDITS)
def test_an_edit_has_its_code_and_colour(tmp_path, edits, expected):
    assert found(after(tmp_path, *edits)) == expected


def test_nothing_edited_changes_nothing():
    assert changes.compare(live(), live()) == ()


def test_a_first_publication_has_nothing_to_ask():
    assert changes.compare(None, live()) == ()


def test_a_change_shows_old_and_new_in_words(tmp_path):
    [key] = after(
        tmp_path,
        (QUIZ, "- (x) Begitu", "- ( ) Begitu"),
        (QUIZ, "- ( ) Setelah berkas", "- (x) Setelah berkas"),
    )

    assert key.message == "Kunci jawaban soal “sapaan” berubah."
    assert key.old == ("Begitu warga tiba di depan loket; Setelah warga duduk (50%)")
    assert key.new == "Setelah berkas diperiksa; Setelah warga duduk (50%)"
    assert [pair.is_exact for pair in key.pairs] == [True] * 3


def test_a_picture_under_the_same_name_is_a_change(tmp_path):
    root = tmp_path / "isi"
    shutil.copytree(SAMPLES, root)
    picture = root / "kursus" / COURSE / "aset" / "alur.svg"
    picture.write_text(
        picture.read_text("utf-8").replace("</svg>", "<title>Lain</title></svg>"),
        "utf-8",
    )

    assert found(changes.compare(live(), publication(root))) == ["V930 green menyapa"]


TASK = "---\njenis: tugas\nid: surat\njudul: Surat\n---\n\nTulis surat.\n" + RUBRIC
WITH_TASK = [
    ("tugas/surat.md", "", TASK),
    (SETUP, "      - kuis/akhir.md", "      - kuis/akhir.md\n      - tugas/surat.md"),
]
LATER = [
    # edits before it is live, edits after, what they change
    pytest.param([(SETUP, "edisi: 1", "edisi: 2")], [(SETUP, "edisi: 2", "edisi: 1")],
                 ["V942 red", "V945 red"], id="edition went down"),
    pytest.param(WITH_TASK, [("tugas/surat.md", "Tulis surat", "Tulis satu surat")],
                 ["V930 green surat"], id="words of a task"),
    pytest.param(WITH_TASK, [("tugas/surat.md", "| 60 |", "| 50 |"),
                             ("tugas/surat.md", "| 40 |", "| 50 |")],
                 ["V963 red surat", "V963 red surat"], id="weights of a rubric"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "edits", "expected"), LATER)
def test_an_edit_of_what_was_added_has_its_code(tmp_path, before, edits, expected):
    one = edited(tmp_path / "a", *before)
    other = edited(tmp_path / "b", *before, *edits)

    assert found(changes.compare(publication(one), publication(other))) == expected


def test_a_side_that_a_later_kind_of_item_adds_is_told_by_its_numbers():
    def side(body: dict) -> changes.Publication:
        entry = {"code": "latihan", "kind": "later", "title": "Latihan",
                 "required": False, "completion": None}  # fmt: skip
        manifest = live().manifest | {
            "chapters": [{"title": "Satu", "items": [entry]}], "passing": []
        }  # fmt: skip
        return changes.Publication(manifest, {"latihan": ("later", body)}, {})

    def told(old: dict, new: dict) -> list[str]:
        return found(changes.compare(side(old), side(new)))

    scene = {"scenes": [{"code": "a", "html": "<p>Satu</p>", "points": 20}]}
    reworded = {"scenes": [{"code": "a", "html": "<p>Dua</p>", "points": 20}]}
    weighed = {"scenes": [{"code": "a", "html": "<p>Satu</p>", "points": 30}]}

    assert told(scene, reworded) == ["V932 yellow latihan"]
    assert told(scene, weighed) == ["V933 red latihan"]
