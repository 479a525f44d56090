"""What changed in a simulation, an assignment or a survey is said in words."""

import copy
from pathlib import Path

import pytest

from lms.courseware import bundle, changes, library
from lms.courseware.changes import Asked, Publication
from lms.courseware.changes.change import KINDS
from tests.publishing import SAMPLES
from tests.unit.courseware.test_simulation_files import TEXT
from tests.web.simulations.stage import COURSE_FILE

CODE = "butir"
SCENES = {
    "title": "Latihan",
    "intro_html": "<p>Bersiaplah.</p>",
    "pass_percent": 60,
    "attempts": 2,
    "minutes": 5,
    "competencies": [["PPB", 1]],
    "start": "awal",
    "scenes": {
        "awal": {
            "title": "Pukul 09.10",
            "html": "<p>Warga datang marah.</p>",
            "choices": [
                {"number": 1, "html": "Mendengarkan sampai selesai"},
                {"number": 2, "html": "Memanggil satpam gedung"},
            ],
        },
        "baik": {"title": "Selesai", "html": "<p>Warga pulang.</p>", "choices": []},
        "buruk": {"title": "Gagal", "html": "<p>Warga lapor.</p>", "choices": []},
    },
}
WAYS = {
    "most": 40,
    "scenes": {
        "awal": {
            "ending": "",
            "best": [1],
            "choices": {
                "1": {"to": "baik", "points": 40, "feedback_html": "<p>Tenang.</p>"},
                "2": {"to": "buruk", "points": 0, "feedback_html": ""},
            },
        },
        "baik": {"ending": "good", "best": [], "choices": {}},
        "buruk": {"ending": "poor", "best": [], "choices": {}},
    },
}
TASK = {
    "title": "Rencana",
    "intro_html": "<p>Tulis rencana.</p>",
    "rubric": [
        {
            "code": code,
            "title_html": title,
            "weight": weight,
            "levels": [{"value": 2, "html": "Rinci"}, {"value": 1, "html": "Kabur"}],
        }
        for code, title, weight in (("masalah", "Masalah", 60), ("jalan", "Jalan", 40))
    ],
    "graders": ["instructor"],
    "peers": 0,
    "takes_text": True,
    "takes_files": True,
    "accept": ["pdf"],
    "max_bytes": 1024,
    "due_days": 30,
    "pass_percent": 70,
    "attempts": 2,
    "minutes": 60,
    "competencies": [],
}
SURVEY = {
    "title": "Umpan balik",
    "intro_html": "",
    "respondents": ["learner"],
    "when": "finished",
    "after_days": 0,
    "anonymous": True,
    "minutes": 2,
    "questions": ["nilai", "saran"],
    "question_shas": {"nilai": "a", "saran": "b"},
    "competencies": [],
}
LIKERT = {
    "kind": "likert",
    "title": "Nilai",
    "stem_html": "<p>Seberapa setuju Anda?</p>",
    "points": 1,
    "hints_html": [],
    "scale": ["Tidak", "Ragu", "Setuju"],
    "statements": [
        {"code": "sesuai", "html": "Materi sesuai dengan tugas saya"},
        {"code": "jelas", "html": "Penjelasannya mudah saya ikuti"},
    ],
}


def side(kind: str, body: dict, key: dict | None = None, likert=None) -> Publication:
    entry = {"code": CODE, "kind": kind, "title": body["title"], "required": True,
             "completion": None}  # fmt: skip
    manifest = {
        "chapters": [{"title": "Satu", "items": [entry]}],
        "passing": [], "edition": 1, "status": "live",
    }  # fmt: skip
    asked = {"nilai": Asked("likert", likert, {"kind": "likert"})} if likert else {}
    keys = {CODE: key} if key else {}
    return Publication(manifest, {CODE: (kind, body)}, asked, item_keys=keys)


def put(whole: dict, path: str, value) -> dict:
    """Return a copy with the value at "a/b/0" put in; None takes it out."""
    made = copy.deepcopy(whole)
    *way, last = path.split("/")
    at = made
    for name in way:
        at = at[int(name)] if isinstance(at, list) else at[name]
    place = int(last) if isinstance(at, list) else last
    if value is None:
        del at[place]
    elif isinstance(at, list) and place == len(at):
        at.append(value)
    else:
        at[place] = value
    return made


