"""Which parts of lessons a weak competency leads to."""

from types import SimpleNamespace

import pytest

from lms.quiz import reading_again
from lms.quiz.reading_again import Part

# lesson -> (its competencies, [(heading, competencies of the check below it)])
LESSONS = {
    "satu": (["PPB"], [("awal", [])]),
    "dua": (["KOM", "PPB"], [("mendengar", ["KOM"]), ("menjaga", ["PRI"])]),
    "tiga": ([], [("akhir", [])]),
}


@pytest.fixture
def live(monkeypatch):
    bodies, questions = {}, {}
    for lesson, (codes, checks) in LESSONS.items():
        segments = []
        for anchor, own in checks:
            segments += [
                {"html": f'<h2 id="{anchor}">X</h2><p>…</p><div id="lain"></div>'},
                {"check": f"cek-{anchor}", "question_sha": anchor},
            ]
            body = {"competencies": [[code, 1] for code in own]}
            questions[f"cek-{anchor}"] = SimpleNamespace(body=body)
        bodies[lesson] = {
            "segments": segments,
            "headings": [{"id": a, "text": a.title(), "level": 2} for a, _ in checks],
            "competencies": [[code, 1] for code in codes],
        }

    def version(_course, code, _sha):
        return SimpleNamespace(body=bodies[code])

    monkeypatch.setattr(reading_again.items, "find_version", version)
    monkeypatch.setattr(
        reading_again.items,
        "question_by_sha",
        lambda _course, shas: {code: questions[code] for code in shas},
    )
    entries = [
        {"kind": "module", "code": code, "title": code.title(), "minutes": 9}
        for code in LESSONS
    ]
    quiz = {"kind": "quiz", "code": "kuis", "title": "Kuis", "minutes": 9}
    return SimpleNamespace(
        course_id=1,
        items=[*entries, quiz],
        manifest={"item_shas": dict.fromkeys([*LESSONS, "kuis"], "sha")},
    )


def test_the_heading_above_a_check_that_names_the_competency(live):
    assert reading_again.parts(["KOM"], live) == [
        Part("dua", "Dua", 9, "mendengar", "Mendengar")
    ]


def test_a_competency_that_only_a_check_names(live):
    assert reading_again.parts(["PRI"], live) == [
        Part("dua", "Dua", 9, "menjaga", "Menjaga")
    ]


def test_else_the_lesson_that_names_it(live):
    assert reading_again.parts(["PPB"], live) == [
        Part("satu", "Satu", 9),
        Part("dua", "Dua", 9),
    ]


def test_several_in_reading_order_and_each_place_once(live):
    found = reading_again.parts(["PRI", "PPB", "KOM"], live)

    assert [(part.code, part.anchor) for part in found] == [
        ("satu", ""), ("dua", "mendengar"), ("dua", "menjaga"),
    ]  # fmt: skip


@pytest.mark.parametrize("codes", [[], ["TIDAK-ADA"]])
def test_all_lessons_when_nothing_teaches_it(live, codes):
    found = reading_again.parts(codes, live)

    assert [part.code for part in found] == ["satu", "dua", "tiga"]
