"""What a survey says, as those may read it who teach the course or look after a unit.

Anonymous answers are shown only of enough people, and only so that what is left out
are many as well: nobody's answer comes out by subtraction. Therefore one filter at a
time, and shares of terbitan only to who sees all units.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.accounts.models import Unit
from lms.catalog import courses
from lms.catalog.courses import Live
from lms.db import db
from lms.kernel import few
from lms.kernel.errors import NotFound
from lms.kernel.i18n import N_

from . import ballots, boxes, surveys, tally
from .boxes import Box
from .reach import Listed, Reach
from .surveys import Survey
from .tally import Result, Spread

MOST_TEXTS = 50  # of a question on the page; the file has all
MOST_RELEASES = 6  # of the comparison over time


class PartHidden(NotFound):
    message = N_("Bagian itu tidak ada, atau jawabannya terlalu sedikit untuk tampil.")


@dataclass(frozen=True, slots=True)
class Part:
    """A terbitan or a perangkat daerah that the answers may be narrowed to."""

    id: int
    name: str
    count: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The results of one box for one reader.

    boxes     all of the survey: by role, named or not
    count     people whose answers are counted here
    is_hidden  they are too few to be shown
    waiting   anonymous answers that do not count yet, for who sees all units
    releases, offices   what may be chosen instead of all
    chosen    which of them is
    texts     question code -> texts written
    """

    boxes: list[Box]
    box: Box
    count: int
    is_hidden: bool
    waiting: int
    releases: list[Part]
    offices: list[Part]
    chosen: Part | None
    results: list[Result]
    texts: dict[str, list[str]]

    @property
    def version_ids(self) -> frozenset[int]:
        """Return the versions of questions whose anonymous answers are shown."""
        return frozenset(
            number
            for one in self.results
            if one.kind not in boxes.TEXTS or one.code in self.texts
            for number in one.version_ids
        )


def chosen_box(
    survey: Survey, role: str, is_named: bool | None
) -> tuple[list[Box], Box]:
    """Return all boxes and the one asked for; else the first, or an empty one."""
    found = boxes.of(survey.live.course_id, survey.code)
    for one in found:
        if one.role == role and is_named in (None, not one.is_anonymous):
            return found, one
    if role:
        raise PartHidden
    terms = survey.terms
    empty = Box(
        survey.live.course_id, survey.code, terms.respondents[0], terms.is_anonymous
    )
    return found, next(
        (one for one in found if one.is_anonymous == terms.is_anonymous),
        next(iter(found), empty),
    )


def of(
    survey: Survey,
    reach: Reach,
    box: Box,
    *,
    least: int,
    every: Iterable[Box] = (),
    release: int = 0,
    office: int = 0,
) -> Shown:
    """Return what the answers in a box say, narrowed where it is asked for.

    least    people whose anonymous answers are shown
    release  number of a terbitan; office  id of a unit; 0 = all
    raises   PartHidden  there is no such part, or it is not to be shown
    """
    sizes = boxes.sizes(box, reach)
    whole = boxes.sizes(box, None) if box.is_anonymous else sizes
    releases, offices = _parts(box, sizes, whole, least)
    parts = releases if release else offices if office else []
    chosen = next(
        (p for p in parts if (_number(p) if release else p.id) == (release or office)),
        None,
    )
    if chosen is None and (release or office):
        raise PartHidden
    count = chosen.count if chosen else sum(sizes.values())
    is_hidden = box.is_anonymous and not (
        chosen or few.may_show(count, sum(whole.values()), least)
    )
    shown_box = box
    if chosen:
        shown_box = (
            box.narrowed(chosen.id, 0) if release else box.narrowed(0, chosen.id)
        )
    found = [] if is_hidden else list(boxes.counted(shown_box, reach))
    newest = {version.code: version.id for version in survey.questions}
    results = whole_results = tally.results(found, newest)
    if box.is_anonymous and found:
        if chosen:
            whole_results = tally.results(boxes.counted(box, reach), newest)
        results = tally.shown_results(results, whole_results, least)
    sees_all = sum(sizes.values()) == sum(whole.values())
    return Shown(
        boxes=list(every),
        box=shown_box,
        count=count,
        is_hidden=is_hidden,
        waiting=ballots.waiting(box.course_id, box.item_code, box.role)
        if box.is_anonymous and sees_all
        else 0,
        releases=releases,
        offices=offices,
        chosen=chosen,
        results=results,
        texts=_texts(shown_box, reach, results, whole_results, least),
    )


def _number(part: Part) -> int:
    return courses.release(part.id).number


