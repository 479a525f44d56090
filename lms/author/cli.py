"""`lms content diff`: what publishing would change, and for how many people."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from lms.catalog import publishing
from lms.catalog.cli import NO_DATABASE, content
from lms.catalog.models import Course
from lms.courseware import report
from lms.courseware.changes import GREEN, RED, TINTS, YELLOW, Change, compare
from lms.db import db

from . import gates, impact, sides

WORDS = {GREEN: "hijau", YELLOW: "kuning", RED: "merah"}


@content.command("diff")
@click.argument("courses", nargs=-1, metavar="[KURSUS]...")
@click.option("--json", "as_json", is_flag=True, help="Keluaran untuk program lain.")
def diff(courses: tuple[str, ...], as_json: bool) -> None:
    """Bandingkan folder kursus dengan terbitannya; tanpa KURSUS, semuanya.

    Hijau tidak perlu apa-apa, kuning perlu satu konfirmasi, merah perlu disetujui
    dengan catatan (`lms content publish --setujui`). Keluar dengan 0 bila tidak ada
    yang perlu disetujui, 1 bila ada yang kuning, merah, atau bergalat.
    """
    root = Path(current_app.config["CONTENT_DIR"])
    try:
        known = dict(db.session.execute(select(Course.folder, Course.code)).all())
        names = _folders(root, known, courses)
        found = [_of(root, name, known.get(name, "")) for name in names]
    except (OperationalError, ProgrammingError) as err:
        raise click.ClickException(f"{NO_DATABASE} ({err.orig})") from None
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for course in found:
            _tell(course)
    if any(course["asks"] for course in found):
        sys.exit(1)


def _folders(root: Path, known: dict[str, str], wanted: tuple[str, ...]) -> list[str]:
    names = [name for name, _sha in publishing.folder_shas(root)]
    if not wanted:
        return names
    by_code = {code: folder for folder, code in known.items()}
    for name in wanted:
        if name not in names and by_code.get(name) not in names:
            raise click.ClickException(f"Kursus “{name}” tidak ada di folder isi.")
    return [n for n in names if n in wanted or known.get(n) in wanted]


def _of(root: Path, name: str, code: str) -> dict[str, Any]:
    folder = sides.of_folder(root, name)
    code = folder.code or code
    live = sides.of_live(code)
    found = compare(live, folder.side) if folder.side else ()
    course_id = db.session.scalar(select(Course.id).where(Course.code == code))
    counts = impact.of_course(course_id, _codes(found, folder)) if course_id else None
    tint = max((c.tint for c in found), key=TINTS.index, default="")
    return {
        "folder": name,
        "code": code,
        "state": "broken" if folder.is_broken else "new" if live is None else "live",
        "tint": tint,
        "asks": folder.is_broken or tint in (YELLOW, RED),
        "findings": report.as_json(folder.findings),
        "running": counts.running if counts else 0,
        "completions": counts.completions if counts else 0,
        "changes": [
            gates.as_json(change) | {"attempts": _attempts(change, folder, counts)}
            for change in found
        ],
    }


def _codes(found: tuple[Change, ...], folder: sides.Folder) -> set[str]:
    codes = {change.question for change in found if change.question}
    former = folder.side.former if folder.side else {}
    return codes | {former[code] for code in codes if code in former}


def _attempts(change: Change, folder: sides.Folder, counts) -> int:
    """Return how many finished attempts asked the question of a change."""
    former = folder.side.former if folder.side else {}
    codes = {change.question, former.get(change.question, change.question)}
    return sum(counts.finished.get(code, 0) for code in codes) if counts else 0


def _tell(course: dict[str, Any]) -> None:
    name = course["code"] or course["folder"]
    if course["state"] == "broken":
        click.echo(f"{name}: bergalat, lihat `lms content check`")
        return
    if course["state"] == "new":
        click.echo(f"{name}: belum pernah terbit")
        return
    if not course["changes"]:
        click.echo(f"{name}: tidak berubah")
        return
    click.echo(
        f"{name}: {len(course['changes'])} perubahan,"
        f" {course['running']} peserta berjalan, {course['completions']} penyelesaian"
    )
    for change in course["changes"]:
        used = f" ({change['attempts']} percobaan)" if change["attempts"] else ""
        tint = WORDS[change["tint"]]
        click.echo(f"  {tint} {change['code']}: {change['message']}{used}")
        for sign, text in (("-", change["old"]), ("+", change["new"])):
            if text:
                click.echo(f"      {sign} {text}")
        if change["mending"]:
            click.echo(f"    Perbaikan: {change['mending']}")


COMMANDS = ()
