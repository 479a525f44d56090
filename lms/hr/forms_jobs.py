"""Forms of the pages of job titles."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from lms.accounts import jobs
from lms.kernel.i18n import N_

from .forms import known

TYPE_NAMES = {
    "struktural": N_("Struktural"),
    "fungsional": N_("Fungsional"),
    "pelaksana": N_("Pelaksana"),
    "rangkap": N_("Rangkap"),
}


class JobForm(FlaskForm):
    """Title, type, level, family and tags of a job."""

    title = StringField(
        N_("Nama jabatan"),
        name="nama",
        validators=[
            InputRequired(N_("Nama jabatan wajib diisi.")),
            Length(max=200, message=N_("Paling panjang 200 karakter.")),
        ],
    )
    type = SelectField(
        N_("Jenis"), name="jenis", validate_choice=False, validators=[known]
    )
    level = StringField(
        N_("Jenjang"),
        name="jenjang",
        validators=[Length(max=30, message=N_("Paling panjang 30 karakter."))],
    )
    family = SelectField(
        N_("Rumpun"), name="rumpun", validate_choice=False, validators=[known]
    )
    tags = StringField(
        N_("Tag"),
        name="tag",
        validators=[Length(max=1500, message=N_("Tag terlalu panjang."))],
    )

    def validate_tags(self, field) -> None:
        """Want few and short ones."""
        try:
            jobs.clean_tags(field.data or "")
        except jobs.TagBad as bad:
            raise ValidationError(bad.message) from None

    def offer(
        self, types: dict[str, str], families: dict[str, str], stored: str = ""
    ) -> None:
        """Fill the lists; a family that is stored but not published stays."""
        own = {stored: stored} if stored and stored not in families else {}
        self.type.choices = types
        self.family.choices = families | own
        self.family.data = self.family.data or ""

    @property
    def facts(self) -> dict[str, str]:
        """Return the columns of Job."""
        names = ("title", "type", "level", "family")
        return {name: self[name].data or "" for name in names}
