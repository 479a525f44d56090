"""Changes to the parsed text: headings, pictures, tables, links get their page form."""

import re
import unicodedata
from urllib.parse import unquote
from xml.etree import ElementTree

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from lms.courseware.labels import label
from lms.courseware.links import (
    VIDEOS,
    Problem,
    resolve_link,
    resolve_picture,
    resolve_video,
)
from lms.courseware.sanitize import visible

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CODE = re.compile(r"\s*\{#([a-z0-9][a-z0-9-]*)\}\s*$")
_STASHED = re.compile("\x02[^\x03]*\x03")
_CELLS = {"left": "cell--start", "center": "cell--center", "right": "cell--end"}


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens of a heading; `bagian` when empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "bagian"


class PageForm(Extension):
    """Registers the one tree pass, after inline text is parsed."""

    def extendMarkdown(self, md) -> None:  # noqa: N802  (Markdown's name)
        md.treeprocessors.register(_PageForm(md), "page-form", 15)


class _PageForm(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        self._headings(root)
        self._links(root)
        self._pictures(root)
        self._tables(root)
        self._number(root)

    def _headings(self, root: ElementTree.Element) -> None:
        job = self.md.job
        for heading in root.iter():
            if heading.tag not in HEADINGS:
                continue
            if heading.tag == "h1":
                heading.tag = "h2"  # the title of the page is the only h1
            code = _take_code(heading)
            name = job.prefix + (
                code or slug(_STASHED.sub("", "".join(heading.itertext())))
            )
            unique, n = name, 2
            while unique in job.ids:
                unique, n = f"{name}-{n}", n + 1
            job.ids.add(unique)
            heading.set("id", unique)

    def _links(self, root: ElementTree.Element) -> None:
        job = self.md.job
        for link in root.iter("a"):
            href = _text(self.md, link.get("href", ""))
            if href.startswith("#"):
                link.set("href", f"#{job.prefix}{href[1:]}")
            if not href or href.startswith("#"):
                continue
            found = resolve_link(href, job.base, job.places)
            if isinstance(found, Problem):
                job.report(found)
                del link.attrib["href"]
            else:
                link.set("href", found)

    def _pictures(self, root: ElementTree.Element) -> None:
        parents = {child: parent for parent in root.iter() for child in parent}
        for picture in list(root.iter("img")):
            paragraph = parents[picture]
            alone = (
                paragraph.tag == "p"
                and len(paragraph) == 1
                and not (paragraph.text or "").strip()
                and not (picture.tail or "").strip()
            )
            is_free = alone and parents.get(paragraph) is root
            if is_free and self._is_video(picture, paragraph):
                continue
            self._resolve(picture)
            if not alone or self.md.job.inline:
                continue
            picture.tail = None
            holder = parents[paragraph]
            if holder.tag == "figure":
                holder[list(holder).index(paragraph)] = picture
            else:
                paragraph.tag, paragraph.text = "figure", None
                paragraph.set("class", "figure")

    def _is_video(
        self, picture: ElementTree.Element, paragraph: ElementTree.Element
    ) -> bool:
        """Put a mark where a video will stand; say whether it is one."""
        job = self.md.job
        source = _text(self.md, picture.get("src", ""))
        if job.videos is None or not source.lower().endswith(VIDEOS):
            return False
        found = resolve_video(source, job.base, job.places)
        paragraph.remove(picture)
        if isinstance(found, Problem):
            job.report(found)
            return True
        paragraph.text = f"{job.mark}{len(job.videos)}"
        title = _text(self.md, picture.get("alt", "")).strip()
        job.videos.append((found, visible(title)))
        return True

    def _resolve(self, picture: ElementTree.Element) -> None:
        job = self.md.job
        source = _text(self.md, picture.get("src", ""))
        alt = _text(self.md, picture.get("alt", "")).strip()
        found = resolve_picture(source, job.base, job.places)
        if isinstance(found, Problem):
            job.report(found)
            return
        if not alt:
            job.report(
                Problem(
                    "D403",
                    "gambar tanpa keterangan; pembaca layar tidak bisa membacanya",
                    f"![tulis isi gambar di sini]({unquote(source)})",
                    source,
                )
            )
        for name in list(picture.attrib):
            if name not in ("src", "alt", "title"):
                del picture.attrib[name]
        picture.set("src", found.address)
        picture.set("width", str(found.width))
        picture.set("height", str(found.height))
        picture.set("loading", "lazy")
        picture.set("decoding", "async")

    def _tables(self, root: ElementTree.Element) -> None:
        job = self.md.job
        parents = {child: parent for parent in root.iter() for child in parent}
        heading = ""
        for element in list(root.iter()):
            if element.tag in HEADINGS:
                heading = _STASHED.sub("", "".join(element.itertext())).strip()
            if element.tag != "table":
                continue
            job.tables += 1
            for cell in element.iter():
                side = _CELLS.get(cell.attrib.pop("align", ""))
                if side:
                    cell.set("class", side)
                if cell.tag == "th":
                    cell.set("scope", "col")
            name = (
                label(job.language, "table_name") % heading
                if heading
                else label(job.language, "table_number") % job.tables
            )
            holder = parents[element]
            place = list(holder).index(element)
            wrap = ElementTree.Element(
                "div",
                {
                    "class": "table-scroll",
                    "tabindex": "0",
                    "role": "group",
                    "aria-label": name,
                },
            )
            wrap.tail, element.tail = element.tail, None
            holder[place] = wrap
            wrap.append(element)

    def _number(self, root: ElementTree.Element) -> None:
        job = self.md.job
        for figure in root.iter("figure"):
            caption = figure.find("figcaption")
            if caption is None:
                continue
            is_table = figure.find("div/table") is not None
            kind = "table" if is_table else "figure"
            job.captions[kind] += 1
            number = ElementTree.Element("span", {"class": "figure__number"})
            number.text = label(job.language, kind) % job.captions[kind]
            first = caption[0] if len(caption) and caption[0].tag == "p" else caption
            number.tail = " " + (first.text or "").lstrip()
            first.text = None
            first.insert(0, number)
            if is_table:
                figure.set("class", "figure figure--table")


def _text(md, value: str) -> str:
    """An attribute as the author meant it: placeholders of the parser resolved."""
    from markdown.util import AMP_SUBSTITUTE

    value = value.replace(AMP_SUBSTITUTE, "&")
    return re.sub("\x02(\\d+)\x03", lambda m: chr(int(m.group(1))), value)


def _take_code(heading: ElementTree.Element) -> str:
    """Cut `{#kode}` off the end of a heading and return it; empty when none."""
    last = heading[-1] if len(heading) else None
    text = heading.text if last is None else last.tail
    match = _CODE.search(text or "")
    if match is None:
        return ""
    kept = (text or "")[: match.start()]
    if last is None:
        heading.text = kept
    else:
        last.tail = kept
    return match.group(1)
