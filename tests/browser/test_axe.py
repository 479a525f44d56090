"""axe finds nothing on any page: light and dark, phone and desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from . import journey, visited

OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ],
    },
}


def findings(page) -> list[tuple[str, list[str]]]:
    """Return what axe says of the page that is open: rule, and where.

    In a window as high as the page: a bar that stays at the window's edge would
    count as covering what is under it until one scrolls on.
    """
    window = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size(window | {"height": max(height, window["height"])})
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    page.set_viewport_size(window)
    return [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in violations]


def test_no_page_is_left_out(look, places):
    addresses = [address for group in places.values() for address in group]

    assert visited.endpoints(look.app, addresses) == visited.pages(look.app)


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(look, places, open_page, size, scheme):
    found = {}
    for name, addresses in places.items():
        page = open_page(look, name, size, color_scheme=scheme)
        for address in addresses:
            answer = page.goto(address)
            wanted = 404 if address in visited.NOT_FOUND else 200
            assert answer.status == wanted, address
            if mistakes := findings(page):
                found[address] = mistakes
        assert page.problems == []
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_something_went_wrong(look, open_page, scheme):
    found = {}

    page = open_page(look, None, color_scheme=scheme)
    page.goto("/masuk")
    page.get_by_role("button", name="Masuk", exact=True).click()
    assert page.get_by_role("alert").is_visible()
    found["nothing written"] = findings(page)

    page.get_by_label("NIP atau surel").fill("siapa@contoh.go.id")
    page.get_by_label("Kata sandi").fill("bukan sandi yang benar")
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_text("tidak cocok").wait_for()
    found["wrong password"] = findings(page)

    learner = "hendra" if scheme == "light" else "siti"
    page = open_page(look, learner, color_scheme=scheme)
    page.goto("/akun/sandi")
    page.get_by_label("Kata sandi sekarang").fill("salah")
    page.get_by_role("button", name="Ganti kata sandi").click()
    page.get_by_role("alert").wait_for()
    found["change password"] = findings(page)

    number = journey.start(look.app, learner)
    page.goto(f"/kuis/percobaan/{number}/soal/1")
    page.get_by_role("button", name="Tandai", exact=True).click()
    page.get_by_role("button", name="Ditandai", exact=True).wait_for()
    found["flagged"] = findings(page)

    journey.run_out(look.app, number)
    page.goto(f"/kuis/percobaan/{number}/tinjau")
    assert page.get_by_role("heading", name="Waktu habis").is_visible()
    found["time up"] = findings(page)

    assert {where: what for where, what in found.items() if what} == {}
    assert page.problems == []
