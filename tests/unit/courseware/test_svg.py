"""Figures drawn by authors: what is rebuilt, what is refused and with which reason."""

import pytest

from lms.courseware.svg import SvgRefused, rebuild

PAPER = '<rect width="100" height="50" fill="#ffffff"/>'


def figure(inside: str = "", *, paper: str = PAPER, box: str = "0 0 100 50") -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{box}">{paper}{inside}</svg>'
    ).encode()


REFUSED = {
    "script": "<script>alert(1)</script>",
    "handler": '<path d="M0 0" onclick="alert(1)"/>',
    "handler in capitals": '<path d="M0 0" OnLoad="alert(1)"/>',
    "embedded html": "<foreignObject><p>a</p></foreignObject>",
    "xhtml": '<p xmlns="http://www.w3.org/1999/xhtml">a</p>',
    "picture": '<image href="https://evil.example/x.png"/>',
    "inline picture": '<image href="data:image/png;base64,AA"/>',
    "style sheet": "<style>@import url(//evil.example)</style>",
    "animation": '<animate attributeName="x" to="1"/>',
    "set": '<set attributeName="href" to="javascript:1"/>',
    "link": '<a href="https://evil.example"><path d="M0 0"/></a>',
    "foreign use": '<use href="https://evil.example/x.svg#a"/>',
    "foreign xlink": '<use xlink:href="x.svg#a"/>',
    "foreign paint": '<path d="M0 0" fill="url(https://evil.example/x)"/>',
    "foreign paint in a style": '<path d="M0 0" style="fill:url(//evil.example)"/>',
    "escaped paint": '<path d="M0 0" style="fill:\\75rl(//evil.example)"/>',
    "image-set": '<path d="M0 0" fill="image-set(//evil.example)"/>',
    "filter": '<filter id="f"><feImage href="x"/></filter>',
    "use of use": '<g id="a"><use href="#b"/></g><path id="b"/><use href="#a"/>',
    "deep nesting": "<g>" * 100 + "</g>" * 100,
    "too many parts": "<g/>" * 20_001,
}


@pytest.mark.parametrize("inside", REFUSED.values(), ids=REFUSED.keys())
def test_figures_with_dangerous_parts_are_refused(inside: str) -> None:
    with pytest.raises(SvgRefused):
        rebuild(figure(inside))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "XML"),
        (b"<svg", "XML"),
        (b"<html><body/></html>", "bukan SVG"),
        (b'<svg viewBox="0 0 1 1"/>', "bukan SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="x">&a;</svg>', "DTD"),
        (
            b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
            "DTD",
        ),
        (b'<?xml version="1.0" encoding="x-none"?><svg/>', ""),
        (figure(box="0 0 100"), "viewBox"),
        (figure(box="0 0 0 50"), "viewBox"),
        (figure(box="0 0 nan 50"), "viewBox"),
        (figure(box="0 0 1e9 50"), "viewBox"),
        (figure(paper=""), "latar"),
        (figure("<path d='M0 0'/>" + PAPER, paper=""), "latar"),
        (figure(paper='<rect width="100" height="50" fill="none"/>'), "latar"),
        (figure(paper='<rect width="90" height="50" fill="#fff"/>'), "latar"),
        (figure(paper='<rect width="100" height="50" fill="#ffffff80"/>'), "latar"),
        (
            figure(paper='<rect width="100" height="50" fill="red" opacity=".5"/>'),
            "latar",
        ),
        (
            figure(paper='<rect width="100" height="50" style="fill-opacity:0.2"/>'),
            "latar",
        ),
        (b" " * 1_000_001, "kB"),
    ],
)
def test_a_refusal_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(SvgRefused) as refusal:
        rebuild(data)
    assert reason in str(refusal.value)


def test_a_plain_figure_is_rebuilt_with_its_size() -> None:
    data, width, height = rebuild(
        figure('<text x="1" y="9">Loket <tspan>1</tspan></text>')
    )
    assert (width, height) == (100, 50)
    assert data.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    assert b'<text x="1" y="9">Loket <tspan>1</tspan></text>' in data


def test_what_drawing_programs_note_for_themselves_is_dropped() -> None:
    data, _width, _height = rebuild(
        figure(
            "<!-- catatan -->"
            '<metadata><x xmlns="urn:x"/></metadata>'
            '<n:view xmlns:n="urn:inkscape" n:zoom="2"/>'
            '<path d="M0 0" class="a" data-x="1" xml:space="preserve"/>'
        )
    )
    for word in (b"catatan", b"metadata", b"zoom", b"class", b"data-x", b"xml:"):
        assert word not in data


def test_styles_become_attributes() -> None:
    data, _width, _height = rebuild(
        figure('<path d="M0 0" style="fill:red !important;stroke : none;-x-y:1"/>')
    )
    assert b'fill="red"' in data
    assert b'stroke="none"' in data
    assert b"style" not in data


def test_references_inside_the_figure_stay() -> None:
    data, _width, _height = rebuild(
        figure(
            '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
            '<path id="p" d="M0 0h9" fill="url(#g)"/><use xlink:href="#p" x="9"/>'
        )
    )
    assert b'fill="url(#g)"' in data
    assert b'href="#p"' in data


def test_equal_figures_give_equal_bytes() -> None:
    once = rebuild(figure('<path fill="red" d="M0 0"/>'))[0]
    assert rebuild(figure("<path   d='M0 0'  fill='red'></path>"))[0] == once
    assert rebuild(once)[0] == once


def test_percentages_and_own_sizes_are_understood() -> None:
    paper = '<rect width="100%" height="100%" fill="rgb(1,2,3)"/>'
    data = figure(paper=paper).replace(
        b"viewBox", b'width="400px" height="200" viewBox'
    )
    assert rebuild(data)[1:] == (400, 200)
