"""The bounded process that converts a course: cost, order, places of mistakes."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from lms.courseware import render as rendering
from lms.courseware.limits import check_text
from lms.courseware.links import Places
from lms.courseware.render import Fragment, Part, render

BOMBS = {
    "brackets in one line": "[" * 20_000,
    "pictures in one line": "![" * 10_000,
    "open tags in one line": "<a " * 7_000,
    "brackets in many lines": ("![" * 100 + "\n") * 101,
    "open tags in many lines": ("<a " * 150 + "\n") * 70,
    "underlined headings": "a\n==\n" * 5_000,
    "deep lists": "\n".join("    " * n + "- a" for n in range(300)),
    "lists in a line": "1. " * 5_000 + "a",
    "quotes in a line": "> " * 5_000 + "a",
    "boxes in boxes": "".join("/" * (200 - n) + " catatan\n" for n in range(150)),
}


def page(text: str, line: int = 1, **more) -> Fragment:
    return Fragment("m:a", "01.md", (Part(text, line),), joined=True, **more)


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_text_that_costs_too_much_is_stopped_and_named(text, monkeypatch) -> None:
    monkeypatch.setattr(rendering, "BASE_SECONDS", 0.5)
    began = time.monotonic()
    calm = Fragment("m:b", "02.md", (Part("Tenang"),))
    done, findings = render([page(text, 7), calm], Places("prima"))
    assert time.monotonic() - began < 60  # on a machine that has other work
    assert [finding.path for finding in findings] == ["01.md"]
    assert findings[0].code == "B243"
    assert findings[0].line >= 7
    assert done["m:b"].html == ("<p>Tenang</p>",)


def test_long_plain_texts_are_not_stopped() -> None:
    text = "Kalimat biasa dengan [tautan](https://x.go.id) dan *tekanan*.\n\n" * 1_500
    done, findings = render([page(text)], Places("prima"))
    assert findings == []
    assert done["m:a"].words == 1_500 * 6


def test_code_with_slashes_is_not_taken_for_boxes() -> None:
    text = "```csharp\n" + "/// <summary>\n" * 60 + "```"
    assert check_text("01.md", text, 1) == []


def test_mistakes_are_found_on_their_line() -> None:
    text = "Satu\n\nLihat [x](hilang.md) dan\n$\\salah x$"
    parts = (Part("Awal", 5), Part(text, 20))
    _done, findings = render(
        [Fragment("m:a", "01.md", parts, joined=True, formulas=True)], Places("prima")
    )
    assert [(f.line, f.column, f.code) for f in findings] == [
        (22, 11, "D402"),
        (23, 2, "B241"),
    ]


def test_texts_of_a_question_report_the_line_of_the_question() -> None:
    parts = (Part("Soal", 9, exact=False), Part("\n\n![a](x.png)", 9, exact=False))
    _done, findings = render([Fragment("q:a", "01.md", parts)], Places("prima"))
    assert [(f.line, f.code) for f in findings] == [(9, "D402")]


def test_eight_at_once_give_what_one_gives() -> None:
    texts = [
        f"## Bab {n}\n\nTeks[^1] ke-{n}.\n\n[^1]: Kaki {n}.\n\n"
        f"/// catatan\nIsi {n}\n///\n\n```python\nx = {n}\n```"
        for n in range(8)
    ]

    def one(text: str):
        return render([page(text)], Places("prima"))

    alone = [one(text) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(one, texts)) == alone


def test_converting_in_this_process_is_safe_from_threads_too() -> None:
    from lms.courseware.markdown import Job, convert

    texts = [f"## Bab {n}\n\nTeks[^1] {n}\n\n[^1]: Kaki {n}" for n in range(40)]
    alone = [convert(text, Job()) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda text: convert(text, Job()), texts)) == alone


def test_nothing_to_do_starts_no_process(monkeypatch) -> None:
    monkeypatch.setattr(rendering, "_run_child", None)
    assert render([], Places("prima")) == ({}, [])
    _done, findings = render([page("\x00")], Places("prima"))
    assert len(findings) == 1


def test_a_process_that_cannot_start_is_our_fault_not_the_authors(monkeypatch) -> None:
    monkeypatch.setattr(rendering, "_START", "import lms_tidak_ada")
    with pytest.raises(rendering.ChildFailed):
        render([page("a")], Places("prima"))


def test_a_process_that_hangs_is_ended_by_the_clock(monkeypatch) -> None:
    answer = {"html": ["<p>a</p>"], "headings": [], "words": 1, "findings": []}
    monkeypatch.setattr(
        rendering,
        "_START",
        f"import time; print({json.dumps(json.dumps(answer))}, flush=True);"
        "time.sleep(60)",
    )
    monkeypatch.setattr(rendering, "PATIENCE_SECONDS", 0.5)
    monkeypatch.setattr(rendering, "BASE_SECONDS", 0.0)
    hanging = Fragment("m:b", "02.md", (Part("b", 4),))
    done, findings = render([page("a"), hanging], Places("prima"))
    assert done["m:a"].html == ("<p>a</p>",)
    assert [(f.path, f.line, f.code) for f in findings] == [("02.md", 4, "B243")]


def test_the_process_sees_no_secret_of_the_server(monkeypatch) -> None:
    monkeypatch.setenv("LMS_SECRET_KEY", "rahasia")
    monkeypatch.setattr(
        rendering,
        "_START",
        "import os; assert 'LMS_SECRET_KEY' not in os.environ;" + rendering._START,
    )
    done, _findings = render([page("a")], Places("prima"))
    assert done["m:a"].html == ("<p>a</p>",)
