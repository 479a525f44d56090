"""jabatan.yml: what it says, and every mistake at its place."""

import pytest

from lms.courseware import library
from tests.unit.courseware.mistakes import copy_sample

GOOD = """\
daftar: Contoh
versi: 1
sumber: "Contoh untuk pengujian."
jenjang:
  - kode: pengawas
    nama: Pengawas
    jenis: struktural
    inti: 2
    yakin: ya
  - kode: jf-ahli-muda
    nama: Fungsional Ahli Muda
    jenis: fungsional
    inti: 3
    yakin: tidak
rumpun:
  - kode: petugas-loket
    nama: Petugas loket
    jabatan:
      - Operator Layanan
    kompetensi:
      - kode: MAN-PP
        tingkat: 2
        per_jenjang:
          pengawas: 3
  - kode: umum
    nama: Umum
"""


def load(tmp_path, text):
    root = copy_sample(tmp_path)
    (root / "jabatan.yml").write_text(text, "utf-8")
    return library.load(root)


def test_levels_families_and_what_they_ask_are_read(tmp_path):
    found = load(tmp_path, GOOD)

    assert [f for f in found.findings if "jabatan" in f.path] == []
    standards = found.standards
    assert [(x.code, x.core_level, x.is_sure) for x in standards.levels] == [
        ("pengawas", 2, True),
        ("jf-ahli-muda", 3, False),
    ]
    family = standards.families[0]
    assert family.titles == ("Operator Layanan",)
    assert [(a.competency, a.job_level, a.level) for a in family.asked] == [
        ("MAN-PP", "", 2),
        ("MAN-PP", "pengawas", 3),
    ]
    assert standards.families[1].asked == ()
    assert standards.source == "Contoh untuk pengujian."
    assert not standards.is_broken


def test_a_content_folder_without_the_file_is_fine(tmp_path):
    found = library.load(copy_sample(tmp_path))

    assert found.standards.levels == ()
    assert not found.standards.is_broken


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (("versi: 1", "verzi: 1"), ("A134", 2, 1), "verzi"),
        (("    inti: 2\n", "    inti: 2\n    intii: 2\n"), ("A134", 9, 5), "intii"),
        (("    jabatan:\n", "    jabatans:\n"), ("A134", 18, 5), "jabatans"),
        (
            ("        tingkat: 2\n", "        tingkat: 2\n        x: 1\n"),
            ("A134", 23, 9),
            '"x"',
        ),
        (("pengawas: 3", "pengaws: 3"), ("A134", 24, 11), "pengaws"),
        (("inti: 2", "inti: 6"), ("A135", 8, 11), "1–5"),
        (("inti: 2", "inti: dua"), ("A135", 8, 11), "dua"),
        (("tingkat: 2", "tingkat: 0"), ("A135", 22, 18), "1–5"),
        (("pengawas: 3", "pengawas: 9"), ("A135", 24, 21), "1–5"),
        (("kode: MAN-PP", "kode: MAN-PQ"), ("K703", 21, 15), "MAN-PQ"),
        (("tingkat: 2", "tingkat: 4"), ("K704", 22, 18), "tingkat 4"),
        (("pengawas: 3", "pengawas: 5"), ("K704", 24, 21), "tingkat 5"),
        (("kode: jf-ahli-muda", "kode: pengawas"), ("A120", 10, 11), "dua kali"),
        (("kode: umum", "kode: petugas-loket"), ("A120", 25, 11), "dua kali"),
        (
            (
                "  - kode: umum\n",
                "      - kode: MAN-PP\n        tingkat: 1\n  - kode: umum\n",
            ),
            ("A120", 25, 15),
            "MAN-PP",
        ),
        (("jenis: struktural", "jenis: strukturl"), ("A131", 7, 12), "strukturl"),
        (("    nama: Pengawas\n", ""), ("A132", 5, 5), "nama"),
        (("    jenis: struktural\n", ""), ("A132", 5, 5), "jenis"),
        (("        tingkat: 2\n", ""), ("A132", 21, 9), "tingkat"),
        (("kode: umum", "kode: Umum Saja"), ("A133", 25, 11), "Umum Saja"),
        (("yakin: tidak", "yakin: mungkin"), ("A137", 14, 12), "mungkin"),
        (("nama: Umum", "nama: " + "U" * 121), ("A139", 26, 11), "120"),
        (("kode: umum", "kode: " + "u" * 31), ("A139", 25, 11), "30"),
        (
            ("    nama: Umum\n", "    nama: Umum\n    kompetensi: PPB\n"),
            ("A139", 27, 17),
            "kompetensi",
        ),
        (("nama: Umum", "nama: Umum: saja"), ("A110", 26, 15), "titik dua"),
    ],
)
def test_a_mistake_is_named_at_its_place_and_nothing_is_taken_over(
    tmp_path, change, place, words
):
    assert change[0] in GOOD
    found = load(tmp_path, GOOD.replace(*change, 1))

    own = [f for f in found.findings if f.path == "content/jabatan.yml"]
    finding = next(f for f in own if f.code == place[0])
    assert (finding.code, finding.line, finding.column) == place
    assert words in finding.message
    assert finding.is_error
    assert found.standards.is_broken
    assert "content/jabatan.yml" in found.sources
    assert found.courses, "courses do not suffer"


def test_a_file_that_is_no_table_is_refused(tmp_path):
    found = load(tmp_path, "- a\n- b\n")

    assert found.standards.is_broken
    assert any(f.path == "content/jabatan.yml" for f in found.findings)


def test_a_linked_file_is_not_followed(tmp_path):
    root = copy_sample(tmp_path)
    (tmp_path / "lain.yml").write_text(GOOD, "utf-8")
    (root / "jabatan.yml").symlink_to(tmp_path / "lain.yml")

    found = library.load(root)

    assert found.standards.is_broken
    assert [f.code for f in found.findings if "jabatan" in f.path] == ["A148"]


def test_a_broken_dictionary_says_nothing_about_jobs(tmp_path):
    root = copy_sample(tmp_path)
    (root / "kompetensi.yml").write_text("kamus: x\nbutir: 1\n", "utf-8")
    (root / "jabatan.yml").write_text(GOOD, "utf-8")

    found = library.load(root)

    assert [f for f in found.findings if "jabatan" in f.path] == []


def test_a_key_written_twice_is_noted_once(tmp_path):
    found = load(tmp_path, GOOD.replace("    inti: 2\n", "    inti: 2\n    inti: 3\n"))

    own = [f for f in found.findings if "jabatan" in f.path]
    assert [(f.code, f.line) for f in own] == [("A120", 9)]
