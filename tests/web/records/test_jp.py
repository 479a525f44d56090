"""The pages /jp: every figure is the sum of the entries it opens."""

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.accounts.models import Job, Person
from lms.catalog.models import Competency
from lms.db import db as _db
from lms.records import amendments, jp_lines, jp_year, queries
from lms.records.models import Completion, JpPolicy

from . import samples

WHY = "Salah hitung menit"


def finish(app, clock, code: str, jp: int, **changes) -> str:
    """Have Rani finish one more course; return the uid of the completion."""
    with app.app_context():
        live = samples.publish(
            clock.now(), code=code, title=f"Kursus {code}", jp=jp, **changes
        )
        return samples.finish(4, live, clock.now()).uid


def proves(*codes: str) -> list[dict]:
    return [{"code": code, "level": 1, "proof": ["kuis-akhir"]} for code in codes]


def know(app, **groups: str) -> None:
    with app.app_context():
        for code, group in groups.items():
            _db.session.merge(Competency(code=code, name=code, group=group))
        _db.session.commit()


def test_jp_are_shown_against_target_and_cap_with_their_source(sign_in, done):
    page = sign_in("rani").get("/jp").text

    assert "<b>4 JP</b> dari target 20 JP." in page
    assert "Kurang 16 JP." in page
    assert "PP 49/2018 pasal 40" in page
    assert "24 JP setahun" in page
    assert "Layanan Prima di Loket" in page


def test_above_the_cap_everything_stays_recorded(app, sign_in, live, clock):
    finish(app, clock, "panjang", 30)

    page = sign_in("rani").get("/jp").text

    assert "<b>30 JP</b>" in page
    assert "6 JP di atasnya tetap tercatat" in page


def test_each_year_names_the_entries_it_is_made_of(app, sign_in, done, live, clock):
    with app.app_context():
        amendments.correct_jp(done, 3, WHY, 2, clock.now())
        other = samples.publish(clock.now(), code="arsip", title="Arsip Dinamis", jp=2)
        samples.finish(4, other, clock.now() - timedelta(days=330))
        uid = samples.finish(
            4, samples.publish(clock.now(), 2, edition=2), clock.now()
        ).uid
        amendments.revoke(uid, "Diikuti oleh orang lain", None, clock.now())
        _db.session.commit()

    rani = sign_in("rani")
    this, last = rani.get("/jp").text, rani.get("/jp/2025").text

    assert "<b>3 JP</b>" in this
    assert "−1" in this
    assert "−4" in this
    assert WHY in this
    assert "Diikuti oleh orang lain" in this
    for state in ("Tercatat, baris 2", "Sertifikat terbit", "Dikoreksi", "Dicabut"):
        assert state in this
    assert "SIASN" not in this
    assert "<b>2 JP</b>" in last
    assert "Arsip Dinamis" in last
    assert "Arsip Dinamis" not in this


def test_the_reason_of_a_correction_is_the_one_that_was_entered(app, done, clock):
    from lms.audit.models import AuditEntry

    with app.app_context():
        amendments.correct_jp(done, 3, WHY, 2, clock.now())
        _db.session.commit()
        assert jp_lines.of(4)[-1].reason == WHY

        said = _db.session.scalars(select(AuditEntry)).one()
        said.facts = said.facts | {"reason": "Alasan lain"}
        _db.session.commit()
        assert jp_lines.of(4)[-1].reason == ""


