"""What the API stores about a person, for "Data saya"."""

from sqlalchemy import bindparam, select

from lms.audit.own_data import Section, reading, register
from lms.kernel.i18n import N_

from .models import ApiPersonRead, ApiToken

register(
    Section(
        key="dibaca_lewat_api",
        group="trail",
        title=N_("Dibaca sistem lain lewat API"),
        columns=(N_("Hari"), N_("Sistem")),
        tables=("api_person_reads",),
        read=reading(
            select(ApiPersonRead.day, ApiToken.name)
            .join(ApiToken, ApiToken.id == ApiPersonRead.token_id)
            .where(ApiPersonRead.person_id == bindparam("person"))
            .order_by(ApiPersonRead.day.desc(), ApiToken.id)
        ),
    ),
)
