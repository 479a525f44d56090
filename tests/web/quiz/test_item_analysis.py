"""Instructors see how the questions of their quizzes do; nobody is to be guessed."""

import csv
import io
import re

import pytest

from lms.accounts.models import RoleGrant
from lms.catalog import courses
from lms.db import db as _db
from lms.quiz import attempts, item_analysis, item_answers
from tests.cast import CAST, START

from . import answered, stage
from .answered import mixed
from .stage import COURSE, QUIZ, RIGHT

LIST = "/tulis/analisis"
PAGE = f"/kuis/{COURSE}/{QUIZ}/analisis"
# Every question but "sapaan" is right for the first half: it is right for the others.
GOOD = set(RIGHT) - {"sapaan"}
TOKEN = re.compile(r'(content|value)="[^"]+\.[^"]+\.[^"]+"')
WRONG_KEY = "Soal ini lebih sering dijawab benar oleh peserta yang nilainya rendah."


@pytest.fixture
def hendra(sign_in):
    return sign_in("hendra")


@pytest.fixture
def crowd_of(app, quiz):
    """crowd_of(20, of) -> 20 people have taken the quiz; of(n): the answers of one."""

    def fill(count: int, of=lambda n: RIGHT, **rules):
        with app.app_context():
            stage.publish(**rules)
            answered.gather(count, of)

    return fill


def half(count: int):
    """The better half has all right but "sapaan", the others only that."""
    return lambda n: answered.mixed(GOOD if n < count // 2 else {"sapaan"})


def told(client) -> list[str]:
    """Return what all pages about the quiz say, without their forms' tokens."""
    pages = (LIST, PAGE, f"{PAGE}/laci", f"{PAGE}.csv")
    return [TOKEN.sub("", client.get(page).text) for page in pages]


def figures(app, code: str):
    with app.app_context():
        live = courses.live(COURSE)
        quiz = item_analysis.Taught(live, live.item(QUIZ))
        measured = item_analysis.measure(quiz)
        return item_analysis.question(quiz, measured, code).now.figures


def test_only_those_who_teach_the_course_see_it(app, quiz, sign_in):
    quiz()
    pages = (LIST, PAGE, f"{PAGE}/sapaan", f"{PAGE}.csv")

    for name in ("rani", "yohanes", "siti", "made", "agus"):
        client = sign_in(name)
        assert {client.get(page).status_code for page in pages} == {403}
    assert {sign_in("hendra").get(page).status_code for page in pages} == {200}


def test_an_instructor_of_another_course_finds_nothing(app, quiz, sign_in, db):
    quiz()
    with app.app_context():
        grant = RoleGrant(
            person_id=CAST["agus"].id, role="instructor", unit_id=5,
            valid_from=START, granted_at=stage.clock.now(),
        )  # fmt: skip
        _db.session.add(grant)
        _db.session.commit()
    agus = sign_in("agus")

    assert "Belum ada kuis Anda" in agus.get(LIST).text
    for page in (PAGE, f"{PAGE}/sapaan", f"{PAGE}.csv"):
        assert agus.get(page).status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        f"/kuis/{COURSE}/menyapa/analisis",
        f"/kuis/{COURSE}/tidak-ada/analisis",
        "/kuis/tidak-ada/kuis-akhir/analisis",
        f"{PAGE}/tidak-ada",
        f"{PAGE}/{'a' * 3000}",
        "/kuis/percobaan/1/analisis",
    ],
)
def test_what_is_no_quiz_and_no_question_is_not_there(quiz, hendra, page):
    quiz()

    assert hendra.get(page).status_code == 404


def test_fewer_than_five_show_no_figure(app, crowd_of, hendra):
    crowd_of(4)

    page = hendra.get(PAGE).text

    assert "sesudah paling sedikit 5 orang mengumpulkan" in page
    assert "Rata-rata percobaan pertama" not in page
    assert "Belum ada angka" in hendra.get(f"{PAGE}/sapaan").text
    assert "belum cukup jawaban" in hendra.get(LIST).text
    rows = hendra.get(f"{PAGE}.csv").text.splitlines()
    assert {row.split(";")[7] for row in rows[1:]} == {"0"}


def test_the_seventh_person_cannot_be_told_from_the_figures(app, crowd_of, hendra):
    crowd_of(5, slots=stage.SLOTS[:5])  # nothing is drawn
    before = told(hendra)
    with app.app_context():
        for person_id in answered.add_people(2, first=9_000):
            answered.enrol(person_id)
            answered.hand_in(person_id, stage.WRONG)
        _db.session.commit()

    assert told(hendra) == before


def test_a_doubtful_key_comes_first_and_says_what_to_do(app, crowd_of, hendra):
    crowd_of(30, half(30))

    page = hendra.get(PAGE).text

    assert WRONG_KEY in page
    assert page.index(">JUDUL sapaan<") < page.index(">JUDUL laci<")
    assert "A (15 orang)" not in page.split(">JUDUL unsur<")[0]
    assert "B (15 orang)" in page.split(">JUDUL laci<")[0]
    of = figures(app, "sapaan")
    assert (of.n, of.mean_bp, of.discrimination_bp) == (30, 5_000, -10_000)
    assert of.correlation == pytest.approx(-1)


def test_a_question_shows_its_options_with_the_key_and_their_use(crowd_of, hendra):
    crowd_of(20, half(20))

    page = hendra.get(f"{PAGE}/sapaan").text

    assert "Tanya sapaan?" in page
    assert "Pilihan 1 dari sapaan" in page
    assert page.count("Kunci</span>") == 1
    assert page.count("Sebagian nilai</span>") == 1
    assert "10 (50%)" in page  # of 20, half took it
    assert "20 orang, percobaan pertama" in page
    assert "−100: kelompok atas 0, kelompok bawah 100" in page


