"""A course of every method from the manual's own examples, and a key that is mended."""

import re

import pytest
from playwright.sync_api import expect

from lms.db import db
from lms.kernel import clock
from tests.cast import CAST
from tests.unit.uploads import samples

from . import steps, written
from .taking import Taking, state
from .test_keyboard import tab_to
from .test_tasks import grade, hand_in
from .visited_tasks import TEXT
from .written import ALL, KEY

BEFORE = {0: 13, 5_000: 25, 10_000: 12}
# Without the second tick nobody loses a pass: 13 stay as they are.
MENDED = {5_000: 13 + 13 + 12, 10_000: 12}


@pytest.fixture(scope="module")
def school(look, tmp_path_factory):
    """The site with both courses live, out of a folder that Hendra may edit."""
    look.root = tmp_path_factory.mktemp("isi")
    written.write(look.root)
    written.publish(look.app, look.root)
    return look


def test_a_quiz_of_every_kind_is_played(school, open_page):
    from lms.db import reading
    from lms.quiz import attempts

    reading.set(False)
    with school.app.app_context():
        attempt = attempts.start(CAST["rani"].id, ALL, "kuis-akhir", clock.now())
        db.session.commit()
        taking = Taking(school.app, attempt.id)
        drawn = next(place["values"] for place in attempt.layout if place.get("values"))
    page = open_page(school, "rani")
    play = {
        "single": lambda: page.get_by_role("radio", name="Tanggal terima").check(),
        "multiple": lambda: [
            page.get_by_role("checkbox", name=name).check()
            for name in ("Alamat tujuan", "Jumlah lampiran")
        ],
        "true_false": lambda: page.get_by_role("radio", name="Salah").check(),
        "short_text": lambda: page.get_by_role("textbox").fill("Buku agenda"),
        "matching": lambda: [
            page.get_by_label(left).select_option(right)
            for left, right in (
                ("Alamat", "Untuk siapa?"),
                ("Tanggal", "Kapan ditulis?"),
                ("Perihal", "Tentang apa?"),
            )
        ],
        "ordering": lambda: _order(page),
        "cloze": lambda: [
            page.get_by_label("Rumpang 1").fill("agenda"),
            page.get_by_label("Rumpang 2").fill("1"),
            page.get_by_label("Rumpang 3").select_option("pejabat yang dituju"),
        ],
        "essay": lambda: page.get_by_role("textbox").fill("Surat itu terlambat. " * 20),
        "upload": lambda: _send_file(page),
    }
    with school.app.app_context():
        layout = taking.attempt().layout
        from lms.catalog import items

        asked = items.question_versions([place["q"] for place in layout])
        kinds = [asked[place["q"]].kind for place in layout]
        codes = [asked[place["q"]].code for place in layout]
    assert set(kinds) == {*play, "numeric"}

    for number, (kind, code) in enumerate(zip(kinds, codes, strict=True), 1):
        page.goto(taking.url(number), wait_until="networkidle")
        if kind == "numeric":
            exact = int(drawn["n"]) // 3 if code == "angka-berganti" else 12
            page.get_by_role("textbox").fill(str(exact))
        else:
            play[kind]()
        if kind != "upload":  # which is saved by its button, and says so by itself
            expect(state(page, steps.SAVED)).to_be_visible()
        steps.until_so(page, lambda at=number: at - 1 in taking.saved())
    page.goto(f"/kuis/percobaan/{taking.id}/tinjau", wait_until="networkidle")
    page.get_by_role("button", name="Kumpulkan jawaban").click()

    expect(page.get_by_role("heading", name="Menunggu penilaian")).to_be_visible()
    # Nine kinds and their points, all right; 5 points wait for a person.
    wrong = [slot for slot in taking.scored() if slot.score_bp not in (None, 10_000)]
    assert wrong == []
    assert page.problems == []


