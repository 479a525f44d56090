"""Every number of HR against the raw tables, for an agency drawn by chance."""

import csv
import io
import re
from collections import Counter
from html import unescape
from statistics import median
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from lms.db import db as _db
from lms.hr import figures
from lms.records import ledger

from . import random_site
from .raw import TODAY, Raw, day, quarter, rows

PEOPLE, OFFICES = 60, 6
WALKED = 6  # one list in so many is read to its last page
FIGURE = re.compile(r'<a class="fig num" href="([^"]+)">([\d.]+)<')
ROW = re.compile(r'href="/sdm/pegawai/([0-9a-f-]{36})"')


@pytest.fixture
def site(app, db, clock):
    with app.app_context():
        made = random_site.build(PEOPLE, OFFICES)
        figures.take_in(_db.session.commit)
        assert list(figures.compare()) == []
        assert ledger.verify(ledger.stream()).fault is None
    return made


@pytest.fixture
def raw(app, site):
    with app.app_context():
        return Raw.read()


def asked_of(url: str) -> dict:
    return dict(parse_qsl(urlsplit(url).query))


def filters(raw: Raw) -> list[dict]:
    below = [u["id"] for u in raw.units.values() if u["path"].startswith("/1/3/")]
    closed = [u["id"] for u in raw.units.values() if u["valid_to"] is not None]
    return [
        {}, {"tahun": 2025}, {"jenis": "pelaksana"}, {"kursus": "kursus-0"},
        {"unit": 3, "hanya": 1}, {"unit": below[-1]}, {"unit": closed[0]},
        {"tahun": 2025, "unit": 3, "jenis": "fungsional", "kursus": "kursus-2"},
    ]  # fmt: skip


def members(client, url: str) -> list[str]:
    """Return the uids on all pages of a list."""
    found: list[str] = []
    shown: list[str] = []
    for page in range(1, 1000):
        before = shown
        shown = ROW.findall(client.get(f"{url}&hal={page}").get_data(as_text=True))
        if not shown or shown == before:  # past the end, or the last page again
            return found
        found += shown
    raise AssertionError(url)


def test_the_dashboard_says_what_the_tables_say(sign_in, raw):
    siti = sign_in("siti")
    check_figures(siti, raw)
    check_shares(siti, raw)


def check_figures(siti, raw: Raw) -> None:
    uids = {p["id"]: p["uid"] for p in raw.people}
    for chosen in filters(raw):
        page = siti.get(f"/sdm?{urlencode(chosen)}").get_data(as_text=True)
        for number, (address, said) in enumerate(FIGURE.findall(page)):
            url = unescape(address)
            asked = asked_of(url)
            if asked["isi"] == "kesenjangan":
                continue
            expected = raw.listed(asked)
            assert int(said.replace(".", "")) == len(expected), url
            if number % WALKED == 0:
                found = Counter(members(siti, url))
                assert found == Counter(uids[n] for n in expected), url


