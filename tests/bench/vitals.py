"""What a slow phone waits for: paint, shifts, the answer to a finger."""

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.vitals import SlowPhone

from .line import line
from .stage import Stage

TRIES = 5
PHONE = {"width": 360, "height": 740}


def measure(stage: Stage) -> Iterator[dict]:
    """Yield the middle of some first visits to a lesson, at 400 kbit/s and CPU x6."""
    seen = []
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for _ in range(TRIES):
            context = browser.new_context(
                base_url=f"http://127.0.0.1:{stage.port}", viewport=PHONE
            )
            cookie = {"name": stage.cookie, "value": stage.session_token}
            context.add_cookies([cookie | {"url": f"http://127.0.0.1:{stage.port}"}])
            phone = SlowPhone(context.new_page())
            phone.open("/kursus/ukur/modul-5")
            phone.page.locator(".check .opt").first.click()
            phone.page.locator(".check .opt").nth(1).click()
            seen.append(phone.visit())
            context.close()
        browser.close()
    yield line("lcp_400kbit_ms", median(v.lcp for v in seen), "ms", 2_500)
    yield line("cls", median(v.cls for v in seen), "", 0.02)
    yield line("inp_ms", median(v.inp for v in seen), "ms", 200)
