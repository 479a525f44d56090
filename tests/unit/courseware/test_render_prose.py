"""What Markdown of the course format looks like on the page."""

import pytest

from lms.courseware.formulas import FormulaError, to_mathml
from lms.courseware.links import Page, Places, Target
from lms.courseware.markdown import Job, convert, convert_parts, headings
from lms.courseware.sanitize import plain

PLACES = Places(
    "prima",
    {
        "aset/loket.png": Target("/kursus/prima/aset/abc/loket.png", 640, 480),
        "kuis/aset/denah.svg": Target("/kursus/prima/aset/0f0/denah.svg", 300, 200),
        "aset/ringkas.pdf": Target("/kursus/prima/aset/def/ringkas.pdf"),
    },
    {
        "02-maklumat.md": Page("maklumat", ("cek-maklumat",)),
        "kuis/akhir.md": Page("kuis-akhir"),
    },
)


def job(base: str = "01.md", **more) -> Job:
    return Job(PLACES, base, **more)


def problems(text: str, **more) -> list[str]:
    work = job(**more)
    convert(text, work)
    return [problem.code for problem in work.problems]


@pytest.mark.parametrize(
    ("name", "classes", "title"),
    [
        ("catatan", "note", "Catatan"),
        ("penting", "note note--important", "Penting"),
        ("contoh", "note note--example", "Contoh"),
        ("dasar-hukum", "note note--law", "Dasar hukum"),
        ("peringatan", "note note--warn", "Peringatan"),
    ],
)
def test_boxes_carry_their_class_and_a_title(name, classes, title) -> None:
    html = convert(f"/// {name}\nIsi **kotak**.\n///", job())
    assert html.replace("\n", "") == (
        f'<div class="{classes}"><p class="note__title">{title}</p>'
        "<p>Isi <strong>kotak</strong>.</p></div>"
    )
    own = convert(f"/// {name} | Judul *sendiri*\nIsi\n///", job())
    assert '<p class="note__title">Judul <em>sendiri</em></p>' in own


def test_boxes_speak_the_language_of_the_course() -> None:
    html = convert("/// peringatan\nHot\n///", job(language="en"))
    assert ">Warning<" in html


def test_boxes_may_stand_inside_each_other_and_hold_lists() -> None:
    html = convert(
        "//// contoh\n- a\n- b\n\n/// catatan\nDalam\n///\n////\n\nSesudah", job()
    )
    assert html.count("<li>") == 2
    assert html.index("note--example") < html.index("Dalam") < html.index("Sesudah")
    assert html.endswith("<p>Sesudah</p>")


def test_fold_outs_begin_closed() -> None:
    html = convert("/// rincian | Lihat contoh\nIsi\n///", job())
    assert html.startswith('<details class="fold">')
    assert '<summary class="fold__title">Lihat contoh</summary>' in html


def test_tabs_in_a_row_are_one_group_with_the_first_open() -> None:
    html = convert(
        "/// tab | A\nsatu\n///\n\n/// tab | B\ndua\n///\n\nx\n\n"
        "/// tab | C\ntiga\n///",
        job(),
    )
    assert html.count('name="isi-tab-1"') == 2
    assert html.count('name="isi-tab-2"') == 1
    assert html.count("open") == 2


def test_tables_scroll_are_named_and_align_by_class() -> None:
    html = convert(
        "## Biaya\n\n| A | B | C | D |\n|:--|--:|:-:|---|\n| 1 | 2 | 3 | 4 |", job()
    )
    assert 'class="table-scroll"' in html
    assert 'tabindex="0"' in html
    assert 'role="group"' in html
    assert 'aria-label="Tabel: Biaya"' in html
    assert "style" not in html
    assert "align=" not in html
    for side, letter, number in (
        ("start", "A", 1),
        ("end", "B", 2),
        ("center", "C", 3),
    ):
        assert f'<th class="cell--{side}" scope="col">{letter}</th>' in html
        assert f'<td class="cell--{side}">{number}</td>' in html
    assert '<th scope="col">D</th>' in html


