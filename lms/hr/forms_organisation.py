"""Forms of the organisation pages: units, heads, aliases."""

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from lms.accounts.choosing import Choice
from lms.kernel.i18n import N_
from lms.kernel.text import one_line

from .forms import known
from .forms_picking import MANY, SEVERAL

KIND_NAMES = {
    "agency": N_("Instansi"),
    "office": N_("Perangkat daerah"),
    "division": N_("Bidang, bagian, atau UPT"),
    "section": N_("Seksi, subbagian, atau kelurahan"),
}
DAY_BAD = N_("Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-22.")


class Day(DateField):
    """A day; our own words when it is none."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(DAY_BAD) from None


class PickField(StringField):
    """Typed text that stands for one row; several are offered to choose from.

    key     of the row chosen among offers, as sent in "<name>-id"; it counts as long
            as the text is the one it was found by, "<name>-dari"
    offers  (key, label, what else helps to tell them apart)
    """

    key = ""
    offers: tuple[tuple[str, str, str], ...] = ()

    def process(self, formdata, *args, **kwargs):
        super().process(formdata, *args, **kwargs)
        sent = formdata or {}
        found_by = sent.get(f"{self.name}-dari", self.data)
        is_same = one_line(found_by or "") == one_line(self.data or "")
        self.key = sent.get(f"{self.name}-id", "") if is_same else ""

    def begin_with(self, row, tell) -> None:
        """Fill in a row; it can be typed over."""
        self.take(Choice(row), tell, "")
        self.data = self.offers[0][1]

    def take(self, choice: Choice, tell, nobody: str):
        """Return the row, or say in the form what is missing.

        tell  row -> (key, label, further)
        """
        if choice.row is not None:
            self.offers = (tell(choice.row),)
            self.key = self.offers[0][0]
            return choice.row
        self.offers = tuple(tell(row) for row in choice.offers)
        found = MANY if choice.is_cut else SEVERAL
        self.errors = [*self.errors, found if choice.offers else nobody]
        return None


def pick(label: str, name: str) -> PickField:
    """Return a field in which a person or a unit is named."""
    return PickField(
        label,
        name=name,
        validators=[
            InputRequired(N_("Wajib diisi.")),
            Length(max=255, message=N_("Paling panjang 255 karakter.")),
        ],
    )


def _short(label: str, name: str) -> StringField:
    return StringField(
        label,
        name=name,
        validators=[Length(max=60, message=N_("Paling panjang 60 karakter."))],
    )


class UnitForm(FlaskForm):
    """A unit's own facts; `was` is the name when the form was opened."""

    was = StringField(name="semula")
    name = StringField(
        N_("Nama unit kerja"),
        name="nama",
        validators=[
            InputRequired(N_("Nama unit kerja wajib diisi.")),
            Length(max=255, message=N_("Paling panjang 255 karakter.")),
        ],
    )
    short_name = _short(N_("Nama singkat"), "singkat")
    kind = RadioField(
        N_("Jenis"),
        name="jenis",
        choices={k: v for k, v in KIND_NAMES.items() if k != "agency"},
        validate_choice=False,
        validators=[known],
    )
    siasn_unor_id = _short(N_("Unor ID SIASN"), "unor")

    @property
    def facts(self) -> dict[str, str]:
        """Return the columns of Unit besides its name."""
        names = ("short_name", "kind", "siasn_unor_id")
        return {name: self[name].data or "" for name in names if name in self}


class HeadForm(FlaskForm):
    """Who heads the unit, since when."""

    person = pick(N_("Kepala unit"), "orang")
    since = Day(N_("Mulai tanggal"), name="mulai", validators=[Optional()])


class AliasForm(FlaskForm):
    """A further name."""

    name = StringField(
        N_("Nama lain"),
        name="nama",
        validators=[
            InputRequired(N_("Nama lain wajib diisi.")),
            Length(max=255, message=N_("Paling panjang 255 karakter.")),
        ],
    )


class DeputyForm(FlaskForm):
    """Who acts for whom, from when until when."""

    superior = pick(N_("Atasan yang digantikan"), "atasan")
    person = pick(N_("Pelaksana harian"), "orang")
    first = Day(
        N_("Mulai"), name="mulai", validators=[InputRequired(N_("Isi tanggal mulai."))]
    )
    last = Day(N_("Sampai (hari terakhir)"), name="sampai", validators=[Optional()])


class TargetForm(FlaskForm):
    """Which unit a unit goes to."""

    target = pick(N_("Unit tujuan"), "tujuan")