def test_a_year_is_parted_by_track_form_and_competency_type(app, sign_in, live, clock):
    know(app, TEK="teknis", INT="manajerial", PRB="sosial_kultural")
    finish(app, clock, "teknis", 7, promises=proves("TEK"))
    finish(app, clock, "campur", 5, promises=proves("TEK", "INT"))
    finish(app, clock, "polos", 3, promises=[], training_form=9)
    rani = sign_in("rani")

    expected = {
        "jalur=nonklasikal": (12, ["teknis", "campur"]),
        "jalur=klasikal": (3, ["polos"]),
        "bentuk=16": (12, ["teknis", "campur"]),
        "bentuk=9": (3, ["polos"]),
        "jenis=teknis": (7, ["teknis"]),
        "jenis=beberapa": (5, ["campur"]),
        "jenis=tanpa": (3, ["polos"]),
        "seminar=1": (3, ["polos"]),
        "": (15, ["teknis", "campur", "polos"]),
    }
    for asked, (jp, codes) in expected.items():
        page = rani.get(f"/jp/2026/asal?{asked}").text
        assert f"<b>{jp} JP</b>" in page, asked
        named = {c for c in ("teknis", "campur", "polos") if f"Kursus {c}<" in page}
        assert named == set(codes), asked


def test_an_origin_names_ledger_line_certificate_rule_and_law(sign_in, done):
    page = sign_in("rani").get("/jp/2026/asal").text

    assert "baris 2" in page
    assert "00001/layanan-prima/6771/XI/2026" in page
    assert f"/sertifikat/{done}" in page
    assert "JP sesuai program" in page
    assert "Perlan 10/2018" in page


def test_every_link_to_an_origin_says_the_sum_it_opens(app, sign_in, live, clock):
    know(app, TEK="teknis", INT="manajerial")
    finish(app, clock, "satu", 7, promises=proves("TEK"))
    uid = finish(app, clock, "dua", 5, promises=proves("INT"), training_form=4)
    with app.app_context():
        amendments.correct_jp(uid, 2, WHY, 2, clock.now())
        _db.session.commit()
    rani = sign_in("rani")

    links = re.findall(r'href="(/jp/2026/asal\?[^"]+)">(\d+) JP', rani.get("/jp").text)

    assert len(links) >= 7
    for address, jp in links:
        page = rani.get(address.replace("&amp;", "&")).text
        assert f"<b>{jp} JP</b>" in page, address
        shown = [int(n) for n in re.findall(r"<b>\+(\d+) JP</b>", page)]
        less = [int(n) for n in re.findall(r"<b>−(\d+) JP</b>", page)]
        assert sum(shown) - sum(less) == int(jp), address


acts = st.lists(
    st.tuples(
        st.integers(1, 40),  # JP
        st.sampled_from([1, 4, 9, 16, 23]),  # form of training
        st.sampled_from([(), ("TEK",), ("INT",), ("TEK", "INT"), ("XXX",)]),
        st.integers(0, 2),  # years ago
        st.none() | st.integers(0, 40),  # corrected to
        st.booleans(),  # revoked
    ),
    max_size=6,
)


@given(acts=acts)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_was_entered_figures_are_sums_of_their_entries(app, clock, acts):
    """Three partings, each the whole; the cache of completions says the same."""
    _start_anew(app, clock)
    with app.app_context():
        for n, (jp, form, codes, ago, corrected, is_revoked) in enumerate(acts):
            live = samples.publish(
                clock.now(), code=f"k{n}", jp=jp, training_form=form,
                promises=proves(*codes),
            )  # fmt: skip
            then = clock.now() - timedelta(days=365 * ago)
            uid = samples.finish(4, live, then).uid
            if corrected is not None:
                amendments.correct_jp(uid, corrected, WHY, 2, clock.now())
            if is_revoked:
                amendments.revoke(uid, WHY, 2, clock.now())
            _db.session.commit()
        lines = jp_lines.of(4)
        cached = _db.session.execute(
            select(Completion.year, Completion.jp).where(Completion.state == "valid")
        ).all()
        for year in jp_year.offered(lines, 2026):
            shown = jp_year.of(lines, year, None)
            total = sum(line.jp for line in lines if line.year == year)
            assert shown.total.jp == shown.standing.total == total
            assert total == sum(jp for of, jp in cached if of == year)
            for parting in (shown.by_track, shown.by_form, shown.by_group):
                seqs = [line.seq for figure in parting for line in figure.lines]
                assert sorted(seqs) == [x.seq for x in lines if x.year == year]
                assert sum(figure.jp for figure in parting) == total
            home = queries.jp_standing(4, year)
            assert home.total == total
            # A form whose entries add up to nothing may be named or not.
            assert [f for f in home.forms if f.jp] == [
                f for f in shown.standing.forms if f.jp
            ]