def test_a_table_without_a_heading_has_a_number() -> None:
    assert 'aria-label="Tabel 1"' in convert("| A |\n|---|\n| 1 |", job())


def test_headings_have_prefixed_unique_ids_and_own_codes() -> None:
    html = convert(
        "## Isi *standar*\n\n### Isi standar\n\n## Biaya & waktu {#biaya}\n\n"
        "# Satu\n\n## Standar\n\n## Ψ\n\n## `kode` {#k-1}",
        job(),
    )
    assert [(h.level, h.id, h.text) for h in headings(html)] == [
        (2, "isi-isi-standar", "Isi standar"),
        (3, "isi-isi-standar-2", "Isi standar"),
        (2, "isi-biaya", "Biaya & waktu"),
        (2, "isi-satu", "Satu"),
        (2, "isi-standar", "Standar"),
        (2, "isi-bagian", "Ψ"),
        (2, "isi-k-1", "kode"),
    ]


def test_a_picture_alone_is_a_figure_with_its_size() -> None:
    html = convert("![Petugas di loket](aset/loket.png)", job())
    assert html.startswith('<figure class="figure"><img ')
    for attribute in (
        'src="/kursus/prima/aset/abc/loket.png"',
        'alt="Petugas di loket"',
        'width="640"',
        'height="480"',
        'loading="lazy"',
        'decoding="async"',
    ):
        assert attribute in html


def test_a_picture_in_a_line_or_an_option_is_no_figure() -> None:
    assert "<figure" not in convert("Lihat ![x](aset/loket.png) ini", job())
    option = convert("![x](aset/loket.png)", job(), inline=True)
    assert option.startswith("<img ")


def test_captions_are_numbered_by_kind() -> None:
    table = "| A |\n|---|\n| 1 |"
    caption = "/// keterangan\nSebuah *uraian*\n///"
    picture = "![x](aset/loket.png)"
    html = convert(
        "\n\n".join([picture, caption, table, caption, picture, caption]), job()
    )
    words = plain(html)
    assert "Gambar 1. Sebuah uraian" in words
    assert "Tabel 1. Sebuah uraian" in words
    assert "Gambar 2. Sebuah uraian" in words
    assert html.count("<figure") == 3
    assert '<figcaption class="figure__caption">' in html


def test_paths_are_read_beside_the_text_first_then_from_the_course_folder() -> None:
    html = convert("![a](aset/denah.svg) ![b](aset/loket.png)", job("kuis/akhir.md"))
    assert "0f0/denah.svg" in html
    assert "abc/loket.png" in html
    assert "abc/loket.png" in convert("![b](../aset/loket.png)", job("kuis/akhir.md"))


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("02-maklumat.md", "/kursus/prima/maklumat"),
        ("02-maklumat.md#arti", "/kursus/prima/maklumat#isi-arti"),
        ("02-maklumat.md#cek-maklumat", "/kursus/prima/maklumat#cek-cek-maklumat"),
        ("kuis/akhir.md", "/kursus/prima/kuis-akhir"),
        ("aset/ringkas.pdf", "/kursus/prima/aset/def/ringkas.pdf"),
        ("#arti", "#isi-arti"),
        ("https://x.go.id/?a=1&b=2", "https://x.go.id/?a=1&amp;b=2"),
        ("mailto:a@x.go.id", "mailto:a@x.go.id"),
        ("/katalog", "/katalog"),
    ],
)
def test_links_lead_to_items_files_and_the_web(link, address) -> None:
    assert f'href="{address}"' in convert(f"[teks]({link})", job())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[x](03-hilang.md)", "D402"),
        ("![x](aset/hilang.png)", "D402"),
        ("![x](../../etc/passwd.png)", "D402"),
        ("![x](/etc/passwd.png)", "D402"),
        ("![x](%2e%2e/%2e%2e/etc/passwd.png)", "D402"),
        ("[x](..\\..\\etc)", "D402"),
        ("![](aset/loket.png)", "D403"),
        ("![x](aset/ringkas.pdf)", "D408"),
        ("![x](aset/loket.mp4)", "D409"),
        ("![x](https://evil.example/a.png)", "D410"),
        ("![x](//evil.example/a.png)", "D410"),
        ("[x](//evil.example)", "D411"),
        ("[x](javascript:alert)", "D412"),
        ("[x](file:///etc/passwd)", "D412"),
    ],
)
def test_references_that_lead_nowhere_are_reported(text, code) -> None:
    assert problems(text) == [code]


