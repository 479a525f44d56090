"""The wall between author HTML and the page: nh3 with our own allow-list.

Markdown output and raw HTML of authors pass through `clean` alike. What is kept:
text markup, tables, pictures of the course, fold-outs and MathML. What is not: scripts,
styles, forms, frames, media, `data-` attributes (our scripts listen to them), pictures
from elsewhere, and classes other than those the renderer itself writes.
"""

import html
import re
from collections.abc import Callable
from functools import cache

import nh3

from lms.courseware.links import Places, Problem, resolve_link, resolve_picture

VERSION = 1
SCHEMES = {"http", "https", "mailto", "tel"}
ID_PREFIX = "isi-"


def _words(text: str) -> set[str]:
    return set(text.split())


TEXT_TAGS = {
    *_words("a abbr b bdi blockquote br caption cite code col colgroup dd del"),
    *_words("details dfn"),
    *_words("div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark"),
    *_words("ol p pre q rp rt ruby s samp section small span strong sub summary"),
    *_words("sup table tbody td tfoot th thead time tr u ul var wbr"),
}
MATH_TAGS = {
    *_words("math menclose merror mfrac mi mmultiscripts mn mo mover mpadded"),
    *_words("mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup"),
    *_words("mtable mtd mtext mtr munder munderover semantics"),
}
_MATH_COMMON = {"displaystyle", "scriptlevel", "dir"}
MATH_ATTRIBUTES = {
    "math": {"display"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mo": {
        *_words("accent fence form largeop lspace maxsize minsize movablelimits"),
        *_words("rspace separator stretchy symmetric"),
    },
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "mspace": {"width", "height", "depth"},
    "mtd": {"columnspan", "rowspan"},
}
ARIA = {"aria-label", "aria-labelledby", "aria-describedby"}
ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title", *ARIA},
    "a": {"href"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"name", "open"},
    "del": {"datetime"},
    "img": {"src", "alt", "width", "height"},
    "ins": {"datetime"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "abbr"},
    "time": {"datetime"},
}
# An attribute listed here must not be listed above: nh3 refuses it in both.
VALUES = {
    "div": {"role": {"group"}, "tabindex": {"0"}},
    "th": {"scope": {"col", "row", "colgroup", "rowgroup"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "math": {"display": {"block", "inline"}},
}
NOTE_CLASSES = {
    "note",
    "note__title",
    *(f"note--{kind}" for kind in ("warn", "law", "example", "important")),
}
CELL_CLASSES = {"cell--start", "cell--center", "cell--end"}
CLASSES = {
    "div": NOTE_CLASSES | {"table-scroll", "highlight", "footnote"},
    "p": {"note__title"},
    "figure": {"figure", "figure--table"},
    "figcaption": {"figure__caption"},
    "details": {"fold", "fold--tab"},
    "summary": {"fold__title"},
    "a": {"footnote-ref", "footnote-backref"},
    "td": CELL_CLASSES,
    "th": CELL_CLASSES,
    "mtd": CELL_CLASSES,
}
_REFERENCES = {"aria-labelledby", "aria-describedby", "headers"}

# Bidirectional overrides reorder what the eye reads; zero-width letters hide in it.
# Joiners (U+200C, U+200D) stay: Arabic script and emoji need them.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]")
_TAG = re.compile(r"<[^>]*>")
_INSIDE_A_WORD = MATH_TAGS | _words(
    "a abbr b bdi cite code del dfn em i ins kbd mark q s samp small span strong"
    " sub sup u var wbr"
)
_INLINE = re.compile(f"</?(?:{'|'.join(sorted(_INSIDE_A_WORD))})(?: [^>]*)?>")


def visible(text: str) -> str:
    """Text whose hidden direction marks and zero-width letters can be seen."""
    return _HIDDEN.sub(lambda m: f"⟦U+{ord(m.group()):04X}⟧", text)


def clean(
    markup: str,
    places: Places,
    base: str,
    *,
    prefix: str = ID_PREFIX,
    report: Callable[[Problem], None] | None = None,
) -> str:
    """HTML that is safe to put on a page, ids and local links prefixed.

    base    path of the text in the course folder, for relative links
    report  hears of links that lead nowhere; they lose their address
    """
    change = _attribute_filter(places, base, prefix, report or (lambda _problem: None))
    cleaned = nh3.clean(
        markup,
        tags=TEXT_TAGS | MATH_TAGS,
        clean_content_tags={"script", "style", "template", "noscript", "title"},
        attributes=_attributes(),
        tag_attribute_values=VALUES,
        allowed_classes=_classes(),
        attribute_filter=change,
        url_schemes=SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )
    return visible(cleaned)


def plain(markup: str) -> str:
    """The words of clean HTML, white space folded."""
    words = _TAG.sub(" ", _INLINE.sub("", markup))
    return " ".join(html.unescape(words).split())


def _attribute_filter(
    places: Places, base: str, prefix: str, report: Callable[[Problem], None]
) -> Callable[[str, str, str], str | None]:
    def prefixed(value: str) -> str:
        return value if value.startswith(prefix) else prefix + value

    def change(tag: str, name: str, value: str) -> str | None:
        if name in ("id", "name"):
            return prefixed(value.strip()) if value.strip() else None
        if name == "dir":
            return value if value in ("ltr", "rtl", "auto") else None
        if name in _REFERENCES:
            return " ".join(prefixed(word) for word in value.split()) or None
        if name in ("href", "cite"):
            if value.startswith("#"):
                return "#" + prefixed(value[1:]) if len(value) > 1 else None
            return _known(resolve_link(value, base, places), report)
        if name == "src":
            if value.startswith(places.asset_root):
                return value
            found = resolve_picture(value, base, places)
            return found.address if not isinstance(found, Problem) else None
        return value

    return change


def _known(found: str | Problem, report: Callable[[Problem], None]) -> str | None:
    if isinstance(found, Problem):
        report(found)
        return None
    return found


@cache
def _attributes() -> dict[str, set[str]]:
    allowed = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    for tag in MATH_TAGS:
        allowed.setdefault(tag, set()).update(_MATH_COMMON - {"dir"})
        allowed[tag] |= MATH_ATTRIBUTES.get(tag, set())
    for tag, rules in VALUES.items():
        allowed.get(tag, set()).difference_update(rules)
    return allowed


@cache
def _classes() -> dict[str, set[str]]:
    from pygments.token import STANDARD_TYPES

    highlight = {name for name in STANDARD_TYPES.values() if name} | {"hll"}
    return {**CLASSES, "span": highlight | {"figure__number"}}
