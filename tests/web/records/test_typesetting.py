"""What is on the paper of a certificate, set the same way everywhere."""

import hashlib
import json
import subprocess
import sys
import threading
import unicodedata

import pytest

from lms.kernel.errors import Unavailable
from lms.records import typesetting

from .paper import read, words

URL = "https://kelas.contoh.go.id/cek/7Q4K-M2XD-9T3B-W8PA"
PRINTED = {
    "version": 1,
    "office": "BKPSDM Kota Palangka Raya",
    "city": "Palangka Raya",
    "name": "Dr. Rani Kusumawardhani, S.Sos., M.Si.",
    "id_kind": "NI_PPPK",
    "nip": "199508252022212902",
    "rank": "IX",
    "job": "Pengelola Layanan Administrasi Keuangan",
    "unit": "Bidang Pelayanan Perizinan",
    "employer": "Dinas Penanaman Modal dan PTSP",
    "course": "Layanan Prima di Loket",
    "edition": 1,
    "form": "E-Learning",
    "organiser": "BKPSDM Kota Palangka Raya",
    "started_on": "2026-10-02",
    "finished_on": "2026-11-22",
    "issued_on": "2026-11-22",
    "jp": 4,
    "jp_words": "empat",
    "score_bp": 8_650,
    "signer_name": "Drs. Lukas Binti",
    "signer_title": "Kepala Badan",
    "signer_nip": "197001011995031901",
    "subjects": [["Antrean yang adil", 20], ["Kuis akhir", 0]],
    "code": "7Q4KM2XD9T3BW8PA",
    "number": "00001/layanan-prima/6771/XI/2026",
}
# A4 lying, in points; nothing may stand outside.
WIDTH, HEIGHT = 842, 595


def test_everything_a_certificate_says_is_on_it():
    data = typesetting.pdf(PRINTED, URL)
    front, back = words(data, 0), words(data, 1)

    for said in (
        "BKPSDM Kota Palangka Raya",
        "SERTIFIKAT",
        "Nomor 00001/layanan-prima/6771/XI/2026",
        "Dr. Rani Kusumawardhani, S.Sos., M.Si.",
        "NI PPPK 199508252022212902",
        "IX, Pengelola Layanan Administrasi Keuangan, Bidang Pelayanan Perizinan,",
        "Dinas Penanaman Modal dan PTSP",
        "Layanan Prima di Loket",
        "4 (empat) jam pelajaran",
        "2 Oktober 2026 s.d. 22 November 2026",
        "Lulus, nilai akhir 86,5",
        "E-Learning",
        "Palangka Raya, 22 November 2026",
        "Kepala Badan",
        "Drs. Lukas Binti",
        "NIP 197001011995031901",
        "7Q4K-M2XD-9T3B-W8PA",
        URL,
        "tidak memuat tanda tangan elektronik",
    ):
        assert said in front, said
    for said in ("1. Antrean yang adil 20", "2. Kuis akhir –", "20 menit", "45 menit"):
        assert said in back, said


def test_what_runs_out_says_until_when():
    for_good = typesetting.pdf(PRINTED, URL)
    ends = typesetting.pdf(PRINTED | {"valid_until": "2028-11-22"}, URL)

    assert "Berlaku sampai" not in words(for_good, 0)
    assert "Berlaku sampai 22 November 2028" in words(ends, 0)


