"""Rani, Siti and a stranger read every page in English.

Course content stays as its authors wrote it; everything around it is ours. Three
ways to find a text of ours that stayed Indonesian: a page shows one that has an
English, shows Indonesian words, or asks for a text the catalogue does not hold.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from lms.accounts.models import Unit
from lms.catalog.models import Release
from lms.db import db as _db
from lms.records import seeds
from lms.records.models import Certificate, JpPolicy
from lms.web import language
from lms.web.language import Catalogue
from tests.browser import organisation
from tests.publishing import SAMPLES, publish_samples
from tests.unit.test_translations import PLACES, ROOT, english, source_texts
from tests.web.quiz import stage

PO = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
COURSE = "/kursus/contoh-singkat"
QUIZ = f"{COURSE}/kuis-akhir"
RIGHT = {
    "sapaan": 1,
    "unsur-catatan": [1, 2],
    "laci": False,
    "pengawas": "Ombudsman",
    "lama-tanggapan": "12",
    "hak-warga": 1,
    "tanda-terima": 2,
    "ramah": False,
}
WRONG = RIGHT | {
    "sapaan": 2,
    "unsur-catatan": [3],
    "hak-warga": 2,
    "lama-tanggapan": "99",
}
WRONG |= {"laci": True, "ramah": True, "pengawas": "Polisi", "tanda-terima": 1}

PHRASES = {"b", "dd", "span"}
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-l")
VOID = {"input", "meta", "link", "br", "hr", "img", "use", "path", "source", "wbr"}
# Words hardly any Indonesian sentence does without, and no English one has.
TELLTALE = re.compile(
    r"\b(anda|adalah|akan|atau|belum|bila|boleh|dan|dapat|dari|dengan|di|halaman|"
    r"hanya|ini|itu|jangan|kami|kata|kursus|lagi|lalu|masuk|nama|oleh|pada|paling|"
    r"sandi|semua|sudah|tahun|tanpa|telah|tidak|untuk|yang)\b",
    re.IGNORECASE,
)


class Visible(HTMLParser):
    """Collects what a page shows or says aloud; `skip_other` leaves out lang="id".

    skip_phrases  leaves out words so marked, not whole parts of a page: within those
                  a text of ours that stayed Indonesian would go unseen
    """

    def __init__(
        self, html: str, skip_other: bool = False, skip_phrases: bool = False
    ) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._skip_other, self._open, self._shut = skip_other, [], 0
        self._skip_phrases = skip_phrases
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        hides = tag in {"script", "style", "svg"} or (
            said.get("lang") == "id"
            and tag != "html"
            and (self._skip_other or (self._skip_phrases and tag in PHRASES))
        )
        if not (self._shut or hides):
            self.texts += [said[name] for name in SPOKEN if said.get(name)]
        if tag not in VOID:
            self._open.append((tag, hides))
            self._shut += hides

    def handle_endtag(self, tag):
        while self._open:
            name, hides = self._open.pop()
            self._shut -= hides
            if name == tag:
                break

    def handle_startendtag(self, tag, attrs):
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def handle_data(self, data):
        if not self._shut and data.strip():
            self.texts.append(re.sub(r"\s+", " ", data).strip())


@pytest.fixture
def reader(app, db, sign_in):
    """reader("rani") -> Rani, who chose English; the sample courses are live."""
    publish_samples(app)
    with app.app_context():
        seeds.load(_db.session)
        _db.session.commit()

    def english_of(name):
        client = sign_in(name)
        client.set_cookie("bahasa", "en")
        return client

    return english_of


def page(client, url: str, status: int = 200, **form) -> tuple[str, str]:
    """Open an address (send the form, if there is one) and follow where it leads."""
    method = "POST" if form else "GET"
    data = {k: v for k, v in form.items() if v is not None}
    answer = client.open(url, method=method, data=data, follow_redirects=True)
    assert answer.status_code == status, (url, answer.status_code)
    assert '<html lang="en"' in answer.text or "<html" not in answer.text, url
    return url, answer.text


def signed_out(client) -> Iterator[tuple[str, str]]:
    """Pages of somebody who is not signed in; none holds course content."""
    for url in ("/masuk", "/lupa-sandi", "/cek", "/katalog", "/masuk?lanjut=/jp"):
        yield page(client, url)
    yield page(client, "/masuk", 422, akun="", sandi="")
    yield page(client, "/masuk", 422, akun="rani@contoh.go.id", sandi="bukan-ini")
    yield page(client, "/cek/0000-0000-0000-0000", 404)
    yield page(client, "/cek?kode=" + "7" * 61, 422)
    yield page(client, "/akun/tautan/" + "x" * 43, 404)


def without_content(client) -> Iterator[tuple[str, str]]:
    """Pages of Rani that hold nothing an author wrote."""
    yield page(client, "/akun")
    for url in ("tampilan", "sandi", "surel", "perangkat", "data-diri/nip"):
        yield page(client, f"/akun/{url}")
    yield page(client, "/akun/sandi", 422, sandi="pendek", ulang="lain")
    yield page(client, "/akun/surel", 422, surel="salah", sandi="")
    yield page(client, "/akun/tampilan", 422, tema="ungu")
    yield page(client, "/akun/data-diri/nip", 422, seharusnya="")
    yield page(client, "/akun/sesi", csrf="")
    yield page(client, "/sertifikat")
    yield page(client, "/katalog?cari=zzz")
    yield page(client, "/sdm/ekspor", 403)
    yield page(client, "/sertifikat/tidak-ada", 404)
    yield page(client, "/kursus/tidak-ada", 404)
    yield page(client, "/kuis/percobaan/99/soal/1", 404)


def lessons(client) -> Iterator[tuple[str, str]]:
    """Join the course and work through its lessons, with all that may go wrong."""
    for url in ("/", "/katalog", "/katalog?cari=loket", COURSE, f"{COURSE}/menyapa"):
        yield page(client, url)
    yield page(client, f"{COURSE}/ikuti", csrf="")
    for url in ("/", "/katalog", f"{COURSE}/menyapa", f"{COURSE}/berkas"):
        yield page(client, url)
    yield page(client, f"{COURSE}/menyapa/selesai", csrf="")
    check = f"{COURSE}/berkas/cek"
    yield page(client, f"{check}/cek-kurang", 422, csrf="")
    yield page(client, f"{check}/cek-kurang", jawaban="1")
    yield page(client, f"{check}/cek-catatan", jawaban=["1"])
    yield page(client, f"{COURSE}/berkas/selesai", csrf="")
    yield page(client, f"{check}/cek-kurang", jawaban="2")
    yield page(client, f"{check}/cek-catatan", jawaban=["1", "2"])
    yield page(client, f"{check}/cek-catatan/pembahasan", csrf="")
    yield page(client, f"{COURSE}/berkas/selesai", csrf="")
    yield page(client, f"{COURSE}/berkas")


def quiz(app, client) -> Iterator[tuple[str, str]]:
    """Take the quiz: leave it open, hand in everything wrong, then all right."""
    yield page(client, QUIZ)
    for given in ({}, WRONG, RIGHT):
        answer = client.post("/kuis/contoh-singkat/kuis-akhir/mulai")
        attempt = int(re.search(r"/percobaan/(\d+)/", answer.location)[1])
        for number in range(1, stage.count(app, attempt) + 1):
            yield page(client, stage.question_url(attempt, number))
        yield page(client, stage.question_url(attempt, 1), tandai="ya", seq="1")
        if not given:
            yield page(
                client, stage.question_url(attempt, 1), 422, jawaban="x" * 600, seq="2"
            )
        yield page(client, f"/kuis/percobaan/{attempt}/tinjau")
        yield page(client, QUIZ)
        if given:
            stage.answer_all(app, client, attempt, given)
        yield page(client, f"/kuis/percobaan/{attempt}/tinjau")
        if given:
            yield page(client, f"/kuis/percobaan/{attempt}/kumpulkan", csrf="")
            yield page(client, QUIZ)


def rewards(app, client) -> Iterator[tuple[str, str]]:
    """Show what completing the course has brought."""
    with app.app_context():
        code = _db.session.query(Certificate.code).scalar()
    for url in ("/", "/katalog", COURSE, "/jp", "/sertifikat"):
        yield page(client, url)
    yield page(client, f"/sertifikat/{code}")
    yield page(client, f"/cek/{code}")
    yield page(client, "/kursus/contoh-mini/ikuti", csrf="")
    yield page(client, "/kursus/contoh-mini/berhenti", csrf="")


def exports(client) -> Iterator[tuple[str, str]]:
    """The pages of Siti, the HR officer."""
    yield page(client, "/")
    yield page(client, "/sdm/ekspor")
    wrong = {"dari": "besok", "sampai": "2020-01-01", "unit": "99", "format": "doc"}
    yield page(client, "/sdm/ekspor", 422, **wrong)
    nothing = {"dari": "", "sampai": "2020-01-01", "unit": "", "kursus": ""}
    yield page(client, "/sdm/ekspor", format="csv", **nothing)


def offices(app, siti, made) -> Iterator[tuple[str, str]]:
    """The organisation as HR and administrators see and change it."""
    organisation.fill(app)
    for client, addresses in (
        (siti, organisation.pages_of_hr()),
        (made, organisation.pages_of_administrators()),
    ):
        for url in addresses:
            yield page(client, url)
    unit = organisation.UNITS + "/3"
    yield page(siti, unit + "/ubah", 422, nama="")
    yield page(siti, unit + "/kepala", 422, orang="i")
    yield page(siti, unit + "/pindah", 409, ke="4")
    yield page(siti, unit + "/tutup", 409, csrf="")
    yield page(siti, organisation.UNITS + "/jabatan/baru", 422, nama="")
    yield page(made, "/kelola/peran/beri", 422, orang="siapa", unit="mana")
    yield page(made, "/kelola/instansi/1", 422, nomor="{urut}")


def everything(app, reader) -> Iterator[tuple[str, str]]:
    rani = reader("rani")
    yield from signed_out(reader(None))
    yield page(reader("siti"), "/sdm/ekspor")  # before there is anything to export
    yield from without_content(rani)
    yield from lessons(rani)
    yield from quiz(app, rani)
    yield from rewards(app, rani)
    yield from exports(reader("siti"))
    yield from offices(app, reader("siti"), reader("made"))


def indonesian() -> list[tuple[str, re.Pattern[str]]]:
    """Return the source texts that cannot be mistaken, each with what finds it."""
    found = []
    for source, text in english().items():
        pieces = PLACES.sub("\0", re.sub(r"</?\w+>", "", source)).split("\0")
        if text == source or len("".join(pieces)) <= 12:
            continue
        pattern = r".{1,200}?".join(re.escape(p.replace("%%", "%")) for p in pieces)
        found.append((source, re.compile(rf"(?<!\w){pattern}(?!\w)")))
    return found


def by_an_author() -> str:
    """Return all the sample courses say, on one line."""
    files = [f for f in SAMPLES.rglob("*") if f.suffix in (".md", ".yml", ".svg")]
    return " ".join(" ".join(f.read_text("utf-8").split()) for f in files)


def names(app) -> re.Pattern[str]:
    """Return what finds the names that stand in our sentences as they are stored."""
    with app.app_context():
        columns = (Release.title, Unit.name, JpPolicy.source)
        stored = {t for c in columns for t in _db.session.scalars(select(c))}
    found = map(re.escape, sorted(stored, key=len, reverse=True))
    places = r"\{[\w:]+\}"  # of certificate numbers, the same in every language
    return re.compile("|".join((places, *found)))


def test_what_stands_around_the_content_is_english(app, reader):
    sources, content, stored = indonesian(), by_an_author(), names(app)
    assert len(sources) > 300
    left = set()
    for url, html in everything(app, reader):
        every = Visible(html, skip_phrases=True).texts
        shown = [text for text in every if text not in content]
        left |= {(url, s) for t in shown for s, pattern in sources if pattern.search(t)}
        spoken = [stored.sub("", t) for t in Visible(html, skip_other=True).texts]
        left |= {(url, t) for t in spoken if t not in content and TELLTALE.search(t)}

    assert sorted(left) == []


class Attentive(Catalogue):
    """The English catalogue; remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__(PO)
        self.asked: set[str] = set()

    def gettext(self, message):
        self.asked.add(str(message))
        return super().gettext(message)

    def ngettext(self, singular, plural, num):
        self.asked.add(singular)
        return super().ngettext(singular, plural, num)

    ugettext, ungettext = gettext, ngettext


