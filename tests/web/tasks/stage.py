"""A small course with one assignment, made without rendering, and ways to do it."""

import io
import re
from types import SimpleNamespace

from lms.accounts.models import RoleGrant
from lms.catalog import courses, releases
from lms.courseware.bundle import Bundle, BundleItem
from lms.db import db
from lms.kernel import clock
from lms.records import enrolments
from tests.cast import CAST, START
from tests.unit.uploads import samples
from tests.web.quiz.stage import sha

COURSE, TASK = "layanan", "rencana"
COVER = f"/kursus/{COURSE}/{TASK}"
BEGIN = f"/tugas/{COURSE}/{TASK}/mulai"
LIST = "/tugas/menilai"
TEXT = "Masalah: antrean panjang.\n\nLangkah: satu loket lagi pukul sembilan."
RUBRIC = [
    {
        "code": code,
        "title_html": title,
        "weight": weight,
        "levels": [
            {"value": value, "html": f"{title} tingkat {value}"}
            for value in (4, 3, 2, 1)
        ],
    }
    for code, title, weight in (("masalah", "Masalah", 60), ("langkah", "Langkah", 40))
]
GOOD = {"masalah": 4, "langkah": 3}  # 9,000 basis points
FAIR = {"masalah": 3, "langkah": 2}  # 6,500
POOR = {"masalah": 1, "langkah": 1}  # 2,500


def publish(**rules):
    """Publish the course; `rules` change the body of the assignment."""
    task = {
        "title": "Rencana perbaikan",
        "intro_html": "<p>Pilih satu layanan.</p>",
        "rubric": RUBRIC,
        "graders": ["instructor", "superior"],
        "peers": 0,
        "takes_text": True,
        "takes_files": True,
        "accept": ["pdf", "docx"],
        "max_bytes": 1024 * 1024,
        "due_days": 30,
        "pass_percent": 70,
        "attempts": 2,
        "minutes": 60,
        "competencies": [["PPB", 2]],
    } | rules
    thing = BundleItem(TASK, "task", sha(task), task)
    bundle = Bundle(
        COURSE, "Layanan", "Ringkas", 1, 2, "", _manifest(thing), [thing], [], []
    )
    source = releases.Source(COURSE, sha(task, "sumber"), True)
    releases.store(bundle, source, clock.now(), None)
    db.session.commit()
    return courses.live(COURSE)


def _manifest(thing: BundleItem) -> dict:
    return {
        "code": COURSE,
        "title": "Layanan",
        "summary": "Ringkas",
        "language": "id",
        "edition": 1,
        "jp": 2,
        "status": "live",
        "owner": "",
        "authors": ["Dr. Hendra Saputra"],
        "organiser": "",
        "objectives": [],
        "tags": [],
        "for_jobs": [],
        "prerequisites": [],
        "promises": [],
        "training_form": 16,
        "yearly": False,
        "validity_months": None,
        "action_plan": "none",
        "sources": [],
        "chapters": [
            {
                "title": "Satu",
                "items": [
                    {
                        "code": TASK, "kind": "task", "title": "Rencana perbaikan",
                        "required": True, "minutes": 60, "completion": None,
                        "checks": [], "questions": None, "attempts": None,
                        "pause_minutes": None, "limit_minutes": None, "explain": None,
                        "pair": None, "pass_percent": thing.body["pass_percent"],
                    }
                ],
            }
        ],
        "passing": [[TASK, "passed"]],
        "item_shas": {TASK: thing.sha},
        "total_minutes": 60,
        "rules": thing.sha,
    }  # fmt: skip


def enrol(name: str) -> int:
    part = CAST[name]
    person = SimpleNamespace(id=part.id, unit_id=part.unit_id)
    enrolment = enrolments.enrol(person, courses.live(COURSE), clock.now())
    db.session.commit()
    return enrolment.id


def make_instructor(name: str, unit: int = 1) -> None:
    """Give one of the cast the role of an instructor over a unit."""
    db.session.add(
        RoleGrant(
            person_id=CAST[name].id, role="instructor", unit_id=unit,
            valid_from=START, granted_at=clock.now(),
        )
    )  # fmt: skip
    db.session.commit()


def begin(client) -> str:
    """Begin, or go on with, a draft over HTTP; return its address."""
    answer = client.post(BEGIN)
    assert answer.status_code == 303, answer.text
    return answer.location


def seq_of(page: str) -> str:
    return re.search(r'name="seq" value="(\d+)"', page)[1]


def write(client, url: str, text: str = TEXT, act: str = "simpan", **more):
    """Save the draft as a browser without scripts does."""
    seq = seq_of(client.get(url).text)
    data = {"seq": seq, "teks": text, "aksi": act} | more
    return client.post(url, data=data, content_type="multipart/form-data")


def file(data: bytes | None = None, name: str = "rencana.pdf"):
    return io.BytesIO(samples.pdf() if data is None else data), name


def hand_in(client, url: str):
    page = client.get(f"{url}/kumpulkan").text
    seen = re.search(r'name="dilihat" value="(\d+)"', page)
    return client.post(f"{url}/kumpulkan", data={"dilihat": seen[1] if seen else "0"})


def do(client, text: str = TEXT) -> str:
    """Begin, write, hand in; return the address of the work."""
    url = begin(client)
    write(client, url, text)
    assert hand_in(client, url).status_code == 303
    return url


def form(levels: dict, act: str = "terbit", remark: str = "", **remarks) -> dict:
    """What a grader's page sends."""
    return (
        {f"tingkat-{code}": str(value) for code, value in levels.items()}
        | {f"komentar-{code}": text for code, text in remarks.items()}
        | {"komentar": remark, "aksi": act}
    )


def grading(url: str) -> str:
    """The address at which graders see the work of an address."""
    return f"{LIST}/{url.rsplit('/', 1)[1]}"


def grade(client, url: str, levels: dict = GOOD, **more):
    return client.post(grading(url), data=form(levels, **more))
