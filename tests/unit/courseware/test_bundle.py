"""A course on its way into the database: keys apart, stable hashes, whole or not."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.courseware import bodies, fragments
from lms.courseware.bundle import Bundle, BundleError, build, canonical, fingerprint
from lms.courseware.render import Rendered
from lms.courseware.schema import (
    Bank,
    Chapter,
    CompetencyRef,
    Course,
    Draw,
    Module,
    NumberKey,
    Option,
    Promise,
    Prose,
    Question,
    Quiz,
)

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
    b'<rect width="100" height="50" fill="#fff"/>%b</svg>'
)
PICTURE = SVG % b'<path d="M0 0h9"/>'
OTHER_PICTURE = SVG % b'<path d="M0 0h8"/>'

CHECK = Question(
    "cek-maklumat",
    "Fungsi maklumat",
    "single",
    "Apa fungsi maklumat?",
    21,
    options=(
        Option(1, "Mengganti standar", 0, "RAHASIA belum tepat"),
        Option(2, "Menyatakan *kesanggupan*", 100, "RAHASIA tepat"),
        Option(3, "Mengumumkan", 50),
    ),
    explanation="RAHASIA pembahasan",
    if_wrong="RAHASIA keliru",
    hints=("Ingat kata sanggup",),
)
MULTIPLE = Question(
    "unsur",
    "Unsur",
    "multiple",
    "Pilih unsur ![denah](aset/denah.svg)",
    5,
    options=(Option(1, "A", 100), Option(2, "B", 100), Option(3, "C", 0)),
    points=3,
    competencies=(CompetencyRef("PPB", 2),),
    difficulty="hard",
)
TRUTH = Question("benar", "Benar", "true_false", "Disimpan di arsip.", 9, truth=False)
TEXT = Question(
    "lembaga", "Lembaga", "short_text", "Siapa?", 12, accepted=("Ombudsman", "ORI")
)
NUMBER = Question(
    "ikm",
    "IKM",
    "numeric",
    "Berapa?",
    15,
    number=NumberKey(Decimal("77.5"), Decimal("78.5")),
    unit="hari",
)


def course(**changes) -> Course:
    module = Module(
        "standar",
        "Standar pelayanan",
        "01-standar.md",
        (
            Prose("## Mengapa?\n\n![Denah](aset/denah.svg)\n\nLihat[^1].", 12),
            CHECK,
            Prose("## Lalu\n\n[^1]: UU 25/2009. [Kuis](kuis/akhir.md)", 30),
        ),
        objectives=("Menjelaskan standar",),
        completion="checks_answered",
        competencies=(CompetencyRef("PPB", 1),),
    )
    quiz = Quiz(
        "kuis-akhir",
        "Kuis akhir",
        "kuis/akhir.md",
        "Baca *saksama*.",
        (TRUTH, TEXT, NUMBER),
        draws=(Draw(), Draw("bank/hukum.md", 1, "hard"), Draw("bank/hukum.md")),
        limit_minutes=30,
    )
    bank = Bank("hukum", "Hukum", "bank/hukum.md", (MULTIPLE,))
    values = {
        "code": "prima",
        "title": "Pelayanan prima",
        "summary": "Ringkas",
        "edition": 1,
        "jp": 4,
        "status": "live",
        "chapters": (Chapter("Bab 1", ("standar", "kuis-akhir")),),
        "items": {"standar": module, "kuis-akhir": quiz},
        "banks": {"bank/hukum.md": bank},
        "passing": (("kuis-akhir", "passed"), ("standar", "finished")),
        "promises": (Promise("PPB", 2, ("kuis-akhir",)),),
        "sources": (("UU 25/2009", "2026-11-01"),),
        "files": {"aset/denah.svg": PICTURE},
    }
    return Course(**(values | changes))


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return build(course())


def test_a_lesson_is_prose_and_checks_in_reading_order(bundle) -> None:
    body = bundle.items[0].body
    shas = {question.code: question.sha for question in bundle.questions}
    first, check, last = body["segments"]
    assert 'id="isi-mengapa"' in first["html"]
    assert check == {"check": "cek-maklumat", "question_sha": shas["cek-maklumat"]}
    assert 'href="/kursus/prima/kuis-akhir"' in last["html"]
    assert body["headings"] == [
        {"id": "isi-mengapa", "text": "Mengapa?", "level": 2},
        {"id": "isi-lalu", "text": "Lalu", "level": 2},
    ]
    assert body["minutes"] == 1
    assert body["words"] > 5
    assert body["completion"] == "checks_answered"
    assert body["competencies"] == [["PPB", 1]]
    assert "RAHASIA" not in json.dumps(body)


def test_a_quiz_names_its_questions_by_version(bundle) -> None:
    body = bundle.items[1].body
    shas = {question.code: question.sha for question in bundle.questions}
    assert body["slots"] == [
        {"question": "benar"},
        {"question": "lembaga"},
        {"question": "ikm"},
        {"pool": ["unsur"], "count": 1},
        {"question": "unsur"},
    ]
    assert body["question_shas"] == {
        code: shas[code] for code in ("benar", "lembaga", "ikm", "unsur")
    }
    assert body["intro_html"] == "<p>Baca <em>saksama</em>.</p>"
    assert body["pass_percent"] == 70
    assert body["limit_minutes"] == 30


def test_each_kind_of_question_has_its_key(bundle) -> None:
    keys = {question.code: question.key for question in bundle.questions}
    assert keys["cek-maklumat"]["credit"] == {"1": 0, "2": 100, "3": 50}
    assert keys["cek-maklumat"]["feedback"] == {
        "1": "<p>RAHASIA belum tepat</p>",
        "2": "<p>RAHASIA tepat</p>",
    }
    assert keys["cek-maklumat"]["explanation_html"] == "<p>RAHASIA pembahasan</p>"
    assert keys["cek-maklumat"]["if_wrong_html"] == "<p>RAHASIA keliru</p>"
    assert keys["cek-maklumat"]["if_right_html"] == ""
    unsur = keys["unsur"]
    assert (unsur["right"], unsur["count"], unsur["partial"]) == ([1, 2], 3, True)
    assert keys["benar"]["truth"] is False
    assert keys["lembaga"]["accepted"] == ["Ombudsman", "ORI"]
    assert keys["lembaga"]["exact_case"] is False
    assert (keys["ikm"]["low"], keys["ikm"]["high"]) == ("77.5", "78.5")
    assert {code: key["kind"] for code, key in keys.items()} == {
        question.code: question.kind for question in bundle.questions
    }


def test_a_question_shows_what_is_asked(bundle) -> None:
    check, ikm = (
        next(q.body for q in bundle.questions if q.code == code)
        for code in ("cek-maklumat", "ikm")
    )
    assert check["stem_html"] == "<p>Apa fungsi maklumat?</p>"
    assert check["options"][1] == {
        "number": 2,
        "html": "Menyatakan <em>kesanggupan</em>",
    }
    assert check["hints_html"] == ["<p>Ingat kata sanggup</p>"]
    assert ikm["unit"] == "hari"


def test_the_manifest_tells_what_binds_a_learner(bundle) -> None:
    manifest = bundle.manifest
    assert manifest["passing"] == [["kuis-akhir", "passed"], ["standar", "finished"]]
    assert manifest["item_shas"] == {item.code: item.sha for item in bundle.items}
    lesson, quiz = manifest["chapters"][0]["items"]
    assert lesson.keys() == quiz.keys()
    assert lesson["checks"] == ["cek-maklumat"]
    assert (quiz["questions"], quiz["attempts"], quiz["minutes"]) == (5, 3, 30)
    assert manifest["total_minutes"] == 31
    assert manifest["promises"] == [
        {"code": "PPB", "level": 2, "proof": ["kuis-akhir"]}
    ]
    json.dumps(manifest)


def test_the_same_course_gives_the_same_bytes(bundle) -> None:
    again = build(course())
    assert again == bundle
    assert canonical([item.body for item in again.items]) == canonical(
        [item.body for item in bundle.items]
    )


def test_another_process_computes_the_same_fingerprint(bundle) -> None:
    assert fingerprint(course()) == bundle.fingerprint
    changed = course(files={"aset/denah.svg": OTHER_PICTURE})
    assert fingerprint(changed) != bundle.fingerprint


def test_another_picture_under_the_same_name_is_another_version(bundle) -> None:
    other = build(course(files={"aset/denah.svg": OTHER_PICTURE}))
    before = {q.code: q.sha for q in bundle.questions}
    after = {q.code: q.sha for q in other.questions}
    assert {code for code in before if before[code] != after[code]} == {"unsur"}
    assert [i.sha != j.sha for i, j in zip(bundle.items, other.items, strict=True)] == [
        True,
        True,
    ]


def test_a_changed_key_alone_is_another_version(bundle) -> None:
    options = (*CHECK.options[:2], replace(CHECK.options[2], credit=0))
    module = course().items["standar"]
    changed = replace(
        module,
        segments=(
            module.segments[0],
            replace(CHECK, options=options),
            module.segments[2],
        ),
    )
    other = build(course(items={**course().items, "standar": changed}))
    before = {q.code: q for q in bundle.questions}["cek-maklumat"]
    after = {q.code: q for q in other.questions}["cek-maklumat"]
    assert after.body == before.body
    assert after.sha != before.sha


def test_files_are_served_under_the_hash_of_their_bytes(bundle) -> None:
    (asset,) = bundle.assets
    assert (asset.media_type, asset.width, asset.height) == ("image/svg+xml", 100, 50)
    assert f"/kursus/prima/aset/{asset.sha}/denah.svg" in json.dumps(
        bundle.items[0].body
    )


def test_all_that_is_wrong_is_told_at_once() -> None:
    module = course().items["standar"]
    broken = replace(
        module, segments=(Prose("a\n\n[x](hilang.md)\n\n![v](aset/v.mp4)", 12), CHECK)
    )
    quiz = replace(course().items["kuis-akhir"], draws=(Draw("bank/hukum.md", 9),))
    with pytest.raises(BundleError) as error:
        build(
            course(
                items={"standar": broken, "kuis-akhir": quiz},
                files={"aset/denah.svg": SVG % b"<script/>"},
            )
        )
    assert [(f.path, f.line, f.code) for f in error.value.findings] == [
        ("01-standar.md", 14, "D402"),
        ("01-standar.md", 16, "D402"),
        ("aset/denah.svg", 1, "D407"),
        ("kuis/akhir.md", 1, "K716"),
    ]


_WORDS = st.text("abcdef *_`<>&[]()#$|~\n", max_size=30)


@st.composite
def _questions(draw) -> Question:
    kind = draw(
        st.sampled_from(["single", "multiple", "true_false", "short_text", "numeric"])
    )
    credits = draw(st.lists(st.sampled_from([0, 37, 100]), min_size=2, max_size=6))
    return Question(
        "kode",
        "Judul",
        kind,
        draw(_WORDS) or "a",
        draw(st.integers(1, 99)),
        options=tuple(
            Option(n, draw(_WORDS) or "b", credit, f"RAHASIA umpan {n} {draw(_WORDS)}")
            for n, credit in enumerate(credits, 1)
        )
        if kind in ("single", "multiple")
        else (),
        truth=draw(st.booleans()) if kind == "true_false" else None,
        accepted=("RAHASIA jawaban",) if kind == "short_text" else (),
        number=NumberKey(Decimal("7777.25"), Decimal("8888.75"))
        if kind == "numeric"
        else None,
        hints=tuple(draw(st.lists(_WORDS, max_size=2))),
        explanation=f"RAHASIA pembahasan {draw(_WORDS)}",
        if_right=f"RAHASIA tepat {draw(_WORDS)}",
        if_wrong=f"RAHASIA keliru {draw(_WORDS)}",
        partial=draw(st.booleans()),
    )


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_questions())
def test_no_body_ever_tells_the_answer(question: Question) -> None:
    from lms.courseware.markdown import Job, convert

    job = Job()
    html = tuple(
        convert(text, job, inline=name[0] == "option")
        for name, text in fragments.texts(question)
    )
    body = bodies.question_body(question, Rendered(html))
    text = json.dumps(body)
    for secret in ("RAHASIA", "7777", "8888", "credit", "right", "truth", "accepted"):
        assert secret not in text
    same_but_key = replace(
        question,
        options=tuple(replace(o, credit=100 - o.credit) for o in question.options),
        truth=None if question.truth is None else not question.truth,
        partial=not question.partial,
    )
    assert bodies.question_body(same_but_key, Rendered(html)) == body
    assert "RAHASIA" in json.dumps(bodies.question_key(question, Rendered(html)))
