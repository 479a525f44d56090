"""Forms of the HR pages."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from lms.kernel.i18n import N_

from .forms_picking import UnitField
from .kinds import KINDS
from .wanted import HISTORY

FORMATS = {
    "xlsx": N_("XLSX (Excel, LibreOffice)"),
    "csv-excel": N_("CSV untuk Excel (titik koma)"),
    "csv": N_("CSV standar (koma, RFC 4180)"),
    "json": N_("JSON (satu dokumen)"),
    "ndjson": N_("NDJSON (satu objek per baris)"),
}
YEARS = (2000, 2100)


def known(_form, field) -> None:
    """Want one of the choices offered."""
    if field.data not in field.choices:
        raise ValidationError(N_("Pilih salah satu dari daftar."))


class DayField(DateField):
    """A day; our own words when it is none."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(
                N_("Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-22.")
            ) from None


class WholeField(IntegerField):
    """A whole number; our own words when it is none."""

    def process_formdata(self, valuelist):
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if text.isascii() and text.isdigit() and len(text) < 10:
            self.data = int(text)


class ExportForm(FlaskForm):
    """Which rows, in which kind of file."""

    kind = SelectField(
        N_("Jenis ekspor"),
        name="jenis",
        choices={kind: kind for kind in KINDS},
        validators=[known],
        validate_choice=False,
    )
    year = WholeField(N_("Tahun"), name="tahun")
    since = BooleanField(
        N_("Hanya yang baru atau berubah sejak pengambilan terakhir saya"),
        name="sejak_terakhir",
    )
    first = DayField(N_("Selesai dari tanggal"), name="dari", validators=[Optional()])
    last = DayField(
        N_("Selesai sampai tanggal"), name="sampai", validators=[Optional()]
    )
    unit = UnitField(N_("Unit kerja"), is_wanted=False, name="unit")
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

    def validate_year(self, field) -> None:
        """Want a year of our time, where one is asked for."""
        first, last = YEARS
        if self.is_yearly and not first <= (field.data or 0) <= last:
            raise ValidationError(N_("Isi tahun, misalnya 2026."))

    @property
    def is_yearly(self) -> bool:
        return self.kind.data in KINDS and KINDS[self.kind.data].is_yearly

    def offer(self, courses: dict[str, str], this_year: int) -> None:
        """Fill the lists; "" is the choice of all. An unknown kind is the first."""
        if not self.kind.data or (
            not self.is_submitted() and self.kind.data not in KINDS
        ):
            self.kind.data = HISTORY
        if not self.is_submitted() or not self.year.raw_data:
            self.year.data = this_year
        self.course.choices = courses
        self.course.data = self.course.data or ""
