"""/kompetensi as people meet it."""

import re
from datetime import date

import pytest

from lms.audit.models import AuditEntry
from lms.catalog import promising
from lms.db import db as _db
from lms.records import seeds
from tests.cast import CAST
from tests.web.records import samples

RANI, SITI = CAST["rani"].id, CAST["siti"].id
CORE = ("INT", "KSM", "KOM", "OPH", "PPB", "PDO", "MPB", "PKP", "PRB")


def page_of(sign_in, name: str) -> str:
    answer = sign_in(name).get("/kompetensi")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def card_of(page: str, code: str) -> str:
    """Return the words of a competency's card; what is for screen readers included."""
    found = re.search(rf'<article[^>]* id="{code}".*?</article>', page, re.DOTALL)
    assert found, f"no card for {code}"
    told = re.search(r'aria-label="([^"]*)"', found[0])
    words = re.sub(r"<[^>]+>", " ", found[0])
    return " ".join(f"{words} [{told[1] if told else ''}]".split())


@pytest.fixture
def offered(monkeypatch):
    """One course of the catalogue promises KOM at level 1, another PKP at 4."""
    cards = {
        "KOM": [promising.Card(71, "kursus-kom", "Bicara Jelas", "", 3, 95, 1)],
        "PKP": [promising.Card(72, "kursus-pkp", "Memutuskan", "", 4, 120, 4)],
    }
    monkeypatch.setattr(
        promising,
        "courses_for",
        lambda codes: {code: cards[code] for code in codes if code in cards},
    )


def test_it_says_what_the_job_asks_and_where_that_comes_from(standards, sign_in):
    page = page_of(sign_in, "rani")

    for words in (
        "Pengelola Layanan Administrasi Keuangan",
        "Pelaksana",
        "Keuangan, pendapatan, dan aset daerah",
        "PermenPANRB Nomor 38 Tahun 2017",
        "Dimuat 22 November 2026.",
        "meminta <b>10 kompetensi</b>. Belum ada penilaian",
        "Manajerial",
        "Sosial kultural",
        "Teknis",
        "bukan penetapan tingkat",
    ):
        assert words in page
    assert "Perlu dicek" not in page


def test_a_bar_says_in_words_what_it_shows(show, sign_in):
    show("rani", "INT", 2)
    page = page_of(sign_in, "rani")

    integrity = card_of(page, "INT")
    assert "terpenuhi" in integrity
    assert "Diminta tingkat 1. Dinilai tingkat 2." in integrity
    assert "[Integritas: tingkat 2, perlu 1]" in integrity
    assert "Ditetapkan tingkat 2, 2 Maret 2026: Assessment center BKPSDM" in integrity
    talk = card_of(page, "KOM")
    assert "kurang 1 tingkat" in talk
    assert "Diminta tingkat 1. Belum dinilai." in talk
    assert "[Komunikasi: belum ada tingkat, perlu 1]" in talk


def test_gaps_come_first_in_their_group(show, sign_in):
    show("rani", "INT", 1)
    page = page_of(sign_in, "rani")

    assert "<b>9 dari 10</b> kompetensi belum dinilai pada tingkat" in page
    assert "9 perlu ditingkatkan." in page
    assert "menunggu penilaian," not in page
    assert page.index('id="KOM"') < page.index('id="INT"')
    assert 'href="#KOM"' in page
    assert 'href="#INT"' not in page


def test_each_level_is_explained_and_the_one_asked_is_marked(standards, sign_in):
    card = card_of(page_of(sign_in, "rani"), "PPB")

    assert "1. Paham (diminta) Melayani sesuai standar" in card
    assert "5. Ahli Menetapkan kebijakan" in card


def test_what_waits_for_an_assessment_is_counted_as_not_assessed(finished, sign_in):
    page = page_of(sign_in, "rani")

    assert "<b>10 dari 10</b> kompetensi belum dinilai pada tingkat" in page
    assert "1 menunggu penilaian, 9 perlu ditingkatkan." in " ".join(page.split())


def test_a_finished_course_is_evidence_with_its_certificate(finished, sign_in):
    page = page_of(sign_in, "rani")

    card = card_of(page, "PPB")
    assert "menunggu penilaian" in card
    assert "[Pelayanan Publik: tingkat 2 dipelajari, perlu 1]" in card
    day = "22 November 2026"
    assert f"Dipelajari tingkat 2, {day}: Layanan Prima di Loket" in card
    link = re.search(r'href="(/sertifikat/[^"]+)">lihat sertifikat', page)
    assert sign_in("rani").get(link[1]).status_code == 200
    assert "Layanan Prima di Loket" not in page_of(sign_in, "agus")


