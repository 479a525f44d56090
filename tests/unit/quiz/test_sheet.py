"""What a question's page shows."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.quiz import sheet

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def body(kind="single", stem="<p>Apa?</p>"):
    return {
        "kind": kind,
        "stem_html": stem,
        "options": [{"number": n, "html": f"<b>{n}</b>"} for n in (1, 2, 3)],
        "unit": "",
        "hints_html": [],
    }


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("<p>Apa?</p>", ("", "Apa?")),
        (
            "<p>Cerita.</p>\n<p>Apa <em>itu</em>?</p>\n",
            ("<p>Cerita.</p>", "Apa <em>itu</em>?"),
        ),
        ("<p>Apa?</p><table></table>", ("<p>Apa?</p><table></table>", "")),
        ("<ul><li>a</li></ul><p>Apa?</p>", ("<ul><li>a</li></ul>", "Apa?")),
        ("", ("", "")),
    ],
)
def test_the_last_paragraph_is_the_question(html, parts):
    assert sheet.split_stem(html) == parts


def test_a_long_stem_is_split_in_no_time():
    html = "<p>a</p>" * 5_000 + "<table></table>"

    assert sheet.split_stem(html) == (html, "")


def test_options_are_named_by_their_place_not_by_their_number():
    shown = sheet.of(body(), [3, 1, 2], 1)

    assert [(c.value, c.html, c.is_chosen) for c in shown.choices] == [
        (0, "<b>3</b>", False),
        (1, "<b>1</b>", True),
        (2, "<b>2</b>", False),
    ]


@pytest.mark.parametrize(
    ("answer", "chosen"),
    [(True, [True, False]), (False, [False, True]), (None, [False, False])],
)
def test_true_and_false_are_two_rows(answer, chosen):
    shown = sheet.of(body("true_false"), [], answer)

    assert [c.is_chosen for c in shown.choices] == chosen


def test_several_may_be_chosen():
    shown = sheet.of(body("multiple"), [2, 3, 1], [1, 3])

    assert [c.is_chosen for c in shown.choices] == [False, True, True]


@pytest.mark.parametrize(("language", "text"), [("id", "1.234,5"), ("en", "1234.5")])
def test_a_saved_number_is_shown_in_the_language_of_the_page(language, text):
    shown = sheet.of(body("numeric"), [], "1.234,5", language=language)

    assert shown.typed == text


def test_what_could_not_be_read_is_shown_again():
    assert sheet.of(body("numeric"), [], "12", ["dua belas"]).typed == "dua belas"


@pytest.mark.parametrize(
    ("left", "text"),
    [({"minutes": 12, "seconds": 30}, "12.30"), ({"seconds": -5}, "0.00")],
)
def test_the_timer_is_the_servers(left, text):
    timer = sheet.timer(NOW + timedelta(**left), NOW)

    assert timer.left == text
    assert timer.closes - timer.now == timedelta(**left) / timedelta(milliseconds=1)
    assert sheet.timer(None, NOW) is None
    assert sheet.timer(NOW + timedelta(**left), NOW, "en").left == text.replace(
        ".", ":"
    )
