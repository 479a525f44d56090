"""All texts of a course are converted in one bounded child process.

The Markdown engine can be made to run for minutes or to crash, so it never runs in the
process that serves pages or holds the database. The child gets JSON, answers one line
of JSON per fragment, and is stopped by its processor time, its memory, or the clock;
the fragment it was at is then named to the author, and the others go on in a new child.
"""

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from lms.courseware.limits import CODE_COMPLEX, check_text
from lms.courseware.links import Page, Places, Target
from lms.courseware.schema import Finding

MEMORY_BYTES = 1024**3
BASE_SECONDS = 3.0  # processor time one fragment may take
SECONDS_PER_CHARACTER = 0.2 / 10_000
PATIENCE_SECONDS = 20.0  # by the clock, beyond twice the processor time of all
MOST_CHILDREN = 4  # a course with more runaway texts is told about the first ones
# Of the environment: what a Python needs to start, and none of the server's secrets.
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP")
_PACKAGE = str(Path(__file__).resolve().parents[1])
# The package is named without being run: its application would take half a second.
_START = (
    "import sys, types; lms = types.ModuleType('lms'); lms.__path__ = [sys.argv[1]];"
    "sys.modules['lms'] = lms; from lms.courseware.render import work; work()"
)


class ChildFailed(RuntimeError):
    """The converting process broke down by itself; the text is its traceback."""


