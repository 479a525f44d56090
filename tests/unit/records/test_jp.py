"""JP rules, each with the article it comes from."""

from datetime import UTC, date, datetime

import pytest

from lms.records import jp
from lms.records.jp import Policy, Standing

PNS = Policy(None, "PNS", 2017, 20, None, "PP 11/2017 pasal 203 ayat (4)", True)
PPPK = Policy(None, "PPPK", 2018, 20, 24, "PP 49/2018 pasal 40", False)


@pytest.mark.parametrize(
    ("zone", "year"),
    [("Asia/Jakarta", 2026), ("Asia/Makassar", 2027), ("Asia/Jayapura", 2027)],
)
def test_half_past_eleven_wib_on_31_december_is_still_the_old_year_there(zone, year):
    instant = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # 23.30 WIB

    assert jp.year_of(instant, zone) == year


def test_the_first_minutes_of_january_wib_are_the_new_year_though_utc_is_not():
    instant = datetime(2026, 12, 31, 17, 5, tzinfo=UTC)

    assert jp.year_of(instant, "Asia/Jakarta") == 2027
    assert jp.day_of(instant, "Asia/Jakarta") == date(2027, 1, 1)


def test_pp_11_2017_art_203_asks_pns_for_20_jp_a_year():
    found = jp.policy_for([PNS, PPPK], 1, "PNS", 2026)

    assert (found.target, found.cap) == (20, None)


def test_pp_49_2018_art_40_caps_pppk_at_24_jp():
    found = jp.policy_for([PNS, PPPK], 1, "PPPK", 2026)

    assert (found.target, found.cap) == (20, 24)


def test_before_a_policy_began_nothing_is_asked():
    assert jp.policy_for([PNS, PPPK], 1, "PPPK", 2017) is None


def test_an_agency_may_ask_for_more():
    own = Policy(1, "PNS", 2020, 90, None, "Perka", True)

    assert jp.policy_for([PNS, own], 1, "PNS", 2026) is own
    assert jp.policy_for([PNS, own], 5, "PNS", 2026) is PNS
    assert jp.policy_for([PNS, own], 1, "PNS", 2019) is PNS


def test_the_youngest_policy_that_has_begun_counts():
    later = Policy(None, "PNS", 2027, 30, None, "PP baru", True)

    assert jp.policy_for([later, PNS], 1, "PNS", 2026) is PNS
    assert jp.policy_for([PNS, later], 1, "PNS", 2027) is later


@pytest.mark.parametrize(
    ("total", "policy", "missing", "above"),
    [
        (0, PNS, 20, 0),
        (19, PNS, 1, 0),
        (20, PNS, 0, 0),
        (300, PNS, 0, 0),  # no cap
        (24, PPPK, 0, 0),
        (25, PPPK, 0, 1),  # told, never cut
        (7, None, 0, 0),
        (7, Policy(None, "NON_ASN", 2017, None, None, "-", True), 0, 0),
    ],
)
def test_standing_against_target_and_cap(total, policy, missing, above):
    standing = Standing(2026, total, policy)

    assert (standing.missing, standing.above_cap) == (missing, above)
