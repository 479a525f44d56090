"""Files that are no proper text, odd names, links, sizes: refused with a finding."""

import os

import pytest

from lms.courseware import folder, library
from tests.unit.courseware.mistakes import COURSE, FOLDER, copy_sample, edit

MODULE, QUIZ = "01-standar.md", "kuis/akhir.md"


def findings(root, code):
    return [f for f in library.load(root).findings if f.code == code]


def places(root, code):
    return [(f.path, f.line, f.column) for f in findings(root, code)]


def shown(file):
    return f"content/{FOLDER}/{file}"


@pytest.fixture
def root(tmp_path):
    return copy_sample(tmp_path)


def test_the_sample_course_has_no_findings(root):
    found = library.load(root)

    assert found.findings == ()
    assert list(found.courses) == [COURSE]
    assert found.folders == {COURSE: COURSE}


@pytest.mark.parametrize("change", ["crlf", "cr", "bom"])
def test_line_ends_and_a_byte_order_mark_are_tolerated(root, change):
    before = library.load(root).courses[COURSE]
    for path in [*root.rglob("*.md"), *root.rglob("*.yml")]:
        data = path.read_bytes()
        ends = {"crlf": b"\r\n", "cr": b"\r", "bom": b"\n"}[change]
        start = b"\xef\xbb\xbf" if change == "bom" else b""
        path.write_bytes(start + data.replace(b"\n", ends))

    found = library.load(root)

    assert found.findings == ()
    assert found.courses[COURSE] == before


def test_a_file_over_256_kb_is_refused(root):
    edit(root, "besar.md", "", "a\n" * 140_000)

    assert places(root, "A140") == [(shown("besar.md"), 1, 1)]


def test_bytes_that_are_not_utf8_are_shown_with_their_place(root):
    path = root / FOLDER / MODULE
    path.write_bytes(path.read_bytes().replace(b"Warga datang", b"Warg\xe9 datang"))

    assert places(root, "A141") == [(shown(MODULE), 14, 5)]


def test_a_lone_surrogate_is_not_utf8(root):
    path = root / FOLDER / MODULE
    path.write_bytes(path.read_bytes().replace(b"Warga", b"\xed\xa0\x80"))

    assert places(root, "A141") == [(shown(MODULE), 14, 1)]


def test_a_surrogate_written_as_an_escape_is_refused(root):
    edit(root, MODULE, "judul: Standar", 'judul: "\\uD800"\n#')

    found = library.load(root)

    assert not found.courses
    assert any(f.path == shown(MODULE) and f.line == 4 for f in found.findings)


def test_utf16_is_named(root):
    path = root / FOLDER / MODULE
    path.write_bytes(path.read_text().encode("utf-16"))

    (finding,) = findings(root, "A141")
    assert "UTF-16" in finding.message


def test_emoji_joined_to_one_sign_are_allowed(root):
    edit(root, MODULE, "Warga datang", "Warga \U0001f468\u200d\U0001f469 datang")

    assert library.load(root).findings == ()


def test_a_link_to_a_file_is_not_followed(root, tmp_path):
    (tmp_path / "rahasia.md").write_text("RAHASIA")
    os.symlink(tmp_path / "rahasia.md", root / FOLDER / "rahasia.md")

    found = library.load(root)

    assert places(root, "A148") == [(shown("rahasia.md"), 1, 1)]
    assert COURSE not in found.courses
    assert "RAHASIA" not in repr(found)


def test_a_link_to_a_folder_is_not_followed(root, tmp_path):
    (tmp_path / "luar").mkdir()
    (tmp_path / "luar" / "kursus.yml").write_text("id: luar")
    os.symlink(tmp_path / "luar", root / FOLDER / "luar")
    os.symlink(tmp_path / "luar", root / "kursus" / "luar")

    found = library.load(root)

    assert places(root, "A148") == [
        ("content/kursus/luar", 1, 1),
        (shown("luar"), 1, 1),
    ]
    assert found.folders == {COURSE: COURSE, "luar": None}


@pytest.mark.parametrize(
    ("first", "second"), [("a.txt", "A.txt"), ("\u00e9.txt", "e\u0301.txt")]
)
def test_names_that_differ_only_by_case_or_form_are_refused(root, first, second):
    for name in (first, second):
        (root / FOLDER / "aset" / name).write_text("x")

    (finding,) = findings(root, "A149")
    assert first in finding.message
    assert second in finding.message


@pytest.mark.parametrize(
    "name", ["CON.md", "-a.txt", "titik.", "a" * 101, "🎉", "a:b", "a%2e.txt", "a\nb"]
)
def test_odd_names_are_refused(root, name):
    (root / FOLDER / "aset" / name).write_text("x")

    assert len(findings(root, "A150")) == 1


