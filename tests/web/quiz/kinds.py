"""Questions of more than one field for the quiz of the stage, and how they are sent."""

from lms.catalog import items
from lms.courseware.bundle import BundleQuestion
from lms.db import db
from lms.quiz.models import Attempt

from . import stage

JSON = {"Accept": "application/json"}
GAPS = [
    {"number": 1, "shape": "text", "options": []},
    {"number": 2, "shape": "number", "options": []},
    {
        "number": 3,
        "shape": "choice",
        "options": [
            {"number": 1, "text": "BPK"},
            {"number": 2, "text": "Kepolisian"},
            {"number": 3, "text": "Ombudsman"},
        ],
    },
]
RUBRIC = [
    {
        "code": "masalah",
        "title_html": "Kejelasan masalah",
        "weight": 100,
        "levels": [{"value": 4, "html": "Rinci"}, {"value": 1, "html": "Tidak jelas"}],
    }
]
# code -> kind, what is its own in the body, key
ASKED = {
    "jodoh": (
        "matching",
        {
            "left": [{"number": n, "html": f"Kiri {n}"} for n in (1, 2, 3)],
            "options": [{"number": n, "html": f"Kanan {n}"} for n in (1, 2, 3, 4)],
        },
        {"pairs": {"1": 4, "2": 1, "3": 2}, "partial": True},
    ),
    "urutan": (
        "ordering",
        {"options": [{"number": n, "html": f"Langkah {n}"} for n in (1, 2, 3, 4)]},
        {"order": [3, 1, 4, 2], "partial": True},
    ),
    "rumpang": (
        "cloze",
        {
            "pieces": ["<p>Diumumkan lewat ", " dalam ", " hari oleh ", ".</p>"],
            "gaps": GAPS,
        },
        {
            "gaps": [
                {"shape": "text", "accepted": ["maklumat"], "exact_case": False},
                {"shape": "number", "low": "13.5", "high": "14.5"},
                {"shape": "choice", "right": 3},
            ],
            "partial": True,
        },
    ),
    "cerita": ("essay", {"min_words": 3, "max_words": 9, "rubric": RUBRIC}, {}),
    "kisah": ("essay", {"min_words": 3, "max_words": 9, "rubric": RUBRIC}, {}),
    "berkas": ("upload", {"accept": ["pdf"], "max_bytes": 10**5, "rubric": []}, {}),
}
RIGHT = {
    "jodoh": {1: 4, 2: 1, 3: 2},
    "urutan": [3, 1, 4, 2],
    "rumpang": ["Maklumat", "14", "Ombudsman"],
    "cerita": "Warga marah, lalu tenang.",
    "kisah": "Warga pulang dengan tenang.",
    "berkas": "",
}


def question(code: str, **changes) -> BundleQuestion:
    kind, own, key = ASKED[code]
    made = stage.question(code, {"kind": kind, **key})
    made.body.update(own, **changes)
    return made


def publish(*codes: str, **rules):
    """Publish a quiz of these questions, in this order."""
    rules = {"shuffle_questions": False} | rules
    slots = [{"question": code} for code in codes]
    return stage.publish([question(code) for code in codes], slots=slots, **rules)


def fields(app, attempt_id: int, number: int, answer) -> list[str]:
    """What a browser sends for question `number`; `answer` as in RIGHT."""
    with app.app_context():
        place = db.session.get(Attempt, attempt_id).layout[number - 1]
        body = items.question_versions([place["q"]])[place["q"]].body
    shown = place["options"]
    match body["kind"]:
        case "matching":
            lefts = [answer.get(left["number"]) for left in body["left"]]
            return ["" if n is None else str(shown.index(n)) for n in lefts]
        case "ordering":
            return ["-".join(str(shown.index(n)) for n in answer)]
        case "cloze":
            texts = [option["text"] for option in GAPS[2]["options"]]
            menu = str(texts.index(answer[2])) if answer[2] else ""
            return [*answer[:2], menu]
        case _:
            return [answer]


def send(app, client, attempt_id: int, number: int, answer, seq: int = 1, **more):
    data = {
        "jawaban": fields(app, attempt_id, number, answer),
        "seq": str(seq),
        "ke": "tetap",
    }
    return client.post(stage.question_url(attempt_id, number), data=data, **more)


def hand_in(client, attempt_id: int) -> str:
    address = f"/kuis/percobaan/{attempt_id}/kumpulkan"
    page = client.post(address, follow_redirects=True)
    assert page.status_code == 200, page.text
    return page.text


def saved(app, attempt_id: int) -> dict:
    """The answers that count, by slot."""
    from lms.quiz import queries

    with app.app_context():
        newest = queries.newest_answers(attempt_id)
        return {slot: save.answer for slot, save in newest.items()}
