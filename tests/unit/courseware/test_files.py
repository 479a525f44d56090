"""Files that are no proper text, odd names, links, sizes: refused with a finding."""

import os
from functools import partial

import pytest

from lms.courseware import folder, library
from tests.unit.courseware.mistakes import (
    COURSE,
    FOLDER,
    Mistake,
    check,
    copy_sample,
    edit,
    name,
)

MODULE, QUIZ = "01-standar.md", "kuis/akhir.md"
MANY = "".join(f"## S {{#s{n}}}\n\nApa?\n\nJawaban: a\n\n" for n in range(1_001))
CHECKS = "".join(
    f"/// soal | S {{#s{n}}}\nApa?\n\nJawaban: a\n///\n\n" for n in range(101)
)
PICTURE = "![Petugas menyapa warga di loket](aset/loket.mp4)"
NFC, NFD = "aset/\u00e9.txt", "aset/e\u0301.txt"


def replaced(old, new, path):
    path.write_bytes(path.read_bytes().replace(old, new, 1))


def link(path):
    """Put a link to a secret in the place of a file."""
    secret = path.parents[3] / "rahasia.md"
    secret.write_text("RAHASIA")
    os.symlink(secret, path)


def of_megabytes(count, path):
    with open(path, "wb") as file:
        file.truncate(count * 1024 * 1024)


def act(function, *facts):
    """Return what to do with the path of a file, under the name of the act."""
    found = partial(function, *facts)
    found.__name__ = f"{function.__name__} {facts!r:.40}"
    return found


MISTAKES = [
    Mistake("A140", "besar.md", "", "a\n" * 140_000, (1, 1), "KB", "bagi"),
    Mistake(
        "A141", MODULE, "", act(replaced, b"Warga d", b"Warg\xe9 d"), (14, 5), "0xE9"
    ),
    Mistake("A141", MODULE, "", act(replaced, b"Warga", b"\xed\xa0\x80"), (14, 1)),
    Mistake("A141", "utf16.md", "", "# Judul".encode("utf-16"), (1, 1), "UTF-16"),
    Mistake("A148", "rahasia.md", "", link, (1, 1), "symlink", "salin"),
    Mistake("A148", "pipa.md", "", os.mkfifo, (1, 1), "bukan berkas biasa"),
    Mistake(
        "A149", "aset/LOKET.mp4", "", "x", (1, 1), "LOKET.mp4", other="aset/loket.mp4"
    ),
    Mistake("A149", NFC, "", "x", (1, 1), "bentuk", other=NFC, also=((NFD, "", "x"),)),
    *(
        Mistake("A150", f"aset/{odd}", "", "x", (1, 1), "tidak dapat dipakai")
        for odd in ("CON.md", "-a.txt", "titik.", "a" * 101, "🎉", "a:b", "a%2e.txt")
    ),
    Mistake("A150", "aset/a\nb", "", "x", (1, 1), other="aset/a\ufffdb"),
    Mistake("A152", "a/b/c/d/e/f/g", "", "x", (1, 1), "6", other="a/b/c/d/e/f"),
    Mistake("A152", QUIZ, "## Arti", MANY + "## Arti", (6019, 1), "1000 soal"),
    Mistake("A152", MODULE, PICTURE, CHECKS + PICTURE, (620, 1), "100 cek"),
    Mistake("A153", "aset/besar.mp4", "", act(of_megabytes, 201), (1, 1), "200 MB"),
    Mistake(
        "D404",
        "aset/loket.id.vtt",
        "",
        os.unlink,
        (20, 1),
        "takarir",
        "aset/loket.id.vtt",
        other=MODULE,
    ),
    Mistake(
        "D405",
        MODULE,
        "![Petugas",
        "![Denah](aset/denah.png)\n\n![Petugas",
        (20, 1),
        "5,0 MB",
        is_error=False,
        also=(("aset/denah.png", "", "x" * (5 * 1024 * 1024)),),
    ),
    Mistake(
        "D414",
        "aset/loket.mp4",
        "",
        act(of_megabytes, 61),
        (20, 1),
        "61 MB",
        other=MODULE,
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=name)
def test_a_mistake_with_files_is_named_with_its_place(mistake, tmp_path):
    check(mistake, tmp_path)


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


def test_a_surrogate_written_as_an_escape_is_refused(root):
    edit(root, MODULE, "judul: Standar", 'judul: "\\uD800"\n#')

    found = library.load(root)

    assert not found.courses
    assert any(f.path == shown(MODULE) and f.line == 4 for f in found.findings)


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


def test_too_many_files_are_refused(root, monkeypatch):
    monkeypatch.setattr(folder, "MAX_FILES", 5)

    (finding,) = findings(root, "A152")
    assert finding.path == f"content/{FOLDER}"


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
