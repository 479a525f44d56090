"""A real server with the real course, and a real browser as each of the cast."""

import threading

import pytest
from playwright.sync_api import expect, sync_playwright
from waitress import wasyncore
from waitress.server import create_server

from lms.db import db as database
from tests.site import make_site

from . import chromium, every_kind, journey, visited
from .taking import Taking, forget_attempts

PATIENCE = 30_000  # milliseconds for what must come; a busy machine takes its time
expect.set_options(timeout=PATIENCE)

SIZES = {"phone": (360, 740), "desk": (1280, 900)}


class Site:
    """The running product: `url` and a way to sign people in."""

    def __init__(self, app, url: str) -> None:
        self.app, self.url = app, url

    def token(self, name: str) -> tuple[str, str]:
        """Open a session for one of the cast; return the cookie's name and value."""
        return journey.open_session(self.app, name)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request, tmp_path_factory):
    """The product on each engine, served by waitress."""
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url_fresh")
    yield from _serve(make_site(tmp_path_factory.mktemp("situs"), url))


@pytest.fixture(scope="module")
def look(tmp_path_factory):
    """A demo on the embedded database, where only looks and ways to use are asked."""
    yield from _serve(make_site(tmp_path_factory.mktemp("tampilan"), "", DEMO=True))


@pytest.fixture(scope="module")
def kinds(look):
    """The site, with a course that asks every kind of question."""
    every_kind.open_course(look.app)
    return look


@pytest.fixture(scope="module")
def places(look):
    """(who, addresses): all pages, with a course begun, failed, passed, certified."""
    return visited.places(look.app)


def _serve(app):
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    stop = threading.Event()

    def loop() -> None:
        while not stop.is_set():
            wasyncore.loop(timeout=0.2, use_poll=True, map=server._map, count=1)

    thread = threading.Thread(target=loop)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.effective_port}")
    stop.set()
    thread.join()
    server.task_dispatcher.shutdown()
    wasyncore.close_all(server._map, ignore_all=True)
    with app.app_context():
        database.engine.dispose()


@pytest.fixture(scope="session")
def browser():
    """One Chromium per test process."""
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """open_page(site, "rani", size="phone", …) -> a page of a fresh browser."""
    contexts = []

    def make(site: Site, name: str | None, size: str = "phone", **settings):
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": height},
            locale="id-ID",
            **({"timezone_id": "Asia/Jakarta"} | settings),
        )
        contexts.append(context)
        if name:
            cookie, value = site.token(name)
            context.add_cookies([{"name": cookie, "value": value, "url": site.url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda m: _note(page, m))
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def take(look, open_page):
    """take("rani") -> a new attempt of hers and its first choice, open in a browser."""

    def begin(name: str = "rani", kinds: tuple[str, ...] = ("single",)):
        forget_attempts(look.app)
        taking = Taking(look.app, journey.start(look.app, name))
        number = taking.number_of(*kinds)
        page = open_page(look, name)
        page.goto(taking.url(number), wait_until="networkidle")
        return taking, number, page

    return begin


@pytest.fixture
def reader(look, open_page):
    """reader("agus") -> a page of a fresh browser of somebody who takes the course."""

    def open_for(name: str, size: str = "phone", **settings):
        journey.enrol(look.app, name)
        return open_page(look, name, size, **settings)

    return open_for


def _note(page, message) -> None:
    """Remember what the browser complains about: CSP, scripts, missing files."""
    if message.type == "error" and "status of 4" not in message.text:
        page.problems.append(message.text)
