"""Formulas between dollar signs become MathML when the text is published."""

import re
from functools import cache
from xml.etree import ElementTree

import math_core
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from lms.courseware.links import Problem

# `US$5 dan US$10` is money: a formula begins after a space and ends before one.
BLOCK = r"(?<![\\$])\$\$(?!\$)((?:\\.|[^$\\])+?)\$\$"
INLINE = r"(?<![\\$\w])\$(?![\s$])((?:\\.|[^$\\])+?)(?<!\s)\$(?![\w$])"
LONGEST = 2000
DEEPEST = 50  # the converter is recursive and dies on thousands of braces
_PLACE = re.compile(r"^(\d+): ")
_ALIGN = re.compile(r' style="[^"]*?text-align: (right|left)[^"]*"')
_ENDS = {"right": "cell--end", "left": "cell--start"}
_DETAILS = (
    (re.compile(r'Unknown command "(.+)"\.'), "perintah {} tidak dikenal"),
    (
        re.compile(r'Expected closing token "(.+)", but reached end of input\.'),
        "tanda penutup {} belum ditulis",
    ),
)


class FormulaError(ValueError):
    """A formula that cannot be set; the text says where and why, in Indonesian."""


def to_mathml(latex: str, *, block: bool = False) -> str:
    """MathML Core for one formula, without inline styles.

    Raises FormulaError for an unknown command, an unclosed brace, or a monster.
    """
    if len(latex) > LONGEST:
        raise FormulaError(f"rumus lebih panjang dari {LONGEST} huruf")
    if _depth(latex) > DEEPEST:
        raise FormulaError(f"kurung bersarang lebih dari {DEEPEST} tingkat")
    try:
        mathml = _converter().convert_with_local_state(latex, displaystyle=block)
    except math_core.LatexError as error:
        raise FormulaError(_explain(str(error))) from None
    # The page forbids inline styles; alignment of columns becomes a class.
    return _ALIGN.sub(lambda m: f' class="{_ENDS[m.group(1)]}"', mathml)


class Formulas(Extension):
    """`$…$` in the line and `$$…$$` on its own, only where the job asks for it."""

    def extendMarkdown(self, md) -> None:  # noqa: N802  (Markdown's name)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        # After code spans (190), before backslash escapes (180): `\,` is LaTeX.
        md.inlinePatterns.register(_Formula(BLOCK, md, block=True), "formula", 186)
        md.inlinePatterns.register(_Formula(INLINE, md, block=False), "formula-in", 185)


class _Formula(InlineProcessor):
    def __init__(self, pattern: str, md, *, block: bool) -> None:
        super().__init__(pattern, md)
        self.block = block

    def handleMatch(  # noqa: N802  (Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[str | ElementTree.Element | None, int | None, int | None]:
        if not self.md.job.formulas:
            return None, None, None
        latex = m.group(1)
        try:
            mathml = to_mathml(latex, block=self.block)
        except FormulaError as error:
            self.md.job.report(
                Problem(
                    "B241",
                    f"rumus tidak terbaca: {error}",
                    "periksa rumus di antara tanda $",
                    latex.strip().splitlines()[0],
                )
            )
            return "", m.start(0), m.end(0)
        return self.md.htmlStash.store(mathml), m.start(0), m.end(0)


@cache
def _converter() -> math_core.LatexToMathML:
    return math_core.LatexToMathML(fancy_error=False)


def _depth(latex: str) -> int:
    depth = deepest = 0
    for token in re.findall(r"\\begin|\\end|\\left|\\right|\\.|[{}]", latex):
        if token in ("{", "\\begin", "\\left"):
            depth += 1
            deepest = max(deepest, depth)
        elif token in ("}", "\\end", "\\right"):
            depth -= 1
    return deepest + len(re.findall(r"[\^_]\s*(?=[\^_\\])", latex)) // 4


def _explain(message: str) -> str:
    place = _PLACE.match(message)
    where = f"huruf ke-{int(place.group(1)) + 1}: " if place else ""
    detail = message[place.end() :] if place else message
    for pattern, words in _DETAILS:
        match = pattern.fullmatch(detail)
        if match:
            return where + words.format(match.group(1))
    return where + detail
