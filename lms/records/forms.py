"""Forms of the records pages."""

from wtforms import Form, StringField
from wtforms.validators import Length, Regexp

from lms.kernel.i18n import N_
from lms.kernel.text import one_line


class CheckForm(Form):
    """The code of a certificate, as typed from paper. Sent by GET, changes nothing."""

    code = StringField(
        N_("Kode periksa"),
        name="kode",
        validators=[Length(max=60, message=N_("Kode periksa terdiri atas 16 tanda."))],
    )


class CertificatesForm(Form):
    """Which of one's certificates to list. Sent by GET."""

    words = StringField(
        N_("Cari"),
        name="cari",
        filters=[lambda text: one_line(text or "")],
        validators=[Length(max=100, message=N_("Tulis paling banyak 100 karakter."))],
    )
    year = StringField(
        N_("Tahun"),
        name="tahun",
        validators=[Regexp(r"^(\d{4})?$", message=N_("Tahun terdiri atas 4 angka."))],
    )


def asked_figure(args) -> tuple[str, str] | None:
    """Read which figure is asked for: ("bentuk", "16"); None = the whole year."""
    for kind in ("jalur", "bentuk", "jenis"):
        if args.get(kind):
            return kind, args[kind]
    return ("seminar", "") if args.get("seminar") else None
