"""Forms of what HR does about one person."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Regexp,
    ValidationError,
)

from lms.kernel import ids, reasons
from lms.kernel.i18n import N_
from lms.kernel.text import one_line
from lms.quiz import allowances
from lms.records import grounds

from .forms import known
from .forms_picking import UnitField

ANSWERS = {
    "done": N_("Diperbaiki: permintaan ini benar"),
    "refused": N_("Ditolak: yang tersimpan sudah benar"),
}


def _checked(_form, field) -> None:
    """Want a reason."""
    try:
        reasons.check(field.data or "")
    except reasons.ReasonMissing as missing:
        raise ValidationError(missing.message) from None


def _reason() -> TextAreaField:
    return TextAreaField(
        N_("Alasan"),
        name="alasan",
        filters=[lambda text: one_line(text or "")],
        validators=[_checked],
    )


def _ground(choices: dict[str, str]) -> SelectField:
    return SelectField(
        N_("Sebab singkat, tampil di halaman periksa"),
        name="sebab",
        choices=choices,
        default=grounds.OTHER,
        filters=[lambda said: said or grounds.OTHER],
        validators=[known],
        validate_choice=False,
    )


def _whole(label: str, name: str, low: int, high: int) -> IntegerField:
    return IntegerField(
        label,
        name=name,
        validators=[
            NumberRange(
                low, high, N_("Tulis bilangan bulat dalam batas yang tertulis.")
            )
        ],
    )


class ReasonForm(FlaskForm):
    """Why something is done."""

    reason = _reason()


class TimeForm(FlaskForm):
    """How much more time, and why."""

    percent = _whole(N_("Tambahan waktu (persen)"), "persen", 1, allowances.MOST)
    reason = _reason()


class SiasnIdForm(FlaskForm):
    """The number that SIASN knows a person by; empty = none."""

    value = StringField(
        "pnsOrangId", name="nilai", filters=[lambda text: one_line(text or "")]
    )
    reason = _reason()


class LinkForm(FlaskForm):
    """Make a link; `once` is a word of this form alone: sent twice it is one link."""

    once = HiddenField(
        name="sekali",
        default=ids.new_uid,
        validators=[Regexp(r"[0-9a-f-]{36}\Z", message=N_("Muat ulang halaman."))],
    )


class RevokeForm(FlaskForm):
    """Why a completion is taken back, and on what that rests."""

    ground = _ground(grounds.REVOKED)
    reason = _reason()
    reference = StringField(
        N_("Nomor surat atau dasar lain"),
        name="dasar",
        filters=[lambda text: one_line(text or "")],
        validators=[InputRequired(N_("Tulis nomor surat atau dasar lain."))],
    )
    file = FileField(N_("Berkas bukti (boleh kosong)"), name="berkas")


class CorrectForm(RevokeForm):
    """The right JP, with reason and proof."""

    ground = _ground(grounds.CORRECTED)
    jp = _whole(N_("JP yang benar"), "jp", 0, 999)


class AnswerForm(FlaskForm):
    """The answer to a request for correction.

    apply  "1": change the data with the answer
    """

    state = RadioField(
        N_("Jawaban"),
        name="jawaban",
        choices=ANSWERS,
        validators=[known],
        validate_choice=False,
    )
    text = TextAreaField(
        N_("Penjelasan untuk orangnya"),
        name="penjelasan",
        filters=[lambda text: (text or "").strip().replace("\r\n", "\n")],
        validators=[
            InputRequired(N_("Tulis jawabannya: orang yang meminta membacanya.")),
            Length(max=1000, message=N_("Paling panjang 1.000 karakter.")),
        ],
    )


class ApplyTextForm(AnswerForm):
    """The answer, and the new text to store."""

    value = StringField(
        N_("Simpan sebagai"),
        name="nilai",
        filters=[lambda text: one_line(text or "")],
        validators=[Length(max=160, message=N_("Paling panjang 160 karakter."))],
    )


class ApplyUnitForm(AnswerForm):
    """The answer, and the unit to store."""

    value = UnitField(N_("Simpan sebagai"), is_wanted=False, name="nilai")


class ApplyChoiceForm(AnswerForm):
    """The answer, and what to store instead, out of a list."""

    value = SelectField(
        N_("Simpan sebagai"), name="nilai", validators=[known], validate_choice=False
    )
