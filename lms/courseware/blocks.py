"""Boxes of the course format: `/// catatan`, `/// rincian`, `/// tab` and others.

The structure is checked before this runs; a name that is unknown here stays text.
Tabs become fold-outs of one group: of these at most one is open, without any script.
"""

from xml.etree import ElementTree

from markdown import Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from lms.courseware.labels import label

NOTES = {
    "catatan": "note",
    "penting": "note note--important",
    "contoh": "note note--example",
    "dasar-hukum": "note note--law",
    "peringatan": "note note--warn",
}


class Note(Block):
    """A box with a title; the subclass made for each name carries its classes."""

    NAME = ""
    ARGUMENT = None
    CLASSES = ""

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        box = ElementTree.SubElement(parent, "div", {"class": self.CLASSES})
        title = ElementTree.SubElement(box, "p", {"class": "note__title"})
        title.text = self.argument or label(self.md.job.language, self.NAME)
        return box


class Fold(Block):
    """A fold-out that begins closed."""

    NAME = "rincian"
    ARGUMENT = None

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        fold = ElementTree.SubElement(parent, "details", {"class": "fold"})
        title = ElementTree.SubElement(fold, "summary", {"class": "fold__title"})
        title.text = self.argument or label(self.md.job.language, self.NAME)
        return fold


class Tab(Block):
    """One of several fold-outs in a row, of which one is open."""

    NAME = "tab"
    ARGUMENT = None

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        before = parent[-1] if len(parent) else None
        attributes = {"class": "fold fold--tab"}
        if before is not None and before.get("class") == "fold fold--tab":
            attributes["name"] = before.get("name", "")
        else:
            self.md.job.tabs += 1
            attributes |= {"name": f"tab-{self.md.job.tabs}", "open": "open"}
        fold = ElementTree.SubElement(parent, "details", attributes)
        title = ElementTree.SubElement(fold, "summary", {"class": "fold__title"})
        title.text = self.argument or label(self.md.job.language, self.NAME)
        return fold


class Caption(Block):
    """Words under the picture or table that stands before it; numbered later."""

    NAME = "keterangan"
    ARGUMENT = None

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        before = parent[-1] if len(parent) else None
        figure = ElementTree.SubElement(parent, "figure", {"class": "figure"})
        if before is not None:
            parent.remove(before)
            figure.append(before)
        self.caption = ElementTree.SubElement(
            figure, "figcaption", {"class": "figure__caption"}
        )
        if self.argument:
            ElementTree.SubElement(self.caption, "p").text = self.argument
        return figure

    def on_add(self, block: ElementTree.Element) -> ElementTree.Element:
        return self.caption


class CourseBlocks(BlocksExtension):
    """All boxes of the course format."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr) -> None:  # noqa: N802  (Markdown's name)
        for name, classes in NOTES.items():
            kind = type(
                name.title().replace("-", ""),
                (Note,),
                {"NAME": name, "CLASSES": classes},
            )
            block_mgr.register(kind, {})
        for kind in (Fold, Tab, Caption):
            block_mgr.register(kind, {})
