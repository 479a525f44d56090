"""Forms of the records pages."""

from wtforms import Form, StringField
from wtforms.validators import Length

from lms.kernel.i18n import N_


class CheckForm(Form):
    """The code of a certificate, as typed from paper. Sent by GET, changes nothing."""

    code = StringField(
        N_("Kode periksa"),
        name="kode",
        validators=[Length(max=60, message=N_("Kode periksa terdiri atas 16 tanda."))],
    )
