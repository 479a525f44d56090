"""Mistakes that are met when texts are converted and files are looked at."""

import pytest

from lms.courseware import bundle, library, limits, markdown, render
from lms.courseware.links import Places
from tests.unit.courseware.test_changes import edited

COURSE = "contoh-singkat"
FIRST, QUIZ, FLOW = "01-menyapa.md", "kuis/akhir.md", "aset/alur.svg"
SENTENCE = "Berdiri, beri salam"  # begins line 16 of the lesson
FORMULAS = (FIRST, "durasi: 30 menit", "durasi: 30 menit\nrumus: ya")
IN_A_LINK = "Isian: Lihat [situs [[Ombudsman]] itu](https://contoh.go.id)"


def said(words, *also):
    """Edits: `words` before a sentence of the lesson, and what they need."""
    return [(FIRST, SENTENCE, words + SENTENCE), *also]


# code, edits (file, old, new), file and place of the finding, words of the message
MISTAKES = [
    ("B241", said("Rumus $\\salah x$. ", FORMULAS), (FIRST, 17, 8), "rumus"),
    ("B243", said("1. " * 25 + "a\n\n"), (FIRST, 16, 1), "20 tingkat"),
    (
        "C374",
        [(QUIZ, "Jawaban: Ombudsman | Ombudsman RI", IN_A_LINK)],
        (QUIZ, 52, 1),
        "rumpang ke-1",
    ),
    ("D407", [(FLOW, "</svg>", "<script/></svg>")], (FLOW, 1, 1), "script"),
    ("D408", said("![A](aset/a.pdf)\n\n", ("aset/a.pdf", "", "%PDF-1.7\n")),
     (FIRST, 16, 6), "bukan gambar"),
    ("D408", said("![A](aset/a.png)\n\n", ("aset/a.png", "", "x")),
     ("aset/a.png", 1, 1), "tidak dapat dipakai"),
    ("D409", said("![A](aset/a.avi)\n\n", ("aset/a.avi", "", "x"),
                  ("aset/a.id.vtt", "", "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n")),
     (FIRST, 16, 6), "avi"),
    ("D410", said("![A](https://evil.example/a.png)\n\n"), (FIRST, 16, 6), "luar"),
    ("D411", said("Lihat [A](//evil.example). "), (FIRST, 16, 11), "alamat"),
    ("D412", said("Lihat [A](javascript:alert). "), (FIRST, 16, 11), "javascript"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "edits", "place", "words"), MISTAKES)
def test_a_mistake_in_what_is_shown_has_its_place(code, edits, place, words, tmp_path):
    read = library.load(edited(tmp_path, *edits))
    assert COURSE in read.courses, read.findings

    with pytest.raises(bundle.BundleError) as refused:
        bundle.build(read.courses[COURSE])

    found = refused.value.findings
    places = [(f.code, f.path, f.line, f.column) for f in found]
    assert (code, *place) in places, found
    finding = found[places.index((code, *place))]
    assert words in finding.message
    assert finding.is_error


# What files cannot hold, and still must not stop the converter: code, text, place.
REFUSED = [
    ("B242", "a\nb\nx\x00y", (12, 2)),
    ("B242", "a\ud800", (10, 2)),
    ("B243", "x" * 300_000, (10, 1)),
    ("B243", "ok\n" + "[" * 201, (11, 1)),
]


@pytest.mark.parametrize(("code", "text", "place"), REFUSED)
def test_refusals_before_conversion_name_line_and_column(code, text, place):
    (finding,) = limits.check_text("01.md", text, 10)

    assert (finding.code, (finding.line, finding.column)) == (code, place)


def test_a_text_that_the_converter_fails_at_is_named(monkeypatch):
    def fails(*_any, **_more):
        raise KeyError

    monkeypatch.setattr(markdown, "convert", fails)

    answer = render._answer(
        render.Fragment("m:a", "01.md", (render.Part("Teks", 7),)),
        Places("prima"),
        "id",
    )

    [finding] = answer["findings"]
    assert (finding["code"], finding["line"], answer["html"]) == ("B249", 7, None)
