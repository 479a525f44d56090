"""Names of files are kept readable and harmless."""

import pytest

from lms.uploads import names


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("rencana.pdf", "rencana.pdf"),
        ("Rencana Perbaikan (akhir).PDF", "Rencana Perbaikan (akhir).pdf"),
        (r"C:\Users\rani\rencana.docx.exe", "rencana.docx.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("", "berkas.pdf"),
        (".pdf", "berkas.pdf"),
        ("laporan\u202efdp.exe", "laporanfdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("rencana 199508252022212902.pdf", "rencana #.pdf"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
        ('<script>"|.pdf', "script.pdf"),
        ("tugas v1.2 akhir", "tugas v1.2 akhir.pdf"),
    ],
)
def test_a_name_is_cleaned(raw, kept):
    assert names.clean(raw, "pdf") == kept


def test_a_name_travels_in_letters_that_a_header_may_hold():
    assert names.header("rencana.pdf") == {"filename": "rencana.pdf"}
    assert names.header("計画.pdf") == {
        "filename": "berkas.pdf",
        "filename*": "UTF-8''%E8%A8%88%E7%94%BB.pdf",
    }
    assert names.header("Ñusa’.pdf")["filename"] == "Nusa.pdf"
