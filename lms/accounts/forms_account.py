"""Forms of one's own account: looks, corrections, e-mail address."""

import re

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import password_policy

EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
BAD_SIGNS = N_("Ada tanda yang tidak terlihat di isian ini. Ketik ulang isinya.")
THEMES = {
    "system": N_("Ikut pengaturan perangkat"),
    "light": N_("Terang"),
    "dark": N_("Gelap"),
}
TEXT_SIZES = {
    "100": N_("Biasa"),
    "115": N_("Agak besar (115 persen)"),
    "130": N_("Besar (130 persen)"),
    "150": N_("Sangat besar (150 persen)"),
}
LANGUAGES = {"id": N_("Bahasa Indonesia"), "en": N_("English")}
ZONES = {
    "": N_("Ikut zona waktu instansi"),
    "Asia/Jakarta": N_("WIB (Jakarta, Medan, Palangka Raya)"),
    "Asia/Makassar": N_("WITA (Makassar, Denpasar, Samarinda)"),
    "Asia/Jayapura": N_("WIT (Jayapura, Ambon, Sorong)"),
}


def _one_of(label: str, name: str, choices: dict[str, str]) -> RadioField:
    known = AnyOf(list(choices), N_("Pilih salah satu."))
    return RadioField(
        label, name=name, choices=choices, validate_choice=False, validators=[known]
    )


class DisplayForm(FlaskForm):
    """How the pages look, and how times are told."""

    theme = _one_of(N_("Warna"), "tema", THEMES)
    text_size = _one_of(N_("Ukuran huruf"), "huruf", TEXT_SIZES)
    data_saver = BooleanField(N_("Hemat data"), name="hemat")
    language = _one_of(N_("Bahasa"), "bahasa", LANGUAGES)
    timezone = _one_of(N_("Zona waktu"), "zona", ZONES)


class CorrectionForm(FlaskForm):
    """What should be stored instead, and why."""

    wanted = StringField(
        N_("Yang benar"),
        name="seharusnya",
        filters=[lambda text: one_line(text or "")],
        validators=[
            InputRequired(N_("Tulis data yang benar.")),
            Length(max=255, message=N_("Paling panjang 255 karakter.")),
        ],
    )
    reason = TextAreaField(
        N_("Alasan atau bukti"),
        name="alasan",
        filters=[lambda text: (text or "").strip().replace("\r\n", "\n")],
        validators=[Length(max=1000, message=N_("Paling panjang 1.000 karakter."))],
    )

    def validate_wanted(self, field) -> None:
        if not field.data:
            raise ValidationError(N_("Tulis data yang benar."))
        if has_hidden(field.data):
            raise ValidationError(BAD_SIGNS)

    def validate_reason(self, field) -> None:
        if has_hidden(field.data.replace("\n", " ")):
            raise ValidationError(BAD_SIGNS)


class EmailForm(FlaskForm):
    """A new address, and the password of whoever asks."""

    email = StringField(
        N_("Alamat surel baru"),
        name="surel",
        filters=[lambda text: (text or "").strip().lower()],
        validators=[
            InputRequired(N_("Isi alamat surel yang baru.")),
            Length(max=254, message=N_("Alamat surel ini terlalu panjang.")),
        ],
    )
    password = PasswordField(
        N_("Kata sandi Anda"),
        name="sandi",
        validators=[InputRequired(N_("Isi kata sandi Anda."))],
    )

    def validate_email(self, field) -> None:
        if field.data and not EMAIL.fullmatch(field.data):
            raise ValidationError(N_("Tulis alamat utuh, misalnya nama@dinas.go.id."))

    def validate_password(self, field) -> None:
        try:
            password_policy.check_size(field.data or "")
        except password_policy.PasswordWeak as weak:
            raise ValidationError(weak.message) from None
