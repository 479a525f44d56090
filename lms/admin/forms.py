"""Forms of the administrators' pages: roles, agencies, JP policy."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms.accounts import nip
from lms.accounts.agencies import ZONES
from lms.hr.forms import known
from lms.hr.forms_organisation import Day, pick
from lms.kernel.i18n import N_
from lms.records import numbering

ROLE_NAMES = {
    "hr": N_("Pengelola SDM"),
    "instructor": N_("Pengajar"),
    "admin": N_("Administrator"),
}


class GrantForm(FlaskForm):
    """Who gets which role where, until when; `today` is the office's."""

    today = date.min

    person = pick(N_("Orang"), "orang")
    role = SelectField(
        N_("Peran"),
        name="peran",
        validate_choice=False,
        validators=[known],
    )
    unit = pick(N_("Unit kerja"), "unit")
    with_subunits = BooleanField(N_("Termasuk semua subunit"), name="subunit")
    last = Day(N_("Sampai (hari terakhir)"), name="sampai", validators=[Optional()])

    def validate_last(self, field) -> None:
        """Want a last day that is not over."""
        if field.data and field.data < self.today:
            raise ValidationError(N_("Hari terakhir tidak boleh mendahului hari ini."))


def _text(label: str, name: str, longest: int, wanted: str = "") -> StringField:
    needed = [InputRequired(wanted)] if wanted else []
    too_long = Length(max=longest, message=N_("Isian ini terlalu panjang."))
    return StringField(label, name=name, validators=[*needed, too_long])


class AgencyForm(FlaskForm):
    """Settings of an agency."""

    office_name = _text(
        N_("Nama kantor SDM"), "kantor", 255, N_("Nama kantor wajib diisi.")
    )
    city = _text(N_("Kota pada sertifikat"), "kota", 80)
    timezone = SelectField(
        N_("Zona waktu"), name="zona", validate_choice=False, validators=[known]
    )
    signer_name = _text(N_("Nama penanda tangan"), "penanda", 160)
    signer_title = _text(N_("Jabatan penanda tangan"), "jabatan", 160)
    signer_nip = _text(N_("NIP penanda tangan"), "nip", 30)
    number_format = _text(
        N_("Bentuk nomor sertifikat"), "nomor", 120, N_("Bentuk nomor wajib diisi.")
    )

    def offer(self, stored: str) -> None:
        """Fill the list of zones; one that is stored and unusual stays."""
        names = ZONES | ({} if stored in ZONES else {stored: stored})
        self.timezone.choices = names

    def validate_signer_nip(self, field) -> None:
        """Want a NIP or nothing; stored as digits."""
        field.data = nip.bare(field.data or "")
        if field.data:
            try:
                nip.read(field.data)
            except nip.NipBad:
                raise ValidationError(
                    N_("NIP ini tidak sah; periksa 18 digitnya.")
                ) from None

    def validate_number_format(self, field) -> None:
        """Want a form that never gives the same number twice."""
        if not numbering.is_usable(field.data or ""):
            raise ValidationError(
                N_(
                    "Bentuk nomor harus memuat {urut} dan {tahun}; selain itu hanya"
                    " {kursus}, {instansi}, dan {bulan_romawi}."
                )
            )

    @property
    def facts(self) -> dict[str, str]:
        """Return the columns of Agency."""
        return {
            name: field.data or ""
            for name, field in self._fields.items()
            if name != "csrf_token"
        }


class _Whole(IntegerField):
    """A whole number; our own words when it is none."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(N_("Isi dengan angka bulat.")) from None


class PolicyForm(FlaskForm):
    """Target and cap of JP for a status from a year on."""

    status = SelectField(
        N_("Status ASN"),
        name="status",
        validate_choice=False,
        validators=[known],
    )
    year = _Whole(
        N_("Mulai tahun"), name="tahun", validators=[InputRequired(N_("Isi tahunnya."))]
    )
    target = _Whole(N_("Target JP setahun"), name="target", validators=[Optional()])
    cap = _Whole(N_("Batas JP setahun"), name="batas", validators=[Optional()])
    source = _text(N_("Dasar"), "dasar", 300, N_("Tulis dasar aturannya."))
    is_sure = BooleanField(N_("Dasar ini pasti"), name="pasti")
