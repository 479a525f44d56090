"""What a file is is read off its bytes."""

import time
import zlib
from contextlib import suppress

import pytest

from lms.uploads import kinds
from tests import film

from .samples import bomb, office, pdf, png

ALL = tuple(kinds.KINDS)
EXTERNAL = (
    '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/{kind}" Target="https://jahat.example/x" '
    'TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("word", "data"),
    [
        ("pdf", pdf()),
        ("docx", office("docx")),
        ("xlsx", office("xlsx")),
        ("pptx", office("pptx")),
        ("png", png()),
        ("mp4", film.make()),
    ],
)
def test_honest_files_are_known_by_their_bytes(word, data):
    assert kinds.recognise(data, ALL).word == word


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"MZ\x90\x00" + b"\0" * 200,
        b"\x7fELF" + b"\0" * 200,
        b"#!/bin/sh\nrm -rf /\n",
        b"PK\x03\x04" + b"\0" * 40,
        b"PK\x05\x06" + b"\0" * 18,
        b"GIF89a" + b"\0" * 40,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"%PDF-1.4\nterpotong di tengah jalan",
        b"junk before %PDF-1.4\n%%EOF",
        png()[:-6],
        office()[:-30],
        b"\0" * 1000,
    ],
)
def test_what_is_none_of_them_or_cut_off_is_refused(data):
    with pytest.raises(kinds.KindRefused):
        kinds.recognise(data, ALL)


def test_an_empty_file_is_refused():
    with pytest.raises(kinds.FileEmpty):
        kinds.recognise(b"", ALL)


def test_only_the_kinds_wanted_are_taken():
    with pytest.raises(kinds.KindRefused):
        kinds.recognise(png(), ("pdf", "docx"))
    with pytest.raises(kinds.KindRefused):
        kinds.recognise(office("xlsx"), ("docx",))


@pytest.mark.parametrize(
    "data",
    [
        office(parts={"word/vbaProject.bin": "x"}),
        office(parts={"word/activeX/activeX1.xml": "x"}),
        office(parts={"word/embeddings/oleObject1.bin": "x"}),
        office(more="<x ContentType='application/vnd.ms-word.macroEnabled'/>"),
        office(parts={
            "word/_rels/settings.xml.rels": EXTERNAL.format(kind="attachedTemplate")
        }),
        office(parts={
            "word/_rels/document.xml.rels": EXTERNAL.format(kind="oleObject")
        }),
    ],
)  # fmt: skip
def test_macros_and_what_is_fetched_from_elsewhere_is_refused(data):
    with pytest.raises(kinds.HasMacros):
        kinds.recognise(data, ALL)


def test_a_link_in_a_text_is_no_danger():
    links = EXTERNAL.format(kind="hyperlink")

    data = office(parts={"word/_rels/document.xml.rels": links})

    assert kinds.recognise(data, ALL).word == "docx"


@pytest.mark.parametrize(
    "inside",
    [
        b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
        b"<< /S /J#61vaScript >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Type /EmbeddedFile >>",
    ],
)
def test_a_pdf_that_does_something_is_refused(inside):
    with pytest.raises(kinds.HasScript):
        kinds.recognise(pdf(inside), ALL)


def test_an_office_file_that_unpacks_to_far_too_much_is_refused():
    data = bomb(kinds.UNPACKED + 2_000_000)

    with pytest.raises(kinds.KindRefused):
        kinds.recognise(data, ALL)


def test_an_office_file_with_two_parts_of_one_name_or_an_entity_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = office(parts={"word/document.xml": "<other/>"})
    entity = office(more="<!DOCTYPE x>")

    for data in (twice, entity):
        with pytest.raises(kinds.KindRefused):
            kinds.recognise(data, ALL)


HIDDEN_LINK = EXTERNAL.format(kind="attachedTemplate")


@pytest.mark.parametrize(
    "link",
    [
        HIDDEN_LINK.replace("<Rel", "<r:Rel").replace("</Rel", "</r:Rel")
        .replace("<r:Relationships>", "<r:Relationships xmlns:r='x'>"),
        HIDDEN_LINK.replace('Id="r1"', 'Id="r>1"'),
        HIDDEN_LINK.replace("External", "&#69;xternal"),
        HIDDEN_LINK.replace("attachedTemplate", "attached&#84;emplate"),
        HIDDEN_LINK.replace("<Relationship ", "<Relationship\n"),
    ],
)  # fmt: skip
def test_a_link_written_in_another_way_is_the_same_link(link):
    with pytest.raises(kinds.HasMacros):
        kinds.recognise(office(parts={"word/_rels/settings.xml.rels": link}), ALL)
    with pytest.raises(kinds.HasMacros):
        kinds.recognise(office(parts={"word/_rels/x.XML.RELS": link}), ALL)


def test_macros_under_another_name_are_found_by_their_link_and_type():
    link = (
        "<Relationships><Relationship Type='http://schemas.microsoft.com/office/2006/"
        "relationships/vbaProject' Target='gambar.png'/></Relationships>"
    )

    with pytest.raises(kinds.HasMacros):
        kinds.recognise(office(parts={"word/_rels/document.xml.rels": link}), ALL)
    with pytest.raises(kinds.HasMacros):
        kinds.recognise(
            office(more="<x ContentType='application/vnd.ms-word.macro&#69;nabled'/>"),
            ALL,
        )


@pytest.mark.parametrize(
    "lists",
    [
        {"word/_rels/x.rels": "<Relationship " * 140_000},
        {f"word/_rels/{n}.rels": "<x>" + " " * 1_000_000 for n in range(20)},
        {"word/_rels/x.rels": "<!DOCTYPE x><Relationships/>"},
        {"word/_rels/x.rels": "<a>" * 1000},
    ],
)
def test_a_list_made_to_keep_the_server_busy_is_refused_at_once(lists):
    data, before = office(parts=lists), time.process_time()

    with pytest.raises(kinds.KindRefused):
        kinds.recognise(data, ALL)
    assert time.process_time() - before < 2


@pytest.mark.parametrize("act", ["/JavaScript", "/J#61vaScript", "/EmbeddedFiles"])
def test_what_a_pdf_packs_away_is_looked_at_too(act):
    packed = zlib.compress(f"1 0 << /S {act} /JS (x) >>".encode())
    stream = b"\n4 0 obj<</Type/ObjStm/N 1/First 4>>stream\r\n" + packed
    data = pdf().replace(b"%%EOF", stream + b"\nendstream endobj\n%%EOF")
    honest = data.replace(packed, zlib.compress(b"1 0 << /Type /Page >>"))

    assert kinds.recognise(honest, ALL).word == "pdf"
    with pytest.raises(kinds.HasScript):
        kinds.recognise(data, ALL)


def test_a_pdf_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(kinds, "PACKED", 100_000)
    packed = zlib.compress(b"0" * 1_000_000)
    stream = b"\n4 0 obj<</Type/ObjStm>>stream\n" + packed
    data = pdf().replace(b"%%EOF", stream + b"\nendstream endobj\n%%EOF")

    with pytest.raises(kinds.KindRefused):
        kinds.recognise(data, ALL)


@pytest.mark.parametrize("piece", [b"/ObjStm stream\n", b"/ObjStm ", b"stream\n"])
def test_a_pdf_made_to_keep_the_server_busy_is_done_with_at_once(piece):
    data = pdf().replace(b"%%EOF", piece * (4_000_000 // len(piece)) + b"%%EOF")
    before = time.process_time()

    with suppress(kinds.KindRefused):
        kinds.recognise(data, ALL)
    assert time.process_time() - before < 2
