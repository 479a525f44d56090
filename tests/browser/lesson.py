"""Where the lesson that the tests read is, and what it is made of."""

from . import journey

COURSE = f"/kursus/{journey.COURSE}"
FIRST, SECOND = "mengapa-loket", "standar-dan-maklumat"
LESSON = f"{COURSE}/{FIRST}"
SECTIONS = "article > .prose h2[id]"
