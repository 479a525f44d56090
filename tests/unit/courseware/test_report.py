"""How findings are shown: as text, as plain values, as SARIF."""

import json

from lms.courseware import library, report, sarif
from lms.courseware.schema import Finding
from tests.unit.courseware.mistakes import copy_sample, edit

QUIZ = "kuis/akhir.md"


def test_a_finding_shows_file_line_column_mending_and_place(tmp_path):
    root = copy_sample(tmp_path)
    edit(root, QUIZ, "- ( ) Daftar tarif", "- (x) Daftar tarif")
    found = library.load(root)

    assert report.text(found.findings, found.sources) == (
        "content/kursus/melayani-warga/kuis/akhir.md:25:4: galat C342: "
        "soal satu jawaban punya dua jawaban benar\n"
        "    Perbaikan: hapus salah satu (x), atau ganti semua ( ) menjadi [ ] "
        "bila boleh memilih lebih dari satu\n"
        "    24 |   > Tarif adalah salah satu komponen standar.\n"
        "    25 | - (x) Pernyataan kesanggupan melayani\n"
        "       |    ^"
    )


def test_a_warning_is_called_one():
    finding = Finding("a.md", 3, 1, "B230", "pesan", "", is_error=False)

    assert report.text([finding], {}) == "a.md:3:1: peringatan B230: pesan"


def test_at_most_fifty_findings_of_a_file_are_shown():
    findings = [Finding("a.md", n, 1, "X", "pesan") for n in range(60)]
    findings.append(Finding("b.md", 1, 1, "X", "pesan"))

    shown = report.text(findings, {}).split("\n")

    assert len(shown) == 52
    assert shown[50] == "a.md: dan 10 temuan lain"


def test_signs_that_could_trick_a_terminal_are_spelt_out():
    finding = Finding("a\x1b[31m.md", 1, 2, "X", "pesan \u202e")

    shown = report.text([finding], {"a\x1b[31m.md": "a\x1b\u202eb\nc"})

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\\u202e" in shown


def test_long_lines_are_cut_around_the_place():
    finding = Finding("a.md", 1, 5_000, "X", "pesan")

    shown = report.text([finding], {"a.md": "a" * 4_999 + "B" + "a" * 5_000})

    _head, line, caret = shown.split("\n")
    assert len(line) < 120
    assert line[caret.index("^")] == "B"


def test_findings_become_plain_values():
    finding = Finding("a.md", 3, 1, "B230", "pesan", "saran", is_error=False)

    assert json.loads(json.dumps(report.as_json([finding]))) == [
        {
            "path": "a.md",
            "line": 3,
            "column": 1,
            "level": "warning",
            "code": "B230",
            "message": "pesan",
            "fix": "saran",
        }
    ]


def test_sarif_names_file_place_code_and_mending_of_every_finding():
    findings = [
        Finding("content/kursus/a/b c.md", 3, 7, "C342", "dua jawaban", "hapus satu"),
        Finding("content/kursus/a/b c.md", 1, 1, "B230", "HTML", "", is_error=False),
    ]

    (run,) = sarif.document(findings)["runs"]

    second = run["results"][1]
    place = second["locations"][0]["physicalLocation"]
    assert [r["level"] for r in run["results"]] == ["warning", "error"]
    assert place["artifactLocation"]["uri"] == "content/kursus/a/b%20c.md"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert second["message"]["text"] == "dua jawaban. Perbaikan: hapus satu"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[r["ruleIndex"]] for r in run["results"]] == ["B230", "C342"]


def test_sarif_without_findings_is_a_run_without_results():
    (run,) = sarif.document([])["runs"]

    assert run["results"] == []