def test_footnotes_reach_across_the_parts_of_a_page() -> None:
    first, second = convert_parts(
        ["## Judul\n\nTeks[^a].", "## Judul\n\n[^a]: Catatan."], job()
    )
    assert 'href="#isi-fn-a"' in first
    assert 'id="isi-fn-a"' in second
    assert 'id="isi-judul-2"' in second


def test_raw_html_left_open_does_not_mix_up_the_parts() -> None:
    first, second = convert_parts(["<div>\n\nSatu", "## Dua"], job())
    assert "Satu" in first
    assert "Dua" not in first
    assert 'id="isi-dua"' in second


def test_fragments_of_one_page_do_not_clash() -> None:
    work = job(prefix="isi-arti-")
    assert 'id="isi-arti-judul"' in convert("## Judul\n\n[x](#judul)", work)
    assert 'href="#isi-arti-judul"' in convert("[x](#judul)", work)


def test_formulas_only_where_asked_and_never_money() -> None:
    text = "Rumus $x_1$, US$5 dan US$10, \\$3, `$y$`"
    assert "<math" not in convert(text, job())
    html = convert(text, job(formulas=True))
    assert html.count("<math") == 1
    assert "US$5 dan US$10" in html
    assert "<code>$y$</code>" in html
    assert 'display="block"' in convert("$$\\sum_{i=1}^n i$$", job(formulas=True))


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        ("\\fracc{a}{b}", "perintah \\fracc tidak dikenal"),
        ("a + \\frac{a", "tanda penutup } belum ditulis"),
        ("\\href{javascript:alert(1)}{x}", "perintah \\href tidak dikenal"),
        ("{" * 50_000, "panjang"),
        ("{" * 900 + "}" * 900, "bersarang"),
    ],
)
def test_a_formula_that_cannot_be_set_says_why(latex, reason) -> None:
    with pytest.raises(FormulaError) as error:
        to_mathml(latex)
    assert reason in str(error.value)


def test_formulas_have_no_inline_styles() -> None:
    mathml = to_mathml("\\begin{align}a&=b\\\\c&=d\\end{align}", block=True)
    html = convert("$$\\begin{align}a&=b\\\\c&=d\\end{align}$$", job(formulas=True))
    assert 'class="cell--end"' in mathml
    assert "style=" not in html.replace("displaystyle=", "")


def test_code_is_coloured_by_classes_and_can_be_scrolled() -> None:
    html = convert('```python\ndef f(x):\n    return "<b>"\n```', job())
    assert html.startswith('<div class="highlight" tabindex="0" role="group"')
    assert '<span class="k">def</span>' in html
    assert "&lt;b&gt;" in html
    assert "style" not in html
    unknown = convert("```tidak-ada\nx < 1\n```", job())
    assert "x &lt; 1" in unknown


def test_task_marks_stay_text_because_ticks_are_answers() -> None:
    assert "[x] satu" in convert("- [x] satu\n- [ ] dua", job())
    assert "input" not in convert("- [x] satu", job())


def test_an_option_of_one_line_is_inline() -> None:
    assert convert("Tarif **layanan**", job(), inline=True) == (
        "Tarif <strong>layanan</strong>"
    )


def test_one_conversion_leaves_nothing_for_the_next() -> None:
    first = convert("Teks[^1]\n\n[^1]: satu\n\n[a]: https://a.example", job())
    convert("<div>\n\n/// catatan\nx", job(formulas=True))
    assert convert("Teks[^1]\n\n[^1]: satu\n\n[a]: https://a.example", job()) == first
    assert convert("[a]", job()) == "<p>[a]</p>"
