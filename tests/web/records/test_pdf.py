"""The certificate as PDF: what is on it, and that it is the same file for ever."""

import hashlib
import io
import json
import subprocess
import sys
import threading
import unicodedata

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from lms.accounts.models import Agency, Person
from lms.db import db as _db
from lms.jobs import worker
from lms.jobs.models import OutboxEntry
from lms.kernel import ids
from lms.kernel.errors import Unavailable
from lms.records import amendments, certificate_files, typesetting
from lms.records.models import Certificate, CertificateFile

from .test_pages import revoke, statements

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


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def words(data: bytes, sheet: int | None = None) -> str:
    """Return the text of a sheet, or of all, its white space folded."""
    sheets = read(data).pages
    taken = sheets if sheet is None else [sheets[sheet]]
    return " ".join(" ".join(s.extract_text() for s in taken).split())


@pytest.fixture
def code(app, done):
    with app.app_context():
        return ids.show_check_code(_db.session.scalars(select(Certificate.code)).one())


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


def test_finishing_orders_the_file_and_the_worker_makes_it(app, done):
    with app.app_context():
        [ordered] = _db.session.scalars(
            select(OutboxEntry).where(OutboxEntry.topic == certificate_files.TOPIC)
        )
        assert ordered.done_at is None
        number = ordered.id
    worker.run_once(app, with_daily=False)
    worker.run_once(app, with_daily=False)

    with app.app_context():
        [kept] = _db.session.scalars(select(CertificateFile))
        assert kept.sha256 == hashlib.sha256(kept.data).hexdigest()
        ordered = _db.session.get_one(OutboxEntry, number)
        assert (ordered.last_error, ordered.tries) == ("", 1)
        assert ordered.done_at is not None


def test_a_paper_that_cannot_be_set_is_tried_again(app, done, monkeypatch):
    def fail(*_args):
        raise Unavailable(retry_after=5)

    monkeypatch.setattr(typesetting, "pdf", fail)
    worker.run_once(app, with_daily=False)

    with app.app_context():
        [ordered] = _db.session.scalars(
            select(OutboxEntry).where(OutboxEntry.topic == certificate_files.TOPIC)
        )
        assert ordered.done_at is None
        assert "Unavailable" in ordered.last_error


def test_the_owner_gets_a_file_whose_name_tells_no_nip(sign_in, code, done):
    for address in (code, done):
        answer = sign_in("rani").get(f"/sertifikat/{address}/pdf")
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"] == (
            f"attachment; filename=sertifikat-layanan-prima-{code}.pdf"
        )
        assert answer.data.startswith(b"%PDF-1.7")
        assert "Rani Kusumawardhani" in words(answer.data)
        assert f"http://127.0.0.1:8000/cek/{code}" in words(answer.data)


def test_the_bytes_stay_the_same_whatever_changes(app, sign_in, code, done, clock):
    rani = sign_in("rani")
    first = rani.get(f"/sertifikat/{code}/pdf").data
    with app.app_context():
        _db.session.get_one(Person, 4).name = "Rani Baru"
        _db.session.get_one(Agency, 1).office_name = "Badan Baru"
        amendments.correct_jp(done, 3, "Salah hitung menit", 2, clock.now())
        _db.session.commit()
    worker.run_once(app, with_daily=False)

    assert rani.get(f"/sertifikat/{code}/pdf").data == first
    with app.app_context():
        assert _db.session.scalars(select(CertificateFile.data)).one() == first


def test_a_kept_file_is_handed_out_without_being_set_again(
    sign_in, code, monkeypatch, app
):
    first = sign_in("rani").get(f"/sertifikat/{code}/pdf").data
    monkeypatch.setattr(typesetting, "pdf", None)

    assert sign_in("rani").get(f"/sertifikat/{code}/pdf").data == first


def test_no_transaction_is_open_while_a_paper_is_set(app, sign_in, code, monkeypatch):
    real, seen = typesetting.pdf, []

    def watched(*args):
        seen.append(_db.session().in_transaction())
        return real(*args)

    monkeypatch.setattr(typesetting, "pdf", watched)
    sign_in("rani").get(f"/sertifikat/{code}/pdf")
    with app.app_context():
        _db.session.query(CertificateFile).delete()
        _db.session.commit()
    worker.run_once(app, with_daily=False)

    assert seen == [False, False]


def test_many_who_want_it_at_once_get_the_same_bytes(app, sign_in, code):
    clients = [sign_in("rani") for _ in range(4)]
    answers: list[bytes] = []
    threads = [
        threading.Thread(
            target=lambda c=c: answers.append(c.get(f"/sertifikat/{code}/pdf").data)
        )
        for c in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 4
    assert len(set(answers)) == 1
    with app.app_context():
        assert len(_db.session.scalars(select(CertificateFile.sha256)).all()) == 1


@pytest.mark.parametrize("name", ["agus", "yohanes", "siti", "made"])
def test_nobody_else_gets_the_file(sign_in, code, done, name):
    for address in (code, done):
        assert sign_in(name).get(f"/sertifikat/{address}/pdf").status_code == 404


def test_a_revoked_certificate_is_not_handed_out_as_valid(
    app, sign_in, code, done, clock
):
    rani = sign_in("rani")
    assert rani.get(f"/sertifikat/{code}/pdf").status_code == 200
    revoke(app, done, clock)

    answer = rani.get(f"/sertifikat/{code}/pdf")
    assert answer.status_code == 409
    assert "telah dicabut" in answer.text
    page = rani.get(f"/sertifikat/{code}").text
    assert f"/sertifikat/{code}/pdf" not in page
    assert "tidak dapat diunduh" in page


def test_the_check_page_says_the_fingerprint_of_the_file(app, sign_in, code):
    stranger = sign_in(None)
    assert "SHA-256" not in stranger.get(f"/cek/{code}").text
    assert stranger.get(f"/cek/{code}.json").json["pdf_sha256"] == ""

    sha256 = hashlib.sha256(sign_in("rani").get(f"/sertifikat/{code}/pdf").data)

    assert sha256.hexdigest() in stranger.get(f"/cek/{code}").text
    said = stranger.get(f"/cek/{code}.json").json
    assert said["pdf_sha256"] == sha256.hexdigest()


def test_checking_a_code_never_loads_the_file(app, sign_in, code):
    sign_in("rani").get(f"/sertifikat/{code}/pdf")
    with app.app_context(), statements(_db.engine) as seen:
        sign_in(None).get(f"/cek/{code}")
    assert not any("certificate_files.data" in s for s in seen)


def test_the_command_writes_the_file(app, code, tmp_path):
    run = app.test_cli_runner().invoke
    from lms.records.cli import records

    out = tmp_path / "kertas.pdf"
    answer = run(records, ["certificate", code.lower(), "--out", str(out)])

    assert answer.exit_code == 0, answer.output
    assert "Rani Kusumawardhani" in words(out.read_bytes())
    with app.app_context():
        kept = _db.session.scalars(select(CertificateFile.data)).one()
        assert kept == out.read_bytes()
    assert run(records, ["certificate", "0000-0000-0000-0000"]).exit_code == 1


def test_the_command_refuses_a_revoked_certificate(app, code, done, clock, tmp_path):
    from lms.records.cli import records

    revoke(app, done, clock)
    out = tmp_path / "kertas.pdf"
    answer = app.test_cli_runner().invoke(
        records, ["certificate", code, "--out", str(out)]
    )

    assert answer.exit_code == 1
    assert "dicabut" in answer.output
    assert not out.exists()
