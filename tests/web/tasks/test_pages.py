"""The list of a grader goes on page by page, also where work waits in two roles."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db as _db
from lms.kernel import ids
from lms.tasks import graders
from lms.tasks.models import Work
from tests.cast import CAST

from . import stage
from .stage import LIST


@pytest.fixture
def five_rounds(app, task, sign_in, monkeypatch):
    """Five rounds of Rani wait, two and two handed in together; two on a page."""
    task("rani")
    with app.app_context():
        stage.make_instructor("hendra")
    rani = sign_in("rani")
    url = stage.begin(rani)
    stage.write(rani, url)
    stage.hand_in(rani, url)
    monkeypatch.setattr(graders, "PAGE", 2)
    with app.app_context():
        first = _db.session.scalars(select(Work)).one()
        names = [c.name for c in Work.__table__.columns if c.name != "id"]
        said = {name: getattr(first, name) for name in names}
        for number in range(2, 6):
            at = first.submitted_at + timedelta(minutes=number // 2)
            copy = {"uid": ids.new_uid(), "number": number, "submitted_at": at}
            _db.session.add(Work(**said | copy))
        _db.session.commit()


def walk(client) -> list[str]:
    """Return what each page lists, page after page."""
    found, url = [], LIST
    while url:
        page = client.get(url).text
        found.append(re.findall(r'href="/tugas/menilai/([0-9a-f-]{36})"', page))
        onward = re.search(r'href="([^"]+)" rel="next"', page)
        url = onward and onward[1]
    return found


@pytest.mark.parametrize("name", ["hendra", "yohanes"])
def test_every_round_stands_on_one_page(app, five_rounds, sign_in, name):
    with app.app_context():
        order = select(Work.uid).order_by(Work.submitted_at, Work.id)
        uids = list(_db.session.scalars(order))

    pages = walk(sign_in(name))

    assert pages == [uids[:2], uids[2:4], uids[4:]]


def test_work_that_waits_in_two_roles_is_not_torn_apart(app, five_rounds, sign_in):
    with app.app_context():
        hendra = _db.session.get_one(Person, CAST["hendra"].id)
        _db.session.get_one(Person, CAST["rani"].id).supervisor_id = hendra.id
        _db.session.commit()

    pages = walk(sign_in("hendra"))

    assert [len(page) for page in pages] == [2, 2, 2, 2, 2]
    assert all(len(set(page)) == 1 for page in pages)


def test_a_place_that_is_no_more_begins_at_the_first(five_rounds, sign_in):
    hendra = sign_in("hendra")

    for after in ("", "x", "0" * 36, "../..", "💥"):
        page = hendra.get(LIST, query_string={"sesudah": after})
        assert page.status_code == 200
        assert "Pengumpulan ke-2" in page.text
