"""What in a line looks like part of a question: option marks, answer labels, fences.

Strict shapes tell what is accepted. Loose shapes tell what an author may have meant;
they err towards refusing, because a mark that falls to prose shows the answer.
"""

import re
import unicodedata

OPTION = re.compile(
    r"^(?P<indent>\s*)- +(?P<mark>\( \)|\([xX]\)|\([0-9]{1,3}%\)|\[ \]|\[[xX]\])"
    r"(?=\s|$)\s*(?P<text>.*)$"
)
FENCE = re.compile(r"^\s*(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
HEADING = re.compile(r"^ {0,3}##(?!#)\s+(?P<title>.*\S)\s*$|^ {0,3}##\s*$")
TIGHT_HEADING = re.compile(r"^ {0,3}##(?P<title>[^#\s].*)$")
CODE_AT_END = re.compile(r"\{#(?P<code>[^{}]*)\}\s*$")
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)

# Ticks and crosses from any keyboard; the last three are Cyrillic and Greek.
_TICKS = "xXvV✓✔√✗✘×☑☒☐*\u0445\u0425\u03c7"
_WORDS = "benar|salah|betul|true|false|right|wrong"
_INNER = rf"(?:\s*|\s*(?:[{_TICKS}]|{_WORDS}|[0-9]{{1,3}}\s*%)\s*)"
_BULLET = r"(?:[-*+–—•·]|[0-9]{1,2}[.)]|[a-zA-Z][.)])"
_LOOSE = (
    # a bullet, then a mark: "- (x)", "* [ ]", "1. (v)", "-(benar)", "- ( ]"
    re.compile(rf"^[\s>]*{_BULLET}\s*[(\[]{_INNER}[)\]](?!\()", re.IGNORECASE),
    # a mark alone at the start: "( ) teks", "[x] teks"
    re.compile(rf"^[\s>]*[(\[]{_INNER}[)\]](?:\s|$)", re.IGNORECASE),
    # a mark that is never closed: "- (x teks", "- [ teks"
    re.compile(r"^[\s>]*[-*+–—•]\s*[(\[](?:\s|[xX]\s|[xX]?$)[^)\]]*$"),
    # a bullet and a box from a word processor: "- ☐ teks"
    re.compile(r"^[\s>]*(?:[-*+–—•]\s*)?[☐☑☒✓✔✗✘]\s"),
)
_INSIDE = re.compile(rf"(?<=\s)[-*+–—•]\s*(?:\({_INNER}\)|\[{_INNER}\])(?=\s|$)", re.I)

# In a question no mark may stand inside a text at all: two joined lines show the key.
_JOINED = re.compile(
    r"\( \)|\[ \]|\[[xX]\](?![(\[:])|(?:[-–—•]\s+|(?<=[^\W_]))\([0-9]{1,3}%\)(?=\s)"
    r"|(?:(?<![A-Za-z])|(?<=[^\W\d_]{4}))\([xX]\)(?=\s)"
)


def looks_like_option(line: str) -> int:
    """Column of an option mark, or of what may be meant as one; 0 = none."""
    return starts_like_option(line) or option_inside(line)


def may_hold_mark(line: str) -> bool:
    """Say whether a line needs a closer look: every mark of ours has a bracket.

    Boxes and full-width brackets are what other signs may stand for.
    """
    return "(" in line or "[" in line or not line.isascii()


def starts_like_option(line: str) -> int:
    """Column where a line begins that looks like an option, from 1; 0 = it does not."""
    if not may_hold_mark(line):
        return 0
    start = line.lstrip(" \t>")[:2]
    if start.isalpha() and start.isascii():
        return 0  # begins with a word, as most lines do
    plain = flat(line)
    if any(shape.match(plain) for shape in _LOOSE):
        return len(plain) - len(plain.lstrip(" \t>")) + 1
    return 0


def option_inside(line: str) -> int:
    """Column of an option mark in the middle of a line, counted from 1; 0 = none."""
    if not may_hold_mark(line):
        return 0
    match = _INSIDE.search(flat(without_code(line)))
    return match.start() + 1 if match and match.start() else 0


def joined_mark(text: str) -> int:
    """Column of an option mark anywhere in a text of a question, from 1; 0 = none."""
    if not may_hold_mark(text):
        return 0
    match = _JOINED.search(flat(without_code(text)))
    return match.start() + 1 if match else 0


def without_code(text: str) -> str:
    """The text with code spans blanked; every other sign keeps its place."""
    if "`" not in text:
        return text
    return CODE_SPAN.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def flat(line: str) -> str:
    """The line with full-width brackets and odd spaces made plain, same length."""
    if line.isascii():
        return line
    return "".join(
        n if len(n := unicodedata.normalize("NFKC", sign)) == 1 else sign
        for sign in line
    )


def in_code(lines: list[str] | tuple[str, ...]) -> tuple[list[bool], int | None]:
    """Which lines stand in fenced code, and the index of a fence never closed.

    A fence closes with exactly the signs that opened it, as the converter sees it.
    """
    inside: list[bool] = []
    fence, opened = "", None
    for index, line in enumerate(lines):
        match = FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            inside.append(True)
            if (
                match
                and match.group("fence") == fence
                and not match.group("info").strip()
            ):
                fence, opened = "", None
        elif match:
            fence, opened = match.group("fence"), index
            inside.append(True)
        else:
            inside.append(False)
    return inside, opened
