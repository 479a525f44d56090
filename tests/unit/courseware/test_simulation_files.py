"""Simulations as authors write them: what is read, every mistake and its mending."""

import random
import re

import pytest

from lms.courseware import kinds, library, source
from lms.courseware.best_path import Paths, score_bp
from lms.courseware.kinds import simulation
from lms.courseware.notes import Notes
from tests.unit.courseware.mistakes import SAMPLE
from tests.unit.courseware.test_conservation import broken

TEXT = """\
---
jenis: simulasi
id: keluhan-di-loket
judul: Keluhan di loket tiga
nilai_lulus: 60
---

Anda bertugas di loket tiga.

## Pukul 09.10 {#mulai}

Seorang warga datang dengan nada tinggi:
"Sudah tiga kali saya ke sini!"

- [Meminta warga kembali ke antrean](#antrean) (0)
  > Warga merasa **tidak didengar**.
  > Ia mengangkat ponselnya.
- [Mendengarkan sampai selesai](#dengar) (+40)
  > Warga mulai tenang.

## Suasana memanas {#antrean}

Warga menolak dan merekam dengan ponsel.

- [Memanggil satpam](#akhir-buruk) (0)
- [Meminta maaf dan mengajak duduk](#dengar) (+20)

## Mencari jalan keluar {#dengar}

Berkas ternyata kurang satu lembar.

- [Menjelaskan lembar yang kurang](#akhir-baik) (+60)
- [Menyuruh pulang](#akhir-buruk)

## Selesai dengan baik {#akhir-baik}

Akhir: baik

Warga berterima kasih.

## Keluhan naik {#akhir-buruk}

Keluhan sampai ke Ombudsman.

Akhir: buruk
"""


def read(text: str):
    notes = Notes("simulasi/keluhan.md")
    dictionary = library.load(SAMPLE).competencies
    whole = source.read(text.encode(), notes)
    if whole is None:
        return None, notes
    return kinds.read(whole, "simulasi/keluhan.md", dictionary, notes).item, notes


def test_scenes_choices_points_and_endings_are_read():
    item, notes = read(TEXT)

    assert notes.found == []
    assert [s.code for s in item.scenes] == [
        *("mulai", "antrean", "dengar", "akhir-baik", "akhir-buruk")
    ]
    assert [s.ending for s in item.scenes] == ["", "", "", "good", "poor"]
    first, second = item.scenes[0].choices
    assert (first.number, first.to, first.points) == (1, "antrean", 0)
    assert first.feedback.startswith("Warga merasa **tidak didengar**.\nIa ")
    assert (second.text, second.points) == ("Mendengarkan sampai selesai", 40)
    assert item.scenes[0].text.count("\n") == 1
    assert (item.pass_percent, item.attempts, item.intro) == (
        *(60, None),
        "Anda bertugas di loket tiga.",
    )


