"""axe finds nothing on any page: light and dark, phone and desk.

Nine tenths of axe's time go into colours. So every rule runs once a size, in one
scheme; the other scheme is put on the page that is open, and there only colours are
measured, of one text of each make: texts whose elements, and all around them, bear
the same names, classes and states are coloured alike on every page.
"""

from functools import cache

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
COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
OTHER = {"light": "dark", "dark": "light"}
# Keep the visible texts of the page in a list; return the make of each.
MAKES = """() => {
  const told = /^(id|href|src|for|name|value|alt|title|action|data-l|aria-.*)$/;
  const state = "aria-current aria-invalid aria-pressed aria-selected aria-disabled";
  const make = (one) => [one.localName, ...[...one.attributes]
    .filter(({name}) => !told.test(name) || state.split(" ").includes(name))
    .map(({name, value}) => `${name}=${value}`).sort(),
    ...[":checked", ":disabled", ":first-child", ":last-child"]
      .filter((is) => one.matches(is)),
  ].join(" ");
  const makes = new Map([[null, ""]]);
  const whole = (one) => {
    if (!makes.has(one)) makes.set(one, `${whole(one.parentElement)}>${make(one)}`);
    return makes.get(one);
  };
  const says = (one) => one.matches("input, select, textarea")
    || [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  window.texts = [...document.querySelectorAll("body *")]
    .filter((one) => says(one) && one.checkVisibility());
  return window.texts.map(whole);
}"""


@cache
def script() -> str:
    """Return axe itself; given to a browser beforehand, it is sent once."""
    return Axe().axe_script


def findings(page, options=OPTIONS, places=None) -> list[tuple[str, list[str]]]:
    """Return what axe says of the page that is open: rule, and where.

    In a window as high as the page: a bar that stays at the window's edge would
    count as covering what is under it until one scrolls on.

    places  in the list of MAKES; None = the whole page
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(script())
    window = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size(window | {"height": max(height, window["height"])})
    violations = page.evaluate(
        """([options, places]) => axe.run(
          places ? {include: places.map((n) => window.texts[n])} : document, options,
        ).then((found) => found.violations)""",
        [options, places],
    )
    page.set_viewport_size(window)
    return [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in violations]


def in_the_other_scheme(page, scheme: str, seen: set[str]) -> list:
    """Return what is wrong with the colours of texts whose make was not `seen` yet."""
    page.emulate_media(color_scheme=OTHER[scheme])
    new = []
    for place, make in enumerate(page.evaluate(MAKES)):
        if make not in seen:
            seen.add(make)
            new.append(place)
    found = findings(page, COLOURS, new) if new else []
    page.emulate_media(color_scheme=scheme)
    return found


def test_no_page_is_left_out(look, places):
    addresses = [address for group in places.values() for address in group]

    assert visited.endpoints(look.app, addresses) == visited.pages(look.app)


@pytest.mark.parametrize(("size", "scheme"), [("phone", "light"), ("desk", "dark")])
def test_axe_finds_nothing(look, places, open_page, size, scheme):
    found, seen = {}, set()
    for name, addresses in places.items():
        page = open_page(look, name, size, color_scheme=scheme, reduced_motion="reduce")
        page.context.add_init_script(script())
        for address in addresses:
            answer = page.goto(address)
            wanted = 404 if address in visited.NOT_FOUND else 200
            assert answer.status == wanted, address
            if mistakes := findings(page):
                found[address] = mistakes
            if mistakes := in_the_other_scheme(page, scheme, seen):
                found[address, OTHER[scheme]] = mistakes
        assert page.problems == []
    assert found == {}


def test_colours_that_are_too_faint_in_the_other_scheme_are_found(browser):
    page = browser.new_page(color_scheme="light")
    page.set_content(
        """<style>body { background: #fff; color: #000 }
        @media (prefers-color-scheme: dark) {
          body { background: #111; color: #eee } .unit { color: #444 }
        }</style><ol><li>Nama <b class=unit id=a>Umum</b>
        <li>Nama <b class=unit id=b>Umum</b><li>Nama <b>Umum</b>
        <li>Nama <b class=unit id=c>Umum</b></ol>"""
    )
    seen = set()

    first = in_the_other_scheme(page, "light", seen)
    again = in_the_other_scheme(page, "light", seen)
    page.close()

    ((rule, where),) = first
    assert rule == "color-contrast"
    # The first of a list, one within it, its last: what CSS can tell apart.
    assert [html.partition(">")[0][-5:-1] for html in where] == [
        'd="a', 'd="b', 'd="c',
    ]  # fmt: skip
    assert again == []


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
