"""One deliberate mistake in the sample course, and the finding it must cause."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from lms.courseware import library
from lms.courseware.schema import Finding

SAMPLE = Path(__file__).parent / "sample"
FOLDER = "kursus/melayani-warga"
COURSE = "melayani-warga"


@dataclass(frozen=True)
class Mistake:
    """`old` is replaced by `new` once in `file`; `old` "" = `new` is a whole file.

    where  (line, column) of the finding in `file`, counted after the change
    other  file that the finding is on, when it is not `file`
    """

    code: str
    file: str
    old: str
    new: str
    where: tuple[int, int]
    words: str = ""
    fix: str = ""
    is_error: bool = True
    other: str = ""


def copy_sample(target: Path) -> Path:
    """A fresh copy of the sample content; returns its root."""
    root = target / "content"
    shutil.copytree(SAMPLE, root)
    return root


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / (file if file == "kompetensi.yml" else f"{FOLDER}/{file}")
    if not old:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(new.encode() if isinstance(new, str) else new)
        return
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_bytes(text.replace(old, new, 1).encode())


def make(mistake: Mistake, target: Path) -> tuple[library.Library, list[Finding]]:
    """The library with the mistake in it, and the findings of its code."""
    root = copy_sample(target)
    edit(root, mistake.file, mistake.old, mistake.new)
    found = library.load(root)
    return found, [f for f in found.findings if f.code == mistake.code]


def check(mistake: Mistake, target: Path) -> None:
    """The mistake causes its finding at its place, and closes or keeps the course."""
    found, own = make(mistake, target)
    file = mistake.other or mistake.file
    shown = f"content/{file if file == 'kompetensi.yml' else f'{FOLDER}/{file}'}"

    places = [(f.path, f.line, f.column) for f in own]
    assert (shown, *mistake.where) in places, [*own, *found.findings]
    finding = own[places.index((shown, *mistake.where))]
    assert finding.is_error is mistake.is_error
    assert mistake.words in finding.message
    assert mistake.fix in finding.fix
    if mistake.file != "kompetensi.yml":
        assert (COURSE in found.courses) is not mistake.is_error


def name(mistake: Mistake) -> str:
    return f"{mistake.code} {mistake.file} {mistake.new[:40]!r}"
