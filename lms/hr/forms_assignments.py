"""Forms of the assignments of HR."""

from datetime import date

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms.accounts.models import ASN_STATUSES
from lms.assignments.rules import Rule, Terms
from lms.kernel.i18n import N_
from lms.kernel.text import has_hidden

from .forms import known
from .forms_picking import TitlesField, UnitField

HIDDEN = N_("Ada tanda yang tidak terlihat di isian ini. Ketik ulang isinya.")
TYPE_NAMES = {
    "struktural": N_("Struktural"),
    "fungsional": N_("Fungsional"),
    "pelaksana": N_("Pelaksana"),
    "rangkap": N_("Jabatan rangkap"),
}
STATUS_NAMES = dict(zip(ASN_STATUSES, ASN_STATUSES, strict=True)) | {
    "PPPK_PW": N_("PPPK paruh waktu"),
    "NON_ASN": N_("Non-ASN"),
}
RENEWALS = {
    "": N_("Tidak, sekali saja"),
    "12": N_("Ya, tiap 12 bulan"),
    "24": N_("Ya, tiap 24 bulan"),
    "36": N_("Ya, tiap 36 bulan"),
}
COUNTED = {
    "": N_("Semua yang pernah diselesaikan"),
    "year": N_("Hanya yang selesai pada tahun mulai"),
}
REMINDERS = {
    "usual": N_("7 dan 1 hari sebelum tenggat, sehari sesudahnya, lalu tiap pekan"),
    "late": N_("Hanya sesudah tenggat lewat: sehari sesudahnya, lalu tiap pekan"),
    "off": N_("Tidak otomatis; hanya bila Anda mengirimnya"),
}
LONGEST = 366  # days


class _Day(DateField):
    """A day; our own words when it is none."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(
                N_("Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-22.")
            ) from None


class _Number(IntegerField):
    """A whole number; our own words when it is none."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(N_("Tulis bilangan bulat.")) from None


def _between(least: int, most: int, text: str):
    def check(_form, field) -> None:
        if field.data is None or not least <= field.data <= most:
            raise ValidationError(text)

    return check


def _plain(_form, field) -> None:
    if has_hidden((field.data or "").replace("\r", "").replace("\n", "")):
        raise ValidationError(HIDDEN)


def _choice(label: str, name: str, **more) -> SelectField:
    return SelectField(
        label, name=name, validators=[known], validate_choice=False, **more
    )


_WANTED = InputRequired(N_("Isian ini wajib diisi."))


