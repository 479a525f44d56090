"""The form with which a superior encourages somebody."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import Length, ValidationError

from lms.kernel.i18n import N_

from .sentences import LONGEST, OWN, SENTENCES

GENERAL = "umum"
CHOICES = SENTENCES | {OWN: N_("Tulis sendiri")}


def known(_form, field) -> None:
    """Want one of the choices offered."""
    if field.data not in field.choices:
        raise ValidationError(N_("Pilih salah satu dari daftar."))


class EncourageForm(FlaskForm):
    """What to say, about what."""

    about = RadioField(
        N_("Tentang"),
        name="tentang",
        default=GENERAL,
        validators=[known],
        validate_choice=False,
    )
    sentence = RadioField(
        N_("Pesan"),
        name="kalimat",
        choices=CHOICES,
        validators=[known],
        validate_choice=False,
    )
    text = TextAreaField(
        N_("Pesan Anda sendiri"),
        name="teks",
        validators=[Length(max=LONGEST, message=N_("Paling panjang 280 karakter."))],
    )
    word = HiddenField(name="formulir")

    def validate_text(self, field) -> None:
        """Want words where somebody chose to write them."""
        if self.sentence.data == OWN and not (field.data or "").strip():
            raise ValidationError(N_("Tulis pesan Anda, atau pilih kalimat di atas."))

    def offer(self, abouts: dict[str, str], word: str, fitting: str) -> None:
        """Fill the list of what it may be about, and choose what the address says.

        word     that makes the form sent twice the same message
        fitting  key of the sentence to begin with when the address says none
        """
        self.about.choices = abouts
        if self.is_submitted():
            return
        self.word.data = word
        asked = request.args.get("tentang", "")
        self.about.data = asked if asked in abouts else GENERAL
        asked = request.args.get("kalimat", "")
        self.sentence.data = asked if asked in CHOICES else fitting


def duty_key(duty_id: int) -> str:
    """Return the choice that stands for a duty."""
    return f"tugas-{duty_id}"


def course_key(code: str) -> str:
    """Return the choice that stands for a course."""
    return f"kursus-{code}"
