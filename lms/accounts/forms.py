"""Forms of the account pages."""

from functools import cache

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from lms.kernel.i18n import N_

from . import password_policy


class SignInForm(FlaskForm):
    """Account name (NIP or e-mail) and password, taken as typed."""

    account = StringField(
        N_("NIP atau surel"),
        name="akun",
        validators=[
            InputRequired(N_("Isi NIP atau surel Anda.")),
            Length(max=254, message=N_("NIP atau surel ini terlalu panjang.")),
        ],
    )
    password = PasswordField(
        N_("Kata sandi"),
        name="sandi",
        validators=[InputRequired(N_("Isi kata sandi Anda."))],
    )

    @classmethod
    @cache
    def empty(cls) -> "SignInForm":
        """Return the form as nobody has typed in it: made once, only to be drawn."""
        return cls(formdata=None, meta={"csrf": False})

    def validate_password(self, field) -> None:
        _refuse_unhashable(field)


class NewPasswordForm(FlaskForm):
    """A new password, twice; `about` holds what others know of its owner."""

    about = password_policy.About()

    password = PasswordField(
        N_("Kata sandi baru"),
        name="sandi",
        validators=[InputRequired(N_("Isi kata sandi baru."))],
    )
    repeated = PasswordField(
        N_("Ulangi kata sandi baru"),
        name="ulang",
        validators=[InputRequired(N_("Ketik kata sandi yang sama sekali lagi."))],
    )

    def validate_password(self, field) -> None:
        try:
            password_policy.check(field.data or "", self.about)
        except password_policy.PasswordWeak as weak:
            raise ValidationError(weak.message) from None

    def validate_repeated(self, field) -> None:
        if field.data != self.password.data:
            raise ValidationError(N_("Kedua kata sandi tidak sama."))


class ChangePasswordForm(NewPasswordForm):
    """A new password of somebody signed in, who knows the one they have."""

    current = PasswordField(
        N_("Kata sandi sekarang"),
        name="sekarang",
        validators=[InputRequired(N_("Isi kata sandi Anda sekarang."))],
    )

    def validate_current(self, field) -> None:
        _refuse_unhashable(field)


class ForgotForm(FlaskForm):
    """The account name of somebody who cannot sign in."""

    account = StringField(
        N_("NIP atau surel"),
        name="akun",
        validators=[
            InputRequired(N_("Isi NIP atau surel Anda.")),
            Length(max=254, message=N_("NIP atau surel ini terlalu panjang.")),
        ],
    )


def _refuse_unhashable(field) -> None:
    try:
        password_policy.check_size(field.data or "")
    except password_policy.PasswordWeak as weak:
        raise ValidationError(weak.message) from None