def said(old: Publication, new: Publication) -> list[str]:
    return [f"{one.code} {one.tint}" for one in changes.compare(old, new)]


NEW_SCENE = {"title": "Ruang tunggu", "html": "<p>Ada kursi.</p>", "choices": []}


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("scenes/baik/html", "<p>Warga pulang lega.</p>", ["V952 yellow"]),
        ("scenes/baik/title", "Selesai dengan baik", ["V952 yellow"]),
        ("scenes/baik/html", "<p><b>Warga</b> pulang.</p>", ["V930 green"]),
        ("scenes/awal/choices/1/html", "Memanggil satpam gedung ini", ["V954 yellow"]),
        ("scenes/awal/choices/1", None, ["V953 red"]),
        ("scenes/awal/choices/2", {"number": 3, "html": "Pergi"}, ["V953 red"]),
        ("start", "baik", ["V959 red"]),
        ("pass_percent", 80, ["V925 yellow"]),
        ("attempts", None, ["V925 yellow"]),
        ("minutes", 9, ["V968 green"]),
        ("intro_html", "<p>Tarik napas.</p>", ["V930 green"]),
        ("nanti", "hal baru", ["V925 yellow"]),
    ],
)
def test_a_change_of_what_a_simulation_shows(path, value, expected):
    body = SCENES | {"attempts": 2}

    new = side("simulation", put(body, path, value), WAYS)

    assert said(side("simulation", body, WAYS), new) == expected


@pytest.mark.parametrize(
    ("path", "value", "expected", "old", "new"),
    [
        ("scenes/awal/choices/1/points", 20, "V956 red",
         "Mendengarkan sampai selesai: 40", "Mendengarkan sampai selesai: 20"),
        ("scenes/awal/choices/2/to", "baik", "V955 red",
         "Memanggil satpam gedung: Gagal", "Memanggil satpam gedung: Selesai"),
        ("scenes/awal/choices/1/feedback_html", "<p>Lega.</p>", "V957 green",
         "Mendengarkan sampai selesai: Tenang.", "Mendengarkan sampai selesai: Lega."),
        ("scenes/baik/ending", "fair", "V958 red", "baik", "cukup"),
    ],
)  # fmt: skip
def test_what_choices_lead_to_is_compared_though_no_learner_sees_it(
    path, value, expected, old, new
):
    [one] = changes.compare(
        side("simulation", SCENES, WAYS),
        side("simulation", SCENES, put(WAYS, path, value)),
    )

    assert f"{one.code} {one.tint}" == expected
    assert (one.old, one.new) == (old, new)
    assert "Latihan" in one.message


def test_scenes_come_and_go_by_their_code():
    body = put(put(SCENES, "scenes/baik", None), "scenes/tunggu", NEW_SCENE)
    key = put(put(WAYS, "scenes/baik", None), "scenes/tunggu",
              {"ending": "", "best": [], "choices": {}})  # fmt: skip
    key = put(key, "scenes/awal/choices/1/to", "tunggu")

    found = changes.compare(side("simulation", SCENES, WAYS),
                            side("simulation", body, key))  # fmt: skip

    assert [(one.code, one.tint) for one in found] == [
        ("V950", "red"), ("V955", "red"), ("V951", "yellow"),
    ]  # fmt: skip
    assert "Selesai" in found[0].message


def test_choices_in_another_order_are_the_same_choices():
    turned = put(SCENES, "scenes/awal/choices", [
        {"number": 1, "html": "Memanggil satpam gedung"},
        {"number": 2, "html": "Mendengarkan sampai selesai"},
    ])  # fmt: skip
    ways = WAYS["scenes"]["awal"]["choices"]
    key = put(WAYS, "scenes/awal/choices", {"1": ways["2"], "2": ways["1"]})

    assert said(side("simulation", SCENES, WAYS), side("simulation", turned, key)) == [
        "V967 green"
    ]


