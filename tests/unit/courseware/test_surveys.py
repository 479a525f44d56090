"""Surveys in files: who fills them in and when, and what is published of them."""

import dataclasses

import pytest

from lms.courseware import bundle, library
from lms.courseware.schema import Chapter
from tests.unit.courseware.mistakes import COURSE, copy_sample, edit

REACTION = """---
jenis: survei
id: survei-reaksi
judul: Evaluasi pelatihan
responden: peserta
waktu: setelah selesai
anonim: ya
---

Bantu kami memperbaiki kursus ini.

## Materi {#materi}

Seberapa setuju Anda dengan pernyataan berikut?

Skala: Tidak setuju | Netral | Setuju
- Materi sesuai dengan tugas saya {#sesuai-tugas}
- Contoh **mudah** diterapkan {#mudah-diterapkan}

## Metode yang diinginkan {#metode}

Metode apa yang ingin Anda tambah?

- [ ] Simulasi
- [ ] Proyek

## Saran {#saran}

Apa yang perlu diperbaiki?

Uraian: bebas
Wajib: tidak

## Lama {#lama}

Berapa jam?

Jawaban angka:
Satuan: jam

## Kata {#kata}

Satu kata tentang kursus ini?

Jawaban:
"""
FILE, CODE = "survei/reaksi.md", "survei-reaksi"

MANY = "".join(f"## T {{#t{n}}}\n\nApa?\n\nJawaban:\n\n" for n in range(50))
LATER = ("waktu: setelah selesai", "waktu: 90 hari setelah selesai")


@pytest.fixture
def read(tmp_path):
    """Load the sample course with the survey in it, after some replacements."""

    def load(*changes: tuple[str, str], passing: str = ""):
        root = copy_sample(tmp_path)
        text = REACTION
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        edit(root, FILE, "", text)
        listed = f"kuis/akhir.md\n      - {FILE}\nkelulusan:{passing}\n"
        edit(root, "kursus.yml", "kuis/akhir.md\nkelulusan:\n", listed)
        return library.load(root)

    return load


def errors(found) -> list[str]:
    return [f"{f.code} {f.line}:{f.column}" for f in found.findings if f.is_error]


def built(found):
    """Build the course of the survey alone: pictures of the sample are no pictures."""
    assert errors(found) == [], found.findings
    course = found.courses[COURSE]
    alone = dataclasses.replace(
        course,
        items={CODE: course.items[CODE]},
        chapters=(Chapter("Bab", (CODE,)),),
        passing=tuple(rule for rule in course.passing if rule[0] == CODE),
        files={},
    )
    made = bundle.build(alone)
    return made, made.items[0].body


def test_a_survey_is_published_with_its_terms_and_questions(read):
    made, body = built(read())

    assert body["title"] == "Evaluasi pelatihan"
    assert body["intro_html"] == "<p>Bantu kami memperbaiki kursus ini.</p>"
    assert body["respondents"] == ["learner"]
    assert (body["when"], body["after_days"], body["anonymous"]) == ("after", 0, True)
    assert body["questions"] == ["materi", "metode", "saran", "lama", "kata"]
    assert set(body["question_shas"]) == set(body["questions"])
    questions = {q.code: q.body for q in made.questions}
    assert [s["code"] for s in questions["materi"]["statements"]] == [
        "sesuai-tugas",
        "mudah-diterapkan",
    ]
    assert questions["saran"]["required"] is False
    assert questions["lama"]["unit"] == "jam"


def test_the_outline_says_what_pages_ask_of_a_survey(read):
    both = ("responden: peserta", "responden: [peserta, atasan]")
    made, _body = built(read(LATER, both))

    entry = made.manifest["chapters"][-1]["items"][-1]

    assert (entry["kind"], entry["required"], entry["questions"]) == (
        "survey",
        False,
        5,
    )
    assert entry["respondents"] == ["learner", "superior"]
    assert (entry["when"], entry["after_days"]) == ("after", 90)
    assert entry["minutes"] == 3


