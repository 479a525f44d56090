"""Forms of tokens and webhooks."""

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from lms.hr.forms_picking import UnitField
from lms.kernel.errors import LmsError
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden, one_line

from . import addresses

DAYS = {"30": N_("30 hari"), "90": N_("90 hari"), "180": N_("180 hari"),
        "365": N_("1 tahun")}  # fmt: skip
SCOPE_NAMES = {
    "people:read": N_("Pegawai: nama, NIP, unit, jabatan"),
    "units:read": N_("Unit kerja"),
    "courses:read": N_("Kursus"),
    "completions:read": N_("Penyelesaian: JP, nilai, sertifikat, dengan nama dan NIP"),
    "assignments:read": N_("Penugasan dan keadaan tiap orang, dengan nama dan NIP"),
}


def known(_form, field) -> None:
    """Want one of the choices offered."""
    if field.data not in field.choices:
        raise ValidationError(N_("Pilih salah satu dari daftar."))


def some_known(_form, field) -> None:
    """Want at least one, and none that was not offered."""
    if not field.data or not set(field.data) <= set(field.choices):
        raise ValidationError(N_("Pilih paling sedikit satu dari daftar."))


class Ticks(SelectMultipleField):
    """Any number of choices, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, **more) -> None:
        super().__init__(label, validators=[some_known], validate_choice=False, **more)


EVENT_NAMES = {
    "completion.created": N_("Kursus selesai"),
    "completion.corrected": N_("JP dibetulkan"),
    "completion.revoked": N_("Penyelesaian dicabut"),
}


class TokenForm(FlaskForm):
    """A new token: for which system, what it may read, for how long."""

    name = StringField(N_("Nama sistem"), name="nama")
    unit = UnitField(N_("Unit yang boleh dibaca"), name="unit")
    scopes = Ticks(N_("Yang boleh dibaca"), name="cakupan", choices=SCOPE_NAMES)
    days = SelectField(
        N_("Berlaku selama"),
        name="hari",
        choices=DAYS,
        default="180",
        validators=[known],
        validate_choice=False,
    )

    def validate_name(self, field) -> None:
        """Want a name that fits on one line."""
        name = one_line(field.data or "")
        if not name or len(name) > 80 or has_hidden(name):
            raise ValidationError(
                N_("Isi nama sistem yang akan memakai token, paling panjang 80 huruf.")
            )


class WebhookForm(FlaskForm):
    """A new webhook: where to, of what, of whom."""

    url = StringField(N_("Alamat penerima"), name="alamat")
    unit = UnitField(N_("Unit yang diberitakan"), name="unit")
    events = Ticks(N_("Peristiwa"), name="peristiwa", choices=EVENT_NAMES)

    def __init__(self, private: bool) -> None:
        super().__init__()
        self.private = private

    def validate_url(self, field) -> None:
        """Want an https address outside the own network."""
        try:
            addresses.check_url(field.data or "", self.private)
        except LmsError as err:
            raise ValidationError(err.message) from None