def test_typed_questions_tell_what_many_typed(crowd_of, hendra):
    crowd_of(10, lambda n: mixed(set(RIGHT) - {"pengawas"} if n < 6 else set()))

    page = hendra.get(f"{PAGE}/pengawas").text

    assert "Ombudsman | Ombudsman RI" in page
    assert "polisi (10 orang)" in page
    assert "11 – 13" in hendra.get(f"{PAGE}/lama").text


def test_only_first_attempts_that_were_handed_in_count(app, crowd_of, hendra):
    crowd_of(5)
    with app.app_context():
        for person_id in range(answered.FIRST, answered.FIRST + 5):
            answered.hand_in(person_id, stage.WRONG)  # the second time
        for person_id in answered.add_people(5, first=9_000):
            answered.enrol(person_id)
            attempts.start(person_id, COURSE, QUIZ, stage.clock.now())
        _db.session.commit()

    of = figures(app, "laci")

    assert (of.n, of.mean_bp) == (5, 10_000)


def test_who_answers_nothing_is_counted_as_empty_and_times_are_told(app, crowd_of):
    crowd_of(10, lambda n: RIGHT if n % 2 else {"laci": False})

    assert figures(app, "unsur").empty == 5
    of = figures(app, "laci")
    assert (of.empty, of.n) == (0, 10)
    assert of.seconds_n == 10
    assert 30 <= of.seconds <= 210


def test_drawn_questions_count_for_those_who_drew_them(app, crowd_of):
    crowd_of(20)

    drawn = [figures(app, f"bank-{n}").n for n in (1, 2, 3)]

    assert all(n % 5 == 0 for n in drawn)
    assert 20 <= sum(drawn) <= 40


def test_versions_of_a_question_are_never_mixed(app, crowd_of, hendra):
    crowd_of(10)
    with app.app_context():
        key = {"kind": "true_false", "truth": True}
        changed = [
            stage.question(code, key if code == "laci" else None) for code in stage.KEYS
        ]
        stage.publish(changed)
        for person_id in answered.add_people(5, first=9_000):
            answered.enrol(person_id)
            answered.hand_in(person_id, answered.mixed(set(RIGHT)) | {"laci": False})
        _db.session.commit()

    page = hendra.get(f"{PAGE}/laci").text

    now, before = page.split('id="versi-1"')
    assert "Versi 2" in now
    assert "tampil sekarang" in now
    assert "5 orang, percobaan pertama" in now
    assert "<dd>0</dd>" in now  # nobody has it right
    assert "10 orang, percobaan pertama" in before
    assert "<dd>100</dd>" in before
    assert "soal yang teks atau kuncinya berubah adalah soal lain" in page


def test_a_question_taken_out_keeps_its_figures(app, crowd_of, hendra):
    crowd_of(5)
    with app.app_context():
        slots = [slot for slot in stage.SLOTS if slot.get("question") != "laci"]
        kept = [stage.question(code) for code in stage.KEYS if code != "laci"]
        stage.publish(kept, slots=slots)

    page = hendra.get(PAGE).text

    assert "tidak tampil lagi" in page
    assert page.index(">JUDUL unsur<") < page.index(">JUDUL laci<")
    assert hendra.get(f"{PAGE}/laci").status_code == 200


def test_the_table_reads_in_a_spreadsheet(app, crowd_of, hendra):
    crowd_of(20, half(20))

    answer = hendra.get(f"{PAGE}.csv")

    assert answer.headers["Content-Disposition"].endswith(f'{COURSE}-{QUIZ}.csv"')
    text = answer.get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["kuis"] for row in rows} == {QUIZ}
    sapaan = next(row for row in rows if row["kode_soal"] == "sapaan")
    assert (sapaan["n"], sapaan["rata_rata"]) == ("20", "50,00")
    assert sapaan["daya_beda"] == "-100,00"
    assert sapaan["pilihan"] == "1: 10; 2: 10; 3: 0"
    assert WRONG_KEY in sapaan["saran"]


def test_a_title_is_never_a_formula(app, crowd_of, hendra):
    asked = [stage.question(code) for code in stage.KEYS]
    asked[0].body["title"] = "=HYPERLINK(1)"
    with app.app_context():
        stage.publish(asked)

    assert ";'=HYPERLINK(1);" in hendra.get(f"{PAGE}.csv").text


def test_no_name_and_no_nip_is_on_any_page(crowd_of, hendra):
    crowd_of(20, half(20))

    for page in (LIST, PAGE, f"{PAGE}/sapaan", f"{PAGE}.csv"):
        text = hendra.get(page).text
        assert "Peserta Contoh" not in text
        assert "19700101" not in text


def test_it_reads_in_english(crowd_of, hendra):
    crowd_of(20, half(20))
    hendra.post("/bahasa", data={"bahasa": "en", "kembali": "/"})

    assert "Item analysis" in hendra.get(LIST).text
    assert "Check its key." in hendra.get(PAGE).text
    assert "Median" not in hendra.get(f"{PAGE}/sapaan").text


def test_figures_are_remembered_until_somebody_hands_in(
    app, crowd_of, hendra, monkeypatch
):
    monkeypatch.setattr(item_analysis, "COSTLY", 5)
    item_analysis.forget()
    crowd_of(5)
    read, of = [], item_answers.of
    monkeypatch.setattr(item_answers, "of", lambda *at: read.append(at) or of(*at))

    for _ in range(2):
        hendra.get(PAGE)
    assert len(read) == 1
    with app.app_context():
        [person_id] = answered.add_people(1, first=9_000)
        answered.enrol(person_id)
        answered.hand_in(person_id, RIGHT)
        _db.session.commit()
    hendra.get(PAGE)

    assert len(read) == 2
    item_analysis.forget()
