"""Every page of the product that a person can open, by who opens it."""

from lms.kernel import clock
from tests.cast import CAST

from . import journey
from .journey import COURSE

# Answers to GET that are no pages.
NOT_PAGES = {"static", "catalog.asset", "health.alive", "health.ready"}
# Pages that say they have nothing: their status is not 200.
NOT_FOUND = ("/tidak-ada", "/cek/0000-0000-0000-0000", "/akun/tautan/salah")

Places = dict[str | None, list[str]]


def places(app) -> Places:
    """Make the records that fill the pages; return the addresses by person.

    rani has finished, agus is in the middle, hendra has begun nothing.
    """
    finished = journey.finished_course(app, "rani")
    running = journey.running_attempt(app, "agus")
    codes = _items(app)
    journey.answer_wrongly(app, "agus", codes[0])
    course = f"/kursus/{COURSE}"
    items = [f"{course}/{code}" for code in codes]
    own = ["/", "/katalog", "/jp", "/sertifikat"]
    return {
        None: ["/masuk", "/lupa-sandi", f"/akun/tautan/{_link(app)}", "/cek",
               finished.check_path, *NOT_FOUND],
        "rani": [*own, course, *items, *finished.paths, "/tidak-ada"],
        "agus": ["/", "/katalog", course, items[0], items[-1], *running],
        "hendra": [*own, "/katalog?cari=tidakada", course, "/akun"],
        "siti": ["/", "/sdm/ekspor"],
    }  # fmt: skip


def _items(app) -> list[str]:
    from lms.catalog import courses

    with app.app_context():
        return [item["code"] for item in courses.live(COURSE).items]


def _link(app) -> str:
    """Return the token of a link with which Yohanes may set a new password."""
    from lms.accounts import links
    from lms.db import db

    with app.app_context():
        token = links.make(CAST["yohanes"].id, "activate", clock.now())
        db.session.commit()
        return token


def pages(app) -> set[str]:
    """Return the endpoints that show a page."""
    return {
        rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods
    } - NOT_PAGES


def endpoints(app, addresses: list[str]) -> set[str]:
    """Return the endpoints that answer these addresses."""
    from werkzeug.exceptions import NotFound

    urls, found = app.url_map.bind("127.0.0.1"), set()
    for address in addresses:
        try:
            found.add(urls.match(address.partition("?")[0])[0])
        except NotFound:
            continue
    return found
