"""The form with which a teacher tells learners what has changed."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import UUID, ValidationError

from lms.kernel import reasons
from lms.kernel.i18n import N_
from lms.kernel.text import one_line


class ChangeForm(FlaskForm):
    """What has changed; `once` makes the same form sent twice one."""

    once = HiddenField(name="sekali", validators=[UUID(N_("Muat ulang halaman."))])
    text = TextAreaField(
        N_("Apa yang berubah"), name="teks", filters=[lambda t: one_line(t or "")]
    )

    def validate_text(self, field) -> None:
        """Want a sentence or two, without anybody's number."""
        if not reasons.is_good(field.data):
            raise ValidationError(
                N_("Tulis 5 sampai 500 karakter, tanpa NIP atau NIK.")
            )
