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
