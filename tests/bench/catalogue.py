"""CPU of the server per search of the catalogue, with 2,000 courses in it."""

import time
from collections.abc import Iterator
from itertools import chain, cycle
from statistics import median
from urllib.parse import urlencode

from lms.db import db, reading
from lms.hr import figures
from tests.catalogue import manifest, shelve

from .client import Client, cost
from .line import line
from .stage import Stage

COURSES = 2_000
ROUNDS, TIMES = 5, 400
LIMIT = 10  # times hello
WAIT = 300  # seconds
_WORDS = {
    "acts": "menyusun mengelola menilai melayani memeriksa merancang memimpin mencatat"
    " melaporkan mengawasi memperbaiki menghitung menjelaskan mengarsipkan menangani",
    "things": "anggaran arsip pengaduan perizinan kependudukan kepegawaian pengadaan"
    " pajak aset posyandu sekolah puskesmas irigasi jalan bencana data survei surat"
    " rapat laporan pelatihan kinerja loket antrean kelurahan pasar terminal sampah",
    "places": "daerah kecamatan dinas sekretariat lapangan kantor digital dasar"
    " lanjutan terpadu berkala mandiri daring",
}
ACTS, THINGS, PLACES = (text.split() for text in _WORDS.values())
CODES = tuple(f"TEK-{n:02}" for n in range(16))
TOPICS = tuple(f"{thing} {place}" for thing in THINGS[:12] for place in PLACES[:4])


def measure(stage: Stage) -> Iterator[dict]:
    """Yield the cost of a search with a filter.

    catalog_search      every second one has been asked lately, as people ask alike
    catalog_search_new  none has
    """
    with stage.app.app_context():
        reading.set(False)
        fill()
    rani, hello = stage.rani(), Client(stage.hello_port)
    asked = addresses()
    popular, fresh = cycle(asked[::20]), cycle(asked)
    mixed = chain.from_iterable(zip(fresh, popular, strict=False))
    for address in asked[::3]:
        rani.text(address)
    _be_idle(stage)
    base, seen, new = [], [], []
    for _ in range(ROUNDS):
        base.append(cost(stage.hello.pid, lambda: hello.send("GET", "/"), TIMES * 3))
        seen.append(cost(stage.server.pid, lambda: rani.text(next(mixed)), TIMES))
        new.append(cost(stage.server.pid, lambda: rani.text(next(fresh)), TIMES))
    yardstick = median(base)
    for name, costs, limit in (
        ("catalog_search", seen, LIMIT),
        ("catalog_search_new", new, None),
    ):
        value = median(costs)
        yield line(name, value * 1000, "ms", limit, value / yardstick)


def _be_idle(stage: Stage) -> None:
    """Wait until the server's worker has done what the new data made it do.

    The cost of a page is that of the whole process: sums of 60,000 people that are
    worked out meanwhile would count as searches. `dashboard` measures those.
    """
    with stage.app.app_context():
        for _ in range(WAIT):
            if not figures.pending():
                return
            db.session.rollback()
            time.sleep(1)
    raise SystemExit(f"the worker is not done after {WAIT} seconds")


def addresses() -> list[str]:
    """Return searches with a filter each: words, beginnings, misspelt words."""
    typed = list(THINGS)
    typed += [word[:-2] for word in typed]  # just begun
    typed += [f"{act} {word}" for act in ACTS for word in typed[:10]]
    typed += [word[:3] + word[4:] for word in typed[:30] if len(word) > 5]  # misspelt
    filters = [{"kompetensi": code} for code in CODES[:4]]
    filters += [{"jp": "2"}, {"topik": TOPICS[5]}, {"jabatan": "keuangan-1"}]
    return [
        "/katalog?" + urlencode({"cari": text} | one)
        for text in typed
        for one in filters
    ]


def fill(count: int = COURSES) -> None:
    """Add courses that are live and in the index; commits."""
    shelve(
        [course(n) for n in range(count)],
        **{code: f"Kompetensi {code}" for code in CODES},
    )


def course(n: int) -> dict:
    """Return what the nth course says; words repeat as in real lists."""
    act, thing = ACTS[n % len(ACTS)], THINGS[n // 7 % len(THINGS)]
    place = PLACES[n // 3 % len(PLACES)]
    return manifest(
        f"uji-{n}",
        f"{act} {thing} {place} {n}".title(),
        summary=f"Anda berlatih {act} {thing} sesuai ketentuan, dari berkas sampai"
        f" laporan, di {place}.",
        objectives=[f"Menjelaskan {thing}", f"Menyusun rencana {place}"],
        tags=[TOPICS[n % len(TOPICS)], TOPICS[n * 7 % len(TOPICS)]],
        for_jobs=[f"keuangan-{n % 20}", f"layanan-{n % 3}"],
        promises={CODES[n // 5 % len(CODES)]: 1, CODES[n % len(CODES)]: n % 2 + 1},
        organiser="Badan Kepegawaian",
        jp=n % 14 + 1,
        total_minutes=(n % 14 + 1) * 45,
        items=[f"{THINGS[(n + m) % len(THINGS)]} langkah {m}" for m in range(1, 9)],
    )
