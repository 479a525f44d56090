"""Playing a simulation: from the cover, scene by scene, to the debrief."""

from sqlalchemy import select

from lms.db import db as _db
from lms.records.models import Certificate, Completion, Evidence, ItemFact
from lms.simulations.models import Run, Step

from . import stage
from .stage import BEST, COVER, DETOUR, START, WORST


def facts() -> list[ItemFact]:
    return list(_db.session.scalars(select(ItemFact)))


def test_the_best_way_completes_course_with_everything_that_hangs_on_it(
    app, simulation, sign_in
):
    simulation()
    rani = sign_in("rani")
    assert "Mulai simulasi" in rani.get(COVER).text

    run_id, page = stage.run_through(rani, BEST)

    assert page.request.path == f"/simulasi/main/{run_id}/hasil"
    assert "Akhir yang baik" in page.text
    assert "Nilai Anda 100" in page.text
    assert "100 poin dari 100" in page.text
    assert "Kursus selesai. Anda mendapat 1 JP." in page.text
    with app.app_context():
        run = stage.run(run_id)
        assert (run.score_bp, run.ending, run.pass_bp) == (10_000, "good", 6_000)
        [fact] = facts()
        assert (fact.fact, fact.item_code) == ("passed", stage.ITEM)
        assert (fact.score_bp, fact.proof_id) == (10_000, run_id)
        assert _db.session.scalars(select(Completion.score_bp)).all() == [10_000]
        assert _db.session.scalars(select(Evidence.competency)).all() == ["PPB"]
        assert len(_db.session.scalars(select(Certificate)).all()) == 1


def test_what_follows_from_a_choice_is_shown_before_the_next_scene(simulation, sign_in):
    simulation()
    rani = sign_in("rani")
    run_id = stage.begin(rani)

    page = stage.play(rani, run_id, WORST[:1]).text

    told, scene = page.index("Akibat:"), page.index("Suasana memanas")
    assert told < page.index("tidak didengar") < scene
    assert "Meminta warga kembali ke antrean" in page[:scene]
    assert "Langkah 2" in page


def test_a_poor_end_passes_nothing_and_keeps_the_better_choices_to_itself(
    app, simulation, sign_in
):
    simulation()

    run_id, page = stage.run_through(sign_in("rani"), WORST)

    assert "Akhir yang buruk" in page.text
    assert "Nilai Anda 0" in page.text
    assert "Lebih baik:" not in page.text
    assert "Mendengarkan" not in page.text
    assert "dibuka setelah Anda lulus" in page.text
    assert "Coba lagi" in page.text
    with app.app_context():
        assert facts() == []
        assert stage.run(run_id).ending == "poor"


def test_who_passed_is_told_what_was_better(simulation, sign_in):
    simulation()
    rani = sign_in("rani")

    _run_id, page = stage.run_through(rani, DETOUR)

    assert "Nilai Anda 80" in page.text
    assert page.text.count("Lebih baik:") == 1
    assert "Mendengarkan sampai selesai" in page.text
    assert page.text.count("Pilihan terbaik di sini") == 2


def test_the_best_run_counts_and_a_worse_one_takes_nothing_away(
    app, simulation, sign_in
):
    simulation()
    rani = sign_in("rani")
    for ways in (DETOUR, BEST, WORST):
        stage.run_through(rani, ways)

    page = rani.get(COVER).text

    assert page.count("Simulasi ke-") == 3
    with app.app_context():
        [fact] = facts()
        assert fact.score_bp == 10_000
        assert [r.score_bp for r in _db.session.scalars(select(Run))] == [
            *(8_000, 10_000, 0)
        ]
        assert len(_db.session.scalars(select(Completion)).all()) == 1


def test_a_run_goes_on_after_days_and_on_another_device(
    app, simulation, sign_in, clock
):
    simulation()
    run_id = stage.begin(sign_in("rani"))
    stage.play(sign_in("rani"), run_id, DETOUR[:1])
    clock.skip(days=9)
    other = sign_in("rani")
    assert "belum sampai akhir" in other.get("/").text
    assert "Lanjutkan simulasi" in other.get(COVER).text

    assert stage.begin(other) == run_id
    stage.play(other, run_id, DETOUR[1:], first=2)

    with app.app_context():
        steps = _db.session.scalars(select(Step).order_by(Step.number)).all()
        assert [(s.number, s.scene, s.to) for s in steps] == [
            (1, "mulai", "antrean"), (2, "antrean", "dengar"),
            (3, "dengar", "akhir-baik"),
        ]  # fmt: skip
    assert "belum sampai akhir" not in other.get("/").text


def test_all_of_it_is_in_data_saya_and_nothing_of_the_key(simulation, sign_in):
    simulation()
    rani = sign_in("rani")
    stage.run_through(rani, DETOUR)

    page = rani.get("/data-saya").text
    file = rani.post("/data-saya/unduh", data={"bentuk": "json"}).text

    assert "Langkah simulasi" in page
    for name in ("langkah_simulasi", "antrean", "akhir-baik"):
        assert name in file
    assert "Warga merasa" not in file
    other = sign_in("agus").post("/data-saya/unduh", data={"bentuk": "json"}).text
    assert "antrean" not in other


def test_the_limit_of_runs_is_kept_and_then_the_better_choices_are_told(
    simulation, sign_in
):
    simulation(percobaan="2")
    rani = sign_in("rani")
    assert "Sisa kesempatan: 2 dari 2" in rani.get(COVER).text

    _run_id, first = stage.run_through(rani, WORST)
    _run_id, second = stage.run_through(rani, WORST)

    assert "Lebih baik:" not in first.text
    assert "Lebih baik:" in second.text
    answer = rani.post(START)
    assert answer.status_code == 409
    assert "Batas 2 kali bermain sudah tercapai." in answer.text


def test_choices_are_shown_in_an_order_that_stays(simulation, sign_in):
    simulation()
    rani = sign_in("rani")
    run_id = stage.begin(rani)

    pages = [rani.get(stage.scene_url(run_id)).text for _ in range(3)]
    shown = {page.partition('class="opts"')[2].partition("</div>")[0] for page in pages}

    assert len(shown) == 1


def test_points_of_a_loop_count_once(app, simulation, sign_in):
    story = stage.STORY.replace(
        "[Memanggil satpam](#akhir-buruk) (0)", "[Mengulang](#mulai) (+10)"
    )
    simulation(story)

    run_id, page = stage.run_through(
        sign_in("rani"),
        ["kembali ke antrean", "Mengulang", "kembali ke antrean", "Mengulang", *BEST],
    )

    assert "110 poin dari 110" in page.text
    assert "sudah dihitung" in page.text
    with app.app_context():
        assert stage.run(run_id).score_bp == 10_000


def test_the_outline_and_the_english_page_name_it(simulation, sign_in):
    simulation()
    rani = sign_in("rani")
    assert "Simulasi" in rani.get(f"/kursus/{stage.COURSE}").text
    rani.post("/bahasa", data={"bahasa": "en"})

    run_id, page = stage.run_through(rani, BEST)

    assert "Your score" in page.text
    assert "A good ending" in page.text
    assert "Start the simulation" not in page.text
    assert rani.get(f"/simulasi/main/{run_id}").status_code == 303
