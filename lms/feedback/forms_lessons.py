"""The form with which an author tells readers what was changed."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import ValidationError

from lms.kernel.i18n import N_
from lms.kernel.text import one_line

from . import lesson_changes


class ChangeForm(FlaskForm):
    """What was changed."""

    sentence = TextAreaField(
        N_("Apa yang diubah"),
        name="kalimat",
        filters=[lambda text: one_line(text or "")],
        render_kw={"maxlength": lesson_changes.LONGEST},
    )
    word = HiddenField(name="formulir", filters=[lambda text: (text or "")[:80]])

    def validate_sentence(self, field) -> None:
        """Want a sentence that readers understand."""
        try:
            lesson_changes.check(field.data)
        except lesson_changes.SentenceMissing as missing:
            raise ValidationError(missing.message) from None
