"""Every page fits its window, leads somewhere, and asks nobody else."""

WIDTHS = (320, 390, 768, 1440)
WIDE = "document.documentElement.scrollWidth > innerWidth"
LINKS = "found => found.map(a => a.href)"


def address_of(page) -> str:
    """Return the address of the page that is open, without its part."""
    return page.url.partition("#")[0]


def test_nothing_scrolls_sideways(look, places, open_page):
    wide = []
    for name, addresses in places.items():
        page = open_page(look, name)
        for address in addresses:
            page.goto(address)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 740})
                if page.evaluate(WIDE):
                    wide.append((address, width))
            page.set_viewport_size({"width": 390, "height": 740})
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            if page.evaluate(WIDE):
                wide.append((address, "text of 200 %"))
    assert wide == []


def test_every_link_leads_somewhere_here(look, places, open_page):
    dead, seen, hosts = [], set(), set()
    for name, addresses in places.items():
        page = open_page(look, name)
        page.on("request", lambda asked: hosts.add(asked.url))
        for address in addresses:
            page.goto(address)
            for link in set(page.eval_on_selector_all("a[href]", LINKS)):
                there, _, part = link.partition("#")
                if there == address_of(page):
                    if part and not page.locator(f'[id="{part}"]').count():
                        dead.append((address, link))
                elif there not in seen and not there.startswith("mailto:"):
                    seen.add(there)
                    assert there.startswith(look.url), link
                    if page.request.get(there).status != 200:
                        dead.append((address, link))
        assert page.problems == []
    assert dead == []
    assert {url for url in hosts if not url.startswith((look.url, "data:"))} == set()
