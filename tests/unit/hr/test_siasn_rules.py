"""Every reason why SIASN would not take a record has a sentence of its own."""

from dataclasses import replace
from datetime import date

import pytest

from lms.hr import siasn_rules
from lms.hr.siasn_rules import Document, Record

RIGHT = Record(
    id=1,
    uid="0c7e8f0e-3d0f-4a44-9f5a-6a2d1c1f7f10",
    person_id=4,
    nip="199008172015031901",
    pns_orang_id="A8ACA7397AEB3912E040640A040269BB",
    agency_siasn="A5EB03E23B4EF6A0E040640A040252AD",
    title="Pelayanan Publik Prima di Loket",
    organiser="BKPSDM Kota Palangka Raya",
    form=16,
    letter="T",
    jp=6,
    number="00012/PPL-01/BKPSDM/III/2026",
    started=date(2026, 2, 10),
    finished=date(2026, 2, 27),
    year=2026,
)
PAPER = Document("00012-PPL-01.pdf", 182_344, b"%PDF-", "ab" * 32, "ab" * 32)


def test_a_right_record_has_no_problem():
    assert siasn_rules.problems(RIGHT, PAPER) == []


def test_the_payload_is_field_by_field_what_clients_send():
    assert siasn_rules.payload(RIGHT) == {
        "id": None,
        "pnsOrangId": "A8ACA7397AEB3912E040640A040269BB",
        "instansiId": "A5EB03E23B4EF6A0E040640A040252AD",
        "institusiPenyelenggara": "BKPSDM Kota Palangka Raya",
        "jenisDiklatId": "16",
        "jenisKursus": "",
        "jenisKursusSertipikat": "T",
        "jumlahJam": 6,
        "lokasiId": "",
        "namaKursus": "Pelayanan Publik Prima di Loket",
        "nomorSertipikat": "00012/PPL-01/BKPSDM/III/2026",
        "tahunKursus": 2026,
        "tanggalKursus": "10-02-2026",
        "tanggalSelesaiKursus": "27-02-2026",
        "path": [],
    }


@pytest.mark.parametrize(
    ("changes", "code", "text"),
    [
        ({"nip": ""}, "nip", "NIP wajib diisi"),
        ({"nip": "199013172015031901"}, "nip", "bukan tanggal lahir"),
        ({"pns_orang_id": ""}, "pns_orang_id", "pnsOrangId belum diketahui."),
        ({"form": 1}, "structural", "Jenis 1 (Diklat Struktural) ditolak"),
        ({"form": 26}, "form", "jenisDiklatId 26 tidak dikenal"),
        ({"form": 0}, "form", "jenisDiklatId 0 tidak dikenal"),
        ({"letter": ""}, "letter", "belum punya kode sertipikat"),
        ({"jp": 0}, "jp", "paling sedikit 1"),
        ({"started": None}, "started", "Tanggal mulai kosong."),
        ({"finished": None}, "finished", "Tanggal selesai kosong."),
        ({"started": date(2026, 2, 28)}, "order", "mendahului tanggal mulai"),
        ({"year": 2025}, "year", "Tahun 2025 bukan tahun"),
        ({"title": "  "}, "title", "Nama kursus kosong."),
        ({"title": "x" * 256}, "title_long", "lebih dari 255"),
        ({"organiser": ""}, "organiser", "Penyelenggara kosong."),
        ({"organiser": "x" * 256}, "organiser_long", "lebih dari 255"),
        ({"number": ""}, "number", "Nomor sertifikat kosong."),
        ({"sent": "terkirim"}, "sent_without_id", "rw_kursus_id-nya tidak diketahui"),
    ],
)
def test_each_mistake_of_a_record(changes, code, text):
    [problem] = siasn_rules.problems(replace(RIGHT, **changes), PAPER)

    assert problem.code == code
    assert text in problem.text
    assert problem.mend


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        (None, "document"),
        (replace(PAPER, start=b"<html"), "not_pdf"),
        (replace(PAPER, size=2_000_001), "too_large"),
        (replace(PAPER, read_sha="cd" * 32), "hash"),
    ],
)
def test_each_mistake_of_a_paper(paper, code):
    assert [p.code for p in siasn_rules.problems(RIGHT, paper)] == [code]


def test_a_number_that_is_used_twice():
    [problem] = siasn_rules.problems(RIGHT, PAPER, number_is_twice=True)

    assert problem.code == "number_twice"


def test_texts_as_long_as_siasn_takes_are_right():
    longest = replace(RIGHT, title="x" * 255, organiser="y" * 255, jp=1, form=25)

    assert siasn_rules.problems(longest, replace(PAPER, size=2_000_000)) == []


def test_all_mistakes_are_told_at_once():
    wrong = replace(RIGHT, nip="1", pns_orang_id="", form=1, jp=0, number="")

    assert len(siasn_rules.problems(wrong, None)) == 6


def test_what_was_sent_is_settled_until_it_changes():
    sent = replace(
        RIGHT, sent="terkirim", rw_id="RW-1", sent_sha=siasn_rules.payload_sha(RIGHT)
    )

    assert siasn_rules.is_settled(sent)
    assert not siasn_rules.is_settled(replace(sent, jp=5))
    assert siasn_rules.payload(replace(sent, jp=5))["id"] == "RW-1"
    assert siasn_rules.is_settled(replace(sent, jp=5, is_revoked=True))
