"""A learner's way: cover, draft, files, handing in, what came out."""

import re

import pytest
from sqlalchemy import select

from lms.db import db as _db
from lms.records.models import ItemFact
from lms.tasks import drafts
from lms.tasks.models import Call, DraftText, Outcome, Work, WorkFile
from tests.cast import CAST
from tests.unit.uploads import samples

from . import stage
from .stage import COVER, LIST, POOR, TEXT


def rows(app, model) -> list:
    with app.app_context():
        return list(_db.session.scalars(select(model).order_by(model.id)))


def test_the_cover_says_what_is_asked_who_grades_and_by_what(task, sign_in):
    task()

    page = sign_in("rani").get(COVER).text

    for words in (
        "Pilih satu layanan.", "Pengajar: Hendra Saputra<", "Atasan: Yohanes Tambing<",
        "Nilai lulus 70", "Tenggat 22 Desember 2026", "Masalah tingkat 4",
        "bobot 60%", "PDF, DOCX", "rata-rata penilai",
    ):  # fmt: skip
        assert words in page, words


def test_whoever_takes_no_part_begins_nothing(task, sign_in, app):
    task()

    assert sign_in("agus").post(stage.BEGIN).status_code == 409
    assert sign_in("agus").get(COVER).status_code == 303
    assert rows(app, Work) == []


def test_a_draft_is_begun_once(task, sign_in, app):
    task()
    rani = sign_in("rani")

    assert stage.begin(rani) == stage.begin(rani)
    assert len(rows(app, Work)) == 1
    assert "draf, belum dikumpulkan" in rani.get("/").text
    assert "Lanjutkan draf" in rani.get(COVER).text


def test_text_and_file_go_in_with_one_button_and_come_out_again(task, sign_in):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)

    answer = stage.write(rani, url, act="lampirkan", lampiran=stage.file())

    assert answer.status_code == 303
    page = rani.get(url).text
    assert "antrean panjang" in page
    assert "rencana.pdf" in page
    got = rani.get(re.search(r'href="(/berkas/[^"]+)"', page)[1])
    assert got.data == samples.pdf()
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("data", "name", "status", "words"),
    [
        (b"<svg onload='x'/>", "gambar.svg", 422, "bukan PDF, DOCX yang utuh"),
        (b"MZ\x90\0 program", "rencana.pdf", 422, "bukan PDF, DOCX yang utuh"),
        (b"", "rencana.pdf", 422, "kosong"),
        (samples.png(), "foto.pdf", 422, "bukan PDF, DOCX yang utuh"),
        (samples.pdf(b"<< /JavaScript 1 >>"), "a.pdf", 422, "memuat skrip"),
        (samples.pdf() + b"%" * 200_000, "a.pdf", 413, "lebih besar dari 100 kB"),
    ],
)
def test_a_file_that_is_refused_leaves_nothing_and_loses_no_text(
    task, sign_in, app, data, name, status, words
):
    task(max_bytes=100_000)
    rani = sign_in("rani")
    url = stage.begin(rani)

    answer = stage.write(rani, url, act="lampirkan", lampiran=stage.file(data, name))

    assert answer.status_code == status
    assert words in answer.text
    assert "antrean panjang" in answer.text
    assert rows(app, WorkFile) == []
    assert [row.text for row in rows(app, DraftText)] == [TEXT]


def test_a_body_larger_than_any_file_is_refused_before_it_is_read(task, sign_in, app):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)
    size = {"CONTENT_LENGTH": str(21 * 1024 * 1024)}

    answer = rani.post(url, data=b"seq=1", environ_overrides=size)

    assert answer.status_code == 413
    assert "20 MB" in answer.text
    assert rows(app, WorkFile) == []


def test_the_same_file_twice_is_one_and_five_are_enough(task, sign_in, app):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)

    for n in (1, 1, 2, 3, 4, 5):
        stage.write(rani, url, lampiran=stage.file(samples.pdf(text=f"ke-{n}")))
    sixth = stage.write(rani, url, lampiran=stage.file(samples.pdf(text="ke-6")))

    assert sixth.status_code == 409
    assert "Paling banyak 5 lampiran" in sixth.text
    assert len(rows(app, WorkFile)) == 5


def test_a_file_is_taken_off_once_and_only_by_its_owner(task, sign_in, app):
    task("rani", "agus")
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url, lampiran=stage.file())
    [file] = rows(app, WorkFile)
    remove = f"{url}/berkas/{file.id}/hapus"

    assert sign_in("agus").post(remove).status_code == 404
    assert rani.post(remove).status_code == 303
    assert rani.post(remove).status_code == 404
    assert rows(app, WorkFile) == []


