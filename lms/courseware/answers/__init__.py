"""Answer forms by label. A new form is a new module here and a line in `FORMS`."""

from lms.courseware.answers import choices, later, numeric, short_text, truth
from lms.courseware.answers.form import Answer, Form, OptionLine

FORMS: tuple[Form, ...] = (
    choices.FORM,
    truth.FORM,
    short_text.FORM,
    numeric.FORM,
    *later.FORMS,
)
BY_LABEL = {form.label: form for form in FORMS}

__all__ = ["BY_LABEL", "FORMS", "Answer", "Form", "OptionLine"]