NEW_ROW = TASK["rubric"][0] | {"code": "bukti", "title_html": "Bukti"}


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("rubric/1", None, ["V960 red"]),
        ("rubric/2", NEW_ROW, ["V961 red"]),
        ("rubric/0/title_html", "Masalahnya apa", ["V962 yellow"]),
        ("rubric/0/weight", 50, ["V963 red"]),
        ("rubric/0/levels/0", None, ["V964 red"]),
        ("rubric/0/levels/0/html", "Sangat rinci", ["V965 yellow"]),
        ("rubric", TASK["rubric"][::-1], ["V967 green"]),
        ("graders", ["instructor", "superior"], ["V966 red"]),
        ("peers", 2, ["V966 red"]),
        ("due_days", 14, ["V925 yellow"]),
        ("accept", ["pdf", "docx"], ["V925 yellow"]),
        ("attempts", 5, ["V925 yellow"]),
        ("intro_html", "<p>Tulis dua rencana.</p>", ["V930 green"]),
    ],
)
def test_a_change_of_an_assignment(path, value, expected):
    assert said(side("task", TASK), side("task", put(TASK, path, value))) == expected


def test_a_criterion_is_named_with_its_levels():
    [one] = changes.compare(
        side("task", TASK), side("task", put(TASK, "rubric/1", None))
    )

    assert "Jalan" in one.message
    assert one.old == "Jalan (40%): 2 = Rinci; 1 = Kabur"


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("anonymous", False, ["V970 red"]),
        ("respondents", ["learner", "superior"], ["V925 yellow"]),
        ("after_days", 90, ["V925 yellow"]),
        ("questions", ["saran", "nilai"], ["V967 green"]),
        ("intro_html", "<p>Terima kasih.</p>", ["V930 green"]),
        ("question_shas/nilai", "lain", []),
    ],
)
def test_a_change_of_a_survey(path, value, expected):
    assert said(side("survey", SURVEY), side("survey", put(SURVEY, path, value))) == (
        expected
    )


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("statements/0/code", "cocok", ["V971 red"]),
        ("statements/0", None, ["V972 red"]),
        ("statements/2", {"code": "waktu", "html": "Waktunya cukup"}, ["V973 yellow"]),
        ("statements/0/html", "Materi sesuai pekerjaan saya", ["V974 yellow"]),
        ("scale", ["Tidak", "Setuju"], ["V975 red"]),
        ("scale/1", "Netral", ["V975 red"]),
        ("stem_html", "<p>Setujukah Anda?</p>", ["V907 yellow"]),
    ],
)
def test_a_change_of_a_scale(path, value, expected):
    new = put(LIKERT, path, value)

    assert said(side("survey", SURVEY, likert=LIKERT),
                side("survey", SURVEY, likert=new)) == expected  # fmt: skip


def test_statements_that_only_change_places_are_no_other_statements():
    new = put(LIKERT, "statements", LIKERT["statements"][::-1])

    found = said(side("survey", SURVEY, likert=LIKERT),
                 side("survey", SURVEY, likert=new))  # fmt: skip

    assert found == ["V914 green"]


def test_a_code_mended_together_with_its_words_is_told_as_one():
    new = put(put(LIKERT, "statements/0/code", "cocok"),
              "statements/0/html", "Materi sesuai dengan tugas kami")  # fmt: skip

    [one] = changes.compare(side("survey", SURVEY, likert=LIKERT),
                            side("survey", SURVEY, likert=new))  # fmt: skip

    assert one.code == "V971"
    assert one.old.startswith("sesuai: ")
    assert one.new.startswith("cocok: ")


def test_every_sentence_can_be_said():
    facts = dict.fromkeys(
        ("item", "question", "scene", "what", "new", "old", "was", "becomes"), "x"
    )

    for kind in KINDS.values():
        assert "%(" not in kind.message % facts + kind.mending % facts


STORY = TEXT.replace("nilai_lulus: 60\n", "nilai_lulus: 60\nkompetensi: [PPB/1]\n")


def built(root: Path, story: str) -> Publication:
    """Render a course of one simulation from its files."""
    folder = root / "kursus" / "layanan"
    folder.mkdir(parents=True)
    dictionary = (SAMPLES / "kompetensi.yml").read_text("utf-8")
    (root / "kompetensi.yml").write_text(dictionary, "utf-8")
    (folder / "kursus.yml").write_text(COURSE_FILE, "utf-8")
    (folder / "simulasi.md").write_text(story, "utf-8")
    course = library.load(root).courses["layanan"]
    return changes.of_bundle(bundle.build(course), course)


def test_the_points_and_ways_of_a_file_are_compared(tmp_path):
    old = built(tmp_path / "a", STORY)
    new = built(tmp_path / "b", STORY.replace("(#dengar) (+20)", "(#akhir-baik) (+30)"))

    assert said(old, new) == ["V955 red", "V956 red"]
