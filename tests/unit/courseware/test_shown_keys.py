"""Keys in words, for those who may see them."""

import pytest

from lms.courseware.changes.publication import Asked
from lms.courseware.changes.shown import key_text

OPTIONS = [{"number": 1, "html": "<p>Setuju</p>"}]


@pytest.mark.parametrize("kind", ["single", "multiple", "short_text", "numeric"])
def test_a_question_of_a_survey_has_nothing_that_is_right(kind):
    asked = Asked(kind, {"options": OPTIONS}, {"kind": kind, "explanation_html": ""})

    assert key_text(asked) == ""
