"""Pages about people's work are in no cache: of a browser, a proxy or the worker."""

from tests.web.kept import kept

from . import stage as writing


def test_pages_of_reviews_are_in_no_cache(folder, sign_in):
    writing.edit(folder, *writing.KEY)
    hendra = sign_in("hendra")
    question = f"{writing.PAGE}/soal/sapaan"

    assert kept(
        hendra, writing.LIST, writing.REVIEW, f"{writing.REVIEW}?soal-sapaan=ulang",
        f"{writing.PAGE}/peserta", question,
    ) == {}  # fmt: skip
