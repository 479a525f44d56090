"""Checks of more than one field inside lessons, with scripts off and on."""

import re

import pytest
from sqlalchemy import func, select

from lms.learn.models import CheckAnswer
from lms.records.models import ItemFact
from tests.publishing import publish_kinds

COURSE = "/kursus/ragam-soal"
LESSON = f"{COURSE}/berlatih"
PAIRS, ORDER, GAPS = (
    f"{LESSON}/cek/cek-{name}" for name in ("pasangan", "urutan", "rumpang")
)
FRAGMENT = {"X-Fragment": "1"}


@pytest.fixture
def rani(app, db, sign_in):
    """Rani, who takes "ragam-soal"."""
    publish_kinds(app)
    client = sign_in("rani")
    assert client.post(f"{COURSE}/ikuti").status_code == 303
    client.get(COURSE)  # shows the notice of having enrolled
    return client


def newest(app, db):
    with app.app_context():
        row = db.session.scalar(select(CheckAnswer).order_by(CheckAnswer.id.desc()))
        return row and (row.check_code, row.answer, row.score_bp)


def facts(app, db) -> set[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(select(ItemFact.fact, ItemFact.subject))
        return {tuple(row) for row in rows}


def place_of(page: str, text: str) -> str:
    """The value of the menu entry with this text."""
    return re.search(rf'<option value="(\d+)"[^>]*>{re.escape(text)}<', page)[1]


def check(page: str, name: str) -> str:
    return re.search(rf'<section class="check" id="cek-cek-{name}".*?</section>', page,
                     re.DOTALL)[0]  # fmt: skip


def test_before_an_answer_the_page_tells_nothing_of_the_key(rani):
    page = rani.get(LESSON).text

    asked = [check(page, name) for name in ("pasangan", "urutan", "rumpang")]
    for secret in ("ang tepat", "Persyaratan berisi", "pairs", "maklumat", "14"):
        assert [text for text in asked if secret in text] == [], secret
    assert "Sesuai</span>" not in page


def test_each_pair_is_judged_and_the_right_ones_wait_for_the_explanation(app, db, rani):
    page = rani.get(LESSON).text
    bring = place_of(page, "Apa yang harus dibawa?")

    rani.post(PAIRS, data={"jawaban": [bring, bring]})

    told = check(rani.get(LESSON).text, "pasangan")
    assert "1 dari 2 pasangan tepat." in told
    assert ("Jawaban Anda tepat" in told, "Belum tepat" in told) == (True, True)
    assert "Yang tepat:" not in told
    assert newest(app, db)[2] == 5_000
    explained = rani.post(f"{PAIRS}/pembahasan", follow_redirects=True).text
    assert "Yang tepat:</b> Langkahnya apa saja?" in check(explained, "pasangan")
    assert "Persyaratan berisi berkas" in explained


def test_all_pairs_right_are_right(app, db, rani):
    page = rani.get(LESSON).text
    sent = [place_of(page, text) for text in
            ("Apa yang harus dibawa?", "Langkahnya apa saja?")]  # fmt: skip

    rani.post(PAIRS, data={"jawaban": sent})

    assert "Jawaban Anda tepat." in check(rani.get(LESSON).text, "pasangan")
    assert ("check_right", "cek-pasangan") in facts(app, db)


def test_a_row_moved_without_scripts_is_shown_and_not_judged(app, db, rani):
    page = check(rani.get(LESSON).text, "urutan")
    names = re.findall(r"data-step><span>([^<]+)", page)
    down = re.search(r'name="geser" value="([\d-]+)"[^>]*aria-label="Turunkan', page)[1]

    moved = rani.post(ORDER, data={"jawaban": "", "geser": down})

    assert moved.status_code == 200
    shown = check(moved.text, "urutan")
    assert re.findall(r"data-step><span>([^<]+)", shown) == [
        names[1], names[0], names[2],
    ]  # fmt: skip
    assert f'name="jawaban" value="{down}"' in shown
    assert 'class="note' not in shown
    assert newest(app, db) is None


def test_an_order_is_judged_when_asked_for(app, db, rani):
    page = check(rani.get(LESSON).text, "urutan")
    names = re.findall(r"data-step><span>([^<]+)", page)
    wanted = ["Menyapa warga", "Memberi tanda terima", "Memeriksa berkas"]
    order = "-".join(str(names.index(name)) for name in wanted)

    rani.post(ORDER, data={"jawaban": order})

    told = check(rani.get(LESSON).text, "urutan")
    assert "Sebagian langkah sudah berurutan." in told
    assert told.count("Letaknya belum tepat") == 1
    assert "Urutan yang tepat" not in told
    assert newest(app, db)[2] == 5_000


def test_gaps_are_judged_each(app, db, rani):
    sent = ["maklumat", "15", place_of(rani.get(LESSON).text, "BPK")]

    rani.post(GAPS, data={"jawaban": sent})

    told = check(rani.get(LESSON).text, "rumpang")
    assert "1 dari 3 rumpang tepat." in told
    assert "yang tepat" not in told
    assert 'value="15"' in told


def test_a_word_for_a_number_is_asked_again_beside_its_gap(app, db, rani):
    page = rani.post(GAPS, data={"jawaban": ["maklumat", "dua", ""]})

    assert page.status_code == 422
    told = check(page.text, "rumpang")
    assert "Rumpang 2: tulis angka saja, misalnya 78,5." in told
    assert 'value="dua"' in told
    assert 'aria-describedby="cek-cek-rumpang-e"' in told
    assert newest(app, db) is None


def test_english_numbers_are_read_and_shown_as_english(app, db, rani):
    rani.set_cookie("bahasa", "en")

    rani.post(GAPS, data={"jawaban": ["", "14.0", ""]})

    assert newest(app, db)[1:] == ({"2": "14"}, 3_333)
    rani.post(GAPS, data={"jawaban": ["", "1,234.5", ""]})
    assert newest(app, db)[1] == {"2": "1234,5"}
    assert 'value="1234.5"' in check(rani.get(LESSON).text, "rumpang")


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        (PAIRS, ["9", ""]), (PAIRS, ["0"]), (PAIRS, ["", ""]), (PAIRS, []),
        (ORDER, [""]), (ORDER, ["0-1"]), (ORDER, ["0-0-1"]), (ORDER, ["x"]),
        (GAPS, ["a"]), (GAPS, ["a" * 501, "", ""]), (GAPS, ["", "", "9"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_answers_no_page_sends_are_refused(app, db, rani, address, sent, headers):
    answer = rani.post(address, data={"jawaban": sent}, headers=headers)

    assert answer.status_code == 422
    assert newest(app, db) is None


def test_the_same_answer_sent_twice_is_one(app, db, rani):
    for _ in range(2):
        rani.post(GAPS, data={"jawaban": ["maklumat", "", ""]})

    with app.app_context():
        assert db.session.scalar(select(func.count(CheckAnswer.id))) == 1


def test_a_script_gets_the_check_alone(rani):
    sent = {"jawaban": ["maklumat", "", ""]}

    answer = rani.post(GAPS, data=sent, headers=FRAGMENT).text.strip()

    assert answer.startswith('<section class="check" id="cek-cek-rumpang"')


def test_only_lessons_with_rows_load_the_script_for_them(rani, sign_in, app):
    from tests.publishing import publish_samples

    publish_samples(app)
    rani.post("/kursus/contoh-singkat/ikuti")
    rani.get("/kursus/contoh-singkat")

    with_rows = rani.get(LESSON).text
    without = rani.get("/kursus/contoh-singkat/berkas").text

    assert "/answering.js" in with_rows
    assert "/answering.js" not in without
