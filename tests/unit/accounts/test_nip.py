"""NIP and NI PPPK: BKN rules 22/2007 and 43/2007, vectors worked by hand."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts import nip

TODAY = date(2026, 11, 22)


def reason(text: str) -> str:
    with pytest.raises(nip.NipBad) as caught:
        nip.read(text)
    return caught.value.message % (caught.value.facts or {"": ""})


def said(text: str, **facts) -> list[str]:
    found = nip.doubts(nip.read(text), TODAY, **facts)
    return [message % values for message, values in found]


@pytest.mark.parametrize(
    ("text", "kind", "sex"),
    [
        ("199008172015031901", "PNS", nip.MALE),
        ("19900817 201503 1 901", "PNS", nip.MALE),
        ("19900817.201503.1.901", "PNS", nip.MALE),
        ("19900817-201503-1-901", "PNS", nip.MALE),
        ("  199008172015031901\n", "PNS", nip.MALE),
        ("199508252022212902", "PPPK", nip.FEMALE),
        ("199508252025291901", "PPPK", nip.MALE),
        ("199602292019032901", "PNS", nip.FEMALE),  # born on a leap day
        ("199008172015121999", "PNS", nip.MALE),
        ("199008172015011001", "PNS", nip.MALE),
    ],
)
def test_a_number_is_read_however_its_digits_are_grouped(text, kind, sex):
    found = nip.read(text)

    assert (found.kind, found.sex) == (kind, sex)
    assert len(found.digits) == 18


def test_all_parts_are_read():
    found = nip.read("199508252022212902")

    assert found.birth == date(1995, 8, 25)
    assert (found.year, found.month, found.serial) == (2022, None, "902")
    assert found.grouped == "19950825 202221 2 902"
    assert found.last_four == "2902"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "wajib diisi"),
        (" . - ", "wajib diisi"),
        ("198502302010011901", "tanggal lahir"),  # 30 February
        ("199513012022032901", "tanggal lahir"),  # month 13
        ("199500252022032901", "tanggal lahir"),
        ("199702292019032901", "tanggal lahir"),  # no leap year
        ("000008172015031901", "tanggal lahir"),
        ("199008172015131901", "digit 13-14"),
        ("199008172015001901", "digit 13-14"),
        ("199008172015201901", "digit 13-14"),
        ("199008172015301901", "digit 13-14"),
        ("199008170000031901", "digit 9-12"),
        ("199008172015033901", "digit 15"),
        ("199008172015030901", "digit 15"),
        ("199008172015031000", "000"),  # a spreadsheet ate the last digits
        ("1990081720150319", "16 digit: ini NIK, bukan NIP"),
        ("6271011708900001", "16 digit: ini NIK, bukan NIP"),
        ("131234567", "NIP lama"),
        ("19900817201503190", "18 digit; yang diisi 17"),
        ("1990081720150319011", "18 digit; yang diisi 19"),
        ("9008172015031901123456789", "18 digit; yang diisi 25"),
        ("1.99008E+17", "lembar kerja (1.99008E+17)"),
        ("1,99008E+17", "lembar kerja"),
        ("1.990081720150319e17", "lembar kerja"),
        ("١٩٩٠٠٨١٧٢٠١٥٠٣١٩٠١", "hanya berisi angka"),  # Arabic digits
        ("１９９００８１７２０１５０３１９０１", "hanya berisi angka"),  # full width
        ("19900817201503190²", "hanya berisi angka"),
        ("19900817201503190O", "hanya berisi angka"),
        ("' OR 1=1", "hanya berisi angka"),
        ("nan", "hanya berisi angka"),
        ("199008172015031901\x00", "hanya berisi angka"),
        ("1990081720\u200b15031901", "hanya berisi angka"),
        ("-19900817201503190E1", "lembar kerja"),
    ],
)
def test_a_wrong_number_is_refused_with_the_reason(text, words):
    assert words in reason(text)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text):
    with suppress(nip.NipBad):
        assert nip.read(text).digits == nip.bare(text)


@given(st.text("0123456789", min_size=18, max_size=18))
def test_eighteen_digits_never_crash_the_doubts(text):
    try:
        found = nip.read(text)
    except nip.NipBad:
        return
    nip.doubts(found, TODAY, status="PNS")


def test_a_plausible_number_raises_no_doubt():
    assert said("199008172015031901", status="PNS") == []
    assert said("199508252022212902", status="PPPK") == []
    assert said("199508252022212902", status="PPPK_PW", sex="2") == []
    assert said("199008172015031901", status="NON_ASN") == []


@pytest.mark.parametrize(
    ("text", "facts", "words"),
    [
        ("200512312015031901", {}, "diangkat pada usia 9 tahun"),
        ("200501012022212901", {}, "di bawah 20"),  # PPPK are at least 20
        ("195001012015031901", {}, "di atas 58"),
        ("199008172026121901", {}, "masa depan"),
        ("200906012026111901", {}, "di bawah 18"),
        ("195001011975031901", {}, "sudah pensiun"),
        ("199008172015031901", {"sex": "2"}, "jenis kelamin"),
        ("199008172015031901", {"birth": date(1990, 8, 18)}, "tanggal lahir"),
        ("199008172015031901", {"status": "PPPK"}, "Bentuk NIP ini PNS"),
        ("199508252022212902", {"status": "CPNS"}, "Bentuk NIP ini PPPK"),
    ],
)
def test_what_looks_wrong_only_warns(text, facts, words):
    assert any(words in text for text in said(text, **facts))


def test_ages_are_counted_to_the_day():
    assert said("200811222026111901") == [
        message % values
        for message, values in [(nip.APPOINTED_YOUNG, {"age": 17, "least": 18})]
    ]  # 18 today, 17 when appointed on the first of the month
    assert any("di bawah 18" in t for t in said("200811232026111901"))