@dataclass(frozen=True, slots=True)
class Part:
    """One text. inline: stands inside a label. exact: stands in the file as it is."""

    text: str
    line: int = 1
    inline: bool = False
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Fragment:
    """Texts of one item or question; `joined` ones are one text with gaps."""

    id: str
    path: str
    parts: tuple[Part, ...]
    joined: bool = False
    formulas: bool = False
    prefix: str = "isi-"
    videos: bool = False

    @property
    def size(self) -> int:
        return sum(len(part.text) for part in self.parts)

    @property
    def seconds(self) -> float:
        return BASE_SECONDS + self.size * SECONDS_PER_CHARACTER


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML per part, in order; headings as (id, text, level); words of all parts.

    videos  (address, title); the n-th stands in the HTML where `<!--video n-->` does
    """

    html: tuple[str, ...]
    headings: tuple[tuple[str, str, int], ...] = ()
    words: int = 0
    videos: tuple[tuple[str, str], ...] = ()


def render(
    fragments: Iterable[Fragment], places: Places, language: str = "id"
) -> tuple[dict[str, Rendered], list[Finding]]:
    """Rendered fragments by id, and what is wrong. A fragment may be missing then."""
    findings: list[Finding] = []
    pending: list[Fragment] = []
    for fragment in fragments:
        faults = [
            fault
            for part in fragment.parts
            for fault in check_text(
                fragment.path, part.text, part.line, exact=part.exact
            )
        ]
        findings += faults
        if not faults:
            pending.append(fragment)
    done: dict[str, Rendered] = {}
    for _attempt in range(MOST_CHILDREN):
        if not pending:
            break
        answers = _run_child(pending, places, language)
        for fragment, answer in zip(pending, answers, strict=False):
            findings += [Finding(**fault) for fault in answer["findings"]]
            if answer["html"] is not None:
                done[fragment.id] = Rendered(
                    tuple(answer["html"]),
                    tuple(tuple(row) for row in answer["headings"]),
                    answer["words"],
                    tuple(tuple(row) for row in answer.get("videos", ())),
                )
        if len(answers) < len(pending):
            findings.append(_too_costly(pending[len(answers)]))
        pending = pending[len(answers) + 1 :]
    return done, sorted(set(findings))


def _too_costly(fragment: Fragment) -> Finding:
    return Finding(
        fragment.path,
        fragment.parts[0].line if fragment.parts else 1,
        1,
        CODE_COMPLEX,
        "teks yang dimulai di baris ini terlalu rumit untuk ditampilkan",
        "sederhanakan daftar, tautan, atau kurung yang berulang-ulang di dalamnya",
    )


def _broken(fragment: Fragment, error: Exception) -> Finding:
    return Finding(
        fragment.path,
        fragment.parts[0].line if fragment.parts else 1,
        1,
        "B249",
        f"teks ini membuat pengubah Markdown gagal ({type(error).__name__})",
        "kirimkan berkas ini kepada pengelola sistem",
    )


def _run_child(
    fragments: Sequence[Fragment], places: Places, language: str
) -> list[dict]:
    """Answers for the first fragments, as far as the child came."""
    task = {
        "places": asdict(places),
        "language": language,
        "fragments": [
            asdict(fragment) | {"seconds": fragment.seconds} for fragment in fragments
        ],
    }
    # Other work shares the processors, so the clock allows more than they do.
    patience = PATIENCE_SECONDS + 2 * sum(fragment.seconds for fragment in fragments)
    command = [sys.executable, "-I", "-X", "utf8", "-c", _START, _PACKAGE]
    try:
        answered = subprocess.run(  # noqa: S603  (ourselves, no shell)
            command,
            input=json.dumps(task).encode(),
            capture_output=True,
            timeout=patience,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            check=False,
        )
        output, errors = answered.stdout, answered.stderr
    except subprocess.TimeoutExpired as stopped:
        output, errors = stopped.stdout or b"", b""
    answers = [json.loads(row) for row in output.split(b"\n")[:-1]]
    if b"Traceback" in errors and b"MemoryError" not in errors:
        # The limits kill without a word; a traceback is a fault of ours.
        raise ChildFailed(errors.decode(errors="replace")[-2000:])
    return answers


def work() -> None:
    """The child: read the task from stdin, answer fragment by fragment on stdout."""
    task = json.load(sys.stdin)
    places = Places(
        task["places"]["course"],
        {path: Target(**row) for path, row in task["places"]["files"].items()},
        {
            path: Page(row["code"], tuple(row["checks"]))
            for path, row in task["places"]["pages"].items()
        },
    )
    _bound_memory()
    for row in task["fragments"]:
        _bound_time(row.pop("seconds"))
        parts = tuple(Part(**part) for part in row.pop("parts"))
        fragment = Fragment(parts=parts, **row)
        answer = _answer(fragment, places, task["language"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _answer(fragment: Fragment, places: Places, language: str) -> dict:
    from lms.courseware import markdown
    from lms.courseware.sanitize import plain

    job = markdown.Job(
        places,
        fragment.path,
        language,
        fragment.prefix,
        fragment.formulas,
        videos=[] if fragment.videos else None,
    )
    findings: list[Finding] = []
    html: list[str] | None = []
    try:
        if fragment.joined:
            html = markdown.convert_parts([part.text for part in fragment.parts], job)
            findings = _located(job.problems, fragment, fragment.parts)
        else:
            for part in fragment.parts:
                job.problems.clear()
                html.append(markdown.convert(part.text, job, inline=part.inline))
                findings += _located(job.problems, fragment, [part])
    except (RecursionError, MemoryError):
        html, findings = None, [_too_costly(fragment)]
    except Exception as error:  # the author can go on; the name tells us where to look
        html, findings = None, [_broken(fragment, error)]
    return {
        "html": html,
        "headings": [
            (heading.id, heading.text, heading.level)
            for piece in html or ()
            for heading in markdown.headings(piece)
        ],
        "videos": job.videos or [],
        "words": sum(len(plain(piece).split()) for piece in html or ()),
        "findings": [asdict(finding) for finding in findings],
    }


def _located(problems, fragment: Fragment, parts: Sequence[Part]) -> list[Finding]:
    found = []
    for problem in problems:
        line, column = parts[0].line if parts else 1, 1
        for part in parts:
            at = part.text.find(problem.needle) if problem.needle else -1
            if at >= 0:
                line = part.line
                if part.exact:
                    line += part.text.count("\n", 0, at)
                    column = at - part.text.rfind("\n", 0, at)
                break
        found.append(
            Finding(
                fragment.path,
                line,
                column,
                problem.code,
                problem.message,
                problem.fix,
            )
        )
    return found


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: only the clock bounds the child
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_time(seconds: float) -> None:
    """End this process when the next fragment takes longer; whole seconds."""
    try:
        import resource
    except ImportError:
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = math.ceil(time.process_time() + seconds)
    if hard == resource.RLIM_INFINITY or until < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))
