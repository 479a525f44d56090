"""Files made by hand: honest ones and what people with bad or no intent send."""

import io
import struct
import zipfile
import zlib

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxml'
    'formats.org/package/2006/content-types"><Override PartName="/{main}" ContentType='
    '"application/vnd.openxmlformats-officedocument.{type}.main+xml"/>{more}</Types>'
)
MAINS = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}


def pdf(inside: bytes = b"<< /Type /Catalog >>", text: str = "Rencana") -> bytes:
    """The smallest file that PDF readers open; `text` makes it another one."""
    return (
        b"%PDF-1.4\n%" + text.encode() + b"\n1 0 obj\n" + inside
        + b"\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    )  # fmt: skip


def office(kind: str = "docx", more: str = "", parts: dict | None = None) -> bytes:
    """An office file; `parts` are added to it, `more` to its list of types."""
    main, name = MAINS[kind]
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        types = TYPES.format(main=main, type=name, more=more)
        package.writestr("[Content_Types].xml", types)
        package.writestr(main, "<document/>")
        for part, content in (parts or {}).items():
            package.writestr(part, content)
    return data.getvalue()


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x7f" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def bomb(size: int) -> bytes:
    """An office file that says it unpacks to `size` bytes of nothing."""
    data = io.BytesIO(office())
    with (
        zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("word/media/nol.bin", "w", force_zip64=True) as part,
    ):
        block = b"\0" * 1_000_000
        for _ in range(size // len(block)):
            part.write(block)
    return data.getvalue()