def check_shares(siti, raw: Raw) -> None:
    """Compare shares and means, which are rounded down."""
    for chosen in filters(raw):
        year = {"tahun": str(chosen.get("tahun", 2026))}
        asked = {k: str(v) for k, v in chosen.items()} | year
        people = [p for p in raw.within(asked)
                  if raw.target(p, int(asked["tahun"])) is not None]  # fmt: skip
        if not people:
            continue
        duties = raw.duties_of(asked)
        done = raw.duties_of(asked | {"keadaan": "selesai"})
        jp = sum(raw.jp(p, int(asked["tahun"])) for p in people)
        reached = raw.people_of(asked | {"target": "ada", "pita": "4"})

        page = siti.get(f"/sdm?{urlencode(chosen)}").get_data(as_text=True)

        kpis = page[page.index('class="kpis"') : page.index('class="charts"')]
        if duties:
            share = tenths(len(done) * 1000 // len(duties))
            assert f'<p class="v">{share}<small>%' in kpis, chosen
        assert f"{tenths(len(reached) * 1000 // len(people))}% dari" in kpis, chosen
        mean = tenths(jp * 10 // len(people))
        assert f'ada">{mean}<span' in kpis, (chosen, mean, kpis)


def tenths(number: int) -> str:
    whole, tenth = divmod(number, 10)
    return f"{whole},{tenth}" if tenth else str(whole)


def test_the_paper_says_the_same_and_leaves_no_office_out(sign_in, raw):
    siti = sign_in("siti")
    pages = [siti.get("/sdm/cetak").text]
    while f"hal={len(pages) + 1}" in pages[-1]:
        pages.append(siti.get(f"/sdm/cetak?hal={len(pages) + 1}").text)
    page = "".join(pages)

    sheets = re.findall(
        r'<article class="sheet.*?<h2>(.*?)</h2>.*?([\d.]+) pegawai aktif', page, re.S
    )
    assert sum(int(count) for _name, count in sheets) == len(raw.within({}))


def take(client, kind: str, **fields) -> list[dict]:
    answer = client.post("/sdm/ekspor", data={"jenis": kind, "format": "csv"} | fields)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8"), newline="")))


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_recaps_are_those_of_the_tables(sign_in, raw, year):
    siti = sign_in("siti")
    check_people(siti, raw, year)
    check_offices(siti, raw, year)


def check_people(siti, raw: Raw, year: int) -> None:
    found = take(siti, "rekap_jp", tahun=str(year))

    expected = []
    for p in raw.within({}):
        target, cap = raw.target(p, year), raw.target(p, year, "cap")
        total = raw.jp(p, year)
        state = ("melebihi_batas" if cap is not None and total > cap
                 else "" if target is None
                 else "terpenuhi" if total >= target else "belum")  # fmt: skip
        expected.append((
            p["name"], raw.units[p["unit_id"]]["name"], p["asn_status"], str(total),
            "" if target is None else str(target),
            "" if target is None else str(max(0, target - total)), state,
            str(raw.jp(p, year - 1)), str(raw.jp(p, year - 2)),
        ))  # fmt: skip
    assert Counter(expected) == Counter(
        (
            r["nama"], r["unit_kerja"], r["status_asn"], r["jp_total"],
            r["target_min"], r["kekurangan_jp"], r["status"], r["jp_tahun_lalu"],
            r["jp_dua_tahun_lalu"],
        )
        for r in found
    )  # fmt: skip


def check_offices(siti, raw: Raw, year: int) -> None:
    found = take(siti, "rekap_opd", tahun=str(year))

    offices: dict[str, list[dict]] = {}
    for p in raw.within({}):
        if p["asn_status"] != "NON_ASN":
            offices.setdefault(office_of(raw, p), []).append(p)
    assert {r["perangkat_daerah"]: r for r in found}.keys() == offices.keys()
    for row in found:
        people = offices[row["perangkat_daerah"]]
        totals = [raw.jp(p, year) for p in people]
        reached = sum(
            quarter(raw.jp(p, year), raw.target(p, year)) == 4 for p in people
        )
        assert [row[k] for k in ("jumlah_asn", "asn_memenuhi", "asn_nol_jp",
                                 "kursus_selesai")] == [
            str(len(people)), str(reached), str(totals.count(0)),
            str(sum(len(raw.of(p, year)) for p in people)),
        ]  # fmt: skip
        for name, hundredths in (
            ("persen_memenuhi", reached * 10_000 // len(people)),
            ("rata_rata_jp", sum(totals) * 100 // len(people)),
            ("median_jp", int(median(totals) * 100)),
        ):
            assert float(row[name]) == pytest.approx(hundredths / 100), (row, name)


def office_of(raw: Raw, person: dict) -> str:
    line = [
        raw.units[int(n)]
        for n in raw.units[person["unit_id"]]["path"].strip("/").split("/")
    ]
    return next((u for u in line if u["kind"] == "office"), line[0])["name"]


def test_the_history_has_each_completion_once(app, sign_in, raw):
    found = take(sign_in("siti"), "riwayat_kursus")

    with app.app_context():
        every = {
            c["uid"]: c
            for c in rows("completions")
            if raw.units[c["unit_id"]]["path"].startswith("/1/")
        }
    assert Counter(r["id_rekaman"] for r in found) == Counter(every.keys())
    for row in found:
        known = every[row["id_rekaman"]]
        assert row["jp"] == str(known["jp"])
        assert (row["status_kirim"] == "batal") == (known["state"] == "revoked")


def test_the_list_of_people_agrees_with_the_dashboard(sign_in, raw):
    siti = sign_in("siti")
    for jp, pita in (("tercapai", True), ("belum", False)):
        expected = [
            p["uid"] for p in raw.within({})
            if (t := raw.target(p, 2026)) is not None
            and (quarter(raw.jp(p, 2026), t) == 4) is pita
        ]  # fmt: skip
        found = members(siti, f"/sdm/pegawai?jp={jp}")
        assert Counter(found) == Counter(expected), jp


def test_the_team_is_who_the_tables_say(app, sign_in, raw):
    with app.app_context():
        heads = {
            h["unit_id"]: h["person_id"]
            for h in rows("unit_heads")
            if h["valid_to"] is None
        }
    active = {p["id"] for p in raw.people}
    mine = {p["uid"]: p for p in raw.people if superior(raw, p, heads, active) == 3}

    page = sign_in("yohanes").get("/tim?semua").get_data(as_text=True)

    shown = set(re.findall(r'class="ttl" href="/tim/([0-9a-f-]{36})"', page))
    assert shown == set(mine)
    late = {d["person_id"] for d in raw.duties if raw.state(d) == "late"}
    soon = {
        d["person_id"] for d in raw.duties
        if raw.state(d) in ("todo", "running") and (day(d["due_on"]) - TODAY).days < 7
    } - late  # fmt: skip
    ids = {p["id"] for p in mine.values()}
    said = f"{len(ids & late)} terlambat, {len(ids & soon)} jatuh tempo"
    assert said in page
    asked = [p for p in mine.values() if raw.target(p, 2026) is not None]
    reached = [p for p in asked if raw.jp(p, 2026) >= raw.target(p, 2026)]
    assert f"{len(reached)} dari {len(asked)} orang sudah tercapai" in page


def superior(raw: Raw, person: dict, heads: dict, active: set) -> int | None:
    if person["supervisor_id"] in active:
        return person["supervisor_id"]
    for n in reversed(raw.units[person["unit_id"]]["path"].strip("/").split("/")):
        head = heads.get(int(n))
        if head in active and head != person["id"]:
            return head
    return None


def test_the_page_of_a_person_has_their_own_numbers(app, sign_in, raw):
    siti = sign_in("siti")
    for p in raw.within({})[::7]:
        page = siti.get(f"/sdm/pegawai/{p['uid']}").get_data(as_text=True)
        for year in (2026, 2025, 2024):
            total = raw.jp(p, year)
            assert f"{year}" in page
            assert re.search(rf"{total}\b", page), (p["name"], year)