def test_an_older_assessment_stays_visible_as_replaced(show, sign_in):
    show("rani", "INT", 1, found_on=date(2024, 5, 1))
    show("rani", "INT", 2)
    card = card_of(page_of(sign_in, "rani"), "INT")

    first, second = card.index("2 Maret 2026"), card.index("1 Mei 2024")
    assert first < second
    assert card.count("(sudah diganti)") == 1


def test_who_wrote_it_down_is_named(show, sign_in):
    show("rani", "INT", 2, kind="observed", actor_id=SITI)

    card = card_of(page_of(sign_in, "rani"), "INT")
    assert "Teramati tingkat 2" in card
    assert "(dicatat oleh Siti Marlina)" in card


def test_courses_that_close_a_gap_are_linked(give_job, show, sign_in, offered):
    give_job("rani", "fungsional", "MU")
    show("rani", "KOM", 1)
    page = page_of(sign_in, "rani")

    card = card_of(page, "PKP")
    assert "Memutuskan 4 JP, 2 jam, bukti sampai tingkat 2" in card
    assert 'href="/kursus/kursus-pkp"' in page
    # A course for level 1 brings nobody further who is there already.
    assert "Bicara Jelas" not in page
    assert "Belum ada kursus di katalog" in card_of(page, "MPB")


def test_beyond_level_two_people_are_told_who_can_assess(give_job, show, sign_in):
    give_job("rani", "fungsional", "MU")
    show("rani", "KOM", 2)

    card = card_of(page_of(sign_in, "rani"), "KOM")
    assert "Tingkat 3 tidak dicapai dengan kursus daring saja" in card


def test_a_course_says_whether_it_is_being_taken(
    app, standards, sign_in, clock, monkeypatch
):
    with app.app_context():
        seeds.load(_db.session)
        _db.session.commit()
        live = samples.publish(clock.now(), promises=[])
    card = promising.Card(live.course_id, live.code, live.title, "", 4, 40, 2)
    monkeypatch.setattr(promising, "courses_for", lambda _codes: {"KOM": [card]})

    assert "sedang Anda ikuti" not in page_of(sign_in, "rani")
    with app.app_context():
        samples.start(RANI, live, clock.now())
        _db.session.commit()
    assert "sedang Anda ikuti" in page_of(sign_in, "rani")
    with app.app_context():
        samples.finish(RANI, live, clock.now())
    assert "sudah selesai" in page_of(sign_in, "rani")


def test_when_everything_is_met_it_says_so(show, sign_in):
    for code in (*CORE, "TEK-KEU"):
        show("rani", code, 1)

    page = page_of(sign_in, "rani")
    assert "Semua tingkat terpenuhi" in page
    assert "belum tercatat mencapai" not in page


def test_without_a_job_it_says_whom_to_ask(jobless, sign_in):
    page = page_of(sign_in, "siti")
    assert "Jabatan Anda belum tercatat" in page
    assert "Hubungi pengelola SDM" in page
    assert "Belum ada tingkat yang dapat ditampilkan" in page
    assert "<article" not in page


def test_without_a_known_level_it_says_what_is_stored(give_job, sign_in):
    give_job("siti", "struktural", "")
    assert "Jabatan Anda belum memiliki jenjang" in page_of(sign_in, "siti")

    give_job("siti", "fungsional", "<b>Bintang</b>", title="Lain")
    page = page_of(sign_in, "siti")
    assert "Jenjang jabatan Anda belum dikenal" in page
    assert "“&lt;b&gt;Bintang&lt;/b&gt;”" in page


def test_figures_that_sources_disagree_about_are_marked(give_job, sign_in):
    give_job("siti", "struktural", "JPT Madya")

    assert "Perlu dicek" in page_of(sign_in, "siti")


def test_levels_the_job_does_not_ask_stand_apart(show, sign_in):
    show("rani", "TEK-DIG", 2)

    page = page_of(sign_in, "rani")
    assert page.index("Di luar yang diminta jabatan") < page.index('id="TEK-DIG"')
    assert "tambahan" in card_of(page, "TEK-DIG")


def test_an_empty_database_shows_no_empty_table(sign_in):
    assert "Belum ada tingkat yang dapat ditampilkan" in page_of(sign_in, "rani")


def test_strangers_sign_in_first_and_nobody_can_send_anything(sign_in, standards):
    assert sign_in(None).get("/kompetensi").status_code in (302, 303)
    assert sign_in("rani").post("/kompetensi").status_code == 405


def test_looking_writes_nothing(app, sign_in, standards):
    def rows() -> int:
        with app.app_context():
            return _db.session.query(AuditEntry).count()

    before = rows()
    page_of(sign_in, "rani")
    assert rows() == before
