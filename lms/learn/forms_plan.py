"""The form of an action plan: three fields."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

LATEST = 2  # years ahead; later is no plan but a wish
WANTED = N_("Wajib diisi.")


class Day(DateField):
    """A day as the browser's picker sends it; anything else is refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(N_("Tanggal ini tidak terbaca.")) from None


class PlanForm(FlaskForm):
    """What, until when, who supports."""

    what = TextAreaField(
        N_("Apa yang akan Anda lakukan?"),
        name="apa",
        filters=[lambda text: (text or "").strip()],
        validators=[
            InputRequired(WANTED),
            Length(max=1000, message=N_("Paling panjang 1.000 karakter.")),
        ],
    )
    due_on = Day(N_("Sampai kapan?"), name="sampai", validators=[InputRequired(WANTED)])
    support = StringField(
        N_("Siapa yang mendukung?"),
        name="dukungan",
        filters=[lambda text: one_line(text or "")],
        validators=[
            InputRequired(WANTED),
            Length(max=200, message=N_("Paling panjang 200 karakter.")),
        ],
    )
    today: date

    def validate_what(self, field) -> None:
        """Want words that can be seen."""
        if not field.data:
            raise ValidationError(WANTED)
        if has_hidden("".join(field.data.split())):
            raise ValidationError(N_("Ada tanda tak kasat mata; ketik ulang."))

    def validate_support(self, field) -> None:
        """Want words that can be seen."""
        if not field.data:
            raise ValidationError(WANTED)
        if has_hidden(field.data):
            raise ValidationError(N_("Ada tanda tak kasat mata; ketik ulang."))

    def validate_due_on(self, field) -> None:
        """Want a day from today on, and not too far ahead."""
        if field.data is None:
            return  # could not be read, which is said already
        if field.data < self.today:
            raise ValidationError(N_("Tanggal ini sudah lewat."))
        if field.data.year > self.today.year + LATEST:
            raise ValidationError(N_("Paling jauh dua tahun lagi."))
