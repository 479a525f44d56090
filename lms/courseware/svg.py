"""Figures that authors draw: an SVG is rebuilt from an allow-list, never passed on.

Refused: scripts, event handlers, animation, style sheets, embedded HTML and pictures,
every reference outside the file. Dropped in silence: what drawing programs note for
themselves. Styles written as `style="…"` become attributes, because pages and files
are served under a policy without inline styles.
"""

import re
from xml.etree import ElementTree

from defusedxml import ElementTree as Defused
from defusedxml.common import DefusedXmlException

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
LARGEST = 1_000_000  # bytes
MOST_ELEMENTS = 20_000
DEEPEST = 60
WIDEST = 10_000  # pixels


def _words(text: str) -> set[str]:
    return set(text.split())


DRAWN = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"}
ELEMENTS = DRAWN | {
    *_words("svg g tspan title desc defs linearGradient radialGradient stop"),
    *_words("clipPath mask marker pattern symbol use"),
}
NOTES = {"metadata"}  # of drawing programs; dropped with everything inside
PRESENTATION = {
    *_words("fill fill-opacity fill-rule stroke stroke-width stroke-opacity"),
    *_words("stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray"),
    *_words("stroke-dashoffset opacity color display visibility font-family"),
    *_words("font-size font-style font-weight font-variant letter-spacing"),
    *_words("word-spacing text-anchor text-decoration dominant-baseline"),
    *_words("alignment-baseline baseline-shift clip-path clip-rule mask"),
    *_words("marker-start marker-mid marker-end stop-color stop-opacity paint-order"),
    *_words("vector-effect shape-rendering text-rendering writing-mode direction"),
    "color-interpolation",
}
GEOMETRY = {
    *_words("id x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points dx dy rotate"),
    *_words("width height viewBox preserveAspectRatio transform pathLength"),
    *_words("textLength lengthAdjust offset gradientUnits gradientTransform"),
    *_words("spreadMethod clipPathUnits maskUnits maskContentUnits patternUnits"),
    *_words("patternContentUnits patternTransform markerWidth markerHeight"),
    *_words("markerUnits refX refY orient"),
}
_LOCAL = re.compile(r"#[\w.:-]+")
_URL = re.compile(r"url\(\s*(['\"]?)(#[\w.:-]+)\1\s*\)")
_VALUE = re.compile(r"[\w\s.,:;#%()+\-/'\"*]*")
_FUNCTION = re.compile(r"([A-Za-z-]+)\s*\(")
_FUNCTIONS = {
    *_words("rgb rgba hsl hsla translate rotate scale skewx skewy matrix"),
}
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(px)?", re.IGNORECASE)


class SvgRefused(ValueError):
    """The file is not a figure that learners may get; the text says why."""


def rebuild(data: bytes) -> tuple[bytes, int, int]:
    """The same figure from allowed parts only, and its width and height in pixels.

    Equal figures give equal bytes. Raises SvgRefused with an Indonesian reason.
    """
    if len(data) > LARGEST:
        raise SvgRefused(f"lebih besar dari {LARGEST // 1000} kB")
    root = _parse(data)
    if root.tag != f"{{{SVG}}}svg":
        raise SvgRefused('bukan SVG: unsur pertamanya bukan <svg xmlns="…/2000/svg">')
    _check_size(root)
    figure = _rebuild(root)
    box = _box(figure.get("viewBox", ""))
    _check_background(figure, box)
    _check_uses(figure)
    width, height = _size(figure, box)
    figure.set("width", str(width))
    figure.set("height", str(height))
    figure.set("xmlns", SVG)
    text = ElementTree.tostring(figure, encoding="unicode")
    return ElementTree.canonicalize(text).encode(), width, height


def _parse(data: bytes) -> ElementTree.Element:
    try:
        return Defused.fromstring(
            data, forbid_dtd=True, forbid_entities=True, forbid_external=True
        )
    except DefusedXmlException:
        raise SvgRefused(
            "memuat DTD atau entitas; simpan ulang sebagai SVG polos"
        ) from (None)
    except ElementTree.ParseError as error:
        line = error.position[0]
        raise SvgRefused(f"bukan XML yang utuh (baris {line})") from None
    except (ValueError, LookupError):
        raise SvgRefused("penyandian hurufnya tidak dikenal; pakai UTF-8") from None


def _check_size(root: ElementTree.Element) -> None:
    """Bound the number of elements and their depth before anything recursive."""
    level, depth, total = [root], 0, 0
    while level:
        depth += 1
        total += len(level)
        if depth > DEEPEST:
            raise SvgRefused(f"bersarang lebih dari {DEEPEST} tingkat")
        if total > MOST_ELEMENTS:
            raise SvgRefused(f"lebih dari {MOST_ELEMENTS} unsur")
        level = [child for element in level for child in element]


def _rebuild(element: ElementTree.Element) -> ElementTree.Element:
    _space, name = _split(element.tag)
    new = ElementTree.Element(name, _attributes(element, name))
    new.text, new.tail = element.text, element.tail
    for child in element:
        child_space, child_name = _split(child.tag)
        if child_space != SVG or child_name in NOTES:
            if child_space in ("", "http://www.w3.org/1999/xhtml"):
                raise SvgRefused(f"memuat unsur <{child_name}> yang bukan SVG")
            _keep_tail(new, child.tail)
            continue
        if child_name not in ELEMENTS:
            raise SvgRefused(f"memuat <{child_name}>, yang tidak diizinkan")
        new.append(_rebuild(child))
    return new