def test_a_survey_is_not_counted_as_time_of_learning(read):
    made, _body = built(read())

    assert made.manifest["total_minutes"] == 0


def test_no_key_is_stored_of_a_survey(read):
    made, _body = built(read())

    keys = [q.key for q in made.questions if q.code in ("materi", "metode", "lama")]

    assert all(not key.get("credit") and not key.get("right") for key in keys)


def test_a_survey_may_be_a_condition_of_the_course(read):
    made, _body = built(read(passing="\n  - survei-reaksi: terisi"))

    assert ["survei-reaksi", "filled"] in made.manifest["passing"]


def test_who_and_when_have_careful_defaults(read):
    removed = [("responden: peserta\n", ""), ("waktu: setelah selesai\n", ""),
               ("anonim: ya\n", "")]  # fmt: skip

    _made, body = built(read(*removed))

    assert body["respondents"] == ["learner"]
    assert (body["when"], body["after_days"], body["anonymous"]) == ("after", 0, True)


MISTAKES = [
    ([("responden: peserta", "responden: atasn")], "", "A138 5:12"),
    ([("responden: peserta", "responden: [atasan, atasan]")], "", "A120 5:21"),
    ([("waktu: setelah selesai", "waktu: sesudah lulus")], "", "A138 6:8"),
    ([("waktu: setelah selesai", "waktu: 0 hari setelah selesai")], "", "A138 6:8"),
    ([("waktu: setelah selesai", "waktu: 999 hari setelah selesai")], "",
     "A138 6:8"),
    ([("anonim: ya", "anonim: rahasia")], "", "A137 7:9"),
    ([("anonim: ya", "anonim: ya\nacak_soal: ya")], "", "A134 8:1"),
    ([("responden: peserta", "responden: atasan"),
      ("waktu: setelah selesai", "waktu: kapan saja")], "", "S101 6:8"),
    ([LATER, ("anonim: ya", "anonim: ya\nwajib: ya")], "", "S102 8:8"),
    ([("responden: peserta", "responden: atasan"),
      ("anonim: ya", "anonim: ya\nwajib: ya")], "", "S102 8:8"),
    ([LATER], "\n  - survei-reaksi: terisi", "S104 36:5"),
    ([], "\n  - survei-reaksi: lulus", "K723 36:5"),
    ([("- [ ] Simulasi", "- [x] Simulasi")], "", "C340 24:4"),
    ([("Jawaban:\n", "Jawaban: bagus\n")], "", "C340 45:10"),
    ([("Uraian: bebas", "Uraian: bebas\nPoin: 2")], "", "C324 32:1"),
    ([(" {#sesuai-tugas}", "")], "", "C362 17:3"),
    ([("{#materi}", "{#uu-pp}")], "", "K711 12:13"),
    ([(REACTION[REACTION.index("## Materi"):], "")], "", "K725 1:1"),
    ([("## Saran", MANY + "## Saran")], "", "S105 315:1"),
    ([LATER, ("responden: peserta", "responden: [sejawat, bawahan]"),
      ("anonim: ya", "anonim: tidak")], "", "S103 7:9"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "passing", "expected"), MISTAKES)
def test_mistakes_in_a_survey_are_found_at_their_place(
    read, changes, passing, expected
):
    found = read(*changes, passing=passing)

    places = {f"{f.code} {f.line}:{f.column}": f.is_error for f in found.findings}
    assert expected in places
    assert (COURSE in found.courses) is not places[expected]


def test_the_worked_example_of_a_follow_up_is_read(read):
    changes = [LATER, ("responden: peserta", "responden: atasan"),
               ("anonim: ya", "anonim: tidak")]  # fmt: skip

    _made, body = built(read(*changes))

    assert body["respondents"] == ["superior"]
    assert (body["after_days"], body["anonymous"]) == (90, False)
