"""The form with which an instructor grants another attempt."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import ValidationError

from lms.kernel import reasons
from lms.kernel.i18n import N_
from lms.kernel.text import one_line


class GrantForm(FlaskForm):
    """Why."""

    reason = TextAreaField(
        N_("Alasan"), name="alasan", filters=[lambda text: one_line(text or "")]
    )

    def validate_reason(self, field) -> None:
        """Want a reason."""
        try:
            reasons.check(field.data)
        except reasons.ReasonMissing as missing:
            raise ValidationError(missing.message) from None