def _parts(
    box: Box,
    sizes: Mapping[tuple[int, int], int],
    whole: Mapping[tuple[int, int], int],
    least: int,
) -> tuple[list[Part], list[Part]]:
    """Return the terbitan and the offices that may be chosen."""
    by_release, by_office = _summed(sizes, 0), _summed(sizes, 1)
    if box.is_anonymous:
        is_all = sum(sizes.values()) == sum(whole.values())
        may = few.shown_parts(by_release, least) if is_all else set()
        by_release = {key: n for key, n in by_release.items() if key in may}
        may = few.shown_parts(by_office, least)
        may &= few.shown_parts(_summed(whole, 1), least)
        by_office = {key: n for key, n in by_office.items() if key in may}
    known = courses.releases(by_release)
    names = dict(
        db.session.execute(
            select(Unit.id, Unit.name).where(Unit.id.in_(by_office))
        ).all()
    )
    releases = [
        Part(
            one.release_id,
            str(one.number),
            by_release[one.release_id],
            one.published_at,
        )
        for one in sorted(known.values(), key=lambda live: live.number)
    ]
    offices = [Part(key, names[key], n) for key, n in by_office.items()]
    return releases, sorted(offices, key=lambda part: part.name.casefold())


def _summed(sizes: Mapping[tuple[int, int], int], place: int) -> dict[int, int]:
    found: Counter[int] = Counter()
    for key, count in sizes.items():
        found[key[place]] += count
    return dict(found)


def _texts(
    box: Box,
    reach: Reach,
    results: Iterable[Result],
    whole: Iterable[Result],
    least: int,
) -> dict[str, list[str]]:
    """Return the texts of each question that enough people have written to.

    whole  the results that those of a part are compared with
    """
    written = {one.key: one.answered for one in whole}
    return {
        one.code: [
            json.loads(text)
            for text in boxes.texts(box, reach, one.version_ids, MOST_TEXTS)
        ]
        for one in results
        if one.kind in boxes.TEXTS
        and few.may_show(one.answered, written[one.key], least)
    }


def over_time(
    survey: Survey, reach: Reach, shown: Shown, least: int
) -> list[tuple[str, list[tuple[Part, Spread]]]]:
    """Return the statements of several terbitan: text, and each terbitan's figures."""
    parts = shown.releases[-MOST_RELEASES:]
    if len(parts) < 2 or shown.is_hidden:
        return []
    newest = {version.code: version.id for version in survey.questions}
    lines: dict[tuple[str, str, int], tuple[str, list[tuple[Part, Spread]]]] = {}
    for part in parts:
        box = shown.box.narrowed(part.id)
        found = tally.results(boxes.counted(box, reach), newest)
        if box.is_anonymous:
            found = tally.shown_results(found, found, least)
        for result in found:
            for spread in result.spreads:
                if spread.levels and spread.mean is not None:
                    key = (result.code, spread.code, spread.levels)
                    line = lines.setdefault(key, (spread.text, []))
                    line[1].append((part, spread))
    return [line for line in lines.values() if len(line[1]) > 1]


@dataclass(frozen=True, slots=True)
class Change:
    """A statement before and after the course: the same code on the same scale."""

    text: str
    before: Spread
    after: Spread


def before_and_after(live: Live, reach: Reach, least: int) -> list[Change]:
    """Return the statements that learners answer both before and after a course."""
    before, after = (
        _statements(live, reach, least, when) for when in ("before", "after")
    )
    return [
        Change(after[key].text, before[key], after[key])
        for key in before
        if key in after
    ]


def _statements(
    live: Live, reach: Reach, least: int, when: str
) -> dict[tuple[str, tuple[str, ...]], Spread]:
    """Return what learners said, by statement and scale; the newest wording counts."""
    found = {}
    for entry in surveys.entries(live):
        terms = surveys.terms_of(entry)
        if terms.when != when or "learner" not in terms.respondents:
            continue
        survey = surveys.of(live, entry["code"])
        box = Box(live.course_id, survey.code, "learner", terms.is_anonymous)
        shown = of(survey, reach, box, least=least)
        for result in shown.results:
            for spread in result.spreads:
                if spread.levels and spread.mean is not None and not result.is_older:
                    labels = tuple(bar.label for bar in spread.bars)
                    found[spread.code, labels] = spread
    return found


def counts(
    every: Iterable[Listed], least: int
) -> dict[int, dict[str, list[tuple[Box, int]]]]:
    """Return how many answered: course id -> survey -> (box, people).

    -1 = anonymous ones, too few to be counted
    A few statements for all courses: those one teaches, and those one does not.
    """
    found: dict[int, dict[str, list[tuple[Box, int]]]] = {}
    for teaches in (True, False):
        part = [one for one in every if one.reach.teaches == teaches]
        ids = [one.live.course_id for one in part]
        if not part:
            continue
        within = part[0].reach  # the same units for all of them
        named, hidden, whole = (
            boxes.people(ids, is_anonymous=False, reach=within),
            boxes.people(ids, is_anonymous=True, reach=within),
            boxes.people(ids, is_anonymous=True, reach=None),
        )
        for box in boxes.held(ids):
            key = (box.course_id, box.item_code, box.role)
            count = (hidden if box.is_anonymous else named).get(key, 0)
            if box.is_anonymous and not few.may_show(count, whole.get(key, 0), least):
                count = -1
            of_course = found.setdefault(box.course_id, {})
            of_course.setdefault(box.item_code, []).append((box, count))
    return found
