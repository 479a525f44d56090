"""The language a course is read in: that of the pages, unless the reader chose another.

The choice is of one course and one session; what the pages say stays as it is.
"""

from flask import session

from .language import LANGUAGES, current_language

KEY = "baca"
MOST = 20  # courses remembered; the session is a cookie


def of(course_code: str) -> str:
    """Return "id" or "en": in which language to show a course where it has it."""
    chosen = session.get(KEY) or {}
    return chosen.get(course_code) or current_language()


def choose(course_code: str, language: str) -> None:
    """Read a course in a language from now on; that of the pages takes it back."""
    chosen = {c: said for c, said in (session.get(KEY) or {}).items()}
    chosen.pop(course_code, None)
    if language in LANGUAGES and language != current_language():
        chosen[course_code] = language
    session[KEY] = dict(list(chosen.items())[-MOST:])
