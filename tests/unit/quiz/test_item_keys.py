"""The key of a question without options, as its author reads it."""

import pytest

from lms.quiz import item_keys

OPTIONS = [{"number": 1, "html": "cek"}, {"number": 2, "html": "<i>sapa</i>"}]


@pytest.mark.parametrize(
    ("key", "body", "told"),
    [
        ({"kind": "short_text", "accepted": ["A<b", "C"]}, {}, [("", "A&lt;b | C")]),
        ({"kind": "numeric", "low": "78.5", "high": "78.5"}, {"unit": ""},
         [("", "78,5")]),
        ({"kind": "numeric", "low": "11", "high": "13"}, {"unit": "<hari>"},
         [("", "11 – 13 &lt;hari&gt;")]),
        ({"kind": "numeric", "formula": "n * 25"}, {"unit": ""}, [("", "n * 25")]),
        ({"kind": "matching", "pairs": {"1": 2, "2": 1}},
         {"left": [{"number": 1, "html": "x"}, {"number": 2, "html": "y"}],
          "options": OPTIONS}, [("x", "<i>sapa</i>"), ("y", "cek")]),
        ({"kind": "ordering", "order": [2, 1]}, {"options": OPTIONS},
         [("1", "<i>sapa</i>"), ("2", "cek")]),
        ({"kind": "cloze", "gaps": [
            {"shape": "text", "accepted": ["a", "b"]},
            {"shape": "number", "low": "13", "high": "15"},
            {"shape": "choice", "right": 2}]},
         {"gaps": [{"number": 1}, {"number": 2},
                   {"number": 3, "options": [{"number": 1, "text": "salah"},
                                             {"number": 2, "text": "be<nar"}]}]},
         [("1", "a | b"), ("2", "13 – 15"), ("3", "be&lt;nar")]),
        ({"kind": "essay"}, {}, []),
    ],
)  # fmt: skip
def test_what_is_right_is_told(key, body, told):
    assert item_keys.told(body, key) == told


def test_gaps_stand_in_the_text_as_numbers():
    body = {"stem_html": "<p>S</p>", "pieces": ["<p>a ", " b ", " c</p>"]}

    assert item_keys.text(body) == "<p>S</p><p>a <b>[1]</b> b <b>[2]</b> c</p>"
    assert item_keys.text({"stem_html": "<p>S</p>"}) == "<p>S</p>"
