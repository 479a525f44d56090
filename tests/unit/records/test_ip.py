"""The estimate of the competency dimension of IP ASN, by the seeds' rules."""

import json
from pathlib import Path

import pytest

import lms
from lms.records import ip

SEEDS = Path(lms.__file__).parent / "records" / "seeds" / "ip_rules.json"
RULES = [ip.Rule(**row) for row in json.loads(SEEDS.read_text("utf-8"))]
NOTHING = {"jp": False, "seminar": False, "core": False}


@pytest.mark.parametrize("job_type", ["pelaksana", "struktural", "fungsional"])
def test_the_dimension_has_40_points_for_every_job_type(job_type):
    assert ip.estimate(RULES, job_type, "PNS", NOTHING).most == 400


def test_every_rule_names_its_source_and_whether_it_is_sure():
    assert all("8/2019" in rule.source for rule in RULES)
    assert {rule.is_sure for rule in RULES} == {True, False}


@pytest.mark.parametrize(
    ("job_type", "fulfilled", "points"),
    [
        ("pelaksana", {}, 0),
        ("pelaksana", {"jp": True}, 225),  # PermenPANRB 38/2018: 22.5 for 20 JP
        ("pelaksana", {"seminar": True}, 175),  # and 17.5 for a seminar
        ("pelaksana", {"core": True}, 0),
        ("struktural", {"core": True}, 150),
        ("fungsional", {"core": True, "jp": True, "seminar": True}, 400),
    ],
)
def test_points_are_added_part_by_part(job_type, fulfilled, points):
    found = ip.estimate(RULES, job_type, "PNS", NOTHING | fulfilled)

    assert found.points == points
    assert sum(part.rule.points for part in found.missing) == 400 - points


@pytest.mark.parametrize(
    ("job_type", "status"),
    [("rangkap", "PNS"), ("", "PNS"), ("pelaksana", "NON_ASN"), ("pelaksana", "")],
)
def test_without_a_rule_there_is_no_estimate(job_type, status):
    assert ip.estimate(RULES, job_type, status, NOTHING) is None


@pytest.mark.parametrize(
    ("status", "is_sure"), [("PNS", True), ("CPNS", True), ("PPPK", False)]
)
def test_of_pppk_it_is_not_sure(status, is_sure):
    assert ip.estimate(RULES, "pelaksana", status, {}).is_sure_of_status is is_sure


@pytest.mark.parametrize(
    ("job_type", "jp", "technical", "fulfilled"),
    [
        ("pelaksana", 40, 19, False),
        ("pelaksana", 40, 20, True),
        ("struktural", 20, 0, True),
        ("fungsional", 19, 19, False),
    ],
)
def test_pelaksana_need_technical_jp_the_others_any(job_type, jp, technical, fulfilled):
    assert ip.facts(job_type, jp, technical, 0, 0)["jp"] is fulfilled


def test_a_seminar_that_was_revoked_is_none():
    assert ip.facts("pelaksana", 0, 0, 0, 0)["seminar"] is False
    assert ip.facts("pelaksana", 4, 0, 4, 0)["seminar"] is True
