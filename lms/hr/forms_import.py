"""Forms of the pages that bring people in."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.validators import ValidationError

from lms.kernel.i18n import N_

from .forms import known

KINDS = ".csv,.txt,.tsv,.xlsx,.xls,.xlsb,.ods"


def given(_form, field) -> None:
    """Want a file."""
    if not getattr(field.data, "filename", ""):
        raise ValidationError(N_("Pilih berkasnya dahulu."))


class UploadForm(FlaskForm):
    """A file of people, of one agency."""

    agency = SelectField(
        N_("Instansi"), name="instansi", validators=[known], validate_choice=False
    )
    file = FileField(N_("Berkas pegawai"), name="berkas", validators=[given])

    def offer(self, agencies: dict[str, str]) -> None:
        """Fill the list; the first is chosen."""
        self.agency.choices = agencies
        self.agency.data = self.agency.data or next(iter(agencies), "")


class MendedForm(FlaskForm):
    """The refused rows, mended."""

    file = FileField(
        N_("Baris yang sudah diperbaiki"), name="berkas", validators=[given]
    )