class AssignmentForm(FlaskForm):
    """Which course, for whom, by when. `uid` is made when the form is first shown."""

    uid = HiddenField(name="kode")
    course = _choice(N_("Kursus"), "kursus")
    reason = TextAreaField(
        N_("Alasan penugasan"),
        name="alasan",
        validators=[
            _WANTED,
            Length(max=500, message=N_("Alasan paling panjang 500 karakter.")),
            _plain,
        ],
    )
    unit = UnitField(N_("Unit kerja"), name="unit")
    with_subunits = BooleanField(
        N_("Termasuk semua unit di bawahnya"), name="bawahan", default=True
    )
    job_titles = TitlesField(N_("Nama jabatan"), name="jabatan")
    job_type = _choice(N_("Jenis jabatan"), "jenis")
    job_level = _choice(N_("Jenjang"), "jenjang")
    job_family = _choice(N_("Rumpun jabatan"), "rumpun")
    job_tag = _choice(N_("Penanda jabatan"), "penanda")
    asn_status = _choice(N_("Status kepegawaian"), "status")
    starts_on = _Day(N_("Mulai"), name="mulai", validators=[_WANTED])
    due_on = _Day(N_("Tenggat"), name="tenggat", validators=[_WANTED])
    grace_days = _Number(
        N_("Waktu bagi yang datang kemudian (hari)"),
        name="tenggang",
        default=14,
        validators=[_between(1, LONGEST, N_("Tulis 1 sampai 366 hari."))],
    )
    waves = _Number(
        N_("Banyaknya gelombang"),
        name="gelombang",
        default=1,
        validators=[_between(1, 12, N_("Tulis 1 sampai 12 gelombang."))],
    )
    wave_days = _Number(
        N_("Jarak antargelombang (hari)"),
        name="jarak",
        default=14,
        validators=[_between(1, LONGEST, N_("Tulis 1 sampai 366 hari."))],
    )
    renewal = _choice(N_("Diulang"), "ulang", choices=RENEWALS, default="")
    counted = _choice(N_("Penyelesaian yang dihitung"), "hitung",
                      choices=COUNTED, default="")  # fmt: skip
    reminders = RadioField(
        N_("Pengingat otomatis"),
        name="pengingat",
        choices=REMINDERS,
        default="usual",
        validators=[known],
        validate_choice=False,
    )
    exempt_reason = StringField(
        N_("Alasan pembebasan"),
        name="alasan_bebas",
        validators=[
            Length(max=500, message=N_("Alasan paling panjang 500 karakter.")),
            _plain,
        ],
    )

    is_yearly = False  # the chosen course is done anew each year
    today = date.min

    def validate_due_on(self, field) -> None:
        """Want a deadline that can still be met, after the start."""
        if field.data is None:
            return
        if self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(N_("Tenggat mendahului tanggal mulai."))
        if field.data < self.today:
            raise ValidationError(N_("Tenggat ini sudah lewat."))
        if field.data.year > self.today.year + 10:
            raise ValidationError(N_("Tenggat paling jauh sepuluh tahun lagi."))

    def validate_starts_on(self, field) -> None:
        """Want a start that is not years away from now."""
        if field.data and abs(field.data.year - self.today.year) > 10:
            raise ValidationError(N_("Tulis tanggal mulai yang dekat dengan hari ini."))

    def validate_renewal(self, field) -> None:
        """Want a course that can be done again."""
        if field.data and not self.is_yearly:
            raise ValidationError(
                N_("Kursus ini tidak dapat diulang: ia bukan kursus tahunan.")
            )

    def validate_counted(self, field) -> None:
        """Want the same: who has done another course can do it no second time."""
        if field.data and not self.is_yearly:
            raise ValidationError(
                N_("Kursus ini bukan kursus tahunan: yang pernah selesai dihitung.")
            )

    def validate_exempt_reason(self, field) -> None:
        """Want the reason when somebody is to be let off."""
        if self.exempted and not (field.data or "").strip():
            raise ValidationError(N_("Tulis alasan pembebasannya."))

    @property
    def exempted(self) -> list[str]:
        """Return the uids ticked on the page of the people."""
        return request.form.getlist("bebaskan")[:100]

    def rule(self) -> Rule:
        """Return whom it means."""
        return Rule(
            unit_id=self.unit.unit.id,
            path=self.unit.unit.path,
            with_subunits=self.with_subunits.data,
            job_type=self.job_type.data,
            job_level=self.job_level.data,
            job_family=self.job_family.data,
            job_tag=self.job_tag.data,
            asn_status=self.asn_status.data,
            job_titles=tuple(sorted(self.job_titles.data)),
        )

    def terms(self) -> Terms:
        """Return from when to when, and what fulfils it."""
        first = date(self.starts_on.data.year, 1, 1)
        return Terms(
            starts_on=self.starts_on.data,
            due_on=self.due_on.data,
            grace_days=self.grace_days.data,
            waves=self.waves.data,
            wave_days=self.wave_days.data if self.waves.data > 1 else 0,
            renew_months=int(self.renewal.data) if self.renewal.data else None,
            counts_from=first if self.counted.data else None,
            reminders=self.reminders.data,
            reason=self.reason.data.strip(),
        )


class ExemptionForm(FlaskForm):
    """Why somebody is let off, and until when."""

    reason = StringField(
        N_("Alasan pembebasan"),
        name="alasan",
        validators=[
            InputRequired(N_("Tulis alasan pembebasannya.")),
            Length(max=500, message=N_("Alasan paling panjang 500 karakter.")),
            _plain,
        ],
    )
    until = _Day(N_("Sampai tanggal"), name="sampai", validators=[Optional()])