def test_it_is_tagged_and_says_its_language_title_and_standard():
    paper = read(typesetting.pdf(PRINTED, URL))
    root = paper.trailer["/Root"]

    assert root["/Lang"].startswith("id")
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (PDF's own)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  (too)
    assert paper.metadata.title.startswith("Sertifikat Layanan Prima di Loket")
    assert paper.metadata.author == "BKPSDM Kota Palangka Raya"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    kinds, described = _tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= kinds
    assert described == [
        "Kode QR menuju halaman periksa sertifikat, kode 7Q4K-M2XD-9T3B-W8PA"
    ]


def _tags(node, kinds=None, described=None) -> tuple[set[str], list[str]]:
    """Return the kinds of structure elements, and the texts of the figures."""
    kinds, described = kinds or set(), described if described is not None else []
    for child in _children(node):
        kinds.add(child.get("/S"))
        if child.get("/S") == "/Figure":
            described.append(child["/Alt"])
        deeper, _ = _tags(child, kinds, described)
        kinds |= deeper
    return kinds, described


def _children(node) -> list:
    inside = node.get("/K", [])
    inside = inside.get_object() if hasattr(inside, "get_object") else inside
    several = inside if isinstance(inside, list) else [inside]
    found = [one.get_object() for one in several if not isinstance(one, int)]
    return [one for one in found if hasattr(one, "get") and "/S" in one]


def test_the_paper_lies_and_brings_its_own_letters():
    paper = read(typesetting.pdf(PRINTED, URL))

    for sheet in paper.pages:
        assert [round(float(n)) for n in sheet.mediabox[2:]] == [WIDTH, HEIGHT]
        for font in sheet["/Resources"]["/Font"].values():
            [inner] = font.get_object()["/DescendantFonts"]
            described = inner.get_object()["/FontDescriptor"].get_object()
            assert "PlusJakartaSans" in described["/FontName"]
            assert {"/FontFile2", "/FontFile3"} & described.keys()


def test_two_processes_make_the_same_bytes():
    program = (
        "import hashlib, json, sys; from lms.records import typesetting;"
        "said = json.load(sys.stdin);"
        "print(hashlib.sha256(typesetting.pdf(*said)).hexdigest())"
    )
    here = hashlib.sha256(typesetting.pdf(PRINTED, URL)).hexdigest()

    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps([PRINTED, URL]),
            env={"PYTHONHASHSEED": seed, "TZ": "Asia/Jayapura", "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        )
        assert there.stdout.strip() == here


LONG_NAME = "Prof. Dr. Ir. H. " + "Muhammad Abdurrahman Wiryadinata " * 4 + "Bintang M."


@pytest.mark.parametrize(
    "changes",
    [
        {"name": LONG_NAME},
        {"name": "W" * 160},
        {"course": "Menyusun Laporan Kinerja Instansi Pemerintah Daerah " * 4},
        {"course": "M" * 255, "name": "W" * 160, "organiser": "O" * 255},
        {
            "name": LONG_NAME,
            "office": "Badan Kepegawaian dan Pengembangan SDM " * 6,
            "job": "Pengelola Layanan " * 11,
            "unit": "Subbagian Umum dan Kepegawaian " * 8,
            "employer": "Dinas Penanaman Modal dan PTSP " * 8,
            "organiser": "Badan Kepegawaian dan Pengembangan SDM " * 6,
            "number": "9" * 160,
            "signer_title": "Kepala Badan Kepegawaian dan Pengembangan " * 3,
            "signer_name": "Prof. Dr. Lukas Binti Anak Bintang " * 4,
        },
        {"subjects": [["Materi yang panjang judulnya " * 10, 45]] * 80},
    ],
    ids=["name", "unbroken", "course", "widest", "everything", "subjects"],
)
def test_nothing_stands_outside_of_the_sheet(changes):
    printed = PRINTED | changes
    data = typesetting.pdf(printed, URL)
    folded = words(data).replace(" ", "").replace("\u200b", "")

    for key in changes.keys() - {"subjects"}:
        text = "".join(printed[key].split())
        assert text in folded, key
    # After a front that needs more than one sheet there would be no number.
    if "subjects" not in changes:
        assert len(read(data).pages) == 2
    for sheet in read(data).pages:
        assert _outside(sheet) == []


def _outside(sheet) -> list:
    """Return the texts that begin off the sheet; centred ones then end there too."""
    found = []

    def look(text, machine, place, *_font):
        x, y = (
            place[4] * machine[n] + place[5] * machine[n + 2] + machine[n + 4]
            for n in (0, 1)
        )
        if text.strip() and not (30 < x < WIDTH - 30 and 30 < y < HEIGHT - 30):
            found.append((text, x, y))

    sheet.extract_text(visitor_text=look)
    return found


def test_an_agency_without_signer_place_or_subjects_still_prints_well():
    empty = ("signer_name", "signer_title", "signer_nip", "city", "rank", "nip", "form")
    data = typesetting.pdf(
        PRINTED | dict.fromkeys(empty, "") | {"subjects": [], "score_bp": -1}, URL
    )

    assert len(read(data).pages) == 1
    front = words(data)
    assert "Lulus" in front
    assert "nilai akhir" not in front
    assert "22 November 2026" in front
    assert "NIP" not in front
    assert ", ," not in front


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ngoc Trần Đức Ñuñez Łukasz Ça", "Ngoc Trần Đức Ñuñez Łukasz Ça"),
        (unicodedata.normalize("NFD", "Trần Ñ"), "Trần Ñ"),
        ("Rani \u202eterbalik\u200b", "Rani terbalik"),
        ("Rani 日本", "Rani ??"),
        ("Rani\n\tdua  spasi", "Rani dua spasi"),
        ("#eval(1) $x$ *tebal* \\ @x <y>", "#eval(1) $x$ *tebal* \\ @x <y>"),
        ("\U0001d411ani", "Rani"),
    ],
)
def test_names_in_other_letters_are_set_as_well_as_can_be(name, shown):
    data = typesetting.pdf(PRINTED | {"name": name}, URL)

    assert shown in words(data, 0)


def test_the_typeface_has_every_letter_it_says_it_has():
    letters = (typesetting.FOLDER / "letters.txt").read_text("utf-8").strip("\n")
    visible = [c for c in letters if not unicodedata.category(c).startswith(("Z", "M"))]
    assert {"é", "ñ", "ş", "Ż", "’", "–"} <= set(visible)

    for start in range(0, len(visible), 200):
        text = " ".join(visible[start : start + 200])
        typesetting.pdf(PRINTED | {"course": text[:250], "name": text[250:]}, URL)


def test_no_paper_is_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(typesetting, "PATIENCE", 0.05)
    monkeypatch.setattr(typesetting, "_turn", threading.Lock())

    with typesetting._turn, pytest.raises(Unavailable):
        typesetting.pdf(PRINTED, URL)
