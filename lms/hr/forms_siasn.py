"""Forms of the SIASN page."""

from flask_babel import gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField
from wtforms.validators import Optional

from lms.kernel.i18n import N_

from .forms import DayField, known
from .forms_picking import UnitField

STATES = {
    "": N_("Semua keadaan"),
    "masalah": N_("Ada masalah"),
    "belum": N_("Belum"),
    "siap": N_("Siap"),
    "terkirim": N_("Terkirim"),
    "gagal": N_("Gagal"),
    "batal": N_("Batal"),
}
LAST_PAGE = 100_000


class SiasnFilter(FlaskForm):
    """Which records; comes with the address, and with what is done about them."""

    class Meta:
        csrf = False  # the site checks every POST

    first = DayField(N_("Selesai dari"), name="dari", validators=[Optional()])
    last = DayField(N_("Selesai sampai"), name="sampai", validators=[Optional()])
    unit = UnitField(N_("Unit kerja"), is_wanted=False, name="unit")
    state = SelectField(
        N_("Keadaan"),
        name="keadaan",
        choices=STATES,
        validators=[known],
        validate_choice=False,
    )
    page = IntegerField(name="hal", validators=[Optional()])

    def offer(self) -> None:
        """Fill the list of states; "" is the choice of all."""
        self.state.choices = {value: gettext(text) for value, text in STATES.items()}
        self.state.data = self.state.data or ""

    @property
    def number(self) -> int:
        """Return which page, from 1."""
        return min(max(1, self.page.data or 1), LAST_PAGE)


class ReturnForm(FlaskForm):
    """The file with SIASN's answers."""

    file = FileField(
        N_("Berkas hasil"),
        name="berkas",
        validators=[FileRequired(N_("Pilih berkasnya dahulu."))],
    )