def test_too_many_files_are_refused(root, monkeypatch):
    monkeypatch.setattr(folder, "MAX_FILES", 5)

    (finding,) = findings(root, "A152")
    assert finding.path == f"content/{FOLDER}"


def test_too_many_questions_are_refused(root):
    many = "".join(f"## S {{#s{n}}}\n\nApa?\n\nJawaban: a\n\n" for n in range(1_001))
    edit(root, QUIZ, "## Arti maklumat", many + "## Arti maklumat")

    (finding,) = findings(root, "A152")
    assert "1000" in finding.message


def test_folders_too_deep_are_refused(root):
    edit(root, "a/b/c/d/e/f/g.txt", "", "x")

    assert places(root, "A152") == [(shown("a/b/c/d/e/f"), 1, 1)]


def test_a_file_over_200_mb_is_refused(root):
    with open(root / FOLDER / "aset" / "besar.mp4", "wb") as file:
        file.truncate(201 * 1024 * 1024)

    assert places(root, "A153") == [(shown("aset/besar.mp4"), 1, 1)]


def test_a_video_without_captions_is_refused(root):
    (root / FOLDER / "aset" / "loket.id.vtt").unlink()

    (finding,) = findings(root, "D404")
    assert (finding.line, finding.column) == (20, 1)
    assert "aset/loket.id.vtt" in finding.fix


def test_a_heavy_picture_is_a_warning(root):
    edit(root, MODULE, "![Petugas", "![Denah](aset/denah.png)\n\n![Petugas")
    (root / FOLDER / "aset" / "denah.png").write_bytes(b"x" * (5 * 1024 * 1024))

    found = library.load(root)

    (finding,) = found.findings
    assert (finding.code, finding.line, finding.column) == ("D405", 20, 1)
    assert "5,0 MB" in finding.message
    assert COURSE in found.courses


def test_hidden_files_and_transcripts_are_no_content(root):
    edit(root, ".DS_Store", "", "x")
    edit(root, "aset/loket.transkrip.md", "", "Percakapan.")

    assert library.load(root).findings == ()


def test_only_used_files_belong_to_the_course(root):
    edit(root, "aset/sisa.txt", "", "x")

    assert sorted(library.load(root).courses[COURSE].files) == [
        "aset/loket.id.vtt",
        "aset/loket.jpg",
        "aset/loket.mp4",
        "aset/ringkasan.pdf",
    ]


def test_the_right_answer_being_always_the_longest_is_a_warning(root):
    questions = "".join(
        f"## S{n} {{#s{n}}}\n\nApa?\n\n- ( ) a\n- (x) panjang\n\n" for n in range(4)
    )
    edit(root, QUIZ, "## Arti maklumat", questions + "## Arti maklumat")

    (finding,) = findings(root, "C370")
    assert (finding.path, finding.line, finding.column) == (shown(QUIZ), 19, 1)
    assert "4 dari 5" in finding.message or "5 dari 5" in finding.message
    assert not finding.is_error


def test_a_fingerprint_follows_names_and_bytes_and_nothing_else(root):
    course = root / FOLDER
    first = library.fingerprint(course)

    os.utime(course / MODULE, (0, 0))
    edit(root, ".DS_Store", "", "x")
    assert library.fingerprint(course) == first

    os.rename(course / MODULE, course / "02-standar.md")
    second = library.fingerprint(course)
    edit(root, "02-standar.md", "Warga", "warga")
    third = library.fingerprint(course)
    os.symlink("/etc/passwd", course / "tautan")
    fourth = library.fingerprint(course)
    assert len({first, second, third, fourth}) == 4


def test_a_fingerprint_is_refused_for_a_link_and_for_no_folder(root):
    os.symlink(root / FOLDER, root / "kursus" / "tautan")

    with pytest.raises(ValueError, match="not a folder"):
        library.fingerprint(root / "kursus" / "tautan")
    with pytest.raises(ValueError, match="not a folder"):
        library.fingerprint(root / "kursus" / "tidak-ada")


@pytest.mark.parametrize(
    "hostile",
    [
        *("](" * 60_000, "[a](\n" * 40_000, "{{" * 100_000, "` `` " * 40_000),
        *("/// catatan\n" * 15_000, "## a {#a}\n" * 20_000, "<a \n" * 60_000),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_texts_end_in_a_bounded_list_of_findings(root, hostile):
    edit(root, QUIZ, "Bacalah setiap soal", hostile)

    assert len(library.load(root).findings) < 700
