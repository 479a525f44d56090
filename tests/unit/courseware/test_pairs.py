"""Which quiz is before and which after the lessons, and what that means."""

import pytest

from lms.courseware import completion, library, pairs

from .mistakes import FOLDER, copy_sample, edit


def entry(code, pair="", kind="quiz"):
    return {"code": code, "kind": kind, "pair": pair, "completion": None}


OUTLINE = [entry("awal"), entry("baca", None, "module"), entry("akhir", "awal")]


@pytest.mark.parametrize("code", ["awal", "akhir"])
def test_either_may_name_the_other_and_the_order_decides(code):
    assert pairs.pre_and_post(OUTLINE, code) == ("awal", "akhir")


def test_others_are_in_no_pair():
    assert pairs.pre_and_post(OUTLINE, "baca") is None
    assert pairs.pre_and_post([entry("a", "a")], "a") is None
    assert pairs.pre_and_post([entry("a", "weg")], "a") is None


def test_a_pretest_is_done_when_handed_in_and_its_post_test_is_not():
    outline = [{"items": [dict(row) for row in OUTLINE]}]

    pairs.note_pretests(outline, [("akhir", "passed")])

    rules = [row["completion"] for row in outline[0]["items"]]
    assert rules == ["submitted", None, None]
    assert completion.item_done("quiz", "submitted", [], {("filled", "")})
    assert completion.item_done("quiz", "submitted", [], {("passed", "")})
    assert not completion.item_done("quiz", "", [], {("filled", "")})


def test_an_author_may_ask_for_its_pass():
    outline = [{"items": [dict(row) for row in OUTLINE]}]

    pairs.note_pretests(outline, [("awal", "passed")])

    assert outline[0]["items"][0]["completion"] is None


def codes(root):
    return {f.code for f in library.load(root).findings if f.path.startswith("content")}


def add_quiz(root, name, pair):
    text = (root / FOLDER / "kuis/awal.md").read_text("utf-8")
    text = text.replace("id: kuis-awal", f"id: {name}").replace("{#", "{#" + name)
    text = text.replace("pasangan: kuis-akhir", f"pasangan: {pair}")
    (root / FOLDER / f"kuis/{name}.md").write_text(text, "utf-8")
    edit(
        root,
        "kursus.yml",
        "      - kuis/akhir.md",
        f"      - kuis/akhir.md\n      - kuis/{name}.md",
    )


def test_the_sample_has_a_pair_without_findings(tmp_path):
    assert not codes(copy_sample(tmp_path)) & {"K726", "K740", "K741"}


def test_a_quiz_has_one_partner(tmp_path):
    root = copy_sample(tmp_path)
    add_quiz(root, "kuis-ketiga", "kuis-akhir")

    assert "K740" in codes(root)


def test_the_partner_of_a_partner_is_refused(tmp_path):
    root = copy_sample(tmp_path)
    add_quiz(root, "kuis-ketiga", "kuis-awal")

    assert "K740" in codes(root)


def test_asking_for_the_pass_of_a_pretest_is_warned_of(tmp_path):
    root = copy_sample(tmp_path)
    edit(
        root,
        "kursus.yml",
        "  - kuis-akhir: lulus",
        "  - kuis-akhir: lulus\n  - kuis-awal: lulus",
    )

    found = [f for f in library.load(root).findings if f.code == "K741"]

    assert [(f.line, f.is_error) for f in found] == [(37, False)]
