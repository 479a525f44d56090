"""Videos: what authors write, what is checked, what learners get."""

import struct
from dataclasses import replace

import pytest

from lms.courseware import bundle, library, video
from lms.courseware.bundle import BundleError, build
from lms.courseware.pictures import FileRefused, check_file
from lms.courseware.video import VideoRefused
from tests import film
from tests.unit.courseware.mistakes import COURSE, FOLDER, copy_sample, edit

MODULE = "01-standar.md"
TRANSCRIPT = "aset/loket.transkrip.md"
LINE = "![Petugas menyapa warga di loket](aset/loket.mp4)"
SIZE = struct.pack(">HH", 360, 640)
JPEG = b"\xff\xd8\xff\xc0\x00\x0b\x08" + SIZE + b"\x01\x01\x11\0"


@pytest.fixture
def root(tmp_path):
    """The sample course with a real video, captions and poster."""
    root = copy_sample(tmp_path)
    edit(root, "aset/loket.mp4", "", film.make())
    edit(root, "aset/loket.id.vtt", "", film.CAPTIONS)
    edit(root, "aset/loket.jpg", "", JPEG)
    edit(root, "aset/ringkasan.pdf", "", b"%PDF-1.7\n")
    return root


def built(root) -> bundle.Bundle:
    found = library.load(root)
    assert COURSE in found.courses, found.findings
    return build(found.courses[COURSE])


def segments(root) -> list[dict]:
    made = built(root)
    return next(item for item in made.items if item.code == "standar").body["segments"]


def the_video(root) -> dict:
    (found,) = [s["video"] for s in segments(root) if "video" in s]
    return found


def refusals(root) -> list[str]:
    with pytest.raises(BundleError) as refused:
        built(root)
    return [f.code for f in refused.value.findings]


def test_length_and_size_are_read_from_the_file():
    assert video.read(film.make(125.4, (854, 480))) == video.Film(125, 854, 480)


def test_long_boxes_and_times_of_eight_bytes_are_read():
    mvhd = film.box(b"mvhd", b"\1" + bytes(19) + struct.pack(">IQ", 90_000, 5_400_000))
    moov = film.box(b"moov", mvhd)
    mdat = struct.pack(">I4sQ", 1, b"mdat", 16 + 4) + b"data"

    assert video.read(film.box(b"ftyp", b"isom") + moov + mdat).seconds == 60


def test_the_length_of_a_video_made_in_pieces_is_read():
    mvhd = film.box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, 0))
    mehd = film.box(b"mehd", struct.pack(">II", 0, 90_000))
    moov = film.box(b"moov", mvhd, film.box(b"mvex", mehd))

    data = film.box(b"ftyp", b"isom") + moov + film.box(b"mdat", b"data")
    assert video.read(data).seconds == 90


@pytest.mark.parametrize(
    "data",
    [
        b"video",
        b"RIFF....WEBP",
        film.make()[:-1],
        film.make()[:40],
        film.make()[24:],
        film.make(0),
        film.make(video.LONGEST + 1),
        film.make() + b"\0\0\0\1mdat",
        film.box(b"ftyp", b"isom") + film.box(b"moov") + film.box(b"mdat"),
        film.box(b"ftyp")
        + film.box(b"moov", film.box(b"mvhd", b"\1"))
        + film.box(b"mdat"),
    ],
)
def test_what_is_no_whole_video_is_refused(data):
    with pytest.raises(VideoRefused):
        video.read(data)


def test_a_video_over_60_mb_is_refused(root, monkeypatch):
    monkeypatch.setattr(video, "LARGEST", 1_000)

    (finding,) = [f for f in library.load(root).findings if f.code == "D414"]
    assert (finding.line, finding.is_error) == (20, True)
    with pytest.raises(FileRefused, match="lebih besar"):
        check_file("a.mp4", film.make())


def test_a_video_heavier_than_its_length_needs_is_a_warning(root):
    edit(root, "aset/loket.mp4", "", film.make(60, weight=3 * 1024 * 1024))

    (finding,) = library.load(root).findings
    assert (finding.code, finding.is_error) == ("D405", False)
    assert finding.path.endswith("aset/loket.mp4")
    assert "3,0 MB per menit" in finding.message
    assert COURSE in library.load(root).courses


def test_captions_are_read():
    assert video.cues(film.CAPTIONS.encode()) == [
        "Selamat pagi.",
        "Ada yang dapat saya bantu?",
    ]
    commented = "WEBVTT - Loket\r\nKind: captions\r\n\r\nNOTE catatan\r\n\r\n"
    text = commented + "00:00:01.000 --> 01:00:02.000\r\nYa.\r\n"
    assert video.cues(b"\xef\xbb\xbf" + text.encode()) == ["Ya."]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEBVTT",
        "WEBVTTX\n\n00:00.000 --> 00:01.000\na",
        "1\n00:00:00,000 --> 00:00:01,000\nsrt",
        "WEBVTT\n\n00:00,000 --> 00:01,000\na",
        "WEBVTT\n\n00:02.000 --> 00:01.000\na",
        "WEBVTT\n\n00:00.000 --> 00:01.000\n",
    ],
)
def test_captions_that_no_browser_shows_are_refused(root, text):
    with pytest.raises(VideoRefused):
        video.cues(text.encode())
    edit(root, "aset/loket.id.vtt", "", text or " ")

    assert refusals(root) == ["D408"]