def _send_file(page) -> None:
    page.get_by_label("Unggah foto satu halaman").set_input_files(
        {"name": "agenda.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    )
    page.get_by_role("button", name="Simpan berkas").click()
    expect(page.get_by_role("link", name="agenda.pdf")).to_be_visible()


def _order(page) -> None:
    wanted = ("Memeriksa", "Mencatat", "Memberi", "Menyampaikan")
    rows = page.locator(".order [data-step]")
    for place, name in enumerate(wanted):
        while not rows.nth(place).inner_text().strip().startswith(name):
            page.get_by_role("button", name=re.compile(f"^Naikkan: {name}")).click()
    same = page.get_by_role("button", name="Urutan ini sudah sesuai")
    if same.is_visible():
        same.click()


def test_the_simulation_is_played_by_keyboard(school, open_page):
    page = open_page(school, "rani")
    page.goto(f"/kursus/{ALL}/surat-tanpa-lampiran")
    buttons = page.get_by_role("main").get_by_role("button")

    for words in ("Mulai simulasi", "Menghitung lampiran", "Mencatat kekurangan"):
        tab_to(page, buttons.filter(has_text=words))
        page.keyboard.press("Enter")
        page.wait_for_load_state()

    expect(page.get_by_text("Pengirim berterima kasih")).to_be_visible()
    expect(page.get_by_role("heading", name="Nilai Anda 100")).to_be_visible()
    assert page.problems == []


def test_a_project_is_returned_once_graded_by_two_and_passed(school, open_page):
    rani = open_page(school, "rani")
    hendra, yohanes = (open_page(school, n, "desk") for n in ("hendra", "yohanes"))
    rani.goto(f"/kursus/{ALL}/rencana")
    rani.get_by_role("button", name="Mulai mengerjakan").click()
    rani.get_by_label("Jawaban Anda").fill(TEXT)
    hand_in(rani)
    grade(hendra, [], "Kembalikan untuk diperbaiki", "Tambahkan ukurannya.")
    rani.reload()
    rani.get_by_role("button", name="Perbaiki dan kumpulkan lagi").click()
    rani.get_by_label("Jawaban Anda").fill(f"{TEXT} Ukurannya garis turus.")
    hand_in(rani)

    grade(hendra, [0, 1, 0], "Terbitkan penilaian")  # 40 + 30 + 20
    grade(yohanes, [0, 0, 0], "Terbitkan penilaian")

    rani.reload()
    expect(rani.get_by_role("heading", name="Nilai 95")).to_be_visible()
    assert rani.problems == hendra.problems == yohanes.problems == []


def test_a_key_is_mended_under_fifty_attempts(school, open_page):
    written.finish(school.app)
    assert written.scores(school.app) == BEFORE
    before = written.certified(school.app)
    assert len(before[1]) == 37  # all who had 50 or more
    path = school.root / "kursus" / KEY / "kuis/akhir.md"
    text = path.read_text("utf-8").replace("(x) Setelah", "( ) Setelah")
    path.write_text(text.replace("( ) Pada hari", "(x) Pada hari"), "utf-8")
    page = open_page(school, "hendra", "desk")

    page.goto("/tulis")
    page.get_by_role("link", name=re.compile("^nomor-agenda")).click()
    page.get_by_label("Hitung ulang dengan kunci yang baru").check()
    page.get_by_role("button", name="Hitung akibatnya").click()
    told = "13 kelulusan hilang, 13 menjadi lulus, 24 nilai berubah"
    expect(page.get_by_text(told)).to_be_visible()
    assert written.scores(school.app) == BEFORE
    page.get_by_role("textbox", name="Catatan").fill("Kunci nomor agenda keliru.")
    page.get_by_label("Kode kursus").fill(KEY)
    page.get_by_role("button", name="Terbitkan").click()

    expect(page.get_by_text("Kursus diterbitkan.")).to_be_visible()
    steps.until_so(page, lambda: written.scores(school.app) == MENDED)
    after = written.certified(school.app)
    for table, rows in enumerate(before):
        assert after[table][: len(rows)] == rows  # those who pass now come after
    assert page.problems == []