def test_a_script_saves_and_two_devices_do_not_lose_each_others_text(
    task, sign_in, app
):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)

    def send(text, seq, base, device):
        data = {"teks": text, "seq": seq, "dasar": base, "perangkat": device}
        return rani.post(url, data=data, headers={"Accept": "application/json"}).json

    first = send("Di ponsel.", 1, 0, "ponsel")
    again = send("Di ponsel.", 1, 0, "ponsel")
    other = send("Di kantor, tanpa tahu.", 1, 0, "kantor")
    newer = send("Di ponsel, lanjut.", 2, 1, "ponsel")
    blind = send("Di kantor lagi.", 3, 1, "kantor")

    assert (first["seq"], first["is_older"]) == (1, False)
    assert again["seq"] == 1
    assert (other["is_older"], other["text"]) == (True, "Di ponsel.")
    assert (newer["seq"], newer["is_older"]) == (2, False)
    assert (blind["is_older"], blind["text"]) == (True, "Di ponsel, lanjut.")
    assert "Di ponsel, lanjut." in rani.get(url).text
    texts = {row.text for row in rows(app, DraftText)}
    assert {"Di kantor, tanpa tahu.", "Di kantor lagi."} <= texts


def test_an_old_page_is_shown_both_texts(task, sign_in):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url, "Yang baru.")

    answer = rani.post(url, data={"teks": "Dari halaman lama.", "seq": "1"})

    assert answer.status_code == 409
    assert "Dari halaman lama." in answer.text
    assert "Yang baru." in answer.text


@pytest.mark.parametrize(
    "data",
    [
        {"teks": "x"},
        {"teks": "x", "seq": "-1"},
        {"teks": "x", "seq": "999999"},
        {"teks": "x", "seq": "satu"},
        {"teks": "x" * 20_001, "seq": "1"},
        {"teks": "x", "seq": "1", "aksi": "hapus"},
        {"teks": "x", "seq": "1", "perangkat": "<script>"},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(task, sign_in, app, data):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)

    assert rani.post(url, data=data).status_code == 422
    assert rows(app, DraftText) == []


def test_handing_in_twice_is_once_and_changes_nothing_after(task, sign_in, app, clock):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url, lampiran=stage.file())

    assert stage.hand_in(rani, url).status_code == 303
    clock.skip(minutes=3)
    assert stage.hand_in(rani, url).status_code == 303
    late = rani.post(url, data={"teks": "Lain.", "seq": "9"})
    [file] = rows(app, WorkFile)
    removed = rani.post(f"{url}/berkas/{file.id}/hapus")

    assert (late.status_code, removed.status_code) == (409, 409)
    [work] = rows(app, Work)
    assert work.text == TEXT
    assert work.submitted_at == clock.now().replace(minute=0)
    assert {(c.role, c.person_id) for c in rows(app, Call)} == {
        ("instructor", CAST["hendra"].id),
        ("superior", CAST["yohanes"].id),
    }
    page = rani.get(url).text
    assert "Tanda terima" in page
    assert "Sedang dinilai" in page
    assert rani.post(stage.BEGIN).status_code == 409


def test_nothing_is_handed_in_without_what_is_asked(task, sign_in, app):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)

    answer = stage.hand_in(rani, url)

    assert answer.status_code == 422
    assert "Tulis jawaban Anda dahulu" in answer.text
    assert rows(app, Work)[0].submitted_at is None


def test_a_task_of_files_alone_wants_a_file(task, sign_in):
    task(takes_text=False)
    rani = sign_in("rani")
    url = stage.begin(rani)

    empty = stage.hand_in(rani, url)
    stage.write(rani, url, "", lampiran=stage.file())

    assert (empty.status_code, "Lampirkan berkas" in empty.text) == (422, True)
    assert stage.hand_in(rani, url).status_code == 303


def test_a_draft_that_changed_behind_the_check_is_shown_again(task, sign_in, app):
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url, "Satu.")
    seen = {"dilihat": "1"}
    stage.write(rani, url, "Dua.")

    answer = rani.post(f"{url}/kumpulkan", data=seen)

    assert answer.status_code == 409
    assert "Dua." in answer.text
    assert rows(app, Work)[0].submitted_at is None


def test_late_work_is_taken_and_marked(task, sign_in, clock):
    task(due_days=1)
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url)
    clock.skip(days=3)
    rani = sign_in("rani")

    assert "sudah lewat" in rani.get(url).text
    assert stage.hand_in(rani, url).status_code == 303
    assert "Terlambat" in rani.get(url).text
    assert "Terlambat" in sign_in("yohanes").get(LIST).text