def test_a_lesson_holds_the_video_with_all_that_belongs_to_it(root):
    edit(root, TRANSCRIPT, "", "## Percakapan\n\n**Petugas:** Selamat pagi.")
    edit(root, "aset/loket.en.vtt", "", film.CAPTIONS)

    before, shown, *_rest = segments(root)
    made = {asset.path: asset for asset in built(root).assets}

    assert before["html"].endswith("</div>")
    found = shown["video"]
    assert found["title"] == "Petugas menyapa warga di loket"
    assert (found["seconds"], found["bytes"]) == (125, len(film.make()))
    assert (found["width"], found["height"]) == (640, 360)
    assert made["aset/loket.mp4"].sha in found["address"]
    assert made["aset/loket.mp4"].media_type == "video/mp4"
    assert found["poster"].endswith("/loket.jpg")
    assert [language for language, _address in found["captions"]] == ["en", "id"]
    assert "<strong>Petugas:</strong> Selamat pagi." in found["transcript_html"]
    assert 'id="isi-t1-percakapan"' in found["transcript_html"]
    assert TRANSCRIPT not in made


def test_without_a_transcript_the_captions_are_read(root):
    edit(root, "aset/loket.id.vtt", "Selamat", "Selamat &amp; &lt;damai&gt;")

    assert the_video(root)["transcript_html"] == (
        "<p>Selamat &amp; &lt;damai&gt; pagi. Ada yang dapat saya bantu?</p>"
    )


def test_no_video_markup_is_written_into_prose(root):
    for segment in segments(root):
        html = segment.get("html", "")
        assert "<video" not in html
        assert "kelasvideo" not in html
        assert "loket.mp4" not in html


@pytest.mark.parametrize(
    "text",
    [
        "<!--video 0-->",
        "&lt;!--video 0--&gt;",
        "`<!--video 0-->`",
        "kelasvideo0123456789abcdefx0",
        '<video src="aset/loket.mp4" autoplay></video>',
    ],
)
def test_an_author_cannot_write_a_video_by_hand(root, text):
    edit(root, MODULE, LINE, f"{text}\n\n{LINE}")

    assert len([s for s in segments(root) if "video" in s]) == 1
    assert not any("<video" in s.get("html", "") for s in segments(root))


@pytest.mark.parametrize(
    "text",
    [
        f"Lihat {LINE} ini.",
        f"- {LINE}",
        f"> {LINE}",
        f"/// catatan\n{LINE}\n///",
        f"{LINE}\n\n/// keterangan\nSapa\n///",
        f"{LINE} {LINE}",
    ],
)
def test_a_video_stands_alone(root, text):
    edit(root, MODULE, LINE, text)

    assert set(refusals(root)) == {"D409"}


@pytest.mark.parametrize(
    ("name", "code"), [("aset/loket.webm", "D409"), ("aset/loket.avi", "D409")]
)
def test_other_kinds_of_video_are_refused(root, name, code):
    (root / FOLDER / "aset" / "loket.mp4").rename(root / FOLDER / name)
    edit(root, MODULE, "aset/loket.mp4", name)

    assert code in refusals(root)


def test_a_video_in_a_question_is_refused(root):
    edit(root, "kuis/akhir.md", "## Arti maklumat", "## Arti maklumat")
    course = library.load(root).courses[COURSE]
    quiz = next(i for i in course.items.values() if i.kind == "quiz" and i.questions)
    first = replace(quiz.questions[0], stem="![Sapa](aset/loket.mp4)")
    changed = replace(quiz, questions=(first, *quiz.questions[1:]))

    with pytest.raises(BundleError) as refused:
        build(replace(course, items={**course.items, quiz.code: changed}))

    assert {f.code for f in refused.value.findings} == {"D409"}


def test_the_key_never_stands_in_a_transcript(root):
    edit(root, TRANSCRIPT, "", "Apa itu?\n\n- (x) Janji\n- ( ) Denda\n")

    found = library.load(root)

    assert {f.code for f in found.findings} == {"C300"}
    assert all(f.path.endswith(TRANSCRIPT) for f in found.findings)
    assert COURSE not in found.courses


def test_a_transcript_is_checked_as_every_text(root):
    edit(
        root, TRANSCRIPT, "", "[x](hilang.md)\n\n# Judul\n\na\u202eb <script>x</script>"
    )

    codes = {f.code for f in library.load(root).findings}

    assert {"D402", "B220", "A143", "B230"} <= codes


def test_a_transcript_of_a_broken_kind_is_told_with_its_place(root):
    edit(root, TRANSCRIPT, "", "Baik.\n\n[a](javascript:alert)")

    with pytest.raises(BundleError) as refused:
        built(root)
    (finding,) = refused.value.findings
    assert (finding.path, finding.line, finding.code) == (TRANSCRIPT, 3, "D412")


def test_pictures_of_a_lesson_come_with_their_bytes(root):
    edit(root, MODULE, LINE, "![Loket](aset/loket.jpg)")

    made = built(root)
    body = next(item for item in made.items if item.code == "standar").body

    ((address, size),) = body["picture_bytes"].items()
    assert size == len(JPEG)
    assert f'src="{address}"' in body["segments"][0]["html"]
