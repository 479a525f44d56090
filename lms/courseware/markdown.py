"""Prose fragments of a course, from Markdown to HTML that is safe to store.

One converter per process: a `Markdown` object keeps state between the steps of one
conversion, so every use goes through a lock and begins with a `reset()`.
"""

import hashlib
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension

from lms.courseware.blocks import CourseBlocks
from lms.courseware.formulas import Formulas
from lms.courseware.labels import label
from lms.courseware.links import Places, Problem
from lms.courseware.sanitize import ID_PREFIX, clean, plain
from lms.courseware.trees import PageForm

_LOCK = threading.Lock()
_HEADING = re.compile(r'<h([2-6]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p[ >]).)*)</p>", re.DOTALL)


@dataclass(slots=True)
class Job:
    """One item or question being converted; what its fragments share.

    base     path of its file, for relative links
    prefix   before every id, so that two fragments of one page never clash
    inline   the text stands inside a label: no figures
    videos   (address, title) of those met; None = none may stand here
    mark     stands for a video until the HTML is clean: no author can write it
    """

    places: Places = field(default_factory=Places)
    base: str = ""
    language: str = "id"
    prefix: str = ID_PREFIX
    formulas: bool = False
    inline: bool = False
    ids: set[str] = field(default_factory=set)
    tabs: int = 0
    tables: int = 0
    captions: dict[str, int] = field(default_factory=lambda: {"figure": 0, "table": 0})
    videos: list[tuple[str, str]] | None = None
    mark: str = ""
    problems: list[Problem] = field(default_factory=list)

    def report(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the finished page; `id` with its prefix, level 2 to 6."""

    id: str
    text: str
    level: int


def convert(text: str, job: Job, *, inline: bool = False) -> str:
    """Safe HTML for one fragment; what is wrong is appended to `job.problems`."""
    with _LOCK:
        job.inline = inline
        html = _finish(_raw(text, job), job)
    match = _ONE_PARAGRAPH.fullmatch(html) if inline else None
    return match.group(1) if match else html


def convert_parts(texts: Sequence[str], job: Job) -> list[str]:
    """Safe HTML for texts that stand on one page, with other things between them.

    They are converted as one, so that footnotes and references reach across.
    """
    mark = "kelaspisah" + hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    joined = f"\n\n{mark}\n\n".join(texts)
    with _LOCK:
        job.inline = False
        pieces = re.split(f"\n?<p>{mark}</p>\n?", _raw(joined, job))
        if len(pieces) == len(texts):
            return [_finish(piece, job) for piece in pieces]
    # Raw HTML left open swallows the marks: then every text stands for itself.
    job.ids.clear()
    job.tabs = job.tables = 0
    job.captions.update(figure=0, table=0)
    if job.videos:
        job.videos.clear()
    return [convert(text, job) for text in texts]


def headings(html: str) -> list[Heading]:
    """The headings of finished HTML, in reading order."""
    return [
        Heading(name, plain(text), int(level))
        for level, name, text in _HEADING.findall(html)
    ]


def _raw(text: str, job: Job) -> str:
    converter = _converter()
    converter.job = job
    job.mark = "kelasvideo" + hashlib.sha256(text.encode()).hexdigest()[:16] + "x"
    converter.reset()
    converter.footnotes.setConfig("BACKLINK_TITLE", label(job.language, "back"))
    return converter.convert(text)


def _finish(raw: str, job: Job) -> str:
    html = clean(raw, job.places, job.base, prefix=job.prefix, report=job.report)
    if job.videos:
        html = re.sub(f"<p>{job.mark}([0-9]+)</p>", r"<!--video \1-->", html)
    name = label(job.language, "code")
    return html.replace(
        '<div class="highlight">',
        f'<div class="highlight" tabindex="0" role="group" aria-label="{name}">',
    ).strip()


@cache
def _converter() -> markdown.Markdown:
    footnotes = FootnoteExtension(SEPARATOR="-")
    converter = markdown.Markdown(
        output_format="html",
        extensions=[
            TableExtension(use_align_attribute=True),
            footnotes,
            "markdown.extensions.sane_lists",
            "pymdownx.superfences",
            "pymdownx.highlight",
            CourseBlocks(),
            Formulas(),
            PageForm(),
        ],
        extension_configs={
            "pymdownx.highlight": {
                "use_pygments": True,
                "noclasses": False,
                "guess_lang": False,
                "css_class": "highlight",
            },
        },
    )
    converter.footnotes = footnotes
    return converter
