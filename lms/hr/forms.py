"""Forms of the HR pages."""

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from lms.kernel.i18n import N_

FORMATS = {
    "xlsx": N_("XLSX (Excel, LibreOffice)"),
    "csv-excel": N_("CSV untuk Excel (titik koma)"),
    "csv": N_("CSV standar (koma, RFC 4180)"),
}


def known(_form, field) -> None:
    """Want one of the choices offered."""
    if field.data not in field.choices:
        raise ValidationError(N_("Pilih salah satu dari daftar."))


class _Day(DateField):
    """A day; our own words when it is none."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(
                N_("Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-22.")
            ) from None


class ExportForm(FlaskForm):
    """Which completions, in which kind of file."""

    first = _Day(N_("Selesai dari tanggal"), name="dari", validators=[Optional()])
    last = _Day(N_("Selesai sampai tanggal"), name="sampai", validators=[Optional()])
    unit = SelectField(
        N_("Unit kerja"), name="unit", validators=[known], validate_choice=False
    )
    course = SelectField(
        N_("Kursus"), name="kursus", validators=[known], validate_choice=False
    )
    format = RadioField(
        N_("Bentuk berkas"),
        name="format",
        choices=FORMATS,
        default="xlsx",
        validators=[known],
        validate_choice=False,
    )

    def validate_last(self, field) -> None:
        """Want a period that does not end before it begins."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(N_("Tanggal akhir mendahului tanggal awal."))

    def offer(self, units: dict[str, str], courses: dict[str, str]) -> None:
        """Fill the lists; "" is the choice of all."""
        self.unit.choices = units
        self.course.choices = courses
        self.unit.data = self.unit.data or ""
        self.course.data = self.course.data or ""
