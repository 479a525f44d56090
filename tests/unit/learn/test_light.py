"""Pictures are cut out of stored HTML, and nothing else of it is touched."""

from lms.learn import light

IMAGE = '<img src="/a/1.png" alt="Alur &amp; loket" width="9">'
FIGURE = f'<figure class="figure">{IMAGE}</figure>'
INLINE = 'Tekan <img alt="gir" src="/a/2.png"> lalu <b>simpan</b>.'


def test_joined_again_it_is_the_same():
    text = f"<p>Awal</p>{FIGURE}<p>{INLINE}</p>"

    assert "".join(part.html for part in light.parts(text, {})) == text


def test_a_figure_and_a_picture_in_a_sentence_are_told_apart():
    _, figure, _, inline, _ = light.parts(FIGURE + INLINE, {"/a/1.png": 54_000})

    assert (figure.address, figure.alt, figure.size) == (
        "/a/1.png",
        "Alur & loket",
        54_000,
    )
    assert figure.is_figure
    assert (inline.address, inline.alt, inline.size) == ("/a/2.png", "gir", 0)
    assert not inline.is_figure


def test_a_picture_that_lost_its_address_stays_as_it_is():
    assert light.parts('<img alt="x">', {}) == (light.Part('<img alt="x">'),)
