"""Addresses of searches: read kindly, written shortly and always the same."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.catalog import query
from lms.catalog.query import NOTHING, Query


def read(address: str) -> Query:
    return query.of(dict(parse_qsl(address.lstrip("?"), keep_blank_values=True)))


def test_an_address_says_only_what_is_asked_in_one_order():
    asked = read("?halaman=2&bahasa=&jp=3-5&urut=jp&cari=arsip&kesenjangan=1&topik=")

    assert asked.address == "?cari=arsip&jp=3-5&kesenjangan=1&urut=jp&halaman=2"
    assert NOTHING.address == ""


@pytest.mark.parametrize(
    "address",
    [
        "?halaman=0",
        "?halaman=-3",
        "?halaman=abc",
        "?halaman=%D9%A3",
        "?halaman=99999999999999999999",
        "?urut=hapus",
        "?kesenjangan=ya&belum=2",
        "?cari=+++&topik=%20",
        "?cari=%E2%80%AEabc",
        "?tak=dikenal",
    ],
)
def test_what_cannot_be_meant_is_left_out(address):
    assert read(address) == NOTHING


def test_long_values_are_cut():
    asked = query.of({"cari": "a" * 5000, "topik": "b" * 5000})

    assert (len(asked.text), len(asked.topic)) == (query.LONGEST, query.VALUE)


def test_words_are_sorted_by_relevance_and_lists_by_title():
    assert Query(text="arsip").order == "relevan"
    assert Query().order == Query(sort="judul").order == "judul"
    assert Query(sort="judul").address == ""
    assert Query(text="arsip", sort="judul").address == "?cari=arsip&urut=judul"


def test_dropping_a_condition_leads_to_the_first_page():
    asked = Query(text="arsip", topic="surat", page=3)

    assert (
        asked.address_without("topic")
        == "?cari=arsip"
        == asked.without("topic").address
    )
    assert asked.page_address == "?cari=arsip&topik=surat&halaman={page}"


texts = st.text(max_size=200)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "cari",
                "urut",
                "halaman",
                *query.FACETS.values(),
                *query.SWITCHES.values(),
            ]
        ),
        texts | st.sampled_from(["1", "3-5", "jp", "2"]),
    )
)
def test_any_address_is_read_and_its_own_address_reads_the_same(said):
    asked = query.of(said)

    assert read(asked.address).address == asked.address