def test_every_text_a_page_asks_for_is_in_the_catalogue(app, reader, monkeypatch):
    catalogue = Attentive()
    monkeypatch.setattr(language, "_english", lambda: catalogue)
    known = source_texts() | {t for t in english().values() if isinstance(t, str)}
    pages = list(everything(app, reader))

    assert len(pages) > 60
    assert len(catalogue.asked) > 200
    assert sorted(catalogue.asked - known) == []


def test_a_plural_follows_the_number(reader):
    rani = reader("rani")

    assert "2 courses, open to you at any time." in rani.get("/katalog").text


def test_without_a_choice_the_page_is_indonesian(reader, sign_in):
    stranger = sign_in(None)

    assert '<html lang="id"' in stranger.get("/masuk").text
    stranger.set_cookie("bahasa", "fr")
    assert "Kata sandi" in stranger.get("/masuk").text


@pytest.mark.parametrize(("before", "after"), [("id", "en"), ("en", "id")])
def test_a_refusal_speaks_the_language_of_its_own_request(sign_in, before, after):
    rani = sign_in("rani")
    said = {"id": "Anda belum berwenang", "en": "You are not authorised"}
    rani.set_cookie("bahasa", before)
    rani.get("/sertifikat")
    rani.set_cookie("bahasa", after)

    assert said[after] in rani.get("/sdm/ekspor").text
