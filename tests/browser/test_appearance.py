"""What a person chose wins over the device: colours, and letters of any size."""

import pytest

from lms.kernel import clock, display
from tests.cast import CAST

WIDE = "document.documentElement.scrollWidth > innerWidth"
GROUND = "getComputedStyle(document.body).backgroundColor"
SCHEME = "getComputedStyle(document.documentElement).colorScheme"
LETTERS = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
LIGHT, DARK = "rgb(245, 247, 250)", "rgb(13, 19, 26)"


@pytest.fixture
def wish(look):
    """wish("rani", theme="dark") -> Rani has chosen that; forgotten afterwards."""
    from lms.accounts import preferences
    from lms.accounts.models import Preference
    from lms.db import db

    def choose(name: str, theme="system", text_size=100):
        wishes = preferences.Wishes(display.of(theme, text_size, False), "id")
        with look.app.app_context():
            preferences.keep(CAST[name].id, wishes, clock.now())
            db.session.commit()

    yield choose
    with look.app.app_context():
        db.session.query(Preference).delete()
        db.session.commit()


@pytest.mark.parametrize(
    ("choice", "seen"),
    [
        (("dark", "light"), (LIGHT, "light")),
        (("light", "dark"), (DARK, "dark")),
        (("dark", "system"), (DARK, "dark")),
        (("light", "system"), (LIGHT, "light")),
    ],
)
def test_the_chosen_colours_win_over_the_device(look, wish, open_page, choice, seen):
    device, theme = choice
    wish("rani", theme=theme)
    page = open_page(look, "rani", color_scheme=device)

    page.goto("/akun")

    assert (page.evaluate(GROUND), page.evaluate(SCHEME)) == seen


def test_a_choice_is_seen_at_once_and_still_after_signing_out(look, wish, open_page):
    page = open_page(look, "siti", color_scheme="light")
    page.goto("/akun/tampilan")
    page.get_by_label("Gelap").check()
    page.get_by_label("Besar (130 persen)", exact=True).check()
    page.get_by_role("button", name="Simpan pilihan").click()
    page.get_by_text("tersimpan dan berlaku").wait_for()
    assert page.evaluate(GROUND) == DARK
    assert page.evaluate(LETTERS) == pytest.approx(16 * 1.3)
    assert page.get_by_label("Gelap").is_checked()

    page.goto("/akun")
    page.get_by_role("main").get_by_role("button", name="Keluar").click()

    page.wait_for_url("**/masuk")
    assert page.evaluate(GROUND) == DARK
    assert page.evaluate(LETTERS) == pytest.approx(16 * 1.3)


@pytest.mark.parametrize("size", [130, 150])
def test_large_letters_fit_a_small_phone_on_every_page(
    look, places, wish, open_page, size
):
    wide = []
    for name, addresses in places.items():
        if name is None:
            continue
        wish(name, text_size=size)
        page = open_page(look, name)
        for address in addresses:
            page.goto(address)
            assert page.evaluate(LETTERS) == pytest.approx(16 * size / 100), address
            if page.evaluate(WIDE):
                wide.append((name, address))
    assert wide == []


def test_large_letters_leave_room_to_read_beside_the_outline(
    look, places, wish, open_page
):
    lesson = next(a for a in places["rani"] if a.endswith("/mengapa-loket"))
    wish("rani", text_size=150)
    page = open_page(look, "rani", size="desk")

    page.goto(lesson)

    text = page.locator("article.prose").bounding_box()
    assert text["width"] > 600
