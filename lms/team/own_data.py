"""What superiors said to a person, and a person to their people; for "Data saya"."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.audit.own_data import Section, reading, register
from lms.catalog.models import Course
from lms.kernel.i18n import N_

from .models import Encouragement

PERSON = bindparam("person")
_other = aliased(Person)


def _messages(mine, others):
    return (
        select(
            Encouragement.sent_at, _other.name, Encouragement.text, Course.code,
            Encouragement.read_at,
        )
        .join(_other, _other.id == others)
        .outerjoin(Course, Course.id == Encouragement.course_id)
        .where(mine == PERSON)
        .order_by(Encouragement.id.desc())
    )  # fmt: skip


register(
    Section(
        key="pesan_atasan",
        group="learning",
        title=N_("Pesan dari atasan"),
        columns=(
            N_("Waktu"), N_("Oleh"), N_("Pesan"), N_("Kursus"), N_("Dibaca"),
        ),
        tables=("encouragements",),
        read=reading(_messages(Encouragement.person_id, Encouragement.sender_id)),
    ),
    Section(
        key="pesan_kepada_staf",
        group="learning",
        title=N_("Pesan Anda kepada staf"),
        columns=(
            N_("Waktu"), N_("Kepada"), N_("Pesan"), N_("Kursus"), N_("Dibaca"),
        ),
        tables=("encouragements",),
        read=reading(_messages(Encouragement.sender_id, Encouragement.person_id)),
    ),
)  # fmt: skip
