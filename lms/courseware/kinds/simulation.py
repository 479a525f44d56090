"""`jenis: simulasi`: scenes as `## Judul {#kode}` sections, choices as links."""

from lms.courseware import marks, scene_checks, scene_lines, scenes
from lms.courseware.keys import ITEM_KEYS
from lms.courseware.kinds import sections
from lms.courseware.kinds.kind import Draft, Kind, references
from lms.courseware.kinds.lesson import check_boxes
from lms.courseware.kinds.quiz import MAX_ATTEMPTS
from lms.courseware.question_scan import BodyLine
from lms.courseware.scenes import RawScene
from lms.courseware.schema import Simulation
from lms.courseware.stored.simulation import estimate


def read(draft: Draft) -> Simulation | None:
    fields = draft.fields
    intro, found = _sections(draft)
    scene_checks.check(found, draft.notes)
    attempts, required = fields.attempts(MAX_ATTEMPTS, None), fields.yes("wajib", True)
    if attempts is not None and required:
        draft.notes.warn(
            "F621",
            *fields.place("percobaan"),
            "simulasi wajib dengan kesempatan terbatas: peserta yang kehabisan"
            " kesempatan tidak dapat menyelesaikan kursus",
            'hapus "percobaan", atau tulis "wajib: tidak"',
        )
    return Simulation(
        code=fields.code(),
        title=fields.text("judul", required=True),
        path=draft.path,
        intro="\n".join(text for _n, text, _code in intro).strip(),
        scenes=tuple(scene.as_scene() for scene in found),
        pass_percent=fields.whole("nilai_lulus", 0, 100, 70),
        attempts=attempts,
        minutes=fields.minutes("durasi", None),
        competencies=references(draft),
        required=required,
        formulas=fields.yes("rumus", False),
    )


def _sections(draft: Draft) -> tuple[list[BodyLine], list[RawScene]]:
    """The lines before the first scene, checked, and the scenes."""
    intro: list[BodyLine] = []
    heads: list[RawScene] = []
    bodies: list[list[BodyLine]] = []
    codes: dict[str, int] = {}
    for line in draft.body:
        number, text, is_code = line
        heading = None if is_code else marks.HEADING.match(text)
        if heading is not None:
            title = heading.group("title") or ""
            column = text.index("##") + 4 if not title else heading.start("title") + 1
            heads.append(scenes.heading(title, number, column, codes, draft.notes))
            bodies.append([])
        elif bodies:
            bodies[-1].append(line)
        else:
            intro.append(line)
    _check_intro(intro, draft)
    for head, body in zip(heads, bodies, strict=True):
        check_boxes(body, draft.notes)
        scenes.scan(head, body, draft.notes)
    return intro, heads


def _check_intro(intro: list[BodyLine], draft: Draft) -> None:
    sections.check_prose(intro, draft.notes)
    for number, text, is_code in intro:
        if is_code:
            continue
        column = scene_lines.almost_choice(text, False) or scene_lines.link_inside(text)
        if column or scene_lines.almost_ending(text, scenes.ENDINGS):
            draft.notes.error(
                "F620",
                number,
                column or 1,
                "baris ini berada di luar adegan; tidak ada yang akan membacanya",
                'awali adegan dengan "## Judul {#kode}"',
            )


def minutes(simulation: Simulation, _banks: object) -> float:
    """Return the author's minutes, else an estimate from the words of all scenes."""
    return simulation.minutes or estimate(simulation)


KIND = Kind(
    "simulasi",
    ITEM_KEYS["simulasi"],
    read,
    requirement="passed",
    is_proof=True,
    minutes=minutes,
)
