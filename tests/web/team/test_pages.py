"""The team's pages: what they say, in which order, and to whom."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from lms.accounts.models import Person
from lms.audit.models import DataAccess
from lms.db import db as _db
from lms.records.models import JpPolicy
from lms.team import queries
from tests import statements

from .conftest import TODAY, uid_of

RANI = f"/tim/{uid_of('rani')}"


@pytest.fixture
def finish(sign_in):
    """finish("rani") lets one of the cast finish the small course."""

    def run(name: str) -> None:
        client = sign_in(name)
        client.post("/kursus/contoh-mini/ikuti")
        client.post("/kursus/contoh-mini/surat/selesai")
        client.get("/kursus/contoh-mini")

    return run


def test_the_top_says_how_the_team_stands(stage, sign_in):
    late, soon = stage.person("Bayu Late"), stage.person("Citra Soon")
    stage.duty(late, due_in=-2)
    stage.duty(soon, due_in=6)

    page = sign_in("yohanes").get("/tim").text

    assert "1 terlambat, 1 jatuh tempo dalam 7 hari, 1 aman." in page


def test_those_who_need_most_stand_first(stage, sign_in):
    names = {"Aan": 3, "Bela": -1, "Cici": -9, "Dodi": 30, "Edo": 0}
    for name, days in names.items():
        stage.duty(stage.person(name), due_in=days)

    page = sign_in("yohanes").get("/tim").text

    places = [page.index(f">{n}</a>") for n in ("Cici", "Bela", "Edo", "Aan", "Dodi")]
    assert places == sorted(places)
    assert "Terlambat 9 hari" in page
    assert "hari ini" in page


def test_a_card_says_how_far_somebody_is_and_offers_one_action(stage, sign_in):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    rani.post("/kursus/contoh-singkat/menyapa/selesai")
    duty = stage.duty(uid_of("rani"), due_in=2)

    page = sign_in("yohanes").get("/tim").text

    assert "1 dari 3 butir" in page
    assert "1 kursus berjalan" in page
    assert f"{RANI}?tentang=tugas-{duty}&amp;kalimat=tenggat#semangat" in page


def test_jp_are_shown_against_each_ones_target(stage, sign_in, finish):
    stage.add(
        JpPolicy(asn_status="PPPK", from_year=2024, target=20, cap=24, source="uji",
                 is_sure=True)
    )  # fmt: skip
    finish("rani")

    page = sign_in("yohanes").get("/tim").text

    assert "1 dari 20 JP" in page
    assert "0 dari 1 orang sudah tercapai" in page


def test_what_was_finished_lately_is_told_and_thanked_for(
    stage, sign_in, finish, clock
):
    finish("rani")

    page = sign_in("yohanes").get("/tim").text

    assert "Ucapkan terima kasih" in page
    assert "Selesai 22 Nov 2026" in page
    clock.skip(days=31)
    assert "Belum ada kursus yang selesai" in sign_in("yohanes").get("/tim").text


@pytest.mark.parametrize("path", ["/tim", "/tim/daftar", "/tim/waktu"])
@pytest.mark.parametrize("name", ["rani", "agus", "siti", "made"])
def test_the_pages_are_for_superiors(stage, sign_in, name, path):
    answer = sign_in(name).get(path)

    assert answer.status_code == 403
    assert "Halaman ini untuk atasan" in answer.text


def test_a_deputy_reads_for_whom_and_until_when(stage, sign_in):
    stage.deputy("yohanes", "siti", TODAY, TODAY + timedelta(days=8))

    page = sign_in("siti").get("/tim").text

    assert "Anda menggantikan Yohanes Tambing sampai 30 November 2026." in page
    assert "Rani Kusumawardhani" in page
    assert "staf Yohanes Tambing" in page


def test_a_deputy_reads_whose_people_those_of_a_unit_are(stage, sign_in):
    stage.head(3, "yohanes")
    stage.person("Tiwi", supervisor_id=None)
    stage.deputy("yohanes", "siti", TODAY, None)

    page = sign_in("siti").get("/tim").text

    assert page.count("staf Yohanes Tambing") == 2


def test_a_deputy_of_next_week_reads_when_it_begins(stage, sign_in):
    stage.deputy("yohanes", "siti", TODAY + timedelta(days=2), None)

    page = sign_in("siti").get("/tim").text

    assert "Mulai 24 November 2026 Anda menggantikan Yohanes Tambing." in page
    assert "Rani" not in page


def test_many_people_are_shown_in_part_and_counted_in_full(stage, sign_in):
    for number in range(55):
        stage.person(f"Orang {number:02}")

    yohanes = sign_in("yohanes")

    first, second = yohanes.get("/tim").text, yohanes.get("/tim?halaman=2").text
    assert (first.count("mate__act"), second.count("mate__act")) == (50, 6)
    assert "56 orang" in first
    assert "Halaman 1 dari 2" in first
    for page in ("3", "0", "-1", "x", "9" * 30):
        assert yohanes.get(f"/tim?halaman={page}").status_code == 200
    assert yohanes.get("/tim/daftar").text.count('scope="row"') == 56


def test_the_order_and_the_sums_are_those_of_the_cards(app, stage, sign_in, finish):
    for number, due_in in enumerate((-9, -1, 0, 6, 7, 40)):
        stage.duty(stage.person(f"Orang {number:02}"), due_in=due_in)
    finish("rani")
    with app.app_context():
        yohanes = SimpleNamespace(id=3)
        team = queries.team_of(yohanes, [], TODAY, page=1, rows=50)
        alone = queries.board_of(team.roll.ids, [], TODAY)

    place = {card.member.id: (card.group, card.jp.missing) for card in alone.cards}
    assert [place[n] for n in team.roll.ids] == [
        (card.group, card.jp.missing) for card in alone.cards
    ]
    groups = [card.group for card in alone.cards]
    assert [team.count(g) for g in ("late", "soon", "safe")] == [
        groups.count(g) for g in ("late", "soon", "safe")
    ]
    assert team.roll.with_target == sum(c.jp.target is not None for c in alone.cards)
    assert team.roll.news_count == sum(len(card.finished) for card in alone.cards)


def test_the_member_page_shows_what_a_superior_may_know(stage, sign_in, finish):
    finish("rani")
    stage.duty(uid_of("rani"), due_in=-3)

    page = sign_in("yohanes").get(RANI).text

    assert "Terlambat 3 hari" in page
    assert "selesai 22 Nov 2026" in page
    assert "Sertifikat" in page
    assert 'href="/cek/' in page


def test_no_note_and_no_score_is_on_it(stage, sign_in):
    rani = sign_in("rani")
    rani.post("/kursus/contoh-singkat/ikuti")
    rani.post(
        "/kursus/contoh-singkat/menyapa/catatan",
        data={"bagian": "", "teks": "Rahasia saya", "formulir": "x"},
    )

    page = sign_in("yohanes").get(RANI).text

    assert "Rahasia saya" not in page
    assert "nilai" not in page.partition("<main")[2]  # the way to grade stands above


@pytest.mark.parametrize("who", ["agus", "hendra", "made", "siti", "rani"])
def test_somebody_elses_member_is_not_there(stage, sign_in, who):
    assert sign_in(who).get(RANI).status_code == 404


@pytest.mark.parametrize("whom", ["agus", "yohanes", "siti"])
def test_who_is_not_in_the_team_is_not_there(stage, sign_in, whom):
    assert sign_in("yohanes").get(f"/tim/{uid_of(whom)}").status_code == 404


def test_a_look_is_noted_once_an_hour(app, stage, sign_in, clock):
    yohanes = sign_in("yohanes")
    for _time in range(3):
        assert yohanes.get(RANI).status_code == 200
    clock.skip(minutes=61)
    yohanes.get(RANI)

    with app.app_context():
        looks = _db.session.query(DataAccess).all()
        assert [(one.actor_id, one.facts) for one in looks] == [
            (3, {"role": "superior"})
        ] * 2
    assert "Yohanes Tambing</b>, atasan" in sign_in("rani").get("/data-saya").text


def test_the_weeks_say_who_studies_when(app, stage, sign_in):
    bayu = stage.person("Bayu")
    stage.person("Citra")
    stage.duty(uid_of("rani"), due_in=4)
    stage.duty(bayu, due_in=5, wave=2)
    stage.duty(bayu, due_in=-1, course="contoh-mini")

    page = sign_in("yohanes").get("/tim/waktu").text

    assert "padat: 2 dari 3 orang" in page
    assert "gelombang 2" in page
    assert "Sudah lewat tenggat" in page


def test_an_inactive_member_is_gone(app, stage, sign_in):
    with app.app_context():
        _db.session.query(Person).filter_by(id=4).update({"is_active": False})
        _db.session.commit()

    assert sign_in("yohanes").get(RANI).status_code == 404


def test_the_page_takes_few_statements_however_many_people(app, stage, sign_in):
    for number in range(30):
        stage.duty(stage.person(f"Orang {number:02}"), due_in=number - 5)
    yohanes = sign_in("yohanes")
    yohanes.get("/tim")

    with app.app_context():
        engine = _db.engine
    with statements.sent(engine) as seen:
        yohanes.get("/tim")

    assert len([sql for sql in seen if sql != "COMMIT"]) <= 15, seen