LISTEN = "- [Mendengarkan sampai selesai](#dengar) (+40)"
GOOD = "Akhir: baik"
GUARD = "- [Memanggil satpam](#akhir-buruk)"
SORRY = "- [Meminta maaf dan mengajak duduk](#dengar) (+20)"
HOME = "[Menyuruh pulang](#akhir-buruk)"
SHOUT = "Keluhan sampai ke Ombudsman.\n\nAkhir: buruk\n"
FORGOTTEN = "\n## Terlupa {#terlupa}\n\nTeks.\n\nAkhir: cukup\n"
MISTAKES = [
    # code, what is replaced, by what, place of the finding, words of message or fix
    ("C301", "## Suasana memanas {#antrean}", "## Suasana memanas", (21, 4), "adegan"),
    ("C302", "{#antrean}", "{#Antrean Lama}", (21, 22), "{#antrean-lama}"),
    ("C303", "{#antrean}", "{#mulai}", (21, 22), "baris 10"),
    ("C304", "## Suasana", "##Suasana", (21, 1), "harus ada spasi"),
    ("C306", "## Suasana memanas {", "## {", (21, 4), "judul adegan kosong"),
    ("C316", "  > Warga mulai", "> Warga mulai", (19, 1), "menjorok dua spasi"),
    ("C318", "  > Warga mulai", "Warga mulai", (19, 1), "tidak akan tampil"),
    ("C318", "  > Warga mulai", "### Warga mulai", (19, 1), "tidak akan tampil"),
    ("C318", "  > Warga mulai", "```\nWarga\n```", (19, 1), "tidak akan tampil"),
    ("C320", GOOD, "Akhir: baik\nAkhir: cukup", (38, 1), "baris 37"),
    ("C321", "Berkas ternyata", "Poin: 20\nBerkas ternyata", (30, 1), "ujung pilihan"),
    ("C300", "Berkas ternyata", "- (x) Berkas\n\nBerkas ternyata", (30, 1), "pilihan"),
    ("C300", "Berkas ternyata", "Jawaban: tiga\n\nBerkas", (30, 1), "kunci jawaban"),
    ("F600", TEXT[TEXT.index("## Pukul") :], "", (1, 1), "belum punya adegan"),
    ("F601", "(#dengar) (+40)", "(#dengr) (+40)", (18, 34), 'maksud Anda "#dengar"?'),
    ("F601", "(#dengar) (+40)", "(#entah) (+40)", (18, 34), "## … {#entah}"),
    ("F601", "(#dengar) (+40)", "(#) (+40)", (18, 34), "tulis kode adegan tujuan"),
    ("F602", GOOD + "\n", "", (35, 4), "buntu"),
    ("F605", GOOD, "Akhir: cukup", (10, 4), "akhir yang baik"),
    ("F606", "40|20|60", "0", (10, 4), "belum ada pilihan yang berpoin"),
    ("F608", "(+40)", "(dua puluh)", (18, 42), "poin harus angka"),
    ("F608", "(+40)", "(+40 poin)", (18, 42), "poin harus angka"),
    ("F608", "(+40)", "(2,5)", (18, 42), "bilangan bulat"),
    ("F608", "(+40)", "(99999)", (18, 42), "0–1000"),
    ("F608", "(+40)", "(-5)", (18, 42), "kurang dari nol"),
    ("F608", "(+40)", "+40", (18, 42), "di dalam kurung"),
    ("F608", "(+40)", "()", (18, 42), "poin harus angka"),
    ("F608", "(+40)", "(+40) bagus", (18, 42), "di dalam kurung"),
    ("F609", "Warga berterima", "A.\n\n- [Lagi](#mulai)\n\nWarga", (41, 1), "pilihan"),
    ("F610", "[Mendengarkan sampai selesai]", "[ ]", (18, 4), "kosong"),
    ("F611", "Mendengarkan sampai selesai", "Meminta  warga kembali ke Antrean",
     (18, 4),
     "baris 15"),
    ("F612", GOOD, "Akhir: bagus sekali", (37, 8), "tidak dikenal"),
    ("F612", GOOD, "Akhir: bak", (37, 8), "Akhir: baik"),
    ("F612", GOOD, "Akhir:", (37, 7), "tidak dikenal"),
    ("F612", GOOD, "**Akhir:** baik", (37, 1), "Akhir: baik"),
    ("F612", GOOD, "Ahir: baik", (37, 1), "Akhir: baik"),
    ("F612", GOOD, "- Akhir: baik", (37, 1), "Akhir: baik"),
    ("F612", GOOD, "Ending: good", (37, 1), "Akhir: baik"),
    ("F613", "Berkas ternyata kurang satu lembar.\n", "", (28, 4), "belum punya teks"),
    ("F614", LISTEN, "\n".join(f"- [{n}](#dengar)" for n in range(12)), (29, 1), "12"),
    ("F615", "Berkas ternyata", "Lihat [ini](#dengar).\n\nBerkas", (30, 7), "tautan"),
    ("F615", "Berkas ternyata", "[dengar]: #dengar\n\nBerkas", (30, 1), "tautan"),
    ("F616", LISTEN, "* [Mendengarkan](#dengar) (+40)", (18, 1), "- [teks pilihan]"),
    ("F616", LISTEN, "1. [Mendengarkan](#dengar) (+40)", (18, 1), "- [teks pilihan]"),
    ("F616", LISTEN, "- [Mendengarkan] (#dengar) (+40)", (18, 1), "- [teks pilihan]"),
    ("F616", LISTEN, "- [Mendengarkan](dengar) (+40)", (18, 1), "- [teks pilihan]"),
    ("F616", LISTEN, "- Mendengarkan (#dengar) (+40)", (18, 1), "- [teks pilihan]"),
    ("F616", LISTEN, "- Mendengarkan (+40)", (18, 1), "- [teks pilihan]"),
    ("F616", LISTEN, "[Mendengarkan](#dengar) (+40)", (18, 1), "- [teks pilihan]"),
    ("F616", LISTEN, "  - [Mendengarkan](#dengar) (+40)", (18, 3), "- [teks pilihan]"),
    ("F616", LISTEN, "-[Mendengarkan](#dengar) (+40)", (18, 1), "- [teks pilihan]"),
    ("F616", LISTEN, "- [Mendengarkan\n  lama](#dengar) (+40)", (18, 1), "- [teks"),
    ("F617", LISTEN, "- Mendengarkan", (18, 1), "- [Mendengarkan](#kode-adegan) (0)"),
    ("F618", "Mendengarkan sampai", "[a](https://x.id) Mendengar", (18, 4), "tautan"),
    ("F618", "Mendengarkan sampai", "<b>Mendengar</b>", (18, 4), "HTML"),
    ("F620", "Anda bertugas", "- [Mulai](#mulai)\n\nAnda bertugas", (8, 1), "luar"),
    ("F620", "Anda bertugas", "Akhir: baik\n\nAnda bertugas", (8, 1), "luar adegan"),
    ("C300", "Mendengarkan sampai", "Mendengar - (x) sampai", (18, 16), "soal"),
    ("F618", "Mendengarkan sampai", " Dengar [a](#b)", (18, 12), "tautan"),
    ("F603", SHOUT, SHOUT + FORGOTTEN, (47, 4), "dicapai"),
    ("F604", GUARD + " (0)\n" + SORRY, "- [Menunggu](#antrean)", (21, 4), "menuju"),
    ("F607", GUARD + " (0)", "- [Ulang](#mulai) (+5)", (25, 4), "putaran"),
    ("F619", HOME, HOME + " (+90)", (41, 4), "baik"),
    ("F621", "nilai_lulus: 60", "percobaan: 3", (5, 12), "percobaan"),
    ("A134", "nilai_lulus", "nilai_lullus", (5, 1), "nilai_lulus"),
    ("A135", "nilai_lulus: 60", "percobaan: banyak", (5, 12), "percobaan"),
    ("B212", "Berkas ternyata", "/// catatan\nBerkas ternyata", (30, 1), "ditutup"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "old", "new", "place", "words"), MISTAKES, ids=lambda v: str(v)[:30]
)
def test_a_mistake_is_named_with_its_place_and_mending(code, old, new, place, words):
    assert re.search(old, TEXT) if "|" in old else old in TEXT
    text = re.sub(old, new, TEXT) if "|" in old else TEXT.replace(old, new, 1)

    item, notes = read(text)

    own = [f for f in notes.found if f.code == code]
    assert own, notes.found
    assert any(words in f.message + f.fix for f in own), own
    assert place in [(f.line, f.column) for f in own], own
    assert (item is None) is any(f.is_error for f in own)