def _keep_tail(new: ElementTree.Element, tail: str | None) -> None:
    if len(new):
        new[-1].tail = (new[-1].tail or "") + (tail or "")
    else:
        new.text = (new.text or "") + (tail or "")


def _attributes(element: ElementTree.Element, tag: str) -> dict[str, str]:
    kept: dict[str, str] = {}
    for full, raw in element.attrib.items():
        space, name = _split(full)
        value = raw.strip()
        if name.lower().startswith("on"):
            raise SvgRefused(f"memuat pemicu skrip {name}")
        if name == "href" and space in ("", XLINK):
            if not _LOCAL.fullmatch(value):
                raise SvgRefused(f"merujuk ke luar berkas: {value[:60]}")
            kept["href"] = value
        elif space:
            continue
        elif name == "style":
            kept |= _from_style(value)
        elif name in PRESENTATION or name in GEOMETRY:
            kept.setdefault(name, _checked(name, value))
    if tag not in ("use", "linearGradient", "radialGradient", "pattern"):
        kept.pop("href", None)
    return kept


def _from_style(style: str) -> dict[str, str]:
    """`fill:red;stroke:none` as attributes; properties outside the list are dropped."""
    kept = {}
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        value = re.sub(r"!\s*important\s*$", "", value).strip()
        if colon and name in PRESENTATION:
            kept[name] = _checked(name, value)
        elif "url(" in value.lower().replace(" ", "") and not _URL.search(value):
            raise SvgRefused(f"merujuk ke luar berkas: {value[:60]}")
    return kept


def _checked(name: str, value: str) -> str:
    without = _URL.sub("", value)
    if not _VALUE.fullmatch(without):
        raise SvgRefused(f"nilai {name} memuat tanda yang tidak diizinkan")
    for function in _FUNCTION.findall(without):
        if function.lower() not in _FUNCTIONS:
            raise SvgRefused(f"nilai {name} merujuk ke luar berkas atau tidak dikenal")
    return value


def _box(text: str) -> tuple[float, float, float, float]:
    try:
        x, y, width, height = (float(n) for n in text.replace(",", " ").split())
    except ValueError:
        raise SvgRefused("belum punya viewBox (empat angka)") from None
    if not (0 < width <= WIDEST and 0 < height <= WIDEST and abs(x) + abs(y) < 1e6):
        raise SvgRefused("ukuran viewBox di luar batas")
    return x, y, width, height


def _check_background(
    figure: ElementTree.Element, box: tuple[float, float, float, float]
) -> None:
    """Both themes of the site show the figure, so its paper must be its own."""
    x, y, width, height = box
    reason = "belum punya latar: unsur gambar pertama harus <rect> penuh warna padat"
    first = next((e for e in figure if e.tag in DRAWN | {"g", "use"}), None)
    if first is None or first.tag != "rect" or "transform" in first.attrib:
        raise SvgRefused(reason)
    left, top = (
        _length(first.get("x", "0"), width),
        _length(first.get("y", "0"), height),
    )
    right = left + _length(first.get("width", "0"), width)
    bottom = top + _length(first.get("height", "0"), height)
    slack = 0.01 * max(width, height)
    covers = (
        left <= x + slack
        and top <= y + slack
        and right >= x + width - slack
        and bottom >= y + height - slack
    )
    paint = first.get("fill", "black").lower()
    see_through = (
        paint in ("none", "transparent", "currentcolor", "inherit")
        or paint.startswith(("url", "rgba", "hsla"))
        or (paint.startswith("#") and len(paint) not in (4, 7))
        or {"mask", "clip-path"} & set(first.attrib)
        or first.get("display") == "none"
        or first.get("visibility", "visible") != "visible"
        or any(
            first.get(name, "1") not in ("1", "1.0", "100%")
            for name in ("opacity", "fill-opacity")
        )
    )
    if not covers or see_through:
        raise SvgRefused(reason)


def _check_uses(figure: ElementTree.Element) -> None:
    """A copy of a copy grows without bound; copies of plain shapes do not."""
    named = {e.get("id"): e for e in figure.iter() if e.get("id")}
    drawn = 0
    for use in figure.iter("use"):
        target = named.get(use.get("href", "")[1:])
        if target is None:
            continue
        inside = list(target.iter())
        if any(e.tag == "use" for e in inside):
            raise SvgRefused("memuat <use> di dalam <use>")
        drawn += len(inside)
        if drawn > MOST_ELEMENTS:
            raise SvgRefused(f"lebih dari {MOST_ELEMENTS} unsur")


def _size(
    figure: ElementTree.Element, box: tuple[float, float, float, float]
) -> tuple[int, int]:
    given = [_NUMBER.fullmatch(figure.get(name, "")) for name in ("width", "height")]
    if all(given):
        width, height = (round(float(m.group(1))) for m in given if m)
    else:
        width, height = round(box[2]), round(box[3])
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise SvgRefused("lebar atau tingginya di luar batas")
    return width, height


def _length(text: str, whole: float) -> float:
    if text.endswith("%"):
        number = _NUMBER.fullmatch(text[:-1])
        return whole * float(number.group(1)) / 100 if number else 0.0
    number = _NUMBER.fullmatch(text)
    return float(number.group(1)) if number else 0.0


def _split(tag: str) -> tuple[str, str]:
    """Namespace and local name of `{namespace}name`."""
    if tag.startswith("{"):
        space, _brace, name = tag[1:].partition("}")
        return space, name
    return "", tag