def test_nobody_else_sees_a_learners_pages(task, sign_in):
    task("rani", "agus")
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url, lampiran=stage.file())
    href = re.search(r'href="(/berkas/[^"]+)"', rani.get(url).text)[1]

    for name in ("agus", "hendra", "yohanes", "siti", "made"):
        other = sign_in(name)
        assert other.get(url).status_code == 404, name
        assert other.get(f"{url}/kumpulkan").status_code == 404, name
        assert other.get(href).status_code == 404, name  # a draft is nobody else's
        assert other.get(stage.grading(url)).status_code == 404, name


def test_a_second_round_begins_with_the_text_and_files_of_the_first(task, sign_in, app):
    task(graders=["superior"])
    rani, yohanes = sign_in("rani"), sign_in("yohanes")
    url = stage.begin(rani)
    stage.write(rani, url, lampiran=stage.file())
    stage.hand_in(rani, url)
    stage.grade(yohanes, url, {}, act="kembalikan", remark="Tambahkan angkanya.")

    assert "dikembalikan untuk diperbaiki" in rani.get("/").text
    second = stage.begin(rani)

    page = rani.get(second).text
    assert second != url
    assert "antrean panjang" in page
    assert "rencana.pdf" in page
    assert "Tambahkan angkanya." in page
    assert "Pengumpulan ke-2" in rani.get(COVER).text
    assert [o.result for o in rows(app, Outcome)] == ["returned"]


def test_being_asked_to_rework_costs_no_attempt_failing_does(task, sign_in):
    task(graders=["superior"], attempts=2)
    rani, yohanes = sign_in("rani"), sign_in("yohanes")

    for _ in range(3):
        url = stage.do(rani)
        stage.grade(yohanes, url, {}, act="kembalikan", remark="Belum lengkap.")
    for _ in range(2):
        url = stage.do(rani)
        stage.grade(yohanes, url, POOR)

    answer = rani.post(stage.BEGIN)
    assert answer.status_code == 409
    assert "Batas 2 kali penilaian" in answer.text
    assert "Batas penilaian sudah tercapai" in rani.get(COVER).text


def test_passing_is_a_fact_and_completes_the_course(task, sign_in, app):
    task(graders=["superior"])
    rani = sign_in("rani")
    url = stage.do(rani)

    stage.grade(sign_in("yohanes"), url)

    passed = [f for f in rows(app, ItemFact) if f.fact == "passed"]
    assert [(f.item_code, f.score_bp) for f in passed] == [(stage.TASK, 9_000)]
    assert "Nilai 90" in rani.get(url).text
    assert "Anda lulus tugas ini." in rani.get(COVER).text
    assert "Layanan" in rani.get("/sertifikat").text
    assert rani.post(stage.BEGIN).status_code == 409


def test_what_learners_and_graders_write_is_text_and_no_markup(task, sign_in):
    task(graders=["superior"])
    rani, yohanes = sign_in("rani"), sign_in("yohanes")
    evil = "<script>alert(1)</script>\n\n<img src=x onerror=alert(2)> {{7*7}} %(a)s"
    url = stage.begin(rani)
    stage.write(rani, url, evil, lampiran=stage.file(name="<計画 ’Ñ\u202e>.pdf"))
    pages = [rani.get(url).text, rani.get(f"{url}/kumpulkan").text]
    stage.hand_in(rani, url)
    pages += [yohanes.get(stage.grading(url)).text]
    stage.grade(yohanes, url, POOR, remark=evil, masalah=evil)
    pages += [rani.get(url).text, rani.get(COVER).text]

    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[2]
    href = re.search(r'href="(/berkas/[^"]+)"', pages[3])[1]
    assert "filename*=UTF-8" in rani.get(href).headers["Content-Disposition"]


def test_a_flood_of_old_drafts_leaves_the_newest_ones_alone(
    task, sign_in, app, monkeypatch
):
    monkeypatch.setattr(drafts, "KEPT", 3)
    app.config["ANSWER_LIMIT"] = "1000 per minute"
    task()
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url, "yang berlaku")
    for n in range(8):
        rani.post(url, data={"seq": "1", "teks": f"lama {n}", "perangkat": "lain"})

    found = sorted((row.seq, row.text) for row in rows(app, DraftText))

    assert [text for _seq, text in found] == ["lama 7", "lama 6", "lama 5",
                                              "yang berlaku"]  # fmt: skip
    assert "yang berlaku" in rani.get(url).text
