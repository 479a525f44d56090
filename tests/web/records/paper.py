"""Reading a certificate's PDF as a person would."""

import io

from pypdf import PdfReader


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def words(data: bytes, sheet: int | None = None) -> str:
    """Return the text of a sheet, or of all, its white space folded."""
    sheets = read(data).pages
    taken = sheets if sheet is None else [sheets[sheet]]
    return " ".join(" ".join(s.extract_text() for s in taken).split())