def test_a_way_that_never_ends_is_refused_at_each_of_its_scenes():
    text = TEXT.replace("[Memanggil satpam](#akhir-buruk)", "[Menunggu](#putar)", 1)
    text = text.replace("[Meminta maaf dan mengajak duduk](#dengar)", "[Duduk](#putar)")
    text += "\n## Putar {#putar}\n\nMenunggu.\n\n- [Kembali](#antrean)\n"

    _item, notes = read(text)

    assert {f.code for f in notes.found} == {"F604"}
    assert len(notes.found) == 2


def test_an_unreachable_scene_and_points_in_a_loop_are_warned_of():
    text = TEXT.replace("[Memanggil satpam](#akhir-buruk) (0)", "[Ulang](#mulai) (+5)")
    text += "\n## Terlupa {#terlupa}\n\nTeks.\n\nAkhir: cukup\n"

    item, notes = read(text)

    assert item is not None
    assert {f.code for f in notes.found} == {"F603", "F607"}


def test_points_that_lead_to_a_poor_end_are_warned_of():
    home = "[Menyuruh pulang](#akhir-buruk)"

    item, notes = read(TEXT.replace(home, home + " (+90)"))

    assert item is not None
    assert [f.code for f in notes.found] == ["F619"]


def test_a_limit_that_may_end_the_course_for_somebody_is_warned_of():
    item, notes = read(TEXT.replace("nilai_lulus: 60", "percobaan: 3"))
    _item, silent = read(TEXT.replace("nilai_lulus: 60", "percobaan: 3\nwajib: tidak"))

    assert item.attempts == 3
    assert [(f.code, f.line, f.is_error) for f in notes.found] == [("F621", 5, False)]
    assert silent.found == []


