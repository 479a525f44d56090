"""What is stored about a person's levels, for "Data saya"."""

from sqlalchemy import bindparam, select

from lms.audit.own_data import Section, reading, register
from lms.kernel.i18n import N_

from .models import ShownLevel

register(
    Section(
        key="tingkat_kompetensi",
        group="results",
        title=N_("Tingkat kompetensi"),
        columns=(
            N_("Tanggal"), N_("Kompetensi"), N_("Tingkat"), N_("Cara"), N_("Sumber"),
            N_("Dicatat"),
        ),
        tables=("shown_levels",),
        read=reading(
            select(
                ShownLevel.found_on, ShownLevel.competency, ShownLevel.level,
                ShownLevel.kind, ShownLevel.source, ShownLevel.recorded_at,
            )
            .where(ShownLevel.person_id == bindparam("person"))
            .order_by(ShownLevel.id.desc())
        ),
        words={"assessed": N_("ditetapkan"), "observed": N_("teramati")},
    )
)  # fmt: skip
