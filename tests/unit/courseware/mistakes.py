"""One deliberate mistake in the sample course, and the finding it must cause.

Modules of tests keep theirs in tables called `MISTAKES`; `test_every_code.py` reads
from them which codes are tested.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lms.courseware import library, report, sarif
from lms.courseware.schema import Finding

SAMPLE = Path(__file__).parent / "sample"
FOLDER = "kursus/melayani-warga"
COURSE = "melayani-warga"


@dataclass(frozen=True)
class Mistake:
    """`old` is replaced by `new` once in `file`; `old` "" = `new` is a whole file.

    file   in the course folder, or from the root: "kursus/…", "kompetensi.yml"
    new    or what is done with the path: a link, a removal
    where  (line, column) of the finding in `file`, counted after the change
    other  file that the finding is on, when it is not `file`
    also   further edits that the mistake needs: (file, old, new)
    """

    code: str
    file: str
    old: str
    new: str | bytes | Callable[[Path], object]
    where: tuple[int, int]
    words: str = ""
    fix: str = ""
    is_error: bool = True
    other: str = ""
    also: tuple[tuple[str, str, str], ...] = ()


def copy_sample(target: Path) -> Path:
    """A fresh copy of the sample content; returns its root."""
    root = target / "content"
    shutil.copytree(SAMPLE, root)
    return root


def from_root(file: str) -> str:
    """Return the path of a file below content/."""
    is_whole = file.startswith("kursus/") or file == "kompetensi.yml"
    return file if is_whole else f"{FOLDER}/{file}"


def edit(
    root: Path, file: str, old: str, new: str | bytes | Callable[[Path], object]
) -> None:
    path = root / from_root(file)
    if not old:
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(new):
            new(path)
        else:
            path.write_bytes(new.encode() if isinstance(new, str) else new)
        return
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_bytes(text.replace(old, new, 1).encode())


def make(mistake: Mistake, target: Path) -> tuple[library.Library, list[Finding]]:
    """The library with the mistake in it, and the findings of its code."""
    root = copy_sample(target)
    for change in ((mistake.file, mistake.old, mistake.new), *mistake.also):
        edit(root, *change)
    found = library.load(root)
    return found, [f for f in found.findings if f.code == mistake.code]


def check(mistake: Mistake, target: Path) -> None:
    """The mistake causes its finding at its place, and closes or keeps the course."""
    found, own = make(mistake, target)
    shown = f"content/{from_root(mistake.other or mistake.file)}"

    places = [(f.path, f.line, f.column) for f in own]
    assert (shown, *mistake.where) in places, [*own, *found.findings]
    finding = own[places.index((shown, *mistake.where))]
    assert finding.is_error is mistake.is_error
    assert mistake.words in finding.message
    assert mistake.fix in finding.fix
    _check_forms(found, finding)
    if from_root(mistake.file).startswith(FOLDER):
        assert (COURSE in found.courses) is not mistake.is_error


def _check_forms(found: library.Library, finding: Finding) -> None:
    """The finding is told to people, to scripts, and to editors and code hosts."""
    text = report.text(found.findings, found.sources)
    values = report.as_json(found.findings)
    (run,) = sarif.document(found.findings)["runs"]

    place = f"{finding.path}:{finding.line}:{finding.column}: "
    assert place in text or "temuan lain" in text
    told = {"path": finding.path, "line": finding.line, "code": finding.code}
    values = json.loads(json.dumps(values))
    assert any(told.items() <= value.items() for value in values)
    assert finding.code in {result["ruleId"] for result in run["results"]}
    assert json.dumps(run)


def name(mistake: Mistake) -> str:
    new = mistake.new
    said = new.__name__ if callable(new) else repr(new[:40])
    return f"{mistake.code} {mistake.file[-40:]} {said}"
