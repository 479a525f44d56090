"""Sections and checks of a lesson in reading order."""

from lms.learn import reading

BODY = {
    "headings": [
        {"id": "isi-satu", "text": "Satu", "level": 2},
        {"id": "isi-rinci", "text": "Rinci", "level": 3},
        {"id": "isi-dua", "text": "Dua", "level": 2},
    ],
    "segments": [
        {"check": "awal", "question_sha": "0"},
        {"html": '<h2 id="isi-satu">Satu</h2><h3 id="isi-rinci">Rinci</h3>'},
        {"check": "tengah", "question_sha": "1"},
        {"html": '<h2 id="isi-dua">Dua</h2>'},
    ],
}


def test_sections_and_checks_stand_in_reading_order():
    assert [mark.anchor for mark in reading.marks(BODY)] == [
        "cek-awal",
        "isi-satu",
        "cek-tengah",
        "isi-dua",
    ]


def test_checks_are_numbered_as_read():
    assert reading.check_numbers(BODY) == {"awal": 1, "tengah": 2}


def test_a_check_asks_about_the_section_before_it():
    assert reading.section_before(reading.marks(BODY), "tengah").text == "Satu"
    assert reading.section_before(reading.marks(BODY), "awal") is None
    assert reading.section_before(reading.marks(BODY), "tidak-ada") is None
