"""HR gives jobs a family and tags, and makes two spellings one."""

from datetime import date

import pytest
from sqlalchemy import select

from lms.accounts import moves
from lms.accounts.models import Job, JobTag, Person, Placement
from lms.audit.models import AuditEntry
from lms.competency.models import JobFamily
from lms.db import db as _db

ROOT = "/sdm/organisasi/jabatan"
TITLE = "Pengelola Layanan Administrasi Keuangan"


@pytest.fixture
def siti(app, sign_in):
    """Siti; job 1 is everybody's, 1000 only Rani's, 1001 Yohanes's; Agus has 1."""
    with app.app_context():
        _db.session.add(JobFamily(code="keuangan", name="Keuangan daerah"))
        for title, person in (("Analis Perizinan", 4), ("Analis  perizinan", 3)):
            job = Job(title=title, type="pelaksana")
            _db.session.add(job)
            _db.session.flush()
            _db.session.get(Person, person).job_id = job.id
        _db.session.add(JobTag(job_id=job.id, tag="loket"))
        _db.session.commit()
    return sign_in("siti")


@pytest.fixture
def told(monkeypatch):
    heard: list[int] = []
    monkeypatch.setattr(moves, "_listeners", [lambda ids, _now: heard.extend(ids)])
    return heard


def ids(app) -> tuple[int, int]:
    """Return the ids of Rani's and of Yohanes's job."""
    with app.app_context():
        return tuple(_db.session.get(Person, n).job_id for n in (4, 3))


def acts(app, action: str) -> list[dict]:
    with app.app_context():
        rows = select(AuditEntry.facts).where(AuditEntry.action == action)
        return list(_db.session.scalars(rows))


def save(client, number, **fields):
    form = {"nama": "Analis Perizinan", "jenis": "pelaksana", "rumpun": "", "tag": ""}
    return client.post(f"{ROOT}/{number}", data=form | fields)


def test_the_list_shows_people_family_and_tags(siti):
    page = siti.get(ROOT)

    assert TITLE in page.text
    assert "Keuangan daerah" in page.text
    assert "loket" in page.text
    assert "3 jabatan" in page.text


@pytest.mark.parametrize(
    ("query", "count"),
    [("cari=ANALIS", 2), ("cari=loket", 1), ("tanpa=tag", 2), ("tanpa=family", 2),
     ("jenis=struktural", 0), ("cari=tidakada", 0), ("hal=99", 3)],
)  # fmt: skip
def test_a_search_finds_by_title_tag_and_what_is_missing(siti, query, count):
    page = siti.get(f"{ROOT}?{query}")

    assert page.status_code == 200
    if query.startswith("hal"):
        assert "Tidak ada jabatan yang cocok" in page.text
    elif count:
        assert f"{count} jabatan" in page.text


@pytest.mark.parametrize("name", ["rani", "hendra", "made", "yohanes"])
def test_only_hr_may_see_jobs(sign_in, db, name):
    for path in ("", "/1", "/1/gabung", "/baru"):
        assert sign_in(name).get(ROOT + path).status_code == 403


def test_family_and_tags_are_saved_cleaned(app, siti, told):
    rani, _other = ids(app)
    tags = " Loket;  BENDAHARA ,loket,"
    answer = save(siti, rani, rumpun="keuangan", tag=tags)
    save(siti, rani, rumpun="keuangan", tag=tags)

    assert answer.status_code == 303
    with app.app_context():
        assert _db.session.get(Job, rani).family == "keuangan"
        stored = select(JobTag.tag).where(JobTag.job_id == rani).order_by(JobTag.tag)
        assert list(_db.session.scalars(stored)) == ["bendahara", "loket"]
    [facts] = acts(app, "job.edited")
    assert facts["is"] == {"family": "keuangan", "tags": ["bendahara", "loket"]}
    assert told == [4]


@pytest.mark.parametrize(
    "fields",
    [{"nama": ""}, {"nama": "a" * 201}, {"rumpun": "tidak-ada"}, {"jenis": "x"},
     {"tag": "a" * 61}, {"tag": ",".join(map(str, range(21)))}, {"jenjang": "a" * 31}],
)  # fmt: skip
def test_a_bad_job_is_refused(app, siti, fields):
    assert save(siti, ids(app)[0], **fields).status_code == 422


def test_a_job_of_other_offices_as_well_is_not_hers_alone_to_change(app, siti):
    answer = save(siti, 1, nama=TITLE, rumpun="keuangan", tag="kas")

    assert answer.status_code == 403
    assert "juga dipakai di luar unit yang Anda ampu" in answer.text
    with app.app_context():
        assert _db.session.get(JobTag, (1, "kas")) is None


def test_a_job_used_only_elsewhere_does_not_exist(app, siti):
    with app.app_context():
        job = Job(title="Penyuluh", type="fungsional")
        _db.session.add(job)
        _db.session.flush()
        _db.session.get(Person, 5).job_id = number = job.id
        _db.session.commit()

    assert siti.get(f"{ROOT}/{number}").status_code == 404
    assert "Penyuluh" not in siti.get(ROOT).text
    sent = siti.post(f"{ROOT}/{ids(app)[0]}/gabung", data={"ke": number})
    assert sent.status_code == 404


def test_the_same_title_twice_is_refused(app, siti):
    rani, _other = ids(app)

    answer = save(siti, rani, nama=TITLE)

    assert answer.status_code == 409
    assert "sudah ada" in answer.text


def test_a_job_is_added_once(app, siti):
    form = {"nama": "Arsiparis", "jenis": "fungsional", "rumpun": "", "tag": "arsip"}
    for _ in range(2):
        assert siti.post(f"{ROOT}/baru", data=form).status_code == 303

    assert "Arsiparis" in siti.get(ROOT).text
    assert len(acts(app, "job.made")) == 1


def test_two_spellings_become_one_and_history_stays(app, siti, told):
    rani, yohanes = ids(app)
    shown = siti.get(f"{ROOT}/{yohanes}/gabung?ke={rani}")
    assert "1 orang aktif di unit Anda beralih" in shown.text

    for _ in range(2):
        sent = siti.post(f"{ROOT}/{yohanes}/gabung", data={"ke": rani})
        assert sent.status_code == 303

    with app.app_context():
        assert _db.session.get(Person, 3).job_id == rani
        assert _db.session.get(JobTag, (rani, "loket"))
        placed = select(Placement.job_id, Placement.valid_from).where(
            Placement.person_id == 3
        )
        assert _db.session.execute(placed.order_by(Placement.id)).all() == [
            (1, date(2024, 1, 1)),
            (rani, date(2026, 11, 22)),
        ]
    assert told == [3]
    [facts] = acts(app, "job.merged")
    assert (facts["into"], facts["people"]) == (rani, 1)


def test_a_merge_leaves_people_of_other_agencies_alone(app, siti):
    rani, _other = ids(app)

    siti.post(f"{ROOT}/1/gabung", data={"ke": rani})

    with app.app_context():
        assert _db.session.get(Person, 5).job_id == 1  # Agus
        assert _db.session.get(Person, 2).job_id == rani


def test_a_merge_without_or_into_itself_is_refused(app, siti):
    rani, _other = ids(app)

    assert siti.post(f"{ROOT}/{rani}/gabung", data={}).status_code == 422
    assert siti.post(f"{ROOT}/{rani}/gabung", data={"ke": rani}).status_code == 409
    assert siti.get(f"{ROOT}/{rani}/gabung?cari=analis").status_code == 200