def _start_anew(app, clock) -> None:
    """Empty the database between the examples; fixtures do it only between tests."""
    from lms.catalog import courses
    from lms.records import seeds
    from tests.cast import add_cast
    from tests.conftest import empty

    with app.app_context():
        empty(_db)
        add_cast(_db.session, clock.now())
        seeds.load(_db.session)
        for code, group in (("TEK", "teknis"), ("INT", "manajerial")):
            _db.session.add(Competency(code=code, name=code, group=group))
        _db.session.commit()
        courses.forget()


def test_the_standing_of_home_takes_two_statements(app, done):
    from tests import statements

    with app.app_context(), statements.sent(_db.engine) as seen:
        standing = queries.jp_standing(4, 2026)

    assert len(statements.reads(seen)) == 2
    assert (standing.total, standing.target) == (4, 20)
    assert [(f.form, f.name, f.jp) for f in standing.forms] == [(16, "E-Learning", 4)]


def test_the_flags_that_ip_asn_asks_for(app, sign_in, live, clock):
    know(app, TEK="teknis")
    finish(app, clock, "teknis", 19, promises=proves("TEK"))
    rani = sign_in("rani")
    assert rani.get("/jp").text.count("Terpenuhi") == 0

    finish(app, clock, "lagi", 1, promises=proves("TEK"))
    finish(app, clock, "seminar", 4, promises=[], training_form=9)

    page = rani.get("/jp").text
    assert "20 JP teknis" in page
    assert "4 JP seminar dan lokakarya" in page
    assert page.count("Terpenuhi") == 4  # both flags, both parts of the estimate


def test_the_estimate_says_that_it_is_one_and_what_it_lacks(sign_in, done):
    page = sign_in("rani").get("/jp").text

    assert "Perkiraan IP ASN" in page
    assert "<b>0 dari 40</b>" in page
    assert "Bukan nilai resmi" in page
    assert "Belum tercatat di sini" in page
    assert "Peraturan BKN 8/2019" in page
    assert "bagi PPPK belum dipastikan" in page


@pytest.mark.parametrize("change", ["status", "job"])
def test_without_a_rule_nothing_is_estimated(app, sign_in, done, change):
    with app.app_context():
        if change == "status":
            _db.session.get_one(Person, 4).asn_status = "NON_ASN"
        else:
            _db.session.get_one(Job, 1).type = "rangkap"
        _db.session.commit()

    assert "Perkiraan IP ASN" not in sign_in("rani").get("/jp").text


def test_nobody_sees_anybody_elses_jp(sign_in, done):
    for address in ("/jp", "/jp/2026/asal"):
        page = sign_in("agus").get(address).text
        assert "Layanan Prima" not in page
    assert "<b>0 JP</b> dari target 20 JP." in sign_in("agus").get("/jp").text


def test_without_policy_there_is_no_target(app, sign_in, done):
    with app.app_context():
        _db.session.query(JpPolicy).delete()
        _db.session.commit()

    assert "Tidak ada target" in sign_in("rani").get("/jp").text


@pytest.mark.parametrize(
    "address",
    ["/jp/1999", "/jp/2027", "/jp/999999999999999999999", "/jp/2026/asal?jalur=x",
     "/jp/2026/asal?bentuk=99", "/jp/2026/asal?jenis=%00", "/jp/1999/asal"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(sign_in, done, address):
    assert sign_in("rani").get(address).status_code in (400, 404)


def test_a_figure_without_entries_says_so(sign_in, done):
    page = sign_in("rani").get("/jp/2026/asal?jenis=teknis")

    assert page.status_code == 200
    assert "<b>0 JP</b>" in page.text
    assert "Tidak ada entri" in page.text
