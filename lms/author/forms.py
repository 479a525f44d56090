"""Forms of the author pages."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from lms.kernel import reasons
from lms.kernel.i18n import N_
from lms.kernel.text import one_line

TYPE_CODE = N_("Ketik kode kursus persis seperti tertulis di atas.")
TICK = N_("Centang untuk menyetujui.")


def _line(text: str | None) -> str:
    return one_line(text or "")


class _WithNote(FlaskForm):
    """What every act that changes what counts has to say."""

    needs_note = True
    note = TextAreaField(N_("Catatan"), name="catatan", filters=[_line])

    def validate_note(self, field) -> None:
        """Want a reason where one is needed, and a good one where it is given."""
        if not field.data and not self.needs_note:
            return
        try:
            reasons.check(field.data)
        except reasons.ReasonMissing as missing:
            raise ValidationError(missing.message) from None


class PublishForm(_WithNote):
    """Agreeing to what was read.

    tint  the strongest colour of the changes
    code  of the course, to be typed where they are red
    """

    mark = HiddenField(name="sidik", validators=[Length(max=64)])
    tick = BooleanField(N_("Saya sudah membaca perubahan di atas"), name="setuju")
    typed = StringField(N_("Kode kursus"), name="kode", filters=[_line])
    takes_passes = BooleanField(
        N_("Cabut kelulusan kuis mereka yang nilainya turun di bawah batas"),
        name="cabut",
    )

    def __init__(self, tint: str, code: str, counts: bool, **more) -> None:
        super().__init__(**more)
        self.tint, self.code = tint, code
        self.needs_note = tint == "red" or counts

    def validate_tick(self, field) -> None:
        """Want the tick for yellow changes; red ones ask for more."""
        if self.tint == "yellow" and not field.data:
            raise ValidationError(TICK)

    def validate_typed(self, field) -> None:
        """Want the code of the course for red changes."""
        if self.tint == "red" and field.data != self.code:
            raise ValidationError(TYPE_CODE)


class RegradeForm(_WithNote):
    """Counting a question again, from its page."""

    uid = HiddenField(name="tanda", validators=[Length(max=36)])
    mark = HiddenField(name="sidik", validators=[Length(max=64)])
    takes_passes = BooleanField(
        N_("Cabut kelulusan kuis mereka yang nilainya turun di bawah batas"),
        name="cabut",
    )
