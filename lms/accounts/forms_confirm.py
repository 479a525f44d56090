"""The form that asks for the password again."""

from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from lms.kernel.i18n import N_


class ConfirmForm(FlaskForm):
    """The password that one has."""

    password = PasswordField(
        N_("Kata sandi"),
        name="sandi",
        validators=[
            InputRequired(N_("Isi kata sandi Anda.")),
            Length(max=1000, message=N_("Kata sandi tidak cocok.")),
        ],
    )
