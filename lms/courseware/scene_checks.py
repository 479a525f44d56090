"""Checks between the scenes of a simulation: does every choice lead on, to an end?"""

from lms.courseware.best_path import Paths, reached_from
from lms.courseware.guess import is_code, meant
from lms.courseware.notes import Notes
from lms.courseware.scenes import RawScene

MAX_SCENES = 200


def check(scenes: list[RawScene], notes: Notes) -> None:
    """Note dead ends, unknown and unreachable scenes, ways that never end.

    What can only be said of a file without other mistakes is said only then.
    """
    if not scenes:
        message = "simulasi ini belum punya adegan"
        notes.error("F600", 1, 1, message, 'awali adegan dengan "## Judul {#kode}"')
        return
    if len(scenes) > MAX_SCENES:
        message = f"simulasi ini punya lebih dari {MAX_SCENES} adegan"
        fix = "bagi menjadi beberapa simulasi"
        notes.error("A152", scenes[MAX_SCENES].line, 1, message, fix)
        return
    known = {scene.code for scene in scenes}
    for scene in scenes:
        _check_choices(scene, known, notes)
        _check_end(scene, notes)
    if notes.has_errors:
        return
    steps = {s.code: [(c.to, c.points) for c in s.choices] for s in scenes}
    _check_ways(scenes, steps, notes)
    if not notes.has_errors:
        _check_points(scenes, steps, notes)


def _check_choices(scene: RawScene, known: set[str], notes: Notes) -> None:
    for choice in scene.choices:
        if choice.to not in known and is_code(choice.to):
            message = f'pilihan menuju adegan "#{choice.to}" yang tidak ada'
            fix = meant(choice.to, known, "#{}") or f"tambahkan ## … {{#{choice.to}}}"
            notes.error("F601", choice.line, choice.to_column, message, fix)


def _check_end(scene: RawScene, notes: Notes) -> None:
    if scene.choices and scene.ending:
        notes.error(
            "F609",
            scene.choices[0].line,
            1,
            f'adegan "{scene.code}" adalah akhir, tetapi punya pilihan',
            'hapus pilihannya, atau hapus baris "Akhir:"',
        )
    elif not scene.choices and not scene.ending and not scene.is_odd:
        notes.error(
            "F602",
            scene.line,
            scene.column,
            f'adegan "{scene.code}" buntu: tidak ada pilihan dan bukan akhir',
            'tambahkan pilihan, atau baris "Akhir: baik"',
        )


def _check_ways(
    scenes: list[RawScene], steps: dict[str, list[tuple[str, int]]], notes: Notes
) -> None:
    reached = reached_from(scenes[0].code, steps)
    for scene in scenes:
        onward = reached_from(scene.code, steps)
        if scene.code not in reached:
            notes.warn(
                "F603",
                scene.line,
                scene.column,
                f'adegan "{scene.code}" tidak pernah bisa dicapai',
                f"tambahkan pilihan yang menuju #{scene.code}, atau hapus adegan ini",
            )
        if all(steps[code] for code in onward):
            notes.error(
                "F604",
                scene.line,
                scene.column,
                f'dari adegan "{scene.code}" tidak ada jalan menuju akhir',
                "beri salah satu adegan dalam putaran ini pilihan menuju akhir",
            )
    if not any(s.ending == "good" and s.code in reached for s in scenes):
        notes.error(
            "F605",
            scenes[0].line,
            scenes[0].column,
            "tidak ada akhir yang baik yang dapat dicapai",
            'tulis "Akhir: baik" pada salah satu adegan akhir, dan jalan ke sana',
        )


def _check_points(
    scenes: list[RawScene], steps: dict[str, list[tuple[str, int]]], notes: Notes
) -> None:
    paths, start = Paths(steps), scenes[0]
    if not paths.most[start.code]:
        notes.error(
            "F606",
            start.line,
            start.column,
            "belum ada pilihan yang berpoin, jadi nilai tidak dapat dihitung",
            "- [teks pilihan](#kode-adegan) (+20)",
        )
        return
    for scene in scenes:
        for choice in scene.choices:
            if choice.points and paths.is_in_loop(scene.code, choice.to):
                notes.warn(
                    "F607",
                    choice.line,
                    choice.column,
                    "pilihan berpoin ini berada dalam putaran: poinnya dihitung sekali,"
                    " dan jalan terbaik ikut memutar untuk mengambilnya",
                    "beri 0 poin pada pilihan yang dapat diulang",
                )
    _check_best_end(scenes, paths, notes)


def _check_best_end(scenes: list[RawScene], paths: Paths, notes: Notes) -> None:
    """Note when whoever follows the points does not come to a good end."""
    by_code = {scene.code: scene for scene in scenes}
    here, seen = scenes[0], set()
    while here.choices and here.code not in seen:
        seen.add(here.code)
        here = by_code[here.choices[paths.best_choices(here.code)[0] - 1].to]
    if here.ending in ("fair", "poor"):
        notes.warn(
            "F619",
            here.line,
            here.column,
            f'jalan dengan poin terbanyak berakhir di adegan "{here.code}" yang tidak'
            " berakhir baik",
            "beri poin lebih banyak pada pilihan yang menuju akhir yang baik",
        )
