"""The worked examples of the course format: every kind of question, from file to score.

The facts about laws in them are illustrations.
"""

import json
from pathlib import Path
from random import Random

import pytest

from lms.courseware import bundle, data, library, source
from lms.courseware.fields import Fields
from lms.courseware.grading import bounds, check_answer, grade, question_score
from lms.courseware.kinds import sections
from lms.courseware.kinds.kind import Draft, cut
from lms.courseware.notes import Notes
from lms.quiz.draw import as_drawable, layout

WORKED = Path(__file__).parent / "worked"
KINDS = [
    *("single", "multiple", "true_false", "short_text", "numeric", "matching"),
    *("ordering", "cloze", "essay"),
]
BANK = {"uu-pp": 1, "uu-asn": 2, "tahun-uu-pp": "2009"}
RIGHT = {
    "arti-maklumat": 2,
    "unsur-standar": [1, 2, 4],
    "maklumat-dipasang": False,
    "lembaga-pengawas": "ombudsman ri",
    "jodohkan-unsur": {"1": 1, "2": 3, "3": 2},
    "urutan-melayani": [4, 2, 3, 1],
    "lengkapi-kalimat": {"1": "14", "2": "Maklumat", "3": 3},
    "pengalaman": "Seorang warga mengeluh tentang antrean.",
    **BANK,
}


def remarks(found):
    """Findings on the examples; the course around them is shorter than its JP."""
    return [f for f in found.findings if not f.path.endswith("kursus.yml")]


@pytest.fixture(scope="module")
def course():
    found = library.load(WORKED)
    assert remarks(found) == []
    return found.courses["pelayanan-prima"]


@pytest.fixture(scope="module")
def published(course):
    return {q.code: q for q in bundle.build(course).questions}


def test_the_quiz_with_every_kind_is_read_without_a_finding(course):
    quiz = course.items["kuis-akhir"]

    assert [q.kind for q in quiz.questions] == KINDS
    assert [q.points for q in quiz.questions] == [2, 3, 1, 1, 1, 1, 1, 1, 4]


def test_all_of_it_is_published_and_drawn_and_scored(course, published):
    questions = {
        c: as_drawable(n, q.body) for n, (c, q) in enumerate(published.items())
    }
    names = list(published)
    quiz = next(i for i in bundle.build(course).items if i.code == "kuis-akhir").body
    drawn = layout(quiz, questions, Random(5))
    scores = []

    for place in drawn:
        question = published[names[place["q"]]]
        answer = RIGHT.get(question.code)
        if question.code == "hitung-ikm":
            n = int(place["values"]["n"].replace(",", ""))
            answer = f"{n // 4},{n % 4 * 25}"
        raw = json.loads(json.dumps(answer))
        body = question.body
        answer = check_answer(body["kind"], len(body["options"]), raw, body)
        values = place.get("values")
        score = question_score(question.key, answer, "id", values)
        scores.append((place["points"], score))

    assert len(drawn) == 11
    assert [score for _points, score in scores].count(None) == 1  # the essay
    assert {score for _points, score in scores} == {10_000, None}
    assert grade(scores) is None
    assert bounds(scores) == (7_647, 10_000)


def test_the_same_folder_gives_the_same_questions(course, published):
    again = {q.code: q.sha for q in bundle.build(course).questions}

    assert again == {code: q.sha for code, q in published.items()}


def test_crlf_and_a_byte_order_mark_change_nothing(course, tmp_path):
    root = tmp_path / "content"
    for path in WORKED.rglob("*.*"):
        copy = root / path.relative_to(WORKED)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    found = library.load(root)

    assert remarks(found) == []
    same = found.courses["pelayanan-prima"].items["kuis-akhir"]
    assert same == course.items["kuis-akhir"]


def survey(name):
    """The questions of a survey file, read without a key, and what was noted."""
    notes = Notes(name)
    text = source.read((WORKED / "survei" / name).read_bytes(), notes)
    table, body = cut(text, notes)
    assert isinstance(table, data.Table)
    dictionary = library.load(WORKED).competencies
    draft = Draft(name, Fields(table, notes, "survei"), body, dictionary, notes)
    _intro, questions = sections.read(draft, "survey")
    return questions, notes.found


def test_the_surveys_are_read_without_a_finding():
    reaction, found = survey("reaksi.md")
    behaviour, also = survey("perilaku-90-hari.md")

    assert (found, also) == ([], [])
    assert [(q.kind, q.required) for q in reaction] == [
        ("likert", True),
        ("multiple", True),
        ("essay", False),
    ]
    assert [code for code, _text in behaviour[0].asks.statements] == [
        "jelaskan-waktu",
        "catat-keluhan",
    ]


def test_a_gap_in_a_link_is_refused_when_it_is_published(tmp_path):
    root = tmp_path / "content"
    for path in WORKED.rglob("*.*"):
        copy = root / path.relative_to(WORKED)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    quiz = root / "kursus/pelayanan-prima/kuis/akhir.md"
    text = quiz.read_text("utf-8").replace(
        "[[maklumat | maklumat pelayanan]]", "[situs [[a]] desa](https://contoh.go.id)"
    )
    quiz.write_text(text, "utf-8")
    found = library.load(root)
    assert remarks(found) == []

    with pytest.raises(bundle.BundleError) as refused:
        bundle.build(found.courses["pelayanan-prima"])

    finding = refused.value.findings[0]
    heading = text[: text.index("## Lengkapi")].count("\n") + 1
    assert (finding.code, finding.line) == ("C374", heading)
    assert "ke-2" in finding.message
