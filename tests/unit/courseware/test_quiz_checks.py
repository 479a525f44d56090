"""What is no mistake: choices without feedback, persons who grade, lone quizzes."""

import pytest

from lms.courseware import library
from tests.unit.courseware.asking import ask
from tests.unit.courseware.mistakes import copy_sample, edit

SILENT = "".join(f"## S {{#s{n}}}\n\nApa?\n\n- ( ) a\n- (x) b\n\n" for n in range(3))
QUIZ = "---\njenis: kuis\nid: baru\njudul: Baru\n{}---\n\n"
ESSAY = "## U {{#u}}\n\nCeritakan.\n\nUraian: bebas\nPoin: {}\n\n"
TYPED = "## T {#t}\n\nApa?\n\nJawaban: ya\nPoin: 4\n\n"


def codes(root, *edits):
    for change in edits:
        edit(root, *change)
    return {f.code for f in library.load(root).findings}


@pytest.mark.parametrize(
    "text",
    [
        "- ( ) a\n- (x) b",
        "- ( ) a\n  > Bukan.\n- (x) b\n- ( ) c\n  > Bukan juga.",
        "- ( ) a\n  > Bukan.\n- (x) b\n- ( ) c\n\nPembahasan: Karena b.",
        "- ( ) a\n  > Bukan.\n- (x) b\n- ( ) c\n\nJika keliru: Baca lagi.",
        "- [ ] a\n  > Bukan.\n- [x] b\n- [ ] c",
    ],
)
def test_feedback_is_not_asked_for_where_it_is_given_or_meant_to_be_silent(text):
    _question, found = ask(f"Apa?\n\n{text}")

    assert found == []


@pytest.mark.parametrize(
    "text", ["- (x) a\n  > Ya.\n- ( ) b", "- (50%) a\n- (x) b\n  > Ya."]
)
def test_only_a_wrong_choice_among_others_with_feedback_lacks_it(text):
    _question, found = ask(f"Apa?\n\n{text}")

    assert [(f.code, f.is_error) for f in found] == [("C379", False)]


@pytest.mark.parametrize(
    ("rules", "text", "is_named"),
    [
        ("", SILENT, True),
        ("tampilkan_pembahasan: tidak\n", SILENT, False),
        ("", SILENT.replace("Apa?", "Apa?", 1).split("## S {#s2}")[0], False),
    ],
)
def test_a_file_that_tells_nothing_is_named_where_it_could_tell(
    tmp_path, rules, text, is_named
):
    found = codes(copy_sample(tmp_path), ("baru.md", "", QUIZ.format(rules) + text))

    assert ("C379" in found) is is_named


@pytest.mark.parametrize(
    ("rules", "text", "is_named"),
    [
        ("nilai_lulus: 70\n", TYPED + ESSAY.format(1), False),
        ("nilai_lulus: 80\n", TYPED + ESSAY.format(1), False),
        ("nilai_lulus: 81\n", TYPED + ESSAY.format(1), True),
        ("nilai_lulus: 0\n", ESSAY.format(1), False),
        ("", ESSAY.format(1), True),
        ("ambil: 1 dari bank/campur.md\n", "", False),
        ("ambil: 2 dari bank/campur.md\n", "", True),
    ],
)
def test_a_pass_that_waits_for_a_person_is_named(tmp_path, rules, text, is_named):
    bank = "---\njenis: bank\nid: campur\njudul: Campur\n---\n\n"
    mixed = bank + (TYPED + ESSAY.format(4)).replace("{#", "{#campur-")

    found = codes(
        copy_sample(tmp_path),
        ("bank/campur.md", "", mixed),
        ("baru.md", "", QUIZ.format(rules) + text),
    )

    assert ("K729" in found) is is_named


@pytest.mark.parametrize(
    ("title", "is_named"),
    [("Pra-tes", True), ("Tes awal", True), ("Presentasi", False), ("Latihan", False)],
)
def test_only_a_quiz_that_is_called_a_pretest_needs_a_partner(
    tmp_path, title, is_named
):
    text = QUIZ.replace("judul: Baru", f"judul: {title}").format("") + TYPED
    listed = ("kursus.yml", "kuis/akhir.md", "kuis/akhir.md\n      - baru.md")

    found = codes(copy_sample(tmp_path), ("baru.md", "", text), listed)

    assert ("K742" in found) is is_named
