"""Options keep their meaning by their text, wherever they stand."""

from lms.courseware.pairing import numbers, pairs, words


def paired(old: list[str], new: list[str]) -> dict[int, int]:
    return numbers(pairs(dict(enumerate(old, 1)), dict(enumerate(new, 1))))


def test_the_same_text_is_the_same_option_wherever_it_stands():
    assert paired(["Satu", "Dua", "Tiga"], ["Tiga", "Satu", "Dua"]) == {
        1: 2,
        2: 3,
        3: 1,
    }


def test_spaces_and_capitals_do_not_matter():
    assert paired(["Tanda  terima"], ["tanda terima"]) == {1: 1}


def test_a_text_slightly_bettered_is_the_same_option():
    old = ["Setelah berkas diperiksa", "Begitu warga tiba di loket"]
    new = ["Begitu warga tiba di depan loket", "Setelah berkasnya diperiksa"]

    assert paired(old, new) == {1: 2, 2: 1}


def test_a_text_written_anew_is_undecided():
    assert paired(["Begitu warga tiba"], ["Menunggu perintah atasan"]) == {}


def test_two_candidates_that_are_about_as_alike_are_undecided():
    assert paired(["Tunggu 14 hari"], ["Tunggu 15 hari", "Tunggu 16 hari"]) == {}


def test_two_old_options_do_not_become_one_new_one():
    assert paired(["Tunggu 14 hari", "Tunggu 15 hari"], ["Tunggu 16 hari"]) == {}


def test_texts_that_stand_twice_are_undecided():
    assert paired(["Ya", "Ya"], ["Ya", "Tidak"]) == {}


def test_a_number_exchanged_is_paired_but_told_not_to_be_exact():
    [pair] = pairs({1: "14 hari"}, {1: "15 hari"})

    assert (pair.new, pair.is_exact, pair.new_text) == (1, False, "15 hari")


def test_the_order_of_the_sides_does_not_decide():
    old = {1: "Begitu warga tiba di loket"}
    new = {1: "Warga tiba di depan loket begitu saja"}

    forth = numbers(pairs(old, new))

    assert forth == numbers(pairs(new, old))


def test_a_picture_is_known_by_its_description():
    assert words('<img src="/x/1.svg" alt="Denah loket"> di <b>lantai</b> 1') == (
        "Denah loket di lantai 1"
    )
