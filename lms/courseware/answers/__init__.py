"""Answer forms by label. A new form is a new module here and a line in `FORMS`."""

from lms.courseware.answers import (
    choices,
    cloze,
    essay,
    likert,
    matching,
    numeric,
    ordering,
    short_text,
    truth,
    upload,
)
from lms.courseware.answers.form import Answer, BodyLine, Form, OptionLine, Use

FORMS: tuple[Form, ...] = (
    choices.FORM,
    truth.FORM,
    short_text.FORM,
    numeric.FORM,
    matching.FORM,
    ordering.FORM,
    cloze.FORM,
    essay.FORM,
    upload.FORM,
    likert.FORM,
)
BY_LABEL = {form.label: form for form in FORMS}

__all__ = ["BY_LABEL", "FORMS", "Answer", "BodyLine", "Form", "OptionLine", "Use"]