def test_ordinary_lists_links_and_numbers_stay_prose():
    prose = (
        "Di meja ada:\n\n- Formulir (dua lembar)\n- Kartu keluarga (2)\n"
        "- [UU 25/2009](https://contoh.go.id) (2009)\n\nAkhirnya: petugas duduk.\n"
        "Petugas berkata (+/-) begitu."
    )

    item, notes = read(TEXT.replace("Berkas ternyata kurang satu lembar.", prose))

    assert notes.found == []
    assert item.scenes[2].text == prose


def test_whatever_is_mistyped_no_line_of_a_scene_is_lost(monkeypatch):
    seen = []
    scan = simulation.scenes.scan

    def watched(head, body, notes):
        seen.append((head, body))
        return scan(head, body, notes)

    monkeypatch.setattr(simulation.scenes, "scan", watched)
    dice = random.Random(20261126)
    for _ in range(800):
        text = broken(TEXT, dice)
        seen.clear()
        _item, notes = read(text)
        reported = {f.line for f in notes.found}
        for head, body in seen:
            for number, line, _is_code in body:
                claimed = number in head.claimed or number in reported
                assert claimed or not line.strip(), (number, line, text)


PATHS = {
    "a": [("b", 0), ("c", 40)],
    "b": [("poor", 0), ("c", 20)],
    "c": [("good", 60), ("poor", 0)],
    "good": [],
    "poor": [],
}


def test_the_best_path_is_exact():
    paths = Paths(PATHS)

    assert paths.most == {"a": 100, "b": 80, "c": 60, "good": 0, "poor": 0}
    assert [paths.best_choices(code) for code in ("a", "b", "c", "good")] == [
        [2], [2], [1], [],
    ]  # fmt: skip


def test_the_best_path_through_a_loop_takes_each_of_its_choices_once():
    paths = Paths(PATHS | {"b": [("a", 5), ("c", 20)]})

    assert paths.most["a"] == 0 + 5 + 40 + 60
    assert paths.most["b"] == 105
    assert paths.best_choices("b") == [1]


def test_a_loop_without_points_is_not_the_better_choice():
    paths = Paths(PATHS | {"b": [("a", 0), ("poor", 0), ("c", 40)]})

    assert paths.most["a"] == 100
    assert paths.best_choices("a") == [2]
    assert paths.best_choices("b") == [3]
    assert paths.is_in_loop("b", "a")
    assert not paths.is_in_loop("b", "c")


def test_the_best_path_is_what_trying_all_finds():
    dice = random.Random(7)
    for _ in range(300):
        scenes = _any_scenes(dice)
        paths = Paths(scenes)
        assert paths.most["s0"] == _tried("s0", scenes), scenes


def _any_scenes(dice):
    """Return up to five scenes that lead to each other as it comes, and an end."""
    count = dice.randrange(1, 6)
    names = [f"s{n}" for n in range(count)]
    scenes = {
        name: [
            (dice.choice([*names, "end"]), dice.choice((0, 0, 1, 3)))
            for _ in range(dice.randrange(1, 3))
        ]
        + (
            [("end", dice.randrange(3))]
            if dice.random() < 0.5 or n == count - 1
            else []
        )
        for n, name in enumerate(names)
    } | {"end": []}
    ends = {name for name in scenes if "end" in _reached(name, scenes)}
    # Who cannot come to an end is given one: the linter refuses it otherwise.
    return {n: s if n in ends else [*s, ("end", 0)] for n, s in scenes.items()}


def _reached(start, scenes):
    found = {start}
    for _ in scenes:
        found |= {to for code in found for to, _points in scenes[code]}
    return found


def _tried(start, scenes):
    """Return the most points by trying every walk over (scene, choices taken)."""
    best, seen, waiting = 0, set(), [(start, frozenset())]
    while waiting:
        here, taken = waiting.pop()
        if (here, taken) in seen:
            continue
        seen.add((here, taken))
        if here == "end":
            earned = sum(scenes[code][n][1] for code, n in taken)
            best = max(best, earned)
        for n, (to, _points) in enumerate(scenes[here]):
            waiting.append((to, taken | {(here, n)}))
    return best


@pytest.mark.parametrize(
    ("points", "best", "expected"),
    [(0, 100, 0), (60, 100, 6000), (2, 3, 6666), (100, 100, 10000), (5, 0, 0)],
)
def test_the_score_is_points_of_the_best_path_rounded_down(points, best, expected):
    assert score_bp(points, best) == expected
