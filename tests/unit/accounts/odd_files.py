"""Small files of every shape that an office hands over, right and wrong."""

import io
import struct
import zipfile

import xlsxwriter

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml">{inner}'
    "</manifest:file-entry></manifest:manifest>"
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' office:version="1.3"><office:body><office:spreadsheet>'
    '<table:table table:name="Pegawai">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def xlsx(rows, merged=(), sheets=()) -> bytes:
    """Write a workbook: texts as texts, numbers as numbers, dates as dates."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, lines in (("Pegawai", rows), *sheets):
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(lines):
                for place, value in enumerate(cells):
                    if hasattr(value, "year"):
                        sheet.write_datetime(number, place, value, day)
                    elif value != "":
                        sheet.write(number, place, value)
            for area in merged if name == "Pegawai" else ():
                sheet.merge_range(area, rows[int(area[1:].split(":")[0]) - 1][0])
    return out.getvalue()


def ods(rows, encrypted: bool = False) -> bytes:
    """Write the least that is an ODS file."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    inner = "<manifest:encryption-data/>" if encrypted else ""
    return archive(
        {
            "mimetype": ODS,
            "content.xml": CONTENT.format(rows=cells),
            "META-INF/manifest.xml": MANIFEST.format(inner=inner),
        }
    )


def archive(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in files.items():
            packed.writestr(name, body)
    return out.getvalue()


def ole(*streams: str) -> bytes:
    """Write the start of an old container naming these streams; no more of it."""
    return OLE + b"\0" * 504 + b"".join(name.encode("utf-16-le") for name in streams)


def bomb(megabytes: int, admits: bool = True) -> bytes:
    """Write a small workbook that grows when it is opened, and may deny it."""
    body = b"<row/>" * (megabytes * 1_000_000 // 6)
    data = archive({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": body})
    if not admits:  # what both headers say about the size
        data = data.replace(struct.pack("<I", len(body)), struct.pack("<I", 1000))
    return data
